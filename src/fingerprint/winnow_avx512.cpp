// The same choice with no step that waits for the one before: grams are hashed by joining halves
// (Cohen's polynomial of two runs of letters is that of the first, rotated once a letter of the
// second, and that of the second), and the minima of windows are found by joining windows of half
// the width. Both take a logarithm of passes over a part of the text that stays in the nearest
// cache.
#include "fingerprint/winnow_avx512.h"

#include <algorithm>
#include <bit>

#include "fingerprint/winnow.h"

#if WIRECOPY_HAS_AVX512
namespace wirecopy::fingerprint {
namespace {

// So many windows are taken at a time.
constexpr std::uint32_t kWindows = 512;
constexpr std::size_t kMostGrams = kWindows + kMostWindow;
constexpr std::size_t kMostLetters = kMostGrams + kMostGram;
// The last vector of a pass reads and writes past what counts.
constexpr std::size_t kSlack = 64;
constexpr std::size_t kLead = 8;  // a vector, so that keys are aligned

// to[i] = rotl(first[i], rotation) ^ second[i]. `to` may be `first`, and `second` lie behind it.
WIRECOPY_AVX512 inline void join(const std::uint32_t* first, const std::uint32_t* second,
                                 std::uint32_t rotation, std::size_t count,
                                 std::uint32_t* to) noexcept {
  const __m512i rotations = _mm512_set1_epi32(static_cast<int>(rotation));
  for (std::size_t i = 0; i < count; i += 16) {
    const __m512i rotated = _mm512_rolv_epi32(_mm512_loadu_si512(first + i), rotations);
    _mm512_storeu_si512(to + i, _mm512_xor_si512(rotated, _mm512_loadu_si512(second + i)));
  }
}

// Writes hash and place of each gram from `position` on as a sort key: smallest hash first, then
// the rightmost. Grams of 1, 2, 4, … letters are joined of two halves, and one of `gram` letters of
// those that its binary digits name.
WIRECOPY_AVX512 void hash_grams(const std::uint32_t* letter_hashes, std::uint32_t position,
                                std::uint32_t grams, std::uint32_t gram,
                                std::uint64_t* keys) noexcept {
  const std::size_t letters = grams + gram - 1;
  alignas(64) std::array<std::uint32_t, kMostLetters + kSlack> power;   // of `length` letters
  alignas(64) std::array<std::uint32_t, kMostLetters + kSlack> joined;  // of `done` letters
  std::copy_n(letter_hashes + position, letters, power.data());
  std::fill_n(power.data() + letters, kSlack, 0U);
  std::uint32_t done = 0;
  for (std::uint32_t length = 1; done != gram; length *= 2) {
    if ((gram & length) != 0) {
      if (done == 0) {
        std::copy_n(power.data(), letters, joined.data());
      } else {
        join(joined.data(), power.data() + done, length, grams, joined.data());
      }
      done += length;
    }
    if (done != gram) {
      join(power.data(), power.data() + length, length, letters - length, power.data());
    }
  }
  __m512i places = _mm512_sub_epi64(_mm512_set1_epi64(std::uint32_t{~position}),
                                    _mm512_setr_epi64(0, 1, 2, 3, 4, 5, 6, 7));
  for (std::size_t i = 0; i < grams; i += 8) {
    const void* const at = joined.data() + i;
    const __m256i hashes = _mm256_loadu_si256(static_cast<const __m256i*>(at));
    const __m512i high = _mm512_slli_epi64(_mm512_cvtepu32_epi64(hashes), 32);
    _mm512_storeu_si512(keys + i, _mm512_or_si512(high, places));
    places = _mm512_sub_epi64(places, _mm512_set1_epi64(8));
  }
}

// keys[i] becomes the smallest of `window` keys from i on, for `windows` of them.
WIRECOPY_AVX512 void minimize(std::uint64_t* keys, std::uint32_t windows,
                              std::uint32_t window) noexcept {
  for (std::uint32_t width = 1; width < window;) {
    // The minimum does not mind that the halves overlap.
    const std::uint32_t shift = std::min(width, window - width);
    width += shift;
    const std::size_t count = windows + window - width;
    for (std::size_t i = 0; i < count; i += 8) {
      const __m512i first = _mm512_loadu_si512(keys + i);
      const __m512i second = _mm512_loadu_si512(keys + i + shift);
      _mm512_storeu_si512(keys + i, _mm512_min_epu64(first, second));
    }
  }
}

// Writes the positions of the keys that differ from the one before.
WIRECOPY_AVX512 std::size_t choose(const std::uint64_t* keys, std::uint32_t windows,
                                   std::uint32_t* chosen) noexcept {
  std::size_t count = 0;
  for (std::uint32_t i = 0; i < windows; i += 8) {
    const std::uint32_t left = windows - i;
    const auto lanes = static_cast<__mmask8>(left < 8 ? (1U << left) - 1 : 0xffU);
    const __m512i key = _mm512_loadu_si512(keys + i);
    const __m512i before = _mm512_loadu_si512(keys + i - 1);
    const __mmask8 differs = _mm512_mask_cmpneq_epi64_mask(lanes, key, before);
    const __m256i positions = _mm512_cvtepi64_epi32(_mm512_xor_si512(key, _mm512_set1_epi64(-1)));
    void* const to = chosen + count;
    _mm256_storeu_si256(static_cast<__m256i*>(to), _mm256_maskz_compress_epi32(differs, positions));
    count += static_cast<std::size_t>(std::popcount(unsigned{differs}));
  }
  return count;
}

}  // namespace

// Small letters have the bit 0x40 and digits have not; both have 0x20, so two quarters of the table
// are looked at.
WIRECOPY_AVX512 void hash_ascii_avx512(std::string_view letters,
                                       const std::array<std::uint32_t, 128>& hashes,
                                       std::uint32_t* letter_hashes) noexcept {
  const __m512i low_digits = _mm512_loadu_si512(&hashes[0x20]);
  const __m512i high_digits = _mm512_loadu_si512(&hashes[0x30]);
  const __m512i low_letters = _mm512_loadu_si512(&hashes[0x60]);
  const __m512i high_letters = _mm512_loadu_si512(&hashes[0x70]);
  for (std::size_t at = 0; at < letters.size(); at += 16) {
    const std::size_t left = letters.size() - at;
    const auto lanes = static_cast<__mmask16>(left < 16 ? (1U << left) - 1 : 0xffffU);
    const __m512i letter = _mm512_cvtepu8_epi32(_mm_maskz_loadu_epi8(lanes, letters.data() + at));
    const __m512i digits = _mm512_permutex2var_epi32(low_digits, letter, high_digits);
    const __m512i small = _mm512_permutex2var_epi32(low_letters, letter, high_letters);
    const __mmask16 is_small = _mm512_test_epi32_mask(letter, _mm512_set1_epi32(0x40));
    _mm512_mask_storeu_epi32(letter_hashes + at, lanes,
                             _mm512_mask_blend_epi32(is_small, digits, small));
  }
}

WIRECOPY_AVX512 std::size_t winnow_avx512(std::span<const std::uint32_t> letter_hashes,
                                          std::uint32_t gram, std::uint32_t window,
                                          std::uint32_t* chosen) noexcept {
  const auto grams = static_cast<std::uint32_t>(letter_hashes.size()) - gram + 1;
  window = std::min(window, grams);
  const std::uint32_t all_windows = grams - window + 1;
  alignas(64) std::array<std::uint64_t, kLead + kMostGrams + kSlack> space;
  std::uint64_t* const keys = &space[kLead];
  keys[-1] = 0;  // no key is this
  std::size_t count = 0;
  for (std::uint32_t at = 0; at < all_windows; at += kWindows) {
    const std::uint32_t windows = std::min(kWindows, all_windows - at);
    hash_grams(letter_hashes.data(), at, windows + window - 1, gram, keys);
    minimize(keys, windows, window);
    count += choose(keys, windows, chosen + count);
    keys[-1] = keys[windows - 1];
  }
  return count;
}

}  // namespace wirecopy::fingerprint
#endif
