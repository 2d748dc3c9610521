/// The pairs of a run with what the truth says of them: what weights are fitted to.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "wirecopy/evaluate.h"

namespace wirecopy::evaluate {

/// What a probability may be made from, in the order of LabelledPair::features. The text that is
/// covered more is the shorter one, as both sides of a passage have nearly as many letters.
inline constexpr std::array<std::string_view, 7> kFeatures = {"coverage of the shorter",
                                                              "coverage of the longer",
                                                              "log aligned letters",
                                                              "identity",
                                                              "jaccard",
                                                              "larger containment",
                                                              "coverage x log letters"};

struct LabelledPair {
  std::array<double, kFeatures.size()> features{};
  bool positive = false;
  double rule = 0;  ///< The score of the run in [0, 1]; 0 = refused.
};

/// By stories, so that no story is on both sides.
struct LabelledHalves {
  std::vector<LabelledPair> fit;
  std::vector<LabelledPair> test;
};

/// Rows without aligned letters are left out, and pairs of documents that the truth does not name.
/// Throws Error(input) naming file and line.
[[nodiscard]] LabelledHalves halves_of(const LabelledRun& run, const EvaluateOptions& options);
/// The same, not split.
[[nodiscard]] std::vector<LabelledPair> labelled_pairs(const LabelledRun& run,
                                                       const EvaluateOptions& options);

}  // namespace wirecopy::evaluate
