/// One text of a pair: what of it stands in passages.
#pragma once

#include "verify/ranges.h"
#include "wirecopy/verify.h"

namespace wirecopy::judging {

/// Memory is used again from pair to pair.
class Side {
 public:
  /// `shared`: the union of the passages.
  void measure(const MarkedText& text, const Ranges& shared);

  [[nodiscard]] std::uint64_t shared() const noexcept { return shared_; }
  [[nodiscard]] std::uint64_t masked() const noexcept { return shared_ - aligned_; }
  /// Unmasked letters in passages.
  [[nodiscard]] std::uint64_t aligned() const noexcept { return aligned_; }
  [[nodiscard]] std::uint64_t quoted() const noexcept { return quoted_; }
  /// Hashes of the slots in passages, and of the numbers among them, in order. Masked ones count:
  /// a table of which an outlet's lines are known as stock is still a table, and where one line of
  /// a story is left unmasked its numbers alone do not make a table of it.
  [[nodiscard]] std::span<const std::uint64_t> slots() const noexcept { return slots_; }
  [[nodiscard]] std::span<const std::uint64_t> numbers() const noexcept { return numbers_; }
  /// Leaves the masked ones out of both from here on.
  void leave_masked_slots_out() { collect_slots(open_); }
  /// Hashes of the words in passages that hold no slot, in order. `shared` as measured. Cost: 5 ns
  /// a word.
  [[nodiscard]] std::vector<std::uint64_t> other_words(const Ranges& shared) const;

 private:
  void collect_slots(const Ranges& shared);

  const MarkedText* text_ = nullptr;
  Ranges open_;  // unmasked
  Ranges scratch_;
  std::uint64_t shared_ = 0;
  std::uint64_t aligned_ = 0;
  std::uint64_t quoted_ = 0;
  std::vector<std::uint64_t> slots_;
  std::vector<std::uint64_t> numbers_;
};

/// Of the side with fewer values, those that the other side does not have, or not as often. Cost:
/// O(n log n), but linear where the sides follow each other.
[[nodiscard]] Differing differing(std::span<const std::uint64_t> a,
                                  std::span<const std::uint64_t> b);

/// The same, but only a common subsequence counts as alike: small numbers that two forms share by
/// chance stand in other fields. Cost: O(n·m) up to 256 values a side; of more, order is not looked
/// at.
[[nodiscard]] Differing differing_in_order(std::span<const std::uint64_t> a,
                                           std::span<const std::uint64_t> b);

}  // namespace wirecopy::judging
