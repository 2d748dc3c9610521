#include "batch/findings.h"

#include <numeric>
#include <utility>

#include "base/parallel.h"

namespace wirecopy::batch {
namespace {

// For every representative the member of its group that comes first in keep order; other entries
// are meaningless.
std::vector<std::uint32_t> first_of_groups(const Groups& groups,
                                           const std::vector<std::uint32_t>& to_keep) {
  std::vector<std::uint32_t> first(to_keep.size());
  std::iota(first.begin(), first.end(), 0U);
  for (const std::uint32_t copy : groups.copies) {
    std::uint32_t& best = first[groups.representative[copy]];
    if (to_keep[copy] < to_keep[best]) best = copy;
  }
  return first;
}

}  // namespace

Orders orders_of(const DocumentTable& table, const KeepRule& keep) {
  Orders orders;
  orders.by_id = rank_by_id(table);
  orders.by_time = rank_by_time(table, orders.by_id);
  std::vector<KeepFacts> facts(table.size());
  for (std::uint32_t d = 0; d < facts.size(); ++d) {
    facts[d] = {orders.by_time[d], table.letter_counts[d], table.source(d)};
  }
  orders.to_keep = keep_order(keep, facts);
  return orders;
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

std::vector<FoundPair> pair_copies(const Groups& groups, const DocumentTable& table,
                                   const ShingleSource& source) {
  // Only ratios of these counts are reported, and all of them are 1.
  constexpr Similarity kEqualSets{1, 1, 1};
  std::vector<FoundPair> pairs(groups.copies.size());
  base::for_each_index(
      pairs.size(),
      [&](std::size_t i) {
        const std::uint32_t copy = groups.copies[i];
        const std::uint32_t representative = groups.representative[copy];
        const bool equal_words = table.word_hashes[copy] == table.word_hashes[representative];
        pairs[i] = {representative, copy, Verdict::identical,
                    equal_words ? kEqualSets
                                : compare(source.shingles(representative), source.shingles(copy))};
      },
      1024);
  return pairs;
}

void choose_kept(const std::vector<std::uint32_t>& to_keep, Findings& findings) {
  const std::vector<std::uint32_t> first = first_of_groups(findings.groups, to_keep);
  findings.kept_copy.resize(to_keep.size());
  for (std::uint32_t d = 0; d < to_keep.size(); ++d) {
    findings.kept_copy[d] = first[findings.star.center[findings.groups.representative[d]]];
  }
}

}  // namespace wirecopy::batch
