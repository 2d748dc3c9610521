/// cluster: comparisons → clusters.
///
/// *Average-link* (all presets but corpus): groups grow, best mean first, while the mean score of
/// the pairs between two of them is high. See `average_link`.
///
/// *Star* (the corpus preset): documents are taken in keep order; each joins the center taken
/// earlier that it resembles most, if that reaches the threshold, else it becomes a center itself.
/// So every member was compared with its center, and no chain of half-likenesses can pull unrelated
/// texts together.
///
/// *Components*, on request: whatever hangs together by scored pairs is one cluster.
///
/// However they came about, clusters of scored pairs are audited (`LinkedCluster`).
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

/// A pair that was judged; a < b as document numbers. *Scored* if the score is above 0, else
/// *refused*; a pair nobody judged is *unseen*.
struct ScoredPair {
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  std::uint32_t score = 0;   ///< In 1/65536; 0 = refused.
  bool cannot_link = false;  ///< Speaks against one cluster: LinkRule::against.
  friend auto operator<=>(const ScoredPair&, const ScoredPair&) = default;
};

struct LinkRule {
  std::uint32_t merge_at = 19'661;    ///< Least score of a merge, in [1, 65536]: 0.30.
  std::uint32_t least_compared = 16;  ///< Of two groups' pairs so many, or all, were compared.
  std::uint32_t against = 8;  ///< A pair that cannot link counts −this many full scores; 0 … 8.
  std::uint32_t least_part = 3;    ///< Members of a part that joins a whole afterwards,
  std::uint32_t least_whole = 48;  ///< and of the whole.

  /// What a pair adds to the sum of a mean.
  [[nodiscard]] std::int64_t voice(const ScoredPair& pair) const noexcept {
    return std::int64_t{pair.score} - (pair.cannot_link ? std::int64_t{against} * kFullScore : 0);
  }
};

/// Judges pairs that cluster asks for: sorted, distinct, never empty, never asked before. The
/// answer has one row a pair, in the same order; anything else throws Error(usage). Called from one
/// thread, seldom and with much: the questions of all components in one batch.
using CompareMore = std::function<std::vector<ScoredPair>(const std::vector<CandidatePair>&)>;

/// A cluster of two or more documents, with its audit: what is said here rests on compared pairs
/// alone. For the audit are compared, where they were not: all pairs of a cluster of up to 16
/// members; in a larger one every member with the medoid.
struct LinkedCluster {
  std::vector<std::uint32_t> members;  ///< Ascending.
  /// The member with the highest sum of scores with the others, ties by `by_id`. In clusters of
  /// more than 16 the sum runs over the pairs that were compared before the audit.
  std::uint32_t medoid = 0;
  std::uint32_t min_score = 0;   ///< Over all compared pairs inside; refused = 0.
  std::uint32_t mean_score = 0;  ///< Over the same pairs, rounded down.
  /// Members whose score with the medoid is below 0.5 and that have fewer than two pairs of 0.8 or
  /// more. Ascending.
  std::vector<std::uint32_t> weak;
  /// Scored pairs without which the scored pairs inside would fall into two parts. Sorted. The one
  /// pair of a cluster of two is a bridge.
  std::vector<CandidatePair> bridges;
};

struct Linked {
  std::vector<LinkedCluster> clusters;  ///< By smallest member.
  std::vector<ScoredPair> compared;     ///< All pairs asked for, sorted.
};

/// Sparse average-link over documents 0…n-1, n = id_hashes.size() (one vote a group of equal texts:
/// the caller passes representatives). `by_id[d]` is the place of d in the order of ids, a
/// permutation. `pairs` in any order, each pair once.
///
/// Every document starts as a group. Two groups are linked if a pair between them was compared; the
/// *mean* of a link runs over its compared pairs, refused ones as 0, such as cannot link as
/// −`against`. (So one of them parts small groups for certain, and among hundreds of pairs of a
/// noisy story a few that look like a template do not.) Groups merge, best mean first, while it is
/// at least `merge_at`. Equal means: first the link with the first compared pair in the order of
/// ids.
///
/// Before A and B merge, cluster asks for more, where
/// - fewer than min(|A|·|B|, least_compared) of their pairs were compared, or
/// - the mean would fall short if all unseen pairs were refused.
/// Asked are least_compared of the unseen pairs, or all: of those among the 2 · least_compared
/// members with the smallest id hashes on either side the ones with the smallest sum of both
/// hashes, modulo 2^64. The answers stand for all unseen pairs between A and B: in the mean each
/// counts as many times as it stands for pairs, as in any stratified sample. Then the merge is
/// decided anew. (Candidates are compared because they looked alike. Without the second rule one
/// article stitched from two stories, being scored with every copy of both, would merge them.)
///
/// Questions come in rounds. First whatever are each other's best and need no question merge. Then
/// those that are each other's best ask; each of the two also asks ahead, for one of its next best
/// links for every 32 that it asked for in earlier rounds, so that a hub with 10^5 neighbors takes
/// hundreds of rounds and not 10^5.
///
/// *Parts.* Copies of a short story that were cut to other parts of it share little, so that its
/// mean may leave it in parts. A cluster of `least_part` or more joins a larger one of
/// `least_whole` or more if three quarters of its members can be paired off with as many members of
/// the larger one, each pair scored `merge_at` or more, and the mean is a third of `merge_at`.
/// (Stories that few articles stitch together can not be paired off so: every such pair has one of
/// these few.) Of several it joins the one with the best mean. Nothing is asked for, and one look
/// is taken.
///
/// If the audit compares a pair that cannot link inside a cluster, its component is linked again
/// with all that was compared.
///
/// The result depends on the pairs as a set and on `compare` being a function; on no order, no
/// numbering of documents and no number of threads (components run in parallel).
///
/// Cost: 0.5 to 2 µs a pair, given or asked for. Memory: about 200 bytes a pair, in components that
/// wait for answers. Throws Error(usage) for pairs that break the contract, unequal sizes of
/// id_hashes and by_id, a merge_at out of range. Source: Sokal & Michener 1958 (UPGMA);
/// src/cluster/linker.cpp explains the algorithm.
[[nodiscard]] Linked average_link(std::span<const ScoredPair> pairs,
                                  std::span<const std::uint64_t> id_hashes,
                                  std::span<const std::uint32_t> by_id, const LinkRule& rule,
                                  const CompareMore& compare);

/// Stars over scored pairs: in keep order a document joins the earlier center with the highest
/// score ≥ rule.merge_at, else becomes a center; equal scores: the earlier center in keep order.
/// `order` as in the star above; the rest as in average_link. `compare` is asked for the audit
/// alone.
[[nodiscard]] Linked star(std::span<const ScoredPair> pairs, std::span<const std::uint32_t> order,
                          std::span<const std::uint32_t> by_id, const LinkRule& rule,
                          const CompareMore& compare);

/// Connected components over scored pairs, whatever cannot link; audited like the others.
[[nodiscard]] Linked components(std::span<const ScoredPair> pairs,
                                std::span<const std::uint32_t> by_id, const CompareMore& compare);

}  // namespace wirecopy
