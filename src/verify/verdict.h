/// The verdict table: what was measured → what b is of a, and how much of a copy it is.
#pragma once

#include "wirecopy/verify.h"

namespace wirecopy::judging {

/// The first rule of the table that holds. Reads what was measured, and neither verdict nor score.
[[nodiscard]] Verdict verdict_of(const Comparison& measured, const JudgeRule& rule) noexcept;

/// The score under a verdict: 0 where it is refused.
[[nodiscard]] std::uint32_t score_of(Verdict verdict, const Comparison& measured,
                                     const JudgeRule& rule, bool same_outlet) noexcept;

/// Whether a share of the unmasked letters is reached.
[[nodiscard]] bool covers(const Coverage& coverage, std::uint32_t percent) noexcept;

/// Whether more of the slots differ than a copy may change, or, where there is little but numbers,
/// more of the numbers. Then the words around them have to be counted.
[[nodiscard]] bool filled_anew(const Comparison& measured, const JudgeRule& rule) noexcept;

/// Whether the digits should be looked at: a quarter of the numbers differ, or few letters are
/// aligned.
[[nodiscard]] bool may_tell_by_digits(const Comparison& measured, const JudgeRule& rule) noexcept;

/// Whether there are digits enough for a form, and a third of them or more differ in place. Then
/// the letters around them have to be compared, and the words counted.
[[nodiscard]] bool digits_differ(const Comparison& measured, const JudgeRule& rule) noexcept;

/// Whether the words around the slots are the same but for a tenth, and most slots or numbers
/// differ: of all, and of the unmasked ones (`slots`, `numbers`), with three numbers or more among
/// these. Noise, a changed line of numbers, or two outlets' trailers make a template of a copy now
/// and then, which then only costs the pair: it must not keep whole stories apart.
[[nodiscard]] bool is_clean_form(const Comparison& measured, const Differing& slots,
                                 const Differing& numbers, const JudgeRule& rule) noexcept;

/// The coverage of the text with fewer unmasked letters.
[[nodiscard]] inline const Coverage& shorter(const Comparison& measured) noexcept {
  return measured.b_shorter ? measured.b : measured.a;
}

}  // namespace wirecopy::judging
