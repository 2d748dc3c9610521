#include "band/column.h"

#include <algorithm>
#include <bit>
#include <string_view>

#include "band/radix_sort.h"
#include "base/hash.h"

namespace wirecopy::band {
namespace {

constexpr unsigned kRecordBits = 64;

// The bytes differ between little- and big-endian machines, and so do the keys, but not which keys
// are equal.
std::uint64_t key_of(const Signature& signature, std::uint32_t band, std::uint32_t rows,
                     std::uint64_t seed) noexcept {
  const std::uint16_t* lanes = signature.lanes.data() + std::size_t{band} * rows;
  return base::hash64({reinterpret_cast<const char*>(lanes), rows * sizeof(*lanes)}, seed);
}

}  // namespace

unsigned bits_of_place(std::size_t count) noexcept {
  return static_cast<unsigned>(std::bit_width(count | 1));
}

void Column::build(std::span<const std::uint32_t> members, std::span<const Signature> signatures,
                   const Banding& banding, std::uint32_t band) {
  records_.resize(members.size());
  if (members.empty()) return;
  place_bits_ = bits_of_place(members.size());
  for (std::size_t i = 0; i < members.size(); ++i) {
    const std::uint64_t key = key_of(signatures[members[i]], band, banding.rows(), 0);
    records_[i] = key >> place_bits_ << place_bits_ | i;
  }
  sort();
}

// Only equality matters, not order, so it is enough to sort by a few bits more than the members
// have, and then the few neighbors that these bits do not tell apart by whole records.
void Column::sort() {
  const unsigned sorted_bits = std::min((place_bits_ + 2 + 7) / 8 * 8, kRecordBits);
  const unsigned shift = kRecordBits - sorted_bits;
  radix_sort(records_, scratch_, shift, kRecordBits);
  const auto all = records_.end();
  for (auto begin = records_.begin(); begin != all;) {
    auto end = begin + 1;
    bool ordered = true;
    for (; end != all && *end >> shift == *begin >> shift; ++end) ordered &= end[-1] < *end;
    if (!ordered) std::sort(begin, end);
    begin = end;
  }
}

}  // namespace wirecopy::band

namespace wirecopy {

void band_keys(const Signature& signature, const Banding& banding,
               std::vector<std::uint64_t>& keys) {
  keys.clear();
  for (std::uint32_t band = 0; band < banding.bands(); ++band) {
    keys.push_back(band::key_of(signature, band, banding.rows(), band));
  }
}

}  // namespace wirecopy
