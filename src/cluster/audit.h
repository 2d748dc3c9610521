/// What is said of a cluster, and what is compared in order to say it (LinkedCluster).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "cluster/groups.h"

namespace wirecopy::cluster_detail {

/// The pairs to compare for the audit, where `pairs` are all that were compared.
[[nodiscard]] std::vector<CandidatePair> audit_questions(const Groups& clusters,
                                                         std::span<const ScoredPair> pairs,
                                                         std::span<const std::uint32_t> by_id);

/// The audit, where `pairs` are all that were compared, also the answers to audit_questions.
[[nodiscard]] std::vector<LinkedCluster> audit(const Groups& clusters,
                                               std::span<const ScoredPair> pairs,
                                               std::span<const std::uint32_t> by_id);

/// Clusters of the documents with equal labels, audited.
[[nodiscard]] Linked audited(std::span<const std::uint32_t> labels,
                             std::span<const ScoredPair> pairs,
                             std::span<const std::uint32_t> by_id, const CompareMore& compare);

}  // namespace wirecopy::cluster_detail
