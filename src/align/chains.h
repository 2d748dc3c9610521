/// Matches → chains: runs of matches that follow each other closely on both sides.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "align/letters.h"
#include "wirecopy/align.h"

namespace wirecopy::align_detail {

/// Matches by x that do not overlap in x, as a range of Chainer::links(). In Order::kept they
/// ascend in y as well and do not overlap there either.
struct Chain {
  std::uint32_t first_link = 0;
  std::uint32_t links = 0;
  std::int64_t score = 0;  ///< Letters in links less the cost of the gaps, in quarters of a letter.
};

/// Sparse dynamic programming over the matches sorted by (x, y): the score of a match is its length
/// plus the best, if positive, of a match before it less the cost of the gap. Each match looks back
/// at the 64 before it and at the one that ends last, so the time is O(m log m). Chains are
/// then read off by falling score (ties: smaller x, y); each match belongs to one.
class Chainer {
 public:
  /// Quarters of a letter: a chain is worth a look if its letters in matches, gaps paid, are a
  /// fourth of min_letters and no fewer than 23 (22.5). Less is chance, however short a passage may
  /// be.
  static constexpr std::uint32_t kWorthALook = 90;

  /// Sorts `matches` and replaces links() and chains(): those worth a look.
  void chain(std::vector<Match>& matches, const AlignRule& rule);

  [[nodiscard]] std::span<const Chain> chains() const noexcept { return chains_; }
  [[nodiscard]] std::span<const Match> links(const Chain& chain) const noexcept {
    return std::span(links_).subspan(chain.first_link, chain.links);
  }

 private:
  static constexpr std::uint32_t kNone = ~std::uint32_t{0};
  static constexpr std::size_t kLookBack = 64;

  // The best way to reach a match.
  struct Step {
    std::int64_t score = 0;
    std::uint32_t before = kNone;
    std::uint32_t overlap = 0;  // letters of the match that the one before it has already
  };

  template <typename Join>
  void score_all(std::span<const Match> matches, std::int64_t max_gap, Join&& join);
  void read_off(std::span<const Match> matches, std::int64_t least_score);

  std::vector<Step> steps_;
  std::vector<std::uint32_t> reach_;  // where the matches up to this one end in x at the latest
  std::vector<std::uint32_t> by_score_;
  std::vector<bool> used_;
  std::vector<Match> links_;
  std::vector<Chain> chains_;
};

}  // namespace wirecopy::align_detail
