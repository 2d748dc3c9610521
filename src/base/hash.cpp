#include "base/hash.h"

#include <fmt/format.h>

#include <cstring>

#include "base/avx512.h"
#include "base/hash_long_avx512.h"

namespace wirecopy::base {

void hash64_each_portable(std::span<const Bytes16> inputs, std::uint64_t seed,
                          std::uint64_t* hashes) noexcept {
  for (const Bytes16& input : inputs) *hashes++ = hash64({input.data(), input.size()}, seed);
}

void hash64_at_portable(std::string_view bytes, std::span<const std::uint32_t> begins,
                        std::size_t length, std::uint64_t seed, std::uint64_t* hashes) noexcept {
  for (const std::uint32_t begin : begins) *hashes++ = hash64({bytes.data() + begin, length}, seed);
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

// Both halves of the products, combined, of eight pairs of words.
WIRECOPY_AVX512 inline __m512i multiply_and_fold_8(__m512i a, __m512i b) noexcept {
  const __m512i a_high = _mm512_srli_epi64(a, 32);
  const __m512i b_high = _mm512_srli_epi64(b, 32);
  const __m512i lowest = _mm512_mul_epu32(a, b);
  const __m512i left = _mm512_mul_epu32(a_high, b);
  const __m512i right = _mm512_mul_epu32(a, b_high);
  const __m512i highest = _mm512_mul_epu32(a_high, b_high);
  const __m512i low_right = _mm512_maskz_mov_epi32(0x5555, right);
  const __m512i middle =
      _mm512_add_epi64(_mm512_add_epi64(_mm512_srli_epi64(lowest, 32), low_right), left);
  const __m512i high = _mm512_add_epi64(
      highest, _mm512_add_epi64(_mm512_srli_epi64(middle, 32), _mm512_srli_epi64(right, 32)));
  const __m512i low = _mm512_mask_blend_epi32(0x5555, _mm512_slli_epi64(middle, 32), lowest);
  return _mm512_xor_si512(high, low);
}

WIRECOPY_AVX512 inline __m512i avalanche_8(__m512i hash) noexcept {
  hash = _mm512_xor_si512(hash, _mm512_srli_epi64(hash, 37));
  hash = _mm512_mullo_epi64(hash, _mm512_set1_epi64(0x165667919e3779f9LL));
  return _mm512_xor_si512(hash, _mm512_srli_epi64(hash, 32));
}

WIRECOPY_AVX512 inline __m512i all_8(std::uint64_t word) noexcept {
  return _mm512_set1_epi64(static_cast<long long>(word));
}

// The word at each place, 0 where the lane is off.
WIRECOPY_AVX512 inline __m512i gather_8(const char* from, __m256i places, __mmask8 lanes) noexcept {
  return _mm512_mask_i32gather_epi64(_mm512_setzero_si512(), lanes, places, from, 1);
}

constexpr std::size_t kLeastAt = 17;
constexpr std::size_t kMostAt = 32;

// XXH3 for 17 to 32 bytes: the first and the last 16, each under its own words of the secret.
WIRECOPY_AVX512 void hash64_at_avx512(std::string_view bytes, std::span<const std::uint32_t> begins,
                                      std::size_t length, std::uint64_t seed,
                                      std::uint64_t* hashes) noexcept {
  const __m512i first_flip = all_8(0xbe4ba423396cfeb8ULL + seed);
  const __m512i second_flip = all_8(0x1cad21f72c81017cULL - seed);
  const __m512i third_flip = all_8(0xdb979083e96dd4deULL + seed);
  const __m512i fourth_flip = all_8(0x1f67b3b7a4a44072ULL - seed);
  const __m512i start = all_8(length * 0x9e3779b185ebca87ULL);
  const __m256i tail = _mm256_set1_epi32(static_cast<int>(length - 16));
  for (std::size_t i = 0; i < begins.size(); i += 8) {
    const std::size_t left = begins.size() - i;
    const auto lanes = static_cast<__mmask8>(left < 8 ? (1U << left) - 1 : 0xffU);
    const __m256i heads = _mm256_maskz_loadu_epi32(lanes, begins.data() + i);
    const __m256i tails = _mm256_add_epi32(heads, tail);
    const char* const from = bytes.data();
    const __m512i head =
        multiply_and_fold_8(_mm512_xor_si512(gather_8(from, heads, lanes), first_flip),
                            _mm512_xor_si512(gather_8(from + 8, heads, lanes), second_flip));
    const __m512i end =
        multiply_and_fold_8(_mm512_xor_si512(gather_8(from, tails, lanes), third_flip),
                            _mm512_xor_si512(gather_8(from + 8, tails, lanes), fourth_flip));
    const __m512i hash = avalanche_8(_mm512_add_epi64(start, _mm512_add_epi64(head, end)));
    _mm512_mask_storeu_epi64(hashes + i, lanes, hash);
  }
}

}  // namespace
#endif

void hash64_at(std::string_view bytes, std::span<const std::uint32_t> begins, std::size_t length,
               std::uint64_t seed, std::uint64_t* hashes) noexcept {
#if WIRECOPY_HAS_AVX512
  if (kHasAvx512 && length >= kLeastAt && length <= kMostAt)
    return hash64_at_avx512(bytes, begins, length, seed, hashes);
#endif
  hash64_at_portable(bytes, begins, length, seed, hashes);
}

void hash64_each(std::span<const Bytes16> inputs, std::uint64_t seed,
                 std::uint64_t* hashes) noexcept {
#if WIRECOPY_HAS_AVX512
  if (kHasAvx512) return hash64_each_avx512(inputs, seed, hashes);
#endif
  hash64_each_portable(inputs, seed, hashes);
}

std::uint64_t hash64_long(std::string_view bytes, std::uint64_t seed) noexcept {
#if WIRECOPY_HAS_LONG_HASH
  if (kHasAvx512) return hash64_long_avx512(bytes.data(), bytes.size(), seed);
#endif
  return hash64(bytes, seed);
}

Hash128 hash128_long(std::string_view bytes) noexcept {
#if WIRECOPY_HAS_LONG_HASH
  if (kHasAvx512) {
    Hash128 hash;
    hash128_long_avx512(bytes.data(), bytes.size(), hash.high, hash.low);
    return hash;
  }
#endif
  return hash128(bytes);
}

std::string hex(const Hash128& hash) { return fmt::format("{:016x}{:016x}", hash.high, hash.low); }

}  // namespace wirecopy::base
