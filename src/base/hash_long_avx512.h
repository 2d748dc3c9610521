/// XXH3 of long inputs for machines with AVX-512. Apart from base/hash.h, whose inlined copy of
/// xxHash must run everywhere.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/avx512.h"

// The inner loop of xxHash chooses its instructions when it is compiled; clang cannot be told by a
// pragma.
#if WIRECOPY_HAS_AVX512 && !defined(__clang__)
#define WIRECOPY_HAS_LONG_HASH 1
#else
#define WIRECOPY_HAS_LONG_HASH 0
#endif

#if WIRECOPY_HAS_LONG_HASH
namespace wirecopy::base {

[[nodiscard]] std::uint64_t hash64_long_avx512(const char* bytes, std::size_t size,
                                               std::uint64_t seed) noexcept;
void hash128_long_avx512(const char* bytes, std::size_t size, std::uint64_t& high,
                         std::uint64_t& low) noexcept;

}  // namespace wirecopy::base
#endif
