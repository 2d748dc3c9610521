/// evaluate as one call, and its scores as text.
#pragma once

#include <string>

#include "app/settings.h"
#include "wirecopy/evaluate.h"

namespace wirecopy::app {

/// Scores the run `run` (a folder or its pairs.jsonl) against the setting "truth". Throws Error.
[[nodiscard]] PairScores evaluate(const std::string& run, const Settings& settings);

/// A table for people; at most `missed` missed pairs are listed.
[[nodiscard]] std::string scores_in_words(const PairScores& scores, std::size_t missed);

/// One line of JSON.
[[nodiscard]] std::string scores_as_json(const PairScores& scores);

}  // namespace wirecopy::app
