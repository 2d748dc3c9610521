/// cluster: comparisons → clusters.
///
/// *Star* (the corpus preset): documents are taken in keep order; each joins the center taken
/// earlier that it resembles most, if that reaches the threshold, else it becomes a center itself.
/// So every member was compared with its center, and no chain of half-likenesses can pull unrelated
/// texts together.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "wirecopy/verify.h"

namespace wirecopy {

/// A pair of documents that was compared and reaches the threshold; a < b as document numbers.
struct VerifiedPair {
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  Similarity similarity;
};

struct Star {
  static constexpr std::uint32_t kNoPair = ~std::uint32_t{0};
  /// For each document its center (itself, if it is one).
  std::vector<std::uint32_t> center;
  /// For each document the index in `pairs` that joined it to its center, or kNoPair for centers.
  std::vector<std::uint32_t> pair;
};

/// Clusters documents 0…n-1, n = order.size(). `order[d]` is the place of document d in keep order,
/// a permutation. Among earlier centers with equal Jaccard the one that comes first in keep order
/// wins. Pairs in any order. Cost: linear in documents and pairs.
[[nodiscard]] Star star(std::span<const VerifiedPair> pairs, std::span<const std::uint32_t> order);

}  // namespace wirecopy
