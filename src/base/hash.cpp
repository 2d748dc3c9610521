#include "base/hash.h"

#include <fmt/format.h>

#include <cstring>

#include "base/avx512.h"

namespace wirecopy::base {

void hash64_each_portable(std::span<const Bytes16> inputs, std::uint64_t seed,
                          std::uint64_t* hashes) noexcept {
  for (const Bytes16& input : inputs) *hashes++ = hash64({input.data(), input.size()}, seed);
}

#if WIRECOPY_HAS_AVX512
namespace {

// The words of XXH3's secret that inputs of 16 bytes take, two and two combined.
constexpr std::uint64_t kFirstFlip = 0x1f67b3b7a4a44072ULL ^ 0x78e5c0cc4ee679cbULL;
constexpr std::uint64_t kSecondFlip = 0x2172ffcc7dd05a82ULL ^ 0x8e2443f7744608b8ULL;

constexpr std::uint64_t low_half(std::uint64_t word) { return word & 0xffffffffU; }

// Both halves of the product of 128 bits, combined. Vectors have no such product, so it is made
// of four small ones.
constexpr std::uint64_t multiply_and_fold(std::uint64_t a, std::uint64_t b) {
  const std::uint64_t lowest = low_half(a) * low_half(b);
  const std::uint64_t left = (a >> 32U) * low_half(b);
  const std::uint64_t right = low_half(a) * (b >> 32U);
  const std::uint64_t highest = (a >> 32U) * (b >> 32U);
  const std::uint64_t middle = (lowest >> 32U) + low_half(right) + left;
  const std::uint64_t high = highest + (middle >> 32U) + (right >> 32U);
  return high ^ (middle << 32U | low_half(lowest));
}

constexpr std::uint64_t swap_bytes(std::uint64_t word) {
  word = (word & 0x00ff00ff00ff00ffULL) << 8U | (word >> 8U & 0x00ff00ff00ff00ffULL);
  word = (word & 0x0000ffff0000ffffULL) << 16U | (word >> 16U & 0x0000ffff0000ffffULL);
  return word << 32U | word >> 32U;
}

// XXH3 for 9 to 16 bytes (xxHash, doc/xxhash_spec.md), written so that compilers turn the loop into
// vector instructions.
WIRECOPY_AVX512 void hash64_each_avx512(std::span<const Bytes16> inputs, std::uint64_t seed,
                                        std::uint64_t* hashes) noexcept {
  const std::uint64_t first_flip = kFirstFlip + seed;
  const std::uint64_t second_flip = kSecondFlip - seed;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    std::uint64_t first = 0;
    std::uint64_t second = 0;
    std::memcpy(&first, inputs[i].data(), sizeof first);
    std::memcpy(&second, inputs[i].data() + sizeof first, sizeof second);
    first ^= first_flip;
    second ^= second_flip;
    std::uint64_t hash = sizeof(Bytes16) + swap_bytes(first) + second;
    hash += multiply_and_fold(first, second);
    hash = (hash ^ hash >> 37U) * 0x165667919e3779f9ULL;
    hashes[i] = hash ^ hash >> 32U;
  }
}

}  // namespace
#endif

void hash64_each(std::span<const Bytes16> inputs, std::uint64_t seed,
                 std::uint64_t* hashes) noexcept {
#if WIRECOPY_HAS_AVX512
  if (kHasAvx512) return hash64_each_avx512(inputs, seed, hashes);
#endif
  hash64_each_portable(inputs, seed, hashes);
}

std::string hex(const Hash128& hash) { return fmt::format("{:016x}{:016x}", hash.high, hash.low); }

}  // namespace wirecopy::base
