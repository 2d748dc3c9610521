/// Documents in groups of two or more, as two arrays.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "wirecopy/cluster.h"

namespace wirecopy::cluster_detail {

inline constexpr std::uint32_t kNone = ~std::uint32_t{0};

struct Groups {
  std::vector<std::uint32_t> begin;  ///< Group g: members[begin[g]] … members[begin[g + 1] - 1].
  std::vector<std::uint32_t> members;   ///< Ascending in each group; groups by smallest member.
  std::vector<std::uint32_t> group_of;  ///< By document; kNone for those that are alone.

  [[nodiscard]] std::size_t size() const noexcept { return begin.size() - 1; }
  [[nodiscard]] std::span<const std::uint32_t> operator[](std::size_t g) const noexcept {
    return std::span(members).subspan(begin[g], begin[g + 1] - begin[g]);
  }
};

/// Throws Error(usage) unless every pair has a < b < count and a score of at most 65536.
void check_pairs(std::span<const ScoredPair> pairs, std::size_t count);

/// Groups of the documents 0…n-1 with equal labels; a label is the number of a document.
[[nodiscard]] Groups group_by(std::span<const std::uint32_t> labels);

/// For each document of 0…count-1 the smallest that it hangs together with by scored pairs.
[[nodiscard]] std::vector<std::uint32_t> connected(std::span<const ScoredPair> pairs,
                                                   std::size_t count);

/// For each document its place in the group, where `members` are those of the groups, perhaps in
/// another order.
[[nodiscard]] std::vector<std::uint32_t> places_in(const Groups& groups,
                                                   std::span<const std::uint32_t> members);

/// The pairs inside the groups, with places instead of documents; those of group g are
/// pairs[begin[g]] … pairs[begin[g + 1] - 1].
struct InnerPairs {
  std::vector<std::size_t> begin;
  std::vector<ScoredPair> pairs;

  [[nodiscard]] std::span<const ScoredPair> operator[](std::size_t g) const noexcept {
    return std::span(pairs).subspan(begin[g], begin[g + 1] - begin[g]);
  }
};

[[nodiscard]] InnerPairs inner_pairs(const Groups& groups, std::span<const std::uint32_t> places,
                                     std::span<const ScoredPair> pairs);

/// The answers to `questions`, which are sorted first. Throws Error(usage) if `compare` answers
/// something else.
[[nodiscard]] std::vector<ScoredPair> ask(const CompareMore& compare,
                                          std::vector<CandidatePair> questions);

}  // namespace wirecopy::cluster_detail
