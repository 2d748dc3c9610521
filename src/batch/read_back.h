/// Texts read back after the first pass.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "batch/ingest.h"
#include "wirecopy/blocks.h"

namespace wirecopy::batch {

/// One document, and what it views.
struct ReadBack {
  ParsedBlock parsed;
  std::shared_ptr<const StoredArticle> stored;  ///< Of a document of the archive.
  [[nodiscard]] const Document& document() const {
    return stored != nullptr ? stored->document : parsed.documents.front();
  }
  [[nodiscard]] std::string_view text() const { return document().text; }
};

/// Cost: a read and a parse. Throws Error(input) if its file changed.
[[nodiscard]] ReadBack read_back(const Reader& reader, const Corpus& corpus,
                                 std::uint32_t document);
/// The same, into memory that is used again for rows.
[[nodiscard]] ReadBack read_back(const Reader& reader, const Corpus& corpus, std::uint32_t document,
                                 std::string& row);

/// The first block, or sentence of a text on one line, with this block_hash, in letters; empty if
/// there is none.
[[nodiscard]] LetterRange block_in(std::string_view utf8, const NormalizedText& text,
                                   std::uint64_t hash);

}  // namespace wirecopy::batch
