/// All matches of two texts that hold an indexed seed, in time linear in both.
#pragma once

#include <array>
#include <vector>

#include "align/seed_index.h"

namespace wirecopy::align_detail {

/// Looks every place of the first text up in the index of the second and extends each hit to a
/// match, once. Three rules keep the time linear, whatever the texts say.
///
/// Inside the match found last only a few places of every 64 are looked up, which still finds every
/// other match of 64 + seed_letters letters there. A seed with more than 16 places (stock words,
/// refrains) is followed only to the places nearest to where the match found last, and the longest
/// one, would go on, four each. Each place tried counts 8, and each 8 letters compared 1: past
/// kWorkPerLetter for each letter of both texts, every seed is followed to one place, and the last
/// match is passed over whole.
template <typename Unit>
class MatchFinder {
 public:
  /// Replaces `matches`, in no special order. Returns false, maybe before all are found, if it is
  /// certain that fewer than `needed` letters of `first` lie within `reach` letters of a match.
  [[nodiscard]] bool find(std::span<const Unit> first, std::span<const Unit> second,
                          const SeedIndex<Unit>& index, std::uint32_t reach, std::uint64_t needed,
                          std::vector<Match>& matches);

 private:
  static constexpr std::uint32_t kRevisit = 64;
  static constexpr std::size_t kMostPlaces = 16;
  static constexpr std::uint32_t kMostBack = 64;
  static constexpr std::uint64_t kWorkPerLetter = 8;
  static constexpr std::uint64_t kWorkPerPlace = 8;

  // Where the last match on a diagonal ends. A set of diagonals forgets the one that ended first:
  // should a seed lead there again, the match is found again, which costs time only.
  struct Reached {
    std::uint32_t diagonal = 0;
    std::uint32_t end = 0;
  };
  using ReachedSet = std::array<Reached, 4>;

  void begin(std::span<const Unit> first, std::span<const Unit> second,
             std::vector<Match>& matches);
  void follow(std::uint32_t x, std::span<const std::uint32_t> places, std::uint32_t seed_letters);
  [[nodiscard]] std::span<const std::uint32_t> nearest(std::span<const std::uint32_t> places,
                                                       std::uint32_t x, const Match& to,
                                                       std::size_t count) const noexcept;
  void extend(std::uint32_t x, std::uint32_t y, std::uint32_t seed_letters);
  [[nodiscard]] bool tired() const noexcept { return work_ > most_work_; }

  std::span<const Unit> first_;
  std::span<const Unit> second_;
  std::vector<Match>* matches_ = nullptr;
  std::vector<ReachedSet> reached_;
  unsigned reached_bits_ = 0;
  Match last_;     // goes farthest in the first text
  Match longest_;  // the first of its length
  std::uint64_t work_ = 0;
  std::uint64_t most_work_ = 0;
};

template <typename Unit>
void MatchFinder<Unit>::begin(std::span<const Unit> first, std::span<const Unit> second,
                              std::vector<Match>& matches) {
  first_ = first;
  second_ = second;
  matches_ = &matches;
  matches.clear();
  last_ = longest_ = {};
  work_ = 0;
  most_work_ = kWorkPerLetter * (first.size() + second.size());
  reached_bits_ = std::clamp(static_cast<unsigned>(std::bit_width(first.size() / 32)), 6U, 18U);
  reached_.assign(std::size_t{1} << reached_bits_, ReachedSet{});
}

template <typename Unit>
void MatchFinder<Unit>::extend(std::uint32_t x, std::uint32_t y, std::uint32_t seed_letters) {
  constexpr std::uint32_t kMultiplier = 0x9e3779b1U;
  const std::uint32_t diagonal = y - x;
  ReachedSet& set = reached_[(diagonal * kMultiplier) >> (32U - reached_bits_)];
  Reached* oldest = set.data();
  for (Reached& reached : set) {
    if (reached.diagonal == diagonal && reached.end > x) return;
    if (reached.end < oldest->end) oldest = &reached;
  }
  work_ += kWorkPerPlace;
  const auto left_of_x = static_cast<std::uint32_t>(first_.size()) - x;
  const auto left_of_y = static_cast<std::uint32_t>(second_.size()) - y;
  const std::uint32_t ahead =
      equal_ahead(first_.data() + x, second_.data() + y, std::min(left_of_x, left_of_y));
  if (ahead < seed_letters) return;
  work_ += ahead / 8;
  const std::uint32_t behind =
      equal_behind(first_.data() + x, second_.data() + y, std::min({x, y, kMostBack}));
  matches_->push_back({x - behind, y - behind, behind + ahead});
  *oldest = {diagonal, x + ahead};
  const Match& match = matches_->back();
  if (x + ahead > last_.x + last_.length) last_ = match;
  if (match.length > longest_.length) longest_ = match;
}

// `count` places around the one on the diagonal of `to`, or all if they are fewer.
template <typename Unit>
std::span<const std::uint32_t> MatchFinder<Unit>::nearest(std::span<const std::uint32_t> places,
                                                          std::uint32_t x, const Match& to,
                                                          std::size_t count) const noexcept {
  if (places.size() <= count) return places;
  const std::uint32_t expected = to.y + (x - to.x);
  const auto at = static_cast<std::size_t>(
      std::lower_bound(places.begin(), places.end(), expected) - places.begin());
  return places.subspan(std::min(at - std::min(at, count / 2), places.size() - count), count);
}

template <typename Unit>
void MatchFinder<Unit>::follow(std::uint32_t x, std::span<const std::uint32_t> places,
                               std::uint32_t seed_letters) {
  if (tired()) {
    places = nearest(places, x, longest_, 1);
  } else if (places.size() > kMostPlaces) {
    const auto more = nearest(places, x, last_, kMostPlaces / 4);
    places = nearest(places, x, longest_, kMostPlaces / 4);
    for (const std::uint32_t y : more) extend(x, y, seed_letters);
  }
  for (const std::uint32_t y : places) extend(x, y, seed_letters);
}

template <typename Unit>
bool MatchFinder<Unit>::find(std::span<const Unit> first, std::span<const Unit> second,
                             const SeedIndex<Unit>& index, std::uint32_t reach,
                             std::uint64_t needed, std::vector<Match>& matches) {
  begin(first, second, matches);
  const std::uint32_t k = index.seed_letters();
  if (needed > first.size()) return false;
  if (first.size() < k || second.size() < k) return needed == 0;
  // `possible` letters before `dilated_end` lie within reach of a match. A match found from x on
  // begins at x - kMostBack or later, so the letters before x - margin are settled.
  const std::uint64_t margin = std::uint64_t{reach} + kMostBack;
  std::uint64_t possible = 0;
  std::uint64_t dilated_end = 0;
  const std::uint64_t places = first.size() - k + 1;
  const auto hopeless_from = [&] { return possible + first.size() - needed + margin; };
  std::uint64_t end = std::min(places, hopeless_from());
  std::uint32_t burst = 0;  // places looked up in a row inside a match
  std::uint64_t inside_until = 0;
  for (std::uint64_t x = 0; x < end; ++x) {
    if (x >= inside_until) {
      x = index.next_held(first, x, end);
      if (x == end) break;
    } else if (++burst > index.step()) {
      burst = 0;
      x = std::min(x + kRevisit - index.step(), inside_until) - 1;
      continue;
    }
    const std::uint64_t hash = seed_hash(first.data() + x, k);
    if (!index.may_hold(hash)) continue;
    const std::size_t known = matches.size();
    follow(static_cast<std::uint32_t>(x), index.places(hash), k);
    if (matches.size() == known) continue;
    const std::uint64_t last_end = std::uint64_t{last_.x} + last_.length;
    const std::uint64_t from = std::max(dilated_end, x - std::min(x, margin));
    const std::uint64_t to = std::min<std::uint64_t>(last_end + reach, first.size());
    if (to > from) possible += to - from;
    dilated_end = std::max(dilated_end, to);
    end = std::min(places, hopeless_from());
    inside_until = last_end - k + 1;
    if (tired()) x = inside_until - 1;
  }
  return possible >= needed;
}

}  // namespace wirecopy::align_detail
