/// Letters of 64 bytes of ASCII at once.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

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

}  // namespace wirecopy
