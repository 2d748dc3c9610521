/// The door to xxHash, inlined.
#pragma once

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <array>
#include <compare>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace wirecopy::base {

struct Hash128 {
  std::uint64_t high = 0;
  std::uint64_t low = 0;
  friend auto operator<=>(const Hash128&, const Hash128&) = default;
};

/// XXH3-64 under a seed.
[[nodiscard]] inline std::uint64_t hash64(std::string_view bytes, std::uint64_t seed = 0) noexcept {
  return XXH3_64bits_withSeed(bytes.data(), bytes.size(), seed);
}

using Bytes16 = std::array<char, 16>;

/// hash64 of each of `inputs`, several at a time where the machine can; `hashes` has room for as
/// many.
void hash64_each(std::span<const Bytes16> inputs, std::uint64_t seed,
                 std::uint64_t* hashes) noexcept;
/// The same by portable code.
void hash64_each_portable(std::span<const Bytes16> inputs, std::uint64_t seed,
                          std::uint64_t* hashes) noexcept;

/// hash64 of the `length` bytes from bytes[begin] on, for each of `begins`: as above.
void hash64_at(std::string_view bytes, std::span<const std::uint32_t> begins, std::size_t length,
               std::uint64_t seed, std::uint64_t* hashes) noexcept;
/// The same by portable code.
void hash64_at_portable(std::string_view bytes, std::span<const std::uint32_t> begins,
                        std::size_t length, std::uint64_t seed, std::uint64_t* hashes) noexcept;

/// XXH3-128.
[[nodiscard]] inline Hash128 hash128(std::string_view bytes) noexcept {
  const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
  return {hash.high64, hash.low64};
}

/// hash128 of bytes that come in pieces.
class Hash128Stream {
 public:
  Hash128Stream() noexcept { XXH3_128bits_reset(&state_); }
  void add(std::string_view bytes) noexcept {
    XXH3_128bits_update(&state_, bytes.data(), bytes.size());
  }
  [[nodiscard]] Hash128 value() const noexcept {
    const XXH128_hash_t hash = XXH3_128bits_digest(&state_);
    return {hash.high64, hash.low64};
  }

 private:
  XXH3_state_t state_;
};

/// hash64 and hash128 of whole texts: the same values, sooner where the machine has AVX-512.
[[nodiscard]] std::uint64_t hash64_long(std::string_view bytes, std::uint64_t seed = 0) noexcept;
[[nodiscard]] Hash128 hash128_long(std::string_view bytes) noexcept;

/// A bijection of 64-bit words in which every input bit moves every output bit: the finalizer of
/// MurmurHash3 with the constants of David Stafford's "mix 13" (2011).
[[nodiscard]] constexpr std::uint64_t mix64(std::uint64_t value) noexcept {
  value = (value ^ (value >> 30U)) * 0xbf58476d1ce4e5b9ULL;
  value = (value ^ (value >> 27U)) * 0x94d049bb133111ebULL;
  return value ^ (value >> 31U);
}

/// 32 lower-case hexadecimal digits, high word first.
[[nodiscard]] std::string hex(const Hash128& hash);

}  // namespace wirecopy::base
