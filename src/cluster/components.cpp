#include "cluster/audit.h"
#include "cluster/groups.h"

namespace wirecopy {

Linked components(std::span<const ScoredPair> pairs, std::span<const std::uint32_t> by_id,
                  const CompareMore& compare) {
  cluster_detail::check_pairs(pairs, by_id.size());
  return cluster_detail::audited(cluster_detail::connected(pairs, by_id.size()), pairs, by_id,
                                 compare);
}

}  // namespace wirecopy
