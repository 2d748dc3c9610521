#include "evaluate/forecast.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace wirecopy::evaluate {
namespace {

// Outcomes in ascending order of probability.
double area_under_curve(const std::vector<Outcome>& outcomes) {
  double won = 0;  // true outcomes that stand above false ones, in pairs
  std::uint64_t happened = 0;
  std::uint64_t not_happened = 0;
  for (std::size_t begin = 0; begin < outcomes.size();) {
    std::size_t end = begin;
    std::uint64_t here = 0;
    while (end < outcomes.size() && outcomes[end].probability == outcomes[begin].probability) {
      here += outcomes[end].happened ? 1U : 0U;
      ++end;
    }
    const std::uint64_t others = end - begin - here;
    won += static_cast<double>(here) *
           (static_cast<double>(not_happened) + static_cast<double>(others) / 2);
    happened += here;
    not_happened += others;
    begin = end;
  }
  if (happened == 0 || not_happened == 0) return 0.5;
  return won / static_cast<double>(happened) / static_cast<double>(not_happened);
}

}  // namespace

Forecast forecast_of(std::vector<Outcome> outcomes) {
  Forecast forecast;
  if (outcomes.empty()) return forecast;
  constexpr double kNearest = 1e-6;
  // By outcome too, so that sums do not depend on the order given.
  std::ranges::sort(outcomes, [](const Outcome& a, const Outcome& b) {
    return std::pair(a.probability, a.happened) < std::pair(b.probability, b.happened);
  });
  for (const Outcome& outcome : outcomes) {
    const double error = outcome.probability - (outcome.happened ? 1 : 0);
    forecast.brier += error * error;
    const double given = outcome.happened ? outcome.probability : 1 - outcome.probability;
    forecast.log_loss -= std::log(std::clamp(given, kNearest, 1 - kNearest));
  }
  forecast.brier /= static_cast<double>(outcomes.size());
  forecast.log_loss /= static_cast<double>(outcomes.size());
  forecast.auc = area_under_curve(outcomes);
  return forecast;
}

std::vector<ReliabilityBin> reliability_of(const std::vector<Outcome>& outcomes) {
  constexpr std::size_t kBins = 10;
  std::vector<ReliabilityBin> bins(kBins);
  for (const Outcome& outcome : outcomes) {
    const auto step = static_cast<std::size_t>(outcome.probability * kBins);
    ReliabilityBin& bin = bins[std::min(step, kBins - 1)];
    ++bin.pairs;
    bin.predicted += outcome.probability;
    bin.observed += outcome.happened ? 1 : 0;
  }
  for (ReliabilityBin& bin : bins) {
    if (bin.pairs == 0) continue;
    bin.predicted /= static_cast<double>(bin.pairs);
    bin.observed /= static_cast<double>(bin.pairs);
  }
  return bins;
}

}  // namespace wirecopy::evaluate
