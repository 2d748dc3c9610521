/// Sets of letters of one text as ranges of bytes: ascending, disjoint.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "wirecopy/normalize.h"

namespace wirecopy::judging {

using Ranges = std::vector<LetterRange>;

/// Sorts and joins ranges that overlap or touch.
void unite(Ranges& ranges);

/// What of `ranges` is not in `others`. Replaces `into`.
void subtract(std::span<const LetterRange> ranges, std::span<const LetterRange> others,
              Ranges& into);

/// What is in both. Replaces `into`.
void intersect(std::span<const LetterRange> ranges, std::span<const LetterRange> others,
               Ranges& into);

/// Letters (code points) of a range, and of several.
[[nodiscard]] std::uint64_t count_letters(const NormalizedText& text, LetterRange range) noexcept;
[[nodiscard]] std::uint64_t count_letters(const NormalizedText& text,
                                          std::span<const LetterRange> ranges) noexcept;

}  // namespace wirecopy::judging
