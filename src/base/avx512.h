/// The door to vector instructions: kernels for machines with AVX-512 as in Intel's Ice Lake (2019)
/// and AMD's Zen 4 (2022), chosen at run time.
///
/// A kernel here is a second way to a result that portable code gives too, bit for bit, and a test
/// holds the two together. It is written where a profile showed that compilers do not find it.
///
///     WIRECOPY_AVX512 void sum_avx512(…) noexcept { … _mm512_add_epi64 … }
///     void sum(…) noexcept { return base::kHasAvx512 ? sum_avx512(…) : sum_portable(…); }
#pragma once

#if defined(__x86_64__) && defined(__GNUC__)
#define WIRECOPY_HAS_AVX512 1
#if !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wuninitialized"  // GCC bug 105593
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif
#include <immintrin.h>
#if !defined(__clang__)
#pragma GCC diagnostic pop
#endif
/// Put before the definition of a function: compiles it for such machines.
#define WIRECOPY_AVX512 \
  [[gnu::target("avx512f,avx512bw,avx512dq,avx512vl,avx512vbmi,avx512vbmi2,bmi,bmi2,popcnt")]]
#else
#define WIRECOPY_HAS_AVX512 0
#endif

namespace wirecopy::base {

/// Whether this machine runs functions marked WIRECOPY_AVX512. False too while the program is still
/// being set up, which is slower but no mistake.
inline const bool kHasAvx512 = [] {
#if WIRECOPY_HAS_AVX512
  __builtin_cpu_init();
  // Whoever has VBMI2 has the older ones too, but a hypervisor may hide any of them.
  return __builtin_cpu_supports("avx512vbmi2") && __builtin_cpu_supports("avx512vbmi") &&
         __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
         __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("bmi2");
#else
  return false;
#endif
}();

}  // namespace wirecopy::base
