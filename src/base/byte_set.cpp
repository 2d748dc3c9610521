#include "base/byte_set.h"

#include "base/avx512.h"

namespace wirecopy::base {
namespace {

#if WIRECOPY_HAS_AVX512
WIRECOPY_AVX512 void find_avx512(std::string_view text, const ByteSet& set, std::uint64_t* words) {
  const __m512i low = _mm512_load_si512(set.table());
  const __m512i high = _mm512_load_si512(set.table() + 64);
  const std::uint64_t beyond = set.contains(0x80) ? ~std::uint64_t{0} : 0;
  for (std::size_t at = 0; at < text.size(); at += 64) {
    const std::size_t left = text.size() - at;
    const std::uint64_t lanes = left < 64 ? (std::uint64_t{1} << left) - 1 : ~std::uint64_t{0};
    const __m512i bytes = _mm512_maskz_loadu_epi8(lanes, text.data() + at);
    const __m512i found = _mm512_permutex2var_epi8(low, bytes, high);
    const std::uint64_t others = _mm512_movepi8_mask(bytes);
    const std::uint64_t members = _mm512_test_epi8_mask(found, found);
    *words++ = ((members & ~others) | (others & beyond)) & lanes;
  }
}
#endif

}  // namespace

void Members::find(std::string_view text, const ByteSet& set) {
#if WIRECOPY_HAS_AVX512
  if (kHasAvx512) {
    size_ = text.size();
    words_.resize(size_ / 64 + 1);
    words_.back() = 0;
    return find_avx512(text, set, words_.data());
  }
#endif
  find_portable(text, set);
}

void Members::find_portable(std::string_view text, const ByteSet& set) {
  size_ = text.size();
  words_.assign(size_ / 64 + 1, 0);
  for (std::size_t i = 0; i < size_; ++i) {
    const std::uint64_t member = set.contains(static_cast<unsigned char>(text[i])) ? 1 : 0;
    words_[i / 64] |= member << (i % 64);
  }
}

}  // namespace wirecopy::base
