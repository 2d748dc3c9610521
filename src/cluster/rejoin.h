/// The second look of average-link: parts of one story that the mean left apart.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "cluster/groups.h"
#include "wirecopy/cluster.h"

namespace wirecopy::cluster_detail {

/// For each cluster the one whose label it takes: its own number, or that of the larger one it
/// joins (average_link says when), or of one that this one joins. `pairs`: all that were compared,
/// in any order. Cost: linear in the pairs, those between two large clusters sorted; then a
/// matching for each two clusters, in the worst case members × strong pairs, as a rule linear.
[[nodiscard]] std::vector<std::uint32_t> rejoined(const Groups& clusters,
                                                  std::span<const ScoredPair> pairs,
                                                  std::span<const std::uint32_t> by_id,
                                                  const LinkRule& rule);

}  // namespace wirecopy::cluster_detail
