/// What a run makes of two articles, and by which rule.
#pragma once

#include <cstdint>
#include <string>

#include "app/explain.h"

namespace wirecopy::app {

/// Verdict and score, the rule that gave it, what is nearest to change it; and for a pair that a
/// run would not report as a copy, why not.
[[nodiscard]] std::string finding_in_words(const Explained& explained);

/// "compared", "equal", "window", "not_proposed": what a run does with the pair.
[[nodiscard]] std::string_view treatment_of(const Explained& explained);

/// "59.4 %", rounded down as the rules compare; of nothing it is 0.
[[nodiscard]] std::string percent_of(std::uint64_t part, std::uint64_t whole);

}  // namespace wirecopy::app
