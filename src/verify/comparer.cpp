// The shingles of a in a table at most half full, probed with those of b. Shingles are mixed words,
// so their low bits are their place; in a table half full a probe looks at 1.5 places if it hits
// and 2.5 if it does not.
#include <algorithm>
#include <bit>

#include "wirecopy/verify.h"

namespace wirecopy {
namespace {

constexpr std::uint64_t kFree = 0;  // a shingle that is 0 itself is kept beside the table

}  // namespace

Comparer::Comparer(const ShingleSet& a)
    : slots_(std::bit_ceil(2 * std::max<std::size_t>(a.size(), 1)), kFree),
      mask_(slots_.size() - 1),
      size_(static_cast<std::uint32_t>(a.size())) {
  for (const std::uint64_t value : a.values()) {
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
