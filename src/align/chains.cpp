#include "align/chains.h"

#include <algorithm>
#include <cstdlib>

namespace wirecopy::align_detail {
namespace {

// Scores count quarters of a letter.
constexpr std::int64_t kLetter = 4;

struct Joined {
  bool possible = false;
  std::int64_t gain = 0;  // quarters of a letter
  std::uint32_t overlap = 0;
};

// In kept order: how much longer one side of a gap may be. A phrase of five words put in or left
// out is an edit; a sentence is not.
constexpr std::int64_t kMostShift = 30;

Joined join_kept(const Match& before, const Match& next, std::int64_t max_gap) {
  std::int64_t gap_x = std::int64_t{next.x} - (std::int64_t{before.x} + before.length);
  std::int64_t gap_y = std::int64_t{next.y} - (std::int64_t{before.y} + before.length);
  const std::int64_t overlap = std::max<std::int64_t>(0, -std::min(gap_x, gap_y));
  if (overlap >= next.length) return {};
  gap_x += overlap;
  gap_y += overlap;
  const std::int64_t shift = std::abs(gap_x - gap_y);
  if (std::max(gap_x, gap_y) > max_gap || shift > kMostShift) return {};
  const std::int64_t cost = std::max(gap_x, gap_y) + 2 * shift;
  return {true, kLetter * (next.length - overlap) - cost, static_cast<std::uint32_t>(overlap)};
}

// In free order y may go back as far as it may go on. Each match pays two letters: short words that
// two texts share by chance soon outweigh what they bring.
Joined join_free(const Match& before, const Match& next, std::int64_t max_gap) {
  const std::int64_t gap_x = std::int64_t{next.x} - (std::int64_t{before.x} + before.length);
  const std::int64_t gap_y = std::int64_t{next.y} - (std::int64_t{before.y} + before.length);
  const std::int64_t overlap = std::max<std::int64_t>(0, -gap_x);
  if (overlap >= next.length || gap_x > max_gap || std::abs(gap_y) > max_gap) return {};
  const std::int64_t cost = std::max<std::int64_t>(gap_x, 0) + std::abs(gap_y) / 2 + 2 * kLetter;
  return {true, kLetter * (next.length - overlap) - cost, static_cast<std::uint32_t>(overlap)};
}

}  // namespace

template <typename Join>
void Chainer::score_all(std::span<const Match> matches, std::int64_t max_gap, Join&& join) {
  steps_.assign(matches.size(), {});
  reach_.resize(matches.size());
  std::size_t last_end = 0;  // the match that ends last in x
  const auto end_of = [&](std::size_t i) { return matches[i].x + matches[i].length; };
  for (std::size_t i = 0; i < matches.size(); ++i) {
    steps_[i].score = kLetter * matches[i].length;
    const auto try_after = [&](std::size_t j) {
      const Joined joined = join(matches[j], matches[i], max_gap);
      if (!joined.possible || steps_[j].score + joined.gain <= steps_[i].score) return;
      steps_[i] = {steps_[j].score + joined.gain, static_cast<std::uint32_t>(j), joined.overlap};
    };
    const std::size_t from = i - std::min(i, kLookBack);
    for (std::size_t j = i; j-- > from && reach_[j] + max_gap >= matches[i].x;) try_after(j);
    if (last_end < from) try_after(last_end);
    if (end_of(i) > end_of(last_end)) last_end = i;
    reach_[i] = end_of(last_end);
  }
}

void Chainer::read_off(std::span<const Match> matches, std::int64_t least_score) {
  by_score_.clear();
  for (std::uint32_t i = 0; i < matches.size(); ++i) {
    if (steps_[i].score >= least_score) by_score_.push_back(i);
  }
  std::sort(by_score_.begin(), by_score_.end(), [&](std::uint32_t left, std::uint32_t right) {
    return steps_[left].score != steps_[right].score ? steps_[left].score > steps_[right].score
                                                     : left < right;
  });
  used_.assign(matches.size(), false);
  for (const std::uint32_t last : by_score_) {
    if (used_[last]) continue;
    const std::size_t begin = links_.size();
    std::uint32_t at = last;
    for (; at != kNone && !used_[at]; at = steps_[at].before) {
      used_[at] = true;
      const std::uint32_t overlap = steps_[at].overlap;
      links_.push_back(
          {matches[at].x + overlap, matches[at].y + overlap, matches[at].length - overlap});
    }
    std::reverse(links_.begin() + static_cast<std::ptrdiff_t>(begin), links_.end());
    const std::int64_t score = steps_[last].score - (at == kNone ? 0 : steps_[at].score);
    if (score < least_score) continue;
    chains_.push_back({static_cast<std::uint32_t>(begin),
                       static_cast<std::uint32_t>(links_.size() - begin), score});
  }
  std::sort(chains_.begin(), chains_.end(), [](const Chain& left, const Chain& right) {
    return left.score != right.score ? left.score > right.score
                                     : left.first_link < right.first_link;
  });
}

void Chainer::chain(std::vector<Match>& matches, const AlignRule& rule) {
  std::sort(matches.begin(), matches.end());
  matches.erase(std::unique(matches.begin(), matches.end()), matches.end());
  links_.clear();
  chains_.clear();
  if (rule.order == AlignRule::Order::kept) {
    score_all(matches, rule.max_gap, join_kept);
  } else {
    score_all(matches, rule.max_gap, join_free);
  }
  read_off(matches, std::max(rule.min_letters, kWorthALook));
}

}  // namespace wirecopy::align_detail
