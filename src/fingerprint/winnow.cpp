#include "fingerprint/winnow.h"

#include "fingerprint/winnow_avx512.h"

#include <algorithm>
#include <bit>

namespace wirecopy::fingerprint {
namespace {

// Hashes gram after gram, each from the one before: h' = rotl(h, 1) ^ rotl(leaving, k) ^ entering.
class RollingHash {
 public:
  RollingHash(const std::uint32_t* letter_hashes, std::uint32_t gram)
      : letter_hashes_(letter_hashes), gram_(gram) {
    for (; entering_ + 1 < gram; ++entering_) {
      hash_ = std::rotl(hash_, 1) ^ letter_hashes_[entering_];
    }
  }

  // The next gram as a sort key: smallest hash first, then the rightmost.
  [[nodiscard]] std::uint64_t next() noexcept {
    const std::uint32_t position = entering_ + 1 - gram_;
    hash_ = std::rotl(hash_, 1) ^ (left_ ^ letter_hashes_[entering_++]);
    left_ = std::rotl(letter_hashes_[position], static_cast<int>(gram_));
    return std::uint64_t{hash_} << 32U | ~position;
  }

 private:
  const std::uint32_t* letter_hashes_;
  std::uint32_t gram_;
  std::uint32_t entering_ = 0;
  std::uint32_t hash_ = 0;
  std::uint32_t left_ = 0;  // the letter before this gram, as often rotated as it stands in hash_
};

}  // namespace

void hash_ascii_portable(std::string_view letters, const std::array<std::uint32_t, 128>& hashes,
                         std::uint32_t* letter_hashes) noexcept {
  for (const char letter : letters) {
    *letter_hashes++ = hashes[static_cast<unsigned char>(letter)];
  }
}

// The minimum of each window by van Herk (1992) and Gil & Werman (1993): grams are cut into blocks
// of `window`, so a window is the end of one block and the start of the next, and its minimum that
// of a suffix minimum and a prefix minimum. Three comparisons a gram, and no branch depends on the
// text.
std::size_t winnow_portable(std::span<const std::uint32_t> letter_hashes, std::uint32_t gram,
                            std::uint32_t window, std::uint32_t* chosen) noexcept {
  RollingHash hashes(letter_hashes.data(), gram);
  auto grams_left = static_cast<std::uint32_t>(letter_hashes.size()) - gram + 1;
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

void hash_ascii(std::string_view letters, const std::array<std::uint32_t, 128>& hashes,
                std::uint32_t* letter_hashes) noexcept {
#if WIRECOPY_HAS_AVX512
  if (base::kHasAvx512) return hash_ascii_avx512(letters, hashes, letter_hashes);
#endif
  hash_ascii_portable(letters, hashes, letter_hashes);
}

std::size_t winnow(std::span<const std::uint32_t> letter_hashes, std::uint32_t gram,
                   std::uint32_t window, std::uint32_t* chosen) noexcept {
#if WIRECOPY_HAS_AVX512
  if (base::kHasAvx512) return winnow_avx512(letter_hashes, gram, window, chosen);
#endif
  return winnow_portable(letter_hashes, gram, window, chosen);
}

}  // namespace wirecopy::fingerprint
