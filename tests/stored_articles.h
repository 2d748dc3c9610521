// Articles in a MemoryArchive, as a night would leave them there.
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/utf8.h"
#include "batch/document_table.h"
#include "memory_archive.h"
#include "wirecopy/batch.h"
#include "wirecopy/blocks.h"
#include "wirecopy/fingerprint.h"

namespace wirecopy::test {

inline std::vector<std::uint64_t> distinct(std::vector<std::uint64_t> names) {
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

inline batch::Stored store(const OwnedArticle& article, const Recipe& recipe,
                           MemoryArchive& archive) {
  const Document document = article.document();
  const NormalizedText text = normalize(document.text);
  batch::HarvestedDocument harvested;
  harvested.number = archive.next();
  harvested.document = &document;
  harvested.id = article.id;
  harvested.head.letters = text.letters().empty() ? LettersHash{} : letters_hash(text);
  harvested.head.published = document.published.value_or(batch::DocumentTable::kNoTime);
  harvested.head.representative = archive.with_letters(harvested.head.letters).empty();
  std::vector<std::uint64_t> votes;
  if (harvested.head.representative) {
    for (const Fingerprint& each : Fingerprinter(*recipe.winnowing).fingerprint(text).values) {
      votes.push_back(each.name);
    }
  }
  votes = distinct(std::move(votes));
  std::vector<std::uint64_t> blocks;
  for (const Block& block : split_blocks(document.text, text)) {
    const std::uint32_t letters = block.letters.end - block.letters.begin;
    if (letters >= 8 && letters <= 120) blocks.push_back(block_hash(text, block));
  }
  blocks = distinct(std::move(blocks));
  harvested.votes = votes;
  harvested.short_blocks = blocks;
  archive.document(harvested);
  archive.identity(article.id, {harvested.number, {1}});
  return harvested.number;
}

}  // namespace wirecopy::test
