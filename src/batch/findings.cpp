#include "batch/findings.h"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

#include "base/parallel.h"

namespace wirecopy::batch {
namespace {

const FoundPair* pair_among(const std::vector<FoundPair>& pairs, std::uint32_t one,
                            std::uint32_t other) noexcept {
  const std::pair<std::uint32_t, std::uint32_t> wanted = std::minmax(one, other);
  const auto found = std::lower_bound(
      pairs.begin(), pairs.end(), wanted,
      [](const FoundPair& pair, auto key) { return std::pair(pair.a, pair.b) < key; });
  return found != pairs.end() && std::pair(found->a, found->b) == wanted ? &*found : nullptr;
}

}  // namespace

Orders orders_of(const DocumentTable& table, const KeepRule& keep) {
  Orders orders;
  orders.by_id = rank_by_id(table);
  orders.by_time = rank_by_time(table, orders.by_id);
  orders.to_keep = keep_order_of(table, orders.by_time, table.letter_counts, keep);
  return orders;
}

std::vector<std::uint32_t> keep_order_of(const DocumentTable& table,
                                         const std::vector<std::uint32_t>& by_time,
                                         const std::vector<std::uint32_t>& lengths,
                                         const KeepRule& keep) {
  std::vector<KeepFacts> facts(table.size());
  for (std::uint32_t d = 0; d < facts.size(); ++d) {
    facts[d] = {by_time[d], lengths[d], table.source(d)};
  }
  return keep_order(keep, facts);
}

std::vector<std::uint32_t> first_of_groups(const Groups& groups,
                                           const std::vector<std::uint32_t>& order) {
  std::vector<std::uint32_t> first(order.size());
  std::iota(first.begin(), first.end(), 0U);
  for (const std::uint32_t copy : groups.copies) {
    std::uint32_t& best = first[groups.representative[copy]];
    if (order[copy] < order[best]) best = copy;
  }
  return first;
}

std::vector<std::uint32_t> group_places(const Groups& groups,
                                        const std::vector<std::uint32_t>& to_keep) {
  const std::vector<std::uint32_t> first = first_of_groups(groups, to_keep);
  std::vector<std::uint32_t> places = to_keep;
  for (std::uint32_t d = 0; d < places.size(); ++d) {
    if (groups.representative[d] == d && first[d] != d) std::swap(places[d], places[first[d]]);
  }
  return places;
}

std::uint64_t lost_letters(const FoundPair::Aligned& aligned, const Coverage& side,
                           std::uint32_t least_identity) noexcept {
  const std::uint64_t outside = side.of - side.letters;
  return least_identity == 0 ? outside : outside + aligned.columns.all - aligned.columns.equal;
}

FoundPair turned(FoundPair pair) noexcept {
  std::swap(pair.a, pair.b);
  std::swap(pair.similarity.size_a, pair.similarity.size_b);
  if (pair.aligned) std::swap(pair.aligned->a, pair.aligned->b);
  if (pair.verdict == Verdict::abridged) {
    pair.verdict = Verdict::expanded;
  } else if (pair.verdict == Verdict::expanded) {
    pair.verdict = Verdict::abridged;
  }
  return pair;
}

std::vector<std::uint32_t> kept_copies(const Groups& groups,
                                       const std::vector<std::uint32_t>& to_keep,
                                       const std::vector<std::uint32_t>& kept,
                                       const DropRule& rule) {
  const std::vector<std::uint32_t> first = first_of_groups(groups, to_keep);
  std::vector<std::uint32_t> kept_copy(to_keep.size());
  for (std::uint32_t d = 0; d < kept_copy.size(); ++d) {
    const std::uint32_t representative = groups.representative[d];
    const bool stays = kept[representative] == representative && !rule.identical;
    kept_copy[d] = stays ? d : first[kept[representative]];
  }
  return kept_copy;
}

const FoundPair* Findings::pair_of(std::uint32_t one, std::uint32_t other) const noexcept {
  return pair_among(pairs, one, other);
}

const FoundPair* Findings::reason_of(std::uint32_t one, std::uint32_t other) const noexcept {
  const FoundPair* const pair = pair_among(settled, one, other);
  return pair != nullptr ? pair : pair_of(one, other);
}

std::vector<FoundCluster> clusters_of(const Groups& groups, const Orders& orders,
                                      std::span<const std::uint32_t> root) {
  const auto root_of = [&](std::uint32_t document) {
    return root[groups.representative[document]];
  };
  std::vector<std::uint32_t> sizes(root.size());
  for (std::uint32_t d = 0; d < root.size(); ++d) ++sizes[root_of(d)];
  std::vector<std::uint32_t> documents;
  for (std::uint32_t d = 0; d < root.size(); ++d) {
    if (sizes[root_of(d)] > 1) documents.push_back(d);
  }
  base::sort(documents.begin(), documents.end(), [&](std::uint32_t left, std::uint32_t right) {
    return std::tuple(root_of(left), orders.by_id[left]) <
           std::tuple(root_of(right), orders.by_id[right]);
  });

  std::vector<FoundCluster> clusters;
  for (std::size_t begin = 0; begin < documents.size();) {
    FoundCluster& cluster = clusters.emplace_back();
    cluster.first = cluster.representative = documents[begin];
    const std::size_t end = begin + sizes[root_of(documents[begin])];
    for (; begin < end; ++begin) {
      const std::uint32_t document = documents[begin];
      cluster.members.emplace_back().document = document;
      if (orders.by_time[document] < orders.by_time[cluster.first]) cluster.first = document;
      if (orders.to_keep[document] < orders.to_keep[cluster.representative]) {
        cluster.representative = document;
      }
    }
  }
  return clusters;
}

}  // namespace wirecopy::batch
