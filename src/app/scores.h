/// evaluate as one call, and its scores as text.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/settings.h"
#include "wirecopy/evaluate.h"

namespace wirecopy::app {

/// The scores of one run, each where there was a truth for it.
struct Scores {
  std::optional<PairScores> pairs;
  std::optional<ClusterScores> clusters;
  std::optional<PassageReport> passages;
  std::optional<LineageScores> lineage;
  std::optional<RepeatScores> repeats;
  std::optional<Calibration> calibration;
  std::vector<std::string> holdouts;  ///< Runs of calibration->tests, but the first.
  std::vector<std::string> left_out;  ///< Truths that were not scored, and why.
};

/// Scores the run `run` (a folder, or the one file that is asked for) against the setting "truth".
/// A truth that a folder holds is left out if the run did not write the file for it. Throws Error.
[[nodiscard]] Scores evaluate(const std::string& run, const Settings& settings);

/// Tables for people; at most `missed` missed pairs are listed.
[[nodiscard]] std::string scores_in_words(const Scores& scores, std::size_t missed);

/// One line of JSON.
[[nodiscard]] std::string scores_as_json(const Scores& scores);

}  // namespace wirecopy::app
