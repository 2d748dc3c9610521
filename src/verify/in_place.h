/// What stands beside what: numbers and the words around them, compared where the alignment puts
/// them and not by their values alone.
///
/// Noise changes a letter here and there, so hardly a number or name of a noisy copy is equal to
/// its original; but most of its digits are, at their places. A form that is filled in again has
/// other digits at these places, and its words differ little.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "wirecopy/verify.h"

namespace wirecopy::judging {

/// Memory is used again from pair to pair. Not for several threads at once.
class InPlace {
 public:
  /// Two texts, the passages that count, and the gaps they point into: all must live as long as
  /// digits and form are asked for.
  void take(const MarkedText& a, const MarkedText& b, std::span<const Passage> passages,
            std::span<const Gap> gaps) noexcept;

  /// Of the digits of numbers in passages, on the side with fewer: how many have another digit or
  /// none beside them. A single digit in a word with letters is noise (0f, 1n), and no number.
  /// Cost: as the numbers in passages, and quadratic in the digits of a gap.
  [[nodiscard]] Differing digits();
  /// Edits between the letters around numbers and names, of so many on the side with fewer. Cost:
  /// quadratic in the letters of a gap.
  [[nodiscard]] Differing form();

 private:
  using Append = void (*)(const MarkedText& text, LetterRange range, std::string& to);

  [[nodiscard]] Differing compare(Append append, bool extra_counts);
  [[nodiscard]] std::uint32_t edit_distance();

  const MarkedText* a_ = nullptr;
  const MarkedText* b_ = nullptr;
  std::span<const Passage> passages_;
  std::span<const Gap> gaps_;
  std::string in_a_;
  std::string in_b_;
  std::vector<std::uint32_t> row_;
};

}  // namespace wirecopy::judging
