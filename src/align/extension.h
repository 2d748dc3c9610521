/// How far two texts go on saying the same, beyond the last exact match.
#pragma once

#include <array>
#include <utility>

#include "align/letters.h"

namespace wirecopy::align_detail {

/// Letters taken from each text, and the edits that turn one run into the other.
struct Extension {
  std::uint32_t x = 0;
  std::uint32_t y = 0;
  std::uint32_t edits = 0;
};

enum class Direction { ahead, behind };

/// The greedy alignment of Zhang et al. (2000) with their X-drop rule: for 1, 2, 3, … edits the
/// farthest place on each diagonal that still scores (a letter of either side 1, an edit -8) within
/// 24 of the best. Takes at most `most_x` and `most_y` letters and 16 edits. `x` and `y` point at
/// the first letter not yet taken; behind, that is one past it. Cost: below 1 µs.
template <Direction direction, typename Unit>
[[nodiscard]] Extension extend(const Unit* x, std::size_t most_x, const Unit* y,
                               std::size_t most_y) noexcept {
  constexpr std::int32_t kMostEdits = 16;
  constexpr std::int32_t kEditCost = 8;
  constexpr std::int32_t kDrop = 24;
  constexpr std::int32_t kDead = -4 * kMostEdits;  // a diagonal out of the race

  const auto end_x = static_cast<std::int32_t>(most_x);
  const auto end_y = static_cast<std::int32_t>(most_y);
  const auto run = [&](std::int32_t from_x, std::int32_t from_y) {
    const auto most = static_cast<std::uint32_t>(std::min(end_x - from_x, end_y - from_y));
    return static_cast<std::int32_t>(direction == Direction::ahead
                                         ? equal_ahead(x + from_x, y + from_y, most)
                                         : equal_behind(x - from_x, y - from_y, most));
  };
  std::array<std::int32_t, 2 * kMostEdits + 3> farthest;  // x, by diagonal y - x
  farthest.fill(kDead);
  const auto far = [&](std::int32_t diagonal) -> std::int32_t& {
    const std::int32_t at = kMostEdits + 1 + diagonal;
    return farthest[static_cast<std::size_t>(at)];
  };
  std::int32_t reached = run(0, 0);
  far(0) = reached;
  std::int32_t best = 2 * reached;
  Extension extension{static_cast<std::uint32_t>(reached), static_cast<std::uint32_t>(reached), 0};
  std::int32_t first = 0;  // the diagonals [first, last] are alive
  std::int32_t last = 0;
  for (std::int32_t edits = 1; edits <= kMostEdits && first <= last; ++edits) {
    std::int32_t left = kDead;  // far(diagonal - 1) with one edit less
    --first;
    ++last;
    for (std::int32_t diagonal = first; diagonal <= last; ++diagonal) {
      reached = std::max({left, far(diagonal) + 1, far(diagonal + 1) + 1});
      reached = std::min({reached, end_x, end_y - diagonal});
      left = std::exchange(far(diagonal), kDead);
      if (reached < 0 || reached + diagonal < 0) continue;
      reached += run(reached, reached + diagonal);
      const std::int32_t score = 2 * reached + diagonal - kEditCost * edits;
      if (score < best - kDrop) continue;
      far(diagonal) = reached;
      if (score <= best) continue;
      best = score;
      extension = {static_cast<std::uint32_t>(reached),
                   static_cast<std::uint32_t>(reached + diagonal),
                   static_cast<std::uint32_t>(edits)};
    }
    while (first <= last && far(first) == kDead) ++first;
    while (first <= last && far(last) == kDead) --last;
  }
  return extension;
}

}  // namespace wirecopy::align_detail
