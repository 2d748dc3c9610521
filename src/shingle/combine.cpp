#include "shingle/combine.h"

#include "base/avx512.h"
#include "base/hash.h"
#include "wirecopy/shingle.h"

namespace wirecopy::shingling {
namespace {

// For a number of multipliers that the compiler knows, the sum has no loop.
template <std::size_t kExtent>
[[gnu::always_inline]] inline void combine_each(const std::uint64_t* hashes,
                                                std::span<const std::uint64_t, kExtent> multipliers,
                                                std::span<std::uint64_t> shingles) noexcept {
  std::uint64_t* const out = shingles.data();
  for (std::size_t at = 0; at < shingles.size(); ++at) {
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < multipliers.size(); ++i) sum += multipliers[i] * hashes[at + i];
    out[at] = base::mix64(sum);
  }
}

constexpr std::size_t kUsual = Shingling{}.words;

#if WIRECOPY_HAS_AVX512
// Compilers turn the loop into vector instructions; without AVX-512 a multiplication of 64 bits
// takes so many of them that nothing is won.
WIRECOPY_AVX512 void combine_usual_avx512(const std::uint64_t* hashes,
                                          std::span<const std::uint64_t, kUsual> multipliers,
                                          std::span<std::uint64_t> shingles) noexcept {
  combine_each(hashes, multipliers, shingles);
}
#endif

}  // namespace

void combine_portable(const std::uint64_t* hashes, std::span<const std::uint64_t> multipliers,
                      std::span<std::uint64_t> shingles) noexcept {
  if (multipliers.size() == kUsual) {
    combine_each(hashes, multipliers.first<kUsual>(), shingles);
  } else {
    combine_each(hashes, multipliers, shingles);
  }
}

void combine(const std::uint64_t* hashes, std::span<const std::uint64_t> multipliers,
             std::span<std::uint64_t> shingles) noexcept {
#if WIRECOPY_HAS_AVX512
  if (base::kHasAvx512 && multipliers.size() == kUsual) {
    return combine_usual_avx512(hashes, multipliers.first<kUsual>(), shingles);
  }
#endif
  combine_portable(hashes, multipliers, shingles);
}

}  // namespace wirecopy::shingling
