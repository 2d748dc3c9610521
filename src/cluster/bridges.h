/// Edges without which a graph falls apart.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace wirecopy::cluster_detail {

struct Edge {
  std::uint32_t a = 0;
  std::uint32_t b = 0;
};

/// Numbers of the edges whose removal leaves more connected parts, ascending. No two edges join the
/// same nodes. Linear. Source: Tarjan, "A note on finding the bridges of a graph", 1974.
[[nodiscard]] std::vector<std::uint32_t> bridges(std::span<const Edge> edges, std::size_t nodes);

}  // namespace wirecopy::cluster_detail
