/// collapse: documents → groups with equal letter streams.
///
/// Idea: texts that differ only in case, spacing, punctuation or compatibility forms are one text.
/// Equality of the 128-bit hash of the letters is a true equivalence, so the groups do not depend
/// on any order; a chance collision among 10^9 texts has probability below 10^-20. Texts without a
/// single letter match nothing, not even each other.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "wirecopy/normalize.h"

namespace wirecopy {

/// 128-bit hash of a letter stream (XXH3-128). All zero is kept for "no letters".
struct LettersHash {
  std::uint64_t high = 0;
  std::uint64_t low = 0;
  friend auto operator<=>(const LettersHash&, const LettersHash&) = default;
};

[[nodiscard]] LettersHash letters_hash(const NormalizedText& text) noexcept;

/// The groups of documents 0…n-1.
struct Groups {
  /// For every document the document that stands for its group: the member with the smallest rank.
  std::vector<std::uint32_t> representative;
  /// Members of each group of two or more beside its representative, sorted by (representative,
  /// rank).
  std::vector<std::uint32_t> copies;
};

/// Groups equal hashes. `rank[d]` orders documents by (published, missing last; id) and is a
/// permutation of 0…n-1. Cost: one parallel sort. Memory: 24 bytes a document while it runs.
[[nodiscard]] Groups collapse(std::span<const LettersHash> hashes,
                              std::span<const std::uint32_t> rank);

}  // namespace wirecopy
