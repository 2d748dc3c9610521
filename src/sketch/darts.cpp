#include "sketch/darts.h"

#include "base/avx512.h"

namespace wirecopy::sketching {

std::size_t throw_darts_portable(std::span<const std::uint64_t> shingles, Round round,
                                 const BinSet& bins, Darts& kept) noexcept {
  std::size_t count = 0;
  for (const std::uint64_t shingle : shingles) {
    const std::uint64_t dart = round.dart(shingle);
    const std::size_t bin = bin_of(dart);
    kept[count] = dart;  // written over by the next one if the bin is not wanted
    count += bins[bin / 64] >> bin % 64 & 1U;
  }
  return count;
}

#if WIRECOPY_HAS_AVX512
namespace {

static_assert(kSketchSize == 128);  // two words of bins

// Eight shingles at a time: the kept darts of each eight are pressed together.
WIRECOPY_AVX512 std::size_t throw_darts_avx512(std::span<const std::uint64_t> shingles, Round round,
                                               const BinSet& bins, Darts& kept) noexcept {
  const __m512i addend = _mm512_set1_epi64(static_cast<long long>(round.addend));
  const __m512i multiplier = _mm512_set1_epi64(static_cast<long long>(round.multiplier));
  const __m512i dart_bits = _mm512_set1_epi64(static_cast<long long>(kDartBits));
  const __m512i low_bins = _mm512_set1_epi64(static_cast<long long>(bins[0]));
  const __m512i high_bins = _mm512_set1_epi64(static_cast<long long>(bins[1]));
  const __m512i one = _mm512_set1_epi64(1);
  std::size_t count = 0;
  for (std::size_t i = 0; i < shingles.size(); i += 8) {
    const std::size_t left = shingles.size() - i;
    const auto lanes = static_cast<__mmask8>(left < 8 ? (1U << left) - 1 : 0xffU);
    const __m512i shingle = _mm512_maskz_loadu_epi64(lanes, shingles.data() + i);
    const __m512i product = _mm512_mullo_epi64(_mm512_xor_si512(shingle, addend), multiplier);
    const __m512i dart =
        _mm512_and_si512(_mm512_xor_si512(product, _mm512_srli_epi64(product, 32)), dart_bits);
    // The highest bit of the bin chooses the word, a rotation brings the bit of the bin to the end.
    const __m512i word = _mm512_mask_blend_epi64(_mm512_movepi64_mask(dart), low_bins, high_bins);
    const __m512i bit = _mm512_rorv_epi64(word, _mm512_srli_epi64(dart, kBinShift));
    const __mmask8 wanted = _mm512_mask_test_epi64_mask(lanes, bit, one);
    _mm512_storeu_si512(kept.data() + count, _mm512_maskz_compress_epi64(wanted, dart));
    count += static_cast<std::size_t>(_mm_popcnt_u32(wanted));
  }
  return count;
}

}  // namespace
#endif

std::size_t throw_darts(std::span<const std::uint64_t> shingles, Round round, const BinSet& bins,
                        Darts& kept) noexcept {
#if WIRECOPY_HAS_AVX512
  if (base::kHasAvx512) return throw_darts_avx512(shingles, round, bins, kept);
#endif
  return throw_darts_portable(shingles, round, bins, kept);
}

}  // namespace wirecopy::sketching
