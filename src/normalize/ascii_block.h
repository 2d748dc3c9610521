/// Letters of 64 bytes of ASCII at once.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "base/avx512.h"

namespace wirecopy {

inline constexpr std::size_t kBlock = 64;

/// What a block is copied with reads and writes this many bytes too far.
inline constexpr std::size_t kBlockSlack = 16;

/// Bit i is set if byte i of the block is an ASCII letter or digit.
[[nodiscard]] inline std::uint64_t ascii_letters(const char* block) noexcept {
  // A loop that compilers turn into vector instructions: 1 for a letter, else 0.
  std::array<unsigned char, kBlock> flags;
  for (std::size_t i = 0; i < kBlock; ++i) {
    const auto byte = static_cast<unsigned char>(block[i]);
    const auto alphabetic = static_cast<unsigned char>((byte | 0x20U) - 'a') < 26;
    const auto digit = static_cast<unsigned char>(byte - '0') < 10;
    flags[i] = static_cast<unsigned char>(alphabetic | digit);
  }
  std::uint64_t letters = 0;
  for (unsigned i = 0; i < kBlock; i += 8) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, flags.data() + i, sizeof eight);
    if constexpr (std::endian::native == std::endian::big) eight = __builtin_bswap64(eight);
    // The multiplication gathers the lowest bits of the eight bytes in the top byte.
    letters |= (eight * 0x0102040810204080ULL >> 56U) << i;
  }
  return letters;
}

/// Copies ASCII letters and digits in lower case: the bit 0x20 makes a capital small, and all
/// others have it. Writes up to kBlockSlack bytes more, whatever they are, and reads as many.
inline void copy_lower(const char* from, std::size_t length, char* to) noexcept {
  const auto copy_16 = [&](std::size_t at) {
    std::array<std::uint64_t, 2> halves;
    static_assert(sizeof halves == kBlockSlack);
    std::memcpy(halves.data(), from + at, sizeof halves);
    for (std::uint64_t& half : halves) half |= 0x2020202020202020ULL;
    std::memcpy(to + at, halves.data(), sizeof halves);
  };
  copy_16(0);
  for (std::size_t at = 16; at < length; at += 16) copy_16(at);  // seldom
}

#if WIRECOPY_HAS_AVX512
/// As above, of the bytes and the same with the bit 0x20 set.
WIRECOPY_AVX512 inline std::uint64_t ascii_letters(__m512i bytes, __m512i lower) noexcept {
  const __m512i from_a = _mm512_sub_epi8(lower, _mm512_set1_epi8('a'));
  const __m512i from_0 = _mm512_sub_epi8(bytes, _mm512_set1_epi8('0'));
  return _mm512_cmplt_epu8_mask(from_a, _mm512_set1_epi8(26)) |
         _mm512_cmplt_epu8_mask(from_0, _mm512_set1_epi8(10));
}

/// 0, 1, 2, …
WIRECOPY_AVX512 inline __m512i counted_bytes() noexcept {
  std::array<std::uint8_t, kBlock> counted{};
  for (std::size_t i = 0; i < kBlock; ++i) counted[i] = static_cast<std::uint8_t>(i);
  return _mm512_loadu_si512(counted.data());
}

/// The first sixteen bytes as words of 32 bits, plus `addend`.
WIRECOPY_AVX512 inline __m512i low_16_plus(__m512i bytes, std::uint32_t addend) noexcept {
  return _mm512_add_epi32(_mm512_cvtepu8_epi32(_mm512_castsi512_si128(bytes)),
                          _mm512_set1_epi32(static_cast<int>(addend)));
}

/// The other bytes, moved down.
WIRECOPY_AVX512 inline __m512i without_low_16(__m512i bytes) noexcept {
  return _mm512_alignr_epi32(_mm512_setzero_si512(), bytes, 4);
}

/// Writes the pairs of the words of 32 bits in `firsts` and `seconds`.
WIRECOPY_AVX512 inline void write_pairs(__m512i firsts, __m512i seconds, void* pairs) noexcept {
  const __m512i low = _mm512_setr_epi32(0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
  const __m512i high = _mm512_add_epi32(low, _mm512_set1_epi32(8));
  _mm512_storeu_si512(pairs, _mm512_permutex2var_epi32(firsts, low, seconds));
  _mm512_storeu_si512(static_cast<char*>(pairs) + sizeof firsts,
                      _mm512_permutex2var_epi32(firsts, high, seconds));
}
#endif

}  // namespace wirecopy
