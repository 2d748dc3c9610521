/// Matchings between two sides of which some pairs are joined.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace wirecopy::cluster_detail {

struct Joint {
  std::uint32_t left;
  std::uint32_t right;
};

/// Whether `wanted` of the joints, sorted by left, have no end in common: as many as the fewest
/// ends that are in all joints (D. König, "Graphs and matrices", 1931). Numbers on either side
/// begin at 0; memory is linear in the largest. Cost: linear where taking what is free goes far
/// enough, else at most lefts × joints. Source: augmenting paths (C. Berge, "Two theorems in graph
/// theory", 1957).
[[nodiscard]] bool has_matching(std::span<const Joint> joints, std::size_t wanted);

}  // namespace wirecopy::cluster_detail
