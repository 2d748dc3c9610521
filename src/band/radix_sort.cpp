#include "band/radix_sort.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

namespace wirecopy::band {
namespace {

// 256 places to write to stay in the first-level cache.
constexpr unsigned kDigitBits = 8;

class Digit {
 public:
  Digit(unsigned begin, unsigned bits) : shift_(begin), mask_((1U << bits) - 1) {}
  [[nodiscard]] std::size_t of(std::uint64_t record) const noexcept {
    return (record >> shift_) & mask_;
  }

 private:
  unsigned shift_;
  std::uint64_t mask_;
};

using Places = std::array<std::size_t, std::size_t{1} << kDigitBits>;

// Where the first record of each digit goes. False if all records have the same digit.
bool count_places(const std::vector<std::uint64_t>& records, Digit digit, Places& places) {
  places.fill(0);
  for (const std::uint64_t record : records) ++places[digit.of(record)];
  if (places[digit.of(records.front())] == records.size()) return false;
  std::size_t total = 0;
  for (std::size_t& place : places) total += std::exchange(place, total);
  return true;
}

}  // namespace

void radix_sort(std::vector<std::uint64_t>& records, std::vector<std::uint64_t>& scratch,
                unsigned begin, unsigned end) {
  if (records.size() < 2) return;
  scratch.resize(records.size());
  for (unsigned bit = begin; bit < end; bit += kDigitBits) {
    const Digit digit(bit, std::min(kDigitBits, end - bit));
    Places places;
    if (!count_places(records, digit, places)) continue;
    for (const std::uint64_t record : records) scratch[places[digit.of(record)]++] = record;
    records.swap(scratch);
  }
}

}  // namespace wirecopy::band
