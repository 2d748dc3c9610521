#include "batch/cut_rows.h"

#include "base/utf8.h"

namespace wirecopy::batch {
namespace {

std::uint32_t count_letters(const NormalizedText& text, LetterRange range) {
  return static_cast<std::uint32_t>(
      base::count_code_points(text.letters().substr(range.begin, range.end - range.begin)));
}

// The blocks that the outlet prints everywhere.
void add_boilerplate(const Model& model, std::uint64_t outlet, const NormalizedText& text,
                     std::span<const Block> blocks, std::vector<Repeat>& into) {
  for (const Block& block : blocks) {
    if (!model.is_boilerplate(outlet, block_hash(text, block))) continue;
    into.push_back(
        {RepeatKind::boilerplate, std::nullopt, block.letters, count_letters(text, block.letters)});
  }
}

}  // namespace

RowCutter::RowCutter(const CutRule& rule, const Model& model)
    : cutter_(rule), model_(model), boilerplate_(rule.kinds.has(RepeatKind::boilerplate)) {}

CutRow RowCutter::cut(const Document& document) {
  CutRow result;
  Cutter::More more;
  if (boilerplate_) {
    more = [this, outlet = outlet_hash(document.source), sentences = std::vector<Block>()](
               std::string_view utf8, const NormalizedText& text, std::span<const Block> blocks,
               std::vector<Repeat>& into) mutable {
      add_boilerplate(model_, outlet, text, stock_blocks(utf8, text, blocks, sentences), into);
    };
  }
  result.cuts = cutter_.cuts(document.title, document.text, more);
  if (result.cuts.empty()) return result;
  result.texts = removed_texts(document.text, result.cuts);
  result.row = cut_row(document.row, document.text_json, result.cuts, result.removed);
  return result;
}

void tell_cut(const CutRow& cut, LedgerRow row, Sink& sink, Summary& summary) {
  row.action = LedgerRow::Action::cut;
  row.why = {};
  row.row = {};
  row.cuts = cut.cuts;
  row.cut_texts = cut.texts;
  row.removed = cut.removed;
  sink.ledger(row);
  ++summary.cut_documents;
  for (std::size_t i = 0; i < cut.cuts.size(); ++i) {
    Summary::Cuts& cuts = summary.cuts[static_cast<std::size_t>(cut.cuts[i].kind)];
    ++cuts.count;
    cuts.characters += base::count_code_points(cut.texts[i]);
    cuts.unique_letters += cut.cuts[i].unique_letters;
  }
}

void add_lost(std::optional<std::uint64_t> letters, Summary& summary) {
  if (!letters) summary.lost_letters.reset();
  if (summary.lost_letters) *summary.lost_letters += *letters;
}

}  // namespace wirecopy::batch
