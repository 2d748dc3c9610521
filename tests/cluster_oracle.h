/// Average-link and its audit by the words of the header, with a look at all pairs of documents at
/// every step.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <numeric>
#include <optional>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include "wirecopy/cluster.h"

namespace wirecopy::oracle {

using Numbers = std::vector<std::uint32_t>;
using Partition = std::set<std::set<std::uint32_t>>;

/// Of each document.
struct Ids {
  std::vector<std::uint64_t> hashes;
  Numbers places;
};

/// What a comparison of two documents, a < b, tells.
using Truth = std::function<ScoredPair(std::uint32_t, std::uint32_t)>;

class PlainAverageLink {
 public:
  PlainAverageLink(const std::vector<ScoredPair>& pairs, const Ids& ids, const LinkRule& rule,
                   Truth truth)
      : ids_(ids), rule_(rule), truth_(std::move(truth)) {
    for (const ScoredPair& pair : pairs) known_.emplace(std::pair(pair.a, pair.b), pair);
    for (const Numbers& component : parts(all_documents())) {
      std::vector<Numbers> clusters;
      do {
        clusters = with_parts_joined(link(component));
      } while (ask_for_audit(clusters));
      for (Numbers& cluster : clusters) {
        if (cluster.size() > 1) clusters_.push_back(std::move(cluster));
      }
    }
    std::sort(clusters_.begin(), clusters_.end());
  }

  [[nodiscard]] Linked result() const {
    Linked result;
    for (const Numbers& cluster : clusters_) result.clusters.push_back(audit(cluster));
    for (const auto& asked : asked_) result.compared.push_back(known_.at(asked));
    return result;
  }

 private:
  using Pair = std::pair<std::uint32_t, std::uint32_t>;
  struct Link {
    std::int64_t total = 0;
    std::int64_t weight = 0;
  };

  [[nodiscard]] Numbers all_documents() const {
    Numbers documents(ids_.places.size());
    std::iota(documents.begin(), documents.end(), 0U);
    return documents;
  }

  static Pair ordered(std::uint32_t a, std::uint32_t b) { return std::minmax(a, b); }
  [[nodiscard]] const ScoredPair* known(std::uint32_t a, std::uint32_t b) const {
    const auto found = known_.find(ordered(a, b));
    return found == known_.end() ? nullptr : &found->second;
  }
  [[nodiscard]] bool is_scored(std::uint32_t a, std::uint32_t b) const {
    return known(a, b) != nullptr && known(a, b)->score > 0;
  }
  void ask(std::uint32_t a, std::uint32_t b) {
    if (known(a, b) != nullptr) return;
    known_[ordered(a, b)] = truth_(std::min(a, b), std::max(a, b));
    asked_.insert(ordered(a, b));
  }

  // Parts of the documents that hang together by scored pairs, `without` one of them.
  [[nodiscard]] std::vector<Numbers> parts(Numbers documents,
                                           std::optional<Pair> without = {}) const {
    std::vector<Numbers> found;
    while (!documents.empty()) {
      Numbers part{documents.back()};
      documents.pop_back();
      for (std::size_t i = 0; i < part.size(); ++i) {
        for (std::size_t d = documents.size(); d-- > 0;) {
          if (!is_scored(part[i], documents[d])) continue;
          if (without && ordered(part[i], documents[d]) == *without) continue;
          part.push_back(documents[d]);
          documents.erase(documents.begin() + static_cast<std::ptrdiff_t>(d));
        }
      }
      std::sort(part.begin(), part.end());
      found.push_back(std::move(part));
    }
    return found;
  }

  // The compared pairs between two groups.
  [[nodiscard]] std::vector<ScoredPair> compared(const Numbers& left, const Numbers& right) const {
    std::vector<ScoredPair> pairs;
    for (const std::uint32_t a : left) {
      for (const std::uint32_t b : right) {
        if (const ScoredPair* pair = known(a, b)) pairs.push_back(*pair);
      }
    }
    return pairs;
  }

  // Place of the first compared pair between two groups.
  [[nodiscard]] Pair first_place(const Numbers& left, const Numbers& right) const {
    Pair first{~0U, ~0U};
    for (const ScoredPair& pair : compared(left, right)) {
      first = std::min(first, ordered(ids_.places[pair.a], ids_.places[pair.b]));
    }
    return first;
  }

  [[nodiscard]] bool may_merge(const Numbers& left, const Numbers& right) const {
    const Link& link = links_.at({left, right});
    return link.weight != 0 && link.total >= rule_.merge_at * link.weight;
  }

  [[nodiscard]] bool before(const std::pair<Numbers, Numbers>& x,
                            const std::pair<Numbers, Numbers>& y) const {
    const Link& a = links_.at(x);
    const Link& b = links_.at(y);
    const std::int64_t left = a.total * b.weight;
    const std::int64_t right = b.total * a.weight;
    return left != right ? left > right
                         : first_place(x.first, x.second) < first_place(y.first, y.second);
  }

  std::vector<Numbers> link(const Numbers& component) {
    std::vector<Numbers> groups;
    links_.clear();
    for (const std::uint32_t d : component) groups.push_back({d});
    for (const Numbers& left : groups) {
      for (const Numbers& right : groups) {
        const ScoredPair* pair = known(left[0], right[0]);
        links_[{left, right}] = pair == nullptr ? Link{} : Link{rule_.voice(*pair), 1};
      }
    }
    questions_.clear();
    do {
      while (merge_best(groups)) {
      }
    } while (ask_round(groups));
    return groups;
  }

  // The links of a group that may merge, best first.
  [[nodiscard]] std::vector<Numbers> bests(const std::vector<Numbers>& groups,
                                           const Numbers& group) const {
    std::vector<Numbers> neighbors;
    for (const Numbers& other : groups) {
      if (other != group && may_merge(group, other)) neighbors.push_back(other);
    }
    std::sort(neighbors.begin(), neighbors.end(), [&](const Numbers& x, const Numbers& y) {
      return before({group, x}, {group, y});
    });
    return neighbors;
  }

  [[nodiscard]] std::vector<std::pair<Numbers, Numbers>> mutual_bests(
      const std::vector<Numbers>& groups) const {
    std::map<Numbers, Numbers> best;
    for (const Numbers& group : groups) {
      const auto neighbors = bests(groups, group);
      if (!neighbors.empty()) best[group] = neighbors[0];
    }
    std::vector<std::pair<Numbers, Numbers>> mutual;
    for (const auto& [group, other] : best) {
      if (best.count(other) != 0 && best.at(other) == group) mutual.emplace_back(group, other);
    }
    return mutual;
  }

  // Merges the best two of those that are each other's best and need no question.
  bool merge_best(std::vector<Numbers>& groups) {
    std::optional<std::pair<Numbers, Numbers>> best;
    for (const auto& link : mutual_bests(groups)) {
      if (must_ask(link.first, link.second)) continue;
      if (!best || before(link, *best)) best = link;
    }
    if (best) merge(groups, best->first, best->second);
    return best.has_value();
  }

  bool ask_round(const std::vector<Numbers>& groups) {
    std::set<std::pair<Numbers, Numbers>> links;
    for (const auto& [group, other] : mutual_bests(groups)) {
      std::vector<Numbers> neighbors = bests(groups, group);
      neighbors.resize(std::min<std::size_t>(neighbors.size(), 1 + questions_[group] / 32));
      for (const Numbers& neighbor : neighbors) {
        if (must_ask(group, neighbor)) links.insert(std::minmax(group, neighbor));
      }
    }
    for (const auto& [left, right] : links) {
      ask_between(left, right);
      ++questions_[left];
      ++questions_[right];
    }
    return !links.empty();
  }

  [[nodiscard]] bool must_ask(const Numbers& left, const Numbers& right) const {
    const auto all = static_cast<std::int64_t>(left.size() * right.size());
    const Link& link = links_.at({left, right});
    if (link.weight == all || rule_.least_compared == 0) return false;
    const auto seen = static_cast<std::int64_t>(compared(left, right).size());
    return seen < std::min<std::int64_t>(all, rule_.least_compared) ||
           link.total < rule_.merge_at * all;
  }

  [[nodiscard]] Numbers voters(Numbers group) const {
    std::sort(group.begin(), group.end(), [&](auto a, auto b) {
      return std::pair(ids_.hashes[a], ids_.places[a]) < std::pair(ids_.hashes[b], ids_.places[b]);
    });
    group.resize(std::min<std::size_t>(group.size(), 2 * std::size_t{rule_.least_compared}));
    return group;
  }

  void ask_between(const Numbers& left, const Numbers& right) {
    std::vector<std::tuple<std::uint64_t, Pair, Pair>> unseen;
    for (const std::uint32_t a : voters(left)) {
      for (const std::uint32_t b : voters(right)) {
        if (known(a, b) != nullptr) continue;
        unseen.emplace_back(ids_.hashes[a] + ids_.hashes[b],
                            ordered(ids_.places[a], ids_.places[b]), ordered(a, b));
      }
    }
    std::sort(unseen.begin(), unseen.end());
    unseen.resize(std::min<std::size_t>(unseen.size(), rule_.least_compared));

    const std::vector<ScoredPair> before = compared(left, right);
    std::int64_t sum = 0;
    for (const ScoredPair& pair : before) sum += rule_.voice(pair);
    std::int64_t sample = unseen.empty() ? sum : 0;
    for (const auto& [hash, places, pair] : unseen) {
      ask(pair.first, pair.second);
      sample += rule_.voice(*known(pair.first, pair.second));
    }
    const auto all = static_cast<std::int64_t>(left.size() * right.size());
    const auto seen = static_cast<std::int64_t>(before.size());
    const std::int64_t rest =
        (all - seen) * sample / (unseen.empty() ? seen : static_cast<std::int64_t>(unseen.size()));
    links_[{left, right}] = links_[{right, left}] = {sum + rest, all};
  }

  void merge(std::vector<Numbers>& groups, Numbers left, Numbers right) {
    Numbers both;
    std::merge(left.begin(), left.end(), right.begin(), right.end(), std::back_inserter(both));
    groups.erase(std::remove(groups.begin(), groups.end(), left), groups.end());
    groups.erase(std::remove(groups.begin(), groups.end(), right), groups.end());
    for (const Numbers& other : groups) {
      const Link& a = links_[{left, other}];
      const Link& b = links_[{right, other}];
      links_[{both, other}] = links_[{other, both}] = {a.total + b.total, a.weight + b.weight};
    }
    questions_[both] = questions_[left] + questions_[right];
    groups.push_back(both);
  }

  [[nodiscard]] std::uint32_t medoid(const Numbers& cluster) const {
    const auto rank = [&](std::uint32_t d) {
      std::int64_t sum = 0;
      for (const ScoredPair& pair : compared({d}, cluster)) sum += pair.score;
      return std::pair(-sum, ids_.places[d]);
    };
    return *std::min_element(cluster.begin(), cluster.end(),
                             [&](auto a, auto b) { return rank(a) < rank(b); });
  }

  // Fewest members of both clusters that are in all strong pairs between them.
  [[nodiscard]] std::size_t cover(const Numbers& part, const Numbers& whole) const {
    std::size_t least = part.size();
    for (std::uint32_t chosen = 0; chosen < 1U << part.size(); ++chosen) {
      std::size_t size = 0;
      std::set<std::uint32_t> others;
      for (std::size_t i = 0; i < part.size(); ++i) {
        if ((chosen >> i & 1U) != 0) {
          ++size;
          continue;
        }
        for (const ScoredPair& pair : compared({part[i]}, whole)) {
          if (pair.score >= rule_.merge_at) others.insert(pair.a == part[i] ? pair.b : pair.a);
        }
      }
      least = std::min(least, size + others.size());
    }
    return least;
  }

  [[nodiscard]] bool belongs(const Numbers& part, const Numbers& whole, const Link& link) const {
    return part.size() >= rule_.least_part && whole.size() >= rule_.least_whole &&
           3 * link.total >= rule_.merge_at * link.weight &&
           4 * cover(part, whole) >= 3 * part.size();
  }

  [[nodiscard]] std::vector<Numbers> with_parts_joined(std::vector<Numbers> clusters) const {
    const auto first = [&](const Numbers& cluster) {
      std::uint32_t place = ~0U;
      for (const std::uint32_t d : cluster) place = std::min(place, ids_.places[d]);
      return place;
    };
    std::sort(clusters.begin(), clusters.end(), [&](const Numbers& x, const Numbers& y) {
      return std::pair(y.size(), first(x)) < std::pair(x.size(), first(y));
    });
    std::vector<std::size_t> joins(clusters.size());
    for (std::size_t part = 0; part < clusters.size(); ++part) {
      joins[part] = part;
      Link best;
      for (std::size_t whole = 0; whole < part; ++whole) {
        Link link;
        for (const ScoredPair& pair : compared(clusters[part], clusters[whole])) {
          link.total += rule_.voice(pair);
          ++link.weight;
        }
        if (link.weight == 0 || !belongs(clusters[part], clusters[whole], link)) continue;
        const std::int64_t here = link.total * best.weight;
        const std::int64_t there = best.total * link.weight;
        const bool better =
            joins[part] == part || here > there ||
            (here == there && first(clusters[whole]) < first(clusters[joins[part]]));
        if (!better) continue;
        best = link;
        joins[part] = whole;
      }
    }
    for (std::size_t part = clusters.size(); part-- > 0;) {
      if (joins[part] == part) continue;
      Numbers& whole = clusters[joins[part]];
      whole.insert(whole.end(), clusters[part].begin(), clusters[part].end());
      std::sort(whole.begin(), whole.end());
      clusters[part].clear();
    }
    std::erase_if(clusters, [](const Numbers& cluster) { return cluster.empty(); });
    return clusters;
  }

  // Whether two turned out to be in one cluster that cannot link.
  bool ask_for_audit(const std::vector<Numbers>& clusters) {
    bool refuted = false;
    for (const Numbers& cluster : clusters) {
      const std::uint32_t center = medoid(cluster);
      for (const std::uint32_t a : cluster) {
        for (const std::uint32_t b : cluster) {
          if (a >= b || (cluster.size() > 16 && a != center && b != center)) continue;
          if (known(a, b) != nullptr) continue;
          ask(a, b);
          refuted |= known(a, b)->cannot_link;
        }
      }
    }
    return refuted;
  }

  [[nodiscard]] LinkedCluster audit(const Numbers& cluster) const {
    LinkedCluster row;
    row.members = cluster;
    row.medoid = medoid(cluster);
    std::set<ScoredPair> inside;
    for (const ScoredPair& pair : compared(cluster, cluster)) inside.insert(pair);
    std::uint64_t sum = 0;
    row.min_score = 65'536;
    for (const ScoredPair& pair : inside) {
      sum += pair.score;
      row.min_score = std::min(row.min_score, pair.score);
      if (pair.score > 0 && parts(cluster, Pair{pair.a, pair.b}).size() > parts(cluster).size()) {
        row.bridges.push_back({pair.a, pair.b});
      }
    }
    row.mean_score = static_cast<std::uint32_t>(sum / inside.size());
    for (const std::uint32_t d : cluster) {
      if (d == row.medoid || known(d, row.medoid)->score * 2 >= 65'536) continue;
      const auto pairs = compared({d}, cluster);
      const auto strong = std::count_if(pairs.begin(), pairs.end(),
                                        [](auto& pair) { return pair.score * 10 >= 8 * 65'536; });
      if (strong < 2) row.weak.push_back(d);
    }
    return row;
  }

  Ids ids_;
  LinkRule rule_;
  Truth truth_;
  std::map<Pair, ScoredPair> known_;
  std::set<Pair> asked_;
  std::map<std::pair<Numbers, Numbers>, Link> links_;
  std::map<Numbers, std::uint64_t> questions_;
  std::vector<Numbers> clusters_;
};

}  // namespace wirecopy::oracle
