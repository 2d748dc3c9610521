// The mean of two parts of one story falls short where its copies were cut to other parts of a
// short text, so that most pairs share little. Of two stories that stitched articles join it is as
// low. What tells the two apart is how many members carry the strong pairs: between stories the few
// that are stitched, between parts of a story nearly all. So the members are counted that would
// have to go until no strong pair is left between the two: the smallest vertex cover, as many as
// there are strong pairs without a common member (cluster/matching.h).
#include "cluster/rejoin.h"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

#include "base/parallel.h"
#include "cluster/matching.h"

namespace wirecopy::cluster_detail {
namespace {

__extension__ using Wide = __int128;

// Three quarters of the part's members carry strong pairs, and the mean is a third of a merge's.
constexpr std::size_t kCarrying = 3;
constexpr std::size_t kOfMembers = 4;
constexpr std::int64_t kShareOfMean = 3;

// A compared pair between two clusters; `here` is in the part, the smaller one.
struct Crossing {
  std::uint32_t part;
  std::uint32_t whole;
  std::uint32_t here;
  std::uint32_t there;
  ScoredPair pair;

  [[nodiscard]] auto key() const noexcept { return std::tuple(part, whole, here, there); }
};

// A cluster that a part may join.
struct Offer {
  std::uint32_t whole = kNone;
  std::int64_t total = 0;
  std::int64_t weight = 1;
  std::uint32_t first = 0;  // the whole's first member in the order of ids

  [[nodiscard]] bool before(const Offer& other) const noexcept {
    const Wide left = Wide{total} * other.weight;
    const Wide right = Wide{other.total} * weight;
    return left != right ? left > right : first < other.first;
  }
};

class Rejoiner {
 public:
  Rejoiner(const Groups& clusters, std::span<const std::uint32_t> by_id, const LinkRule& rule)
      : clusters_(clusters), rule_(rule), first_(clusters.size(), kNone) {
    for (std::uint32_t c = 0; c < clusters.size(); ++c) {
      for (const std::uint32_t d : clusters[c]) first_[c] = std::min(first_[c], by_id[d]);
    }
  }

  std::vector<std::uint32_t> run(std::span<const ScoredPair> pairs) {
    const std::vector<Crossing> crossings = crossings_of(pairs);
    std::vector<Offer> best(clusters_.size());
    for (auto begin = crossings.begin(); begin != crossings.end();) {
      const auto end = std::find_if(begin, crossings.end(), [&](const Crossing& each) {
        return each.part != begin->part || each.whole != begin->whole;
      });
      const Offer offer = offer_of(std::span(begin, end));
      Offer& taken = best[begin->part];
      if (offer.whole != kNone && (taken.whole == kNone || offer.before(taken))) taken = offer;
      begin = end;
    }
    std::vector<std::uint32_t> joined(clusters_.size());
    std::iota(joined.begin(), joined.end(), 0U);
    for (std::uint32_t& end : joined) {
      while (best[end].whole != kNone) end = best[end].whole;
    }
    return joined;
  }

 private:
  // A total order, so that wholes which are parts of others lead to an end.
  [[nodiscard]] bool larger(std::uint32_t a, std::uint32_t b) const {
    const std::size_t size_a = clusters_[a].size();
    const std::size_t size_b = clusters_[b].size();
    return size_a != size_b ? size_a > size_b : first_[a] < first_[b];
  }

  [[nodiscard]] std::vector<Crossing> crossings_of(std::span<const ScoredPair> pairs) const {
    const std::vector<std::uint32_t> places = places_in(clusters_, clusters_.members);
    std::vector<Crossing> crossings;
    for (const ScoredPair& pair : pairs) {
      std::uint32_t here = pair.a;
      std::uint32_t there = pair.b;
      const std::uint32_t a = clusters_.group_of[here];
      const std::uint32_t b = clusters_.group_of[there];
      if (a == b || a == kNone || b == kNone) continue;
      const auto [part, whole] = larger(a, b) ? std::pair(b, a) : std::pair(a, b);
      if (clusters_[part].size() < rule_.least_part) continue;
      if (clusters_[whole].size() < rule_.least_whole) continue;
      if (part == b) std::swap(here, there);
      crossings.push_back({part, whole, places[here], places[there], pair});
    }
    base::sort(crossings.begin(), crossings.end(),
               [](const Crossing& x, const Crossing& y) { return x.key() < y.key(); });
    return crossings;
  }

  // Nothing if the part of these crossings does not belong to the whole.
  [[nodiscard]] Offer offer_of(std::span<const Crossing> crossings) const {
    const auto& [part, whole, here, there, pair] = crossings.front();
    Offer offer{whole, 0, static_cast<std::int64_t>(crossings.size()), first_[whole]};
    std::vector<Joint> strong;
    for (const Crossing& each : crossings) {
      offer.total += rule_.voice(each.pair);
      if (each.pair.score >= rule_.merge_at) strong.push_back({each.here, each.there});
    }
    if (kShareOfMean * offer.total < rule_.merge_at * offer.weight) return {};
    const std::size_t wanted = (kCarrying * clusters_[part].size() + kOfMembers - 1) / kOfMembers;
    return has_matching(strong, wanted) ? offer : Offer{};
  }

  const Groups& clusters_;
  const LinkRule& rule_;
  std::vector<std::uint32_t> first_;  // by cluster, its first member in the order of ids
};

}  // namespace

std::vector<std::uint32_t> rejoined(const Groups& clusters, std::span<const ScoredPair> pairs,
                                    std::span<const std::uint32_t> by_id, const LinkRule& rule) {
  return Rejoiner(clusters, by_id, rule).run(pairs);
}

}  // namespace wirecopy::cluster_detail
