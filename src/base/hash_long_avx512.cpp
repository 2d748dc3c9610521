#include "base/hash_long_avx512.h"

#if WIRECOPY_HAS_LONG_HASH
#pragma GCC push_options
#pragma GCC target("avx512f,avx512bw,avx512dq,avx512vl,bmi2")
#define XXH_INLINE_ALL
#define XXH_VECTOR XXH_AVX512  // a compiler that gets preprocessed text does not see the target
#include <xxhash.h>

namespace wirecopy::base {

std::uint64_t hash64_long_avx512(const char* bytes, std::size_t size, std::uint64_t seed) noexcept {
  return XXH3_64bits_withSeed(bytes, size, seed);
}

void hash128_long_avx512(const char* bytes, std::size_t size, std::uint64_t& high,
                         std::uint64_t& low) noexcept {
  const XXH128_hash_t hash = XXH3_128bits(bytes, size);
  high = hash.high64;
  low = hash.low64;
}

}  // namespace wirecopy::base
#pragma GCC pop_options
#endif
