/// Percentile bootstrap of measures over units that are drawn with replacement.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/hash.h"
#include "wirecopy/evaluate.h"

namespace wirecopy::evaluate {

/// SplitMix64 (Steele, Lea & Flood 2014): the same numbers on every machine.
class SplitMix {
 public:
  explicit SplitMix(std::uint64_t seed) : state_(base::mix64(seed)) {}
  /// In [0, end); end ≥ 1. The bias of the remainder is below end / 2^64.
  [[nodiscard]] std::uint64_t below(std::uint64_t end) {
    state_ += 0x9e3779b97f4a7c15ULL;
    return base::mix64(state_) % end;
  }

 private:
  std::uint64_t state_;
};

/// How often each unit counts: once in the sample itself, as often as it was drawn in a draw.
using Weights = std::span<const std::uint32_t>;

/// The middle 95 % of the values, by nearest rank.
[[nodiscard]] inline Interval middle_of(std::vector<double>& values) {
  std::ranges::sort(values);
  const std::size_t cut = values.size() / 40;
  return {values[cut], values[values.size() - 1 - cut]};
}

/// Intervals of `kCount` measures; `measure` makes an array of them from Weights. None without
/// units or draws. A draw in which a measure has nothing to judge counts as 0, as Share does.
template <std::size_t kCount, typename Measure>
[[nodiscard]] std::array<std::optional<Interval>, kCount> intervals(const Bootstrap& bootstrap,
                                                                    std::size_t units,
                                                                    Measure&& measure) {
  std::array<std::optional<Interval>, kCount> result;
  if (units == 0 || bootstrap.draws == 0) return result;
  std::array<std::vector<double>, kCount> values;
  SplitMix random(bootstrap.seed);
  std::vector<std::uint32_t> weights;
  for (std::uint32_t draw = 0; draw < bootstrap.draws; ++draw) {
    weights.assign(units, 0);
    for (std::size_t i = 0; i < units; ++i) ++weights[random.below(units)];
    const std::array<double, kCount> measures = measure(Weights(weights));
    for (std::size_t k = 0; k < kCount; ++k) values[k].push_back(measures[k]);
  }
  for (std::size_t k = 0; k < kCount; ++k) result[k] = middle_of(values[k]);
  return result;
}

}  // namespace wirecopy::evaluate
