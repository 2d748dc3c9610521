/// A text as an array of letters, one unit each: bytes while both texts are ASCII, else char32_t.
/// The kernels are templates over the unit, so that a rule counts letters in every script and plain
/// English costs no decoding.
#pragma once

#include <algorithm>
#include <bit>
#include <compare>
#include <cstdint>
#include <cstring>
#include <span>

namespace wirecopy::align_detail {

using Narrow = unsigned char;
using Wide = char32_t;

template <typename Word>
[[nodiscard]] inline Word load(const void* from) noexcept {
  Word word;
  std::memcpy(&word, from, sizeof(word));
  return word;
}

// The first letter in memory is the lowest in a word.
static_assert(std::endian::native == std::endian::little);

/// Number of equal letters at the start of two runs of `most` letters, eight bytes at a time.
template <typename Unit>
[[nodiscard]] inline std::uint32_t equal_ahead(const Unit* a, const Unit* b,
                                               std::uint32_t most) noexcept {
  constexpr std::uint32_t kStep = 8 / sizeof(Unit);
  std::uint32_t count = 0;
  for (; count + kStep <= most; count += kStep) {
    const std::uint64_t differing = load<std::uint64_t>(a + count) ^ load<std::uint64_t>(b + count);
    if (differing == 0) continue;
    return count + static_cast<std::uint32_t>(std::countr_zero(differing)) / 8 /
                       static_cast<std::uint32_t>(sizeof(Unit));
  }
  while (count < most && a[count] == b[count]) ++count;
  return count;
}

/// The same before `a` and `b`, going back.
template <typename Unit>
[[nodiscard]] inline std::uint32_t equal_behind(const Unit* a, const Unit* b,
                                                std::uint32_t most) noexcept {
  constexpr std::uint32_t kStep = 8 / sizeof(Unit);
  std::uint32_t count = 0;
  for (; count + kStep <= most; count += kStep) {
    const std::uint64_t differing =
        load<std::uint64_t>(a - count - kStep) ^ load<std::uint64_t>(b - count - kStep);
    if (differing == 0) continue;
    return count + static_cast<std::uint32_t>(std::countl_zero(differing)) / 8 /
                       static_cast<std::uint32_t>(sizeof(Unit));
  }
  while (count < most && *(a - count - 1) == *(b - count - 1)) ++count;
  return count;
}

/// A maximal run of equal letters: x in the first text, y in the second.
struct Match {
  std::uint32_t x = 0;
  std::uint32_t y = 0;
  std::uint32_t length = 0;
  friend auto operator<=>(const Match&, const Match&) = default;
};

}  // namespace wirecopy::align_detail
