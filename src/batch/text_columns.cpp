#include "batch/text_columns.h"

#include <algorithm>

#include "base/hash.h"
#include "wirecopy/blocks.h"

namespace wirecopy::batch {
namespace {

constexpr std::size_t kSpoolBlock = std::size_t{64} << 10U;

std::string_view bytes_of(const std::vector<std::uint64_t>& words) {
  return {reinterpret_cast<const char*>(words.data()), words.size() * sizeof(std::uint64_t)};
}

bool has_stock_of_every_outlet(const MatchRule& rule) {
  return (rule.model && rule.model->knows_every_outlet()) ||
         std::any_of(rule.known_stock.begin(), rule.known_stock.end(),
                     [](const StockText& stock) { return stock.source.empty(); });
}

}  // namespace

TextColumns::TextColumns(const Recipe& recipe, const MatchRule& rule)
    : shingler_(recipe.shingling),
      sketcher_(recipe.shingling.key),
      every_outlet_(has_stock_of_every_outlet(rule)),
      repeats_(rule.repeats) {
  if (recipe.winnowing) fingerprinter_.emplace(*recipe.winnowing);
}

void TextColumns::add(const Document& document, Scratch& scratch, BlockColumns& columns) const {
  normalize(document.text, scratch.text);
  shingler_.shingle(scratch.text, scratch.words, scratch.shingles);
  columns.text_hashes.push_back(base::hash64_long(document.text));
  columns.letters.push_back(letters_hash(scratch.text));
  columns.letter_counts.push_back(static_cast<std::uint32_t>(scratch.text.letters().size()));
  columns.word_hashes.push_back(base::hash64_long(bytes_of(scratch.shingles)));
  columns.signatures.push_back(sketcher_.sketch(scratch.shingles));
  const bool has_stock = every_outlet_ || !document.source.empty();
  if (repeats_ || (fingerprinter_ && has_stock)) {
    split_blocks(document.text, scratch.text, scratch.blocks);
  }
  if (fingerprinter_) {
    fingerprinter_->fingerprint(scratch.text, scratch.letters, scratch.fingerprints);
    std::span<const Block> stock;
    if (has_stock) {
      stock = stock_blocks(document.text, scratch.text, scratch.blocks, scratch.sentences);
    }
    columns.prints.add(scratch.fingerprints, scratch.text, stock, has_stock);
  }
  if (repeats_) add_repeats(document, scratch, columns);
}

void TextColumns::add_repeats(const Document& document, Scratch& scratch, BlockColumns& columns) {
  const auto number = static_cast<std::uint32_t>(columns.letters.size() - 1);
  scratch.finder.find(document.title, document.text, scratch.text, scratch.blocks, scratch.repeats);
  columns.repeats.add(number, scratch.text, scratch.blocks, scratch.repeats);
}

void append_columns(const BlockColumns& columns, std::size_t i, std::string_view source,
                    bool repeats, Learner* learner, Corpus& corpus) {
  const auto number = static_cast<std::uint32_t>(corpus.signatures.size());
  corpus.signatures.push_back(columns.signatures[i]);
  if (repeats) corpus.repeats.add(columns.repeats, static_cast<std::uint32_t>(i), number);
  if (columns.prints.ends.empty()) return;
  corpus.prints.push_back(columns.prints.prints_of(i));
  if (learner == nullptr || source.empty()) return;
  learner->add(number, outlet_hash(source), columns.prints.sightings_of(i));
}

void append(const BlockColumns& columns, std::size_t i, const Document& document,
            std::string_view id, const RowOrigin& origin, bool repeats, Learner* learner,
            Corpus& corpus) {
  DocumentTable& table = corpus.documents;
  table.ids.push_back(id);
  table.published.push_back(document.published.value_or(DocumentTable::kNoTime));
  table.published_texts.push_back(document.published ? document.published_text
                                                     : std::string_view());
  table.source_numbers.push_back(table.sources.number_of(document.source));
  table.letters.push_back(columns.letters[i]);
  table.letter_counts.push_back(columns.letter_counts[i]);
  table.word_hashes.push_back(columns.word_hashes[i]);
  table.origins.push_back(origin);
  append_columns(columns, i, document.source, repeats, learner, corpus);
}

base::RowPlace RowSpool::add(std::string_view row, std::uint32_t input) {
  if (pending_.size() >= kSpoolBlock) finish();
  const base::RowPlace place{pending_.size(), static_cast<std::uint32_t>(row.size()), input,
                             static_cast<std::uint32_t>(blocks_.size())};
  pending_.append(row);
  return place;
}

void RowSpool::finish() {
  if (pending_.empty()) return;
  blocks_.push_back({base::RowStore::compress(pending_), pending_.size()});
  pending_.clear();
}

void RowSpool::append_to(base::RowStore& store, std::vector<base::RowPlace>& places) const {
  std::vector<std::uint32_t> numbers;
  for (const Compressed& block : blocks_) numbers.push_back(store.append(block.bytes, block.size));
  for (base::RowPlace& place : places) {
    if (place.block != base::RowPlace::kInFile) place.block = numbers[place.block];
  }
}

}  // namespace wirecopy::batch
