/// cluster: comparisons → clusters.
///
/// *Star* (the corpus preset): documents are taken in keep order; each joins the center taken
/// earlier that it resembles most, if that reaches the threshold, else it becomes a center itself.
/// So every member was compared with its center, and no chain of half-likenesses can pull unrelated
/// texts together.
///
/// *Average-link* (all other presets): groups grow while the mean score of the pairs between them
/// is high. See `average_link`.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "wirecopy/band.h"
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

/// A pair that was judged; a < b as document numbers.
struct ScoredPair {
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  std::uint32_t score = 0;   ///< In 1/65536; 0 = refused.
  bool cannot_link = false;  ///< The two never stand in one cluster.
  friend auto operator<=>(const ScoredPair&, const ScoredPair&) = default;
};

struct LinkRule {
  std::uint32_t merge_at = 19'661;    ///< Least mean score of a merge: 0.30.
  std::uint32_t least_compared = 16;  ///< Of two groups' pairs so many, or all, were compared.
};

/// Judges pairs that cluster asks for; the answer has one row a pair, in the same order.
using CompareMore = std::function<std::vector<ScoredPair>(const std::vector<CandidatePair>&)>;

/// A cluster of two or more documents, with its audit.
struct LinkedCluster {
  std::vector<std::uint32_t> members;  ///< Ascending.
  std::uint32_t medoid = 0;            ///< Highest sum of scores with the others.
  std::uint32_t min_score = 0;         ///< Over the compared pairs inside; refused = 0.
  std::uint32_t mean_score = 0;
  std::vector<std::uint32_t> weak;     ///< Members that the audit doubts.
  std::vector<CandidatePair> bridges;  ///< Pairs without which the cluster would fall apart.
};

struct Linked {
  std::vector<LinkedCluster> clusters;  ///< By smallest member.
  std::vector<ScoredPair> compared;     ///< Pairs asked for, sorted.
};

/// Sparse average-link over documents 0…n-1, n = id_hashes.size() (one vote a group of equal texts:
/// the caller passes representatives). A pair is scored, refused or unseen; means run over scored
/// and refused pairs only. Before two groups merge, at least min(|A|·|B|, least_compared) of their
/// pairs must have been compared: `compare` is asked for those missing, smallest id hashes first.
/// Groups merge, best mean first, while the mean is at least merge_at and no pair of theirs cannot
/// link; ties go to the smallest place in `by_id` (a permutation). The result depends on the pairs
/// as a set and on `compare` being a function, on no order and no number of threads.
[[nodiscard]] Linked average_link(std::span<const ScoredPair> pairs,
                                  std::span<const std::uint64_t> id_hashes,
                                  std::span<const std::uint32_t> by_id, const LinkRule& rule,
                                  const CompareMore& compare);

}  // namespace wirecopy
