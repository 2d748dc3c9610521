// The run that looks at every row once: what is cut and what a row is compared by is made on any
// thread, then the rows meet the window one by one, in input order.
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/hash.h"
#include "base/parallel.h"
#include "base/utf8.h"
#include "batch/cut_rows.h"
#include "batch/identity.h"
#include "batch/settings.h"
#include "batch/watch.h"
#include "batch/window.h"
#include "wirecopy/batch.h"
#include "wirecopy/error.h"

namespace wirecopy {
namespace {

using batch::CutRow;
using batch::RowCutter;
using batch::WindowText;

// A block of rows with all that can be known of each on its own.
struct MadeBlock {
  ParsedBlock parsed;
  std::vector<WindowText> texts;  // without ids
  std::vector<CutRow> cuts;
};

// Makes blocks, on one thread each.
struct Maker {
  explicit Maker(const StreamRule& rule)
      : shingler(rule.shingling),
        sketcher(rule.shingling.key),
        cutter(rule.cut, Model().with(rule.known_stock)) {}

  void make(const Document& document, MadeBlock& block) {
    normalize(document.text, text);
    WindowText& made = block.texts.emplace_back();
    made.text_hash = base::hash64(document.text);
    made.letters = letters_hash(text);
    made.shingles = shingler.shingle(text, words);
    if (!made.shingles.empty()) made.signature = sketcher.sketch(made.shingles);
    block.cuts.push_back(cutter.cut(document));
  }

  Shingler shingler;
  Sketcher sketcher;
  RowCutter cutter;
  NormalizedText text;
  Shingler::Scratch words;
};

// Sends rows to the sink in input order.
class Stream {
 public:
  Stream(const Reader& reader, const StreamRule& rule, Sink& sink, Summary& summary)
      : reader_(reader), rule_(rule), sink_(sink), summary_(summary), window_(rule) {}

  void take(MadeBlock& block) {
    if (block.parsed.input != input_) {
      input_ = block.parsed.input;
      rows_before_ = 0;
    }
    for (std::size_t i = 0; i < block.parsed.documents.size(); ++i) {
      take(block.parsed.documents[i], block.texts[i], block.cuts[i]);
    }
    for (Rejected& rejected : block.parsed.rejected) take(rejected);
    rows_before_ += block.parsed.rows;
    summary_.rows.read += block.parsed.rows;
    summary_.published_unreadable += block.parsed.published_unreadable;
  }

 private:
  void take(Rejected& rejected) {
    rejected.row_number += rows_before_;
    ++(rejected.reason == RejectReason::archive_damaged ? summary_.archives_damaged
                                                        : summary_.rows.rejected);
    sink_.rejected(rejected, reader_.inputs()[input_].path);
  }

  void take(const Document& document, WindowText& text, const CutRow& cut) {
    LedgerRow row;
    row.row_number = rows_before_ + document.row_in_block + 1;
    row.position = ++position_;
    row.input = reader_.inputs()[input_].path;
    row.row = document.original;
    std::string made_up;
    text.id = batch::id_of(document, reader_.inputs()[input_].name, row.row_number, made_up);
    row.id = text.id;
    if (document.repaired()) ++summary_.rows.repaired;
    const std::optional<batch::WindowMatch> match = window_.match(text);
    const bool goes = match && drop(*match, text, row);
    if (sink_.wants(Output::cuts)) tell_cuts_row(document, text.id, goes ? nullptr : &cut);
    if (goes) return;
    keep(document, cut, row);
    window_.add(std::move(text));
  }

  // `cut`: of a row that is kept.
  void tell_cuts_row(const Document& document, std::string_view id, const CutRow* cut) {
    CutsRow row;
    row.input = input_;
    row.id = id;
    row.given_id = document.id;
    if (cut != nullptr) {
      row.cuts = cut->cuts;
      row.cut_texts = cut->texts;
    } else {
      row.dropped = base::count_code_points(document.text);
    }
    sink_.cuts(row);
  }

  // Whether the row goes; then the ledger says why.
  bool drop(const batch::WindowMatch& match, const WindowText& text, LedgerRow& row) {
    const bool equal = !match.similarity.has_value();
    const bool again =
        equal && match.kept->id == text.id && match.kept->text_hash == text.text_hash;
    if (!again && !(equal ? rule_.drop.identical : rule_.drop.near_duplicate)) return false;
    row.action = again ? LedgerRow::Action::repeated : LedgerRow::Action::drop;
    row.why = again ? "same id and text as an earlier row"
                    : name_of(equal ? Verdict::identical : Verdict::near_duplicate);
    row.kept = match.kept->id;
    row.similarity = match.similarity;
    if (equal) row.unique_text_lost = 0;
    batch::add_lost(row.unique_text_lost, summary_);
    ++(again ? summary_.rows.repeated : summary_.rows.dropped);
    sink_.ledger(row);
    return true;
  }

  void keep(const Document& document, const CutRow& cut, LedgerRow& row) {
    ++summary_.rows.kept;
    if (document.repaired()) {
      row.action = LedgerRow::Action::repair;
      row.why = batch::kWhyRepaired;
      sink_.ledger(row);
    }
    if (!cut.cuts.empty()) {
      batch::tell_cut(cut, row, sink_, summary_);
    }
    sink_.kept(cut.cuts.empty() ? document.row : std::string_view(cut.row));
  }

  const Reader& reader_;
  const StreamRule& rule_;
  Sink& sink_;
  Summary& summary_;
  batch::Window window_;
  std::uint32_t input_ = 0;
  std::uint64_t rows_before_ = 0;
  std::uint64_t position_ = 0;
};

Summary run(Reader& reader, const StreamRule& rule, const Limits& limits, Sink& sink) {
  Summary summary;
  for (const InputInfo& input : reader.inputs()) summary.inputs.push_back(input.path);
  summary.expected_recall = rule.banding.probability(rule.threshold.value() / 1e6);
  summary.settings = batch::settings_of(rule);
  base::PerThread<Maker> makers([&] { return Maker(rule); });
  Stream stream(reader, rule, sink, summary);

  const auto produce = [&]() -> std::shared_ptr<RowBlock> {
    batch::check_stop(limits);
    std::optional<RowBlock> block = reader.next();
    return block ? std::make_shared<RowBlock>(*std::move(block)) : nullptr;
  };
  const auto work = [&](std::shared_ptr<RowBlock> block) {
    auto made = std::make_shared<MadeBlock>();
    made->parsed = reader.parse(std::move(*block));
    Maker& maker = makers.local();
    for (const Document& document : made->parsed.documents) maker.make(document, *made);
    return made;
  };
  const auto collect = [&](std::shared_ptr<MadeBlock> block) {
    stream.take(*block);
    if (limits.on_progress) {
      limits.on_progress({"clean", reader.bytes_read(), reader.bytes_total(), summary.rows.read});
    }
  };
  base::ordered_pipeline<RowBlock, MadeBlock>(std::size_t{2} * base::current_threads(), produce,
                                              work, collect);
  sink.finish(summary);
  return summary;
}

}  // namespace

Summary clean_stream(Reader& reader, const StreamRule& rule, const Limits& limits, Sink& sink) {
  base::Threads threads(limits.threads);
  return threads.run([&] { return run(reader, rule, limits, sink); });
}

}  // namespace wirecopy
