#include "batch/read_back.h"

#include <span>
#include <vector>

namespace wirecopy::batch {

ReadBack read_back(const Reader& reader, const Corpus& corpus, std::uint32_t document,
                   std::string& row) {
  if (corpus.stored.has(document)) return {{}, corpus.stored.article(document)};
  const base::RowPlace& place = corpus.documents.origins[document].place;
  corpus.rows.row(place, row);
  return {reader.parse_row(place.input, row), nullptr};
}

ReadBack read_back(const Reader& reader, const Corpus& corpus, std::uint32_t document) {
  std::string row;
  return read_back(reader, corpus, document, row);
}

LetterRange block_in(std::string_view utf8, const NormalizedText& text, std::uint64_t hash) {
  const std::vector<Block> blocks = split_blocks(utf8, text);
  std::vector<Block> sentences;
  for (const auto all :
       {std::span<const Block>(blocks), stock_blocks(utf8, text, blocks, sentences)}) {
    for (const Block& block : all) {
      if (block_hash(text, block) == hash) return block.letters;
    }
  }
  return {};
}

}  // namespace wirecopy::batch
