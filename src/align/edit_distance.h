/// Edit distance of two short runs of letters, bit-parallel.
#pragma once

#include <array>
#include <vector>

#include "align/letters.h"

namespace wirecopy::align_detail {

/// Levenshtein distance by the method of Myers (1999, "A fast bit-vector algorithm for approximate
/// string matching based on dynamic programming"): a word holds 64 rows of the matrix, and longer
/// runs take one strip of 64 rows after the other. Cost: about 3 ns a letter of the longer run for
/// each strip.
template <typename Unit>
class EditDistance {
 public:
  [[nodiscard]] std::uint32_t operator()(std::span<const Unit> a, std::span<const Unit> b);

 private:
  // The rows that a letter stands in, by letter: a table for bytes, else open addressing, in which
  // a slot without rows is free.
  static constexpr std::size_t kSlots = sizeof(Unit) == 1 ? 256 : 128;
  static constexpr std::size_t kStrip = 64;

  [[nodiscard]] std::size_t slot_of(Unit letter) const noexcept;
  void cross(std::span<const Unit> strip, std::span<const Unit> columns) noexcept;

  std::array<std::uint64_t, kSlots> rows_of_{};
  std::array<Unit, kSlots> letter_in_{};
  std::vector<std::int8_t> steps_;  // from each column to the next, in the row above the strip
};

template <typename Unit>
std::size_t EditDistance<Unit>::slot_of(Unit letter) const noexcept {
  if constexpr (sizeof(Unit) == 1) {
    return letter;
  } else {
    std::size_t slot = (letter * 0x9e3779b1U) >> 25U;
    while (rows_of_[slot] != 0 && letter_in_[slot] != letter) slot = (slot + 1) % kSlots;
    return slot;
  }
}

template <typename Unit>
void EditDistance<Unit>::cross(std::span<const Unit> strip,
                               std::span<const Unit> columns) noexcept {
  for (std::size_t row = 0; row < strip.size(); ++row) {
    const std::size_t slot = slot_of(strip[row]);
    letter_in_[slot] = strip[row];
    rows_of_[slot] |= std::uint64_t{1} << row;
  }
  // Bits of `up` and `down`: the rows that are one more, or one less, than the row above them.
  const auto last = static_cast<unsigned>(strip.size() - 1);
  std::uint64_t up = ~std::uint64_t{0};
  std::uint64_t down = 0;
  for (std::size_t column = 0; column < columns.size(); ++column) {
    const std::uint64_t above_up = steps_[column] > 0 ? 1 : 0;
    const std::uint64_t above_down = steps_[column] < 0 ? 1 : 0;
    std::uint64_t equal = rows_of_[slot_of(columns[column])];
    const std::uint64_t diagonal = equal | down;
    equal |= above_down;
    const std::uint64_t same = (((equal & up) + up) ^ up) | equal;
    std::uint64_t step_up = down | ~(same | up);
    std::uint64_t step_down = up & same;
    steps_[column] = static_cast<std::int8_t>(static_cast<int>(step_up >> last & 1U) -
                                              static_cast<int>(step_down >> last & 1U));
    step_up = step_up << 1U | above_up;
    step_down = step_down << 1U | above_down;
    up = step_down | ~(diagonal | step_up);
    down = step_up & diagonal;
  }
  if constexpr (sizeof(Unit) == 1) {
    for (const Unit letter : strip) rows_of_[letter] = 0;
  } else {
    rows_of_.fill(0);
  }
}

template <typename Unit>
std::uint32_t EditDistance<Unit>::operator()(std::span<const Unit> a, std::span<const Unit> b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (a.empty()) return static_cast<std::uint32_t>(b.size());
  steps_.assign(b.size(), 1);
  for (std::size_t row = 0; row < a.size(); row += kStrip) {
    cross(a.subspan(row, std::min(kStrip, a.size() - row)), b);
  }
  std::int64_t distance = static_cast<std::int64_t>(a.size());
  for (const std::int8_t step : steps_) distance += step;
  return static_cast<std::uint32_t>(distance);
}

}  // namespace wirecopy::align_detail
