#include <algorithm>
#include <iterator>
#include <numeric>

#include "cluster/audit.h"
#include "cluster/groups.h"
#include "wirecopy/cluster.h"
#include "wirecopy/error.h"

namespace wirecopy {
namespace {

// For every document the pairs with documents that come before it in keep order: the pairs of d are
// `pairs[begin[d]]` to `pairs[begin[d + 1] - 1]`.
struct EarlierPairs {
  std::vector<std::uint32_t> begin;
  std::vector<std::uint32_t> pairs;
};

template <typename Pair>
EarlierPairs earlier_pairs(std::span<const Pair> pairs, std::span<const std::uint32_t> order) {
  const auto later = [&](const Pair& pair) {
    return order[pair.a] < order[pair.b] ? pair.b : pair.a;
  };
  // Counted one place further on, so that filling moves each begin to where it belongs.
  EarlierPairs result{std::vector<std::uint32_t>(order.size() + 2),
                      std::vector<std::uint32_t>(pairs.size())};
  for (const Pair& pair : pairs) ++result.begin[later(pair) + 2];
  std::partial_sum(result.begin.begin(), result.begin.end(), result.begin.begin());
  for (std::uint32_t i = 0; i < pairs.size(); ++i) {
    result.pairs[result.begin[later(pairs[i]) + 1]++] = i;
  }
  return result;
}

template <typename Pair>
std::uint32_t other(const Pair& pair, std::uint32_t document) noexcept {
  return pair.a == document ? pair.b : pair.a;
}

std::weak_ordering closeness(const VerifiedPair& left, const VerifiedPair& right) noexcept {
  return compare_jaccard(left.similarity, right.similarity);
}

std::weak_ordering closeness(const ScoredPair& left, const ScoredPair& right) noexcept {
  return left.score <=> right.score;
}

// Whether `document` rather joins by `pair` than by `best`.
template <typename Pair>
bool beats(const Pair& pair, const Pair& best, std::uint32_t document,
           std::span<const std::uint32_t> order) noexcept {
  const std::weak_ordering closer = closeness(pair, best);
  if (closer != 0) return closer > 0;
  return order[other(pair, document)] < order[other(best, document)];
}

template <typename Pair>
Star star_of(std::span<const Pair> pairs, std::span<const std::uint32_t> order) {
  if (pairs.size() >= Star::kNoPair) {
    throw Error(ErrorCode::usage, "Star clustering takes fewer than 2^32 - 1 pairs at once.");
  }
  const EarlierPairs earlier = earlier_pairs(pairs, order);
  std::vector<std::uint32_t> in_order(order.size());
  for (std::uint32_t d = 0; d < order.size(); ++d) in_order[order[d]] = d;

  Star result;
  result.center.resize(order.size());
  result.pair.assign(order.size(), Star::kNoPair);
  for (const std::uint32_t document : in_order) {
    std::uint32_t best = Star::kNoPair;
    for (std::uint32_t e = earlier.begin[document]; e < earlier.begin[document + 1]; ++e) {
      const std::uint32_t i = earlier.pairs[e];
      const std::uint32_t neighbor = other(pairs[i], document);
      if (result.center[neighbor] != neighbor) continue;
      if (best == Star::kNoPair || beats(pairs[i], pairs[best], document, order)) best = i;
    }
    result.center[document] = best == Star::kNoPair ? document : other(pairs[best], document);
    result.pair[document] = best;
  }
  return result;
}

}  // namespace

Star star(std::span<const VerifiedPair> pairs, std::span<const std::uint32_t> order) {
  return star_of(pairs, order);
}

Linked star(std::span<const ScoredPair> pairs, std::span<const std::uint32_t> order,
            std::span<const std::uint32_t> by_id, const LinkRule& rule,
            const CompareMore& compare) {
  cluster_detail::check_pairs(pairs, order.size());
  std::vector<ScoredPair> near;
  std::copy_if(pairs.begin(), pairs.end(), std::back_inserter(near),
               [&](const ScoredPair& pair) { return pair.score >= rule.merge_at; });
  return cluster_detail::audited(star_of(std::span<const ScoredPair>(near), order).center, pairs,
                                 by_id, compare);
}

}  // namespace wirecopy
