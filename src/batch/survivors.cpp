#include "batch/survivors.h"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "base/parallel.h"
#include "batch/drops.h"

namespace wirecopy::batch {
namespace {

constexpr std::size_t kMostAsked = 64;  // kept documents that one document is judged with

bool alike_in_length(std::uint32_t one, std::uint32_t other) {
  return std::uint64_t{one} * 2 >= other && std::uint64_t{other} * 2 >= one;
}

class Survivors {
 public:
  Survivors(const std::vector<std::uint32_t>& root, const std::vector<std::uint32_t>& places,
            const DocumentTable& table, const MatchRule& rule, const std::vector<Fate>& fates)
      : root_(root),
        places_(places),
        table_(table),
        fates_(fates),
        drops_(rule),
        abridged_(rule.drop.abridged),
        kept_for_(root.size()) {}

  // For every representative the one kept for it, in its cluster.
  std::vector<std::uint32_t> choose(const Groups& groups, PairJudge& judge) {
    list_clustered(groups);
    std::vector<CandidatePair> missing;
    do {
      judge.judge(missing);
      missing.clear();
      for (; taken_ < judge.found().size(); ++taken_) drops_.take(judge.found()[taken_]);
      std::iota(kept_for_.begin(), kept_for_.end(), 0U);
      for (std::size_t begin = 0, end = 0; begin < clustered_.size(); begin = end) {
        while (end < clustered_.size() && root_[clustered_[end]] == root_[clustered_[begin]]) ++end;
        walk({clustered_.data() + begin, end - begin}, judge, missing);
      }
      base::sort(missing.begin(), missing.end());
    } while (!missing.empty());
    return kept_for_;
  }

 private:
  // Representatives, cluster by cluster, in keep order.
  void list_clustered(const Groups& groups) {
    for (std::uint32_t d = 0; d < root_.size(); ++d) {
      if (groups.representative[d] == d && fate(d) != Fate::gone) clustered_.push_back(d);
    }
    base::sort(clustered_.begin(), clustered_.end(), [&](std::uint32_t left, std::uint32_t right) {
      return std::tie(root_[left], places_[left]) < std::tie(root_[right], places_[right]);
    });
  }

  void walk(std::span<const std::uint32_t> cluster, const PairJudge& judge,
            std::vector<CandidatePair>& missing) {
    std::vector<std::uint32_t> kept;
    for (const std::uint32_t document : cluster) {
      // Inside a cluster all that come earlier and are kept for themselves are kept.
      const auto is_kept = [&](std::uint32_t other) {
        return root_[other] == root_[document] && places_[other] < places_[document] &&
               kept_for_[other] == other && fate(other) != Fate::gone;
      };
      if (fate(document) == Fate::open) {
        kept_for_[document] = drops_.kept_for(document, places_, is_kept);
        if (kept_for_[document] != document) continue;
        ask(document, kept, judge, missing);
      }
      kept.push_back(document);
    }
  }

  [[nodiscard]] Fate fate(std::uint32_t document) const {
    return fates_.empty() ? Fate::open : fates_[document];
  }

  void ask(std::uint32_t document, const std::vector<std::uint32_t>& kept, const PairJudge& judge,
           std::vector<CandidatePair>& missing) const {
    std::size_t asked = 0;
    for (const std::uint32_t other : kept) {
      if (!abridged_ &&
          !alike_in_length(table_.letter_counts[document], table_.letter_counts[other])) {
        continue;
      }
      const CandidatePair pair{std::min(document, other), std::max(document, other)};
      if (!judge.has_judged(pair)) missing.push_back(pair);
      if (++asked == kMostAsked) return;
    }
  }

  const std::vector<std::uint32_t>& root_;
  const std::vector<std::uint32_t>& places_;
  const DocumentTable& table_;
  const std::vector<Fate>& fates_;
  Drops drops_;
  std::size_t taken_ = 0;  // pairs found
  bool abridged_;
  std::vector<std::uint32_t> clustered_;
  std::vector<std::uint32_t> kept_for_;
};

}  // namespace

std::vector<std::uint32_t> choose_survivors(const Groups& groups,
                                            const std::vector<std::uint32_t>& root,
                                            const Orders& orders, const DocumentTable& table,
                                            const MatchRule& rule, const std::vector<Fate>& fates,
                                            PairJudge& judge) {
  const std::vector<std::uint32_t> places = group_places(groups, orders.to_keep);
  const std::vector<std::uint32_t> kept =
      Survivors(root, places, table, rule, fates).choose(groups, judge);
  return kept_copies(groups, orders.to_keep, kept, rule.drop);
}

}  // namespace wirecopy::batch
