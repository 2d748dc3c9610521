/// How good probabilities are, once it is known what happened.
#pragma once

#include <vector>

#include "wirecopy/evaluate.h"

namespace wirecopy::evaluate {

struct Outcome {
  double probability = 0;  ///< In [0, 1].
  bool happened = false;
};

/// The log loss takes probabilities as at least 10^-6 away from 0 and 1. AUC by ranks, ties count
/// half (Hanley & McNeil 1982); ½ where all outcomes are alike. Zeros without outcomes.
[[nodiscard]] Forecast forecast_of(std::vector<Outcome> outcomes);

/// Ten equal steps of probability, 1 in the last.
[[nodiscard]] std::vector<ReliabilityBin> reliability_of(const std::vector<Outcome>& outcomes);

}  // namespace wirecopy::evaluate
