// The choice of grams: hashes of letters in, positions out.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace wirecopy::fingerprint {

// The cyclic polynomial has 32 rotations: in longer grams, equal letters 32 apart would cancel.
inline constexpr std::uint32_t kMostGram = 32;
inline constexpr std::uint32_t kMostWindow = 256;

// Hashes gram after gram, each from the one before: h' = rotl(h, 1) ^ rotl(leaving, k) ^ entering.
template <typename LetterHash>
class RollingHash {
 public:
  RollingHash(LetterHash hash_of, std::uint32_t gram) : hash_of_(hash_of), gram_(gram) {
    for (; entering_ + 1 < gram; ++entering_) {
      hash_ = std::rotl(hash_, 1) ^ hash_of_(entering_);
    }
  }

  // The next gram as a sort key: smallest hash first, then the rightmost.
  [[nodiscard]] std::uint64_t next() noexcept {
    const std::uint32_t position = entering_ + 1 - gram_;
    hash_ = std::rotl(hash_, 1) ^ (left_ ^ hash_of_(entering_++));
    left_ = std::rotl(hash_of_(position), static_cast<int>(gram_));
    return std::uint64_t{hash_} << 32U | ~position;
  }

 private:
  LetterHash hash_of_;
  std::uint32_t gram_;
  std::uint32_t entering_ = 0;
  std::uint32_t hash_ = 0;
  std::uint32_t left_ = 0;  // the letter before this gram, as often rotated as it stands in hash_
};

// Writes the positions of the chosen grams, ascending, and returns how many. `letters` ≥ gram; a
// text of fewer than `window` grams is one window. `chosen` has room for as many as there are
// grams.
//
// The minimum of each window by van Herk (1992) and Gil & Werman (1993): grams are cut into blocks
// of `window`, so a window is the end of one block and the start of the next, and its minimum that
// of a suffix minimum and a prefix minimum. Three comparisons a gram, and no branch depends on the
// text.
template <typename LetterHash>
std::size_t winnow(LetterHash hash_of, std::uint32_t letters, std::uint32_t gram,
                   std::uint32_t window, std::uint32_t* chosen) noexcept {
  RollingHash hashes(hash_of, gram);
  std::uint32_t grams_left = letters - gram + 1;
  window = std::min(window, grams_left);
  std::array<std::uint64_t, kMostWindow> block;
  for (std::uint32_t i = 0; i < window; ++i) block[i] = hashes.next();
  grams_left -= window;

  std::size_t count = 0;
  std::uint32_t last = ~std::uint32_t{0};
  const auto choose = [&](std::uint64_t key) {
    const std::uint32_t position = ~static_cast<std::uint32_t>(key);
    chosen[count] = position;
    count += position != last ? 1U : 0U;
    last = position;
  };
  for (;;) {
    std::uint64_t suffix = ~std::uint64_t{0};
    for (std::uint32_t i = window; i-- > 0;) block[i] = suffix = std::min(suffix, block[i]);
    choose(suffix);
    // Each gram of the next block ends a window; that of its last gram is the next block itself.
    const std::uint32_t windows = std::min(window - 1, grams_left);
    std::uint64_t prefix = ~std::uint64_t{0};
    for (std::uint32_t i = 0; i < windows; ++i) {
      block[i] = hashes.next();
      prefix = std::min(prefix, block[i]);
      choose(std::min(prefix, block[i + 1]));
    }
    if (grams_left < window) return count;
    block[window - 1] = hashes.next();
    grams_left -= window;
  }
}

}  // namespace wirecopy::fingerprint
