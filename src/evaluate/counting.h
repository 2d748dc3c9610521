/// Small arithmetic that several scores share.
#pragma once

#include "wirecopy/evaluate.h"

namespace wirecopy::evaluate {

inline void count(Share& share, bool part) {
  ++share.whole;
  if (part) ++share.part;
}

/// Harmonic mean of precision and recall; 0 if both are.
[[nodiscard]] inline double f1_of(double precision, double recall) noexcept {
  const double sum = precision + recall;
  return sum == 0 ? 0 : 2 * precision * recall / sum;
}

}  // namespace wirecopy::evaluate
