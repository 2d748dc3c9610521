// The shingles of a in a table at most a quarter full, probed with those of b. Shingles are mixed
// words, so their low bits are their place. Of a fuller table no processor can guess how many
// places a probe looks at; a filter in front, a word of it for every four slots, lets one in sixty
// of those through that are not there.
#include <algorithm>
#include <bit>

#include "wirecopy/verify.h"

namespace wirecopy {
namespace {

constexpr std::uint64_t kFree = 0;  // a shingle that is 0 itself is kept beside the table
constexpr std::size_t kSlotsAWord = 4;

// The upper bits of a shingle name one of 64 marks in its word of the filter.
std::uint64_t mark_of(std::uint64_t value) noexcept { return std::uint64_t{1} << (value >> 58U); }

}  // namespace

void Comparer::take(const ShingleSet& a) {
  const std::size_t slots = std::bit_ceil(4 * std::max<std::size_t>(a.size(), 1));
  slots_.assign(slots, kFree);
  filter_.assign(slots / kSlotsAWord, 0);
  mask_ = slots - 1;
  size_ = static_cast<std::uint32_t>(a.size());
  has_zero_ = false;
  for (const std::uint64_t value : a.values()) {
    filter_[(value & mask_) / kSlotsAWord] |= mark_of(value);
    if (value == kFree) {
      has_zero_ = true;
      continue;
    }
    std::size_t place = value & mask_;
    while (slots_[place] != kFree) place = (place + 1) & mask_;
    slots_[place] = value;
  }
}

bool Comparer::contains(std::uint64_t value) const noexcept {
  if ((filter_[(value & mask_) / kSlotsAWord] & mark_of(value)) == 0) return false;
  if (value == kFree) return has_zero_;
  for (std::size_t place = value & mask_; slots_[place] != kFree; place = (place + 1) & mask_) {
    if (slots_[place] == value) return true;
  }
  return false;
}

Similarity Comparer::compare(const ShingleSet& b) const noexcept {
  std::uint32_t shared = 0;
  for (const std::uint64_t value : b.values()) shared += contains(value) ? 1U : 0U;
  return {size_, static_cast<std::uint32_t>(b.size()), shared};
}

Similarity compare(const ShingleSet& a, const ShingleSet& b) { return Comparer(a).compare(b); }

}  // namespace wirecopy
