/// What a passage is, by where it stands.
#pragma once

#include "wirecopy/verify.h"

namespace wirecopy::judging {

/// Of each passage the first kind of PassageKind that holds.
[[nodiscard]] std::vector<PassageKind> kinds_of(std::span<const Passage> passages,
                                                const MarkedText& a, const MarkedText& b,
                                                const JudgeRule& rule);

/// Whether a range holds a whole block of at least so many letters.
[[nodiscard]] bool holds_block(const MarkedText& text, LetterRange range, std::uint32_t letters);

}  // namespace wirecopy::judging
