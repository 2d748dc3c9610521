#include "batch/text_columns.h"

#include <algorithm>
#include <span>
#include <string_view>

#include "base/hash.h"

namespace wirecopy::batch {
namespace {

std::string_view bytes_of(const std::vector<std::uint64_t>& words) {
  return {reinterpret_cast<const char*>(words.data()), words.size() * sizeof(std::uint64_t)};
}

bool has_stock_of_every_outlet(const MatchRule& rule) {
  return (rule.model && rule.model->knows_every_outlet()) ||
         std::any_of(rule.known_stock.begin(), rule.known_stock.end(),
                     [](const StockText& stock) { return stock.source.empty(); });
}

void add_repeats(const Document& document, TextDeriver::Scratch& scratch, TextColumns& columns) {
  const auto number = static_cast<std::uint32_t>(columns.letters.size() - 1);
  scratch.finder.find(document.title, document.text, scratch.text, scratch.blocks, scratch.repeats);
  columns.repeats.add(number, scratch.text, scratch.blocks, scratch.repeats);
}

}  // namespace

TextDeriver::TextDeriver(const Recipe& recipe, const MatchRule& rule)
    : shingler_(recipe.shingling),
      sketcher_(recipe.shingling.key),
      every_outlet_(has_stock_of_every_outlet(rule)),
      repeats_(rule.repeats) {
  if (recipe.winnowing) fingerprinter_.emplace(*recipe.winnowing);
}

void TextDeriver::add(const Document& document, Scratch& scratch, TextColumns& columns) const {
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

}  // namespace wirecopy::batch
