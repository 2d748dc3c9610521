/// Chance that is the same on every machine: the standard fixes the numbers of std::mt19937_64, but
/// not what its distributions make of them, so these are our own, in whole numbers only.
#pragma once

#include <cmath>
#include <cstdint>
#include <limits>
#include <random>

#include "base/hash.h"

namespace wirecopy::generation {

/// A share in millionths, so that it is drawn in integers.
struct Rate {
  std::uint64_t millionths = 0;
  static constexpr std::uint64_t kOne = 1'000'000;
  [[nodiscard]] static Rate of(double share) noexcept {
    return {static_cast<std::uint64_t>(std::llround(share * static_cast<double>(kOne)))};
  }
};

class Random {
 public:
  /// Separate streams: what one of them is asked for does not move the others.
  enum class Stream : std::uint64_t { world, times, edits, words, credit, title, dress, noise };

  Random(std::uint64_t seed, Stream stream, std::uint64_t unit = 0, std::uint64_t member = 0)
      : engine_(base::mix64(base::mix64(base::mix64(seed) + unit) + member * 16 +
                            static_cast<std::uint64_t>(stream))) {}

  /// Uniform in [0, bound); bound ≥ 1.
  [[nodiscard]] std::uint64_t below(std::uint64_t bound) {
    constexpr std::uint64_t kMax = std::numeric_limits<std::uint64_t>::max();
    const std::uint64_t fair = kMax - kMax % bound;
    std::uint64_t value = engine_();
    while (value >= fair) value = engine_();
    return value % bound;
  }
  /// Uniform in [low, high].
  [[nodiscard]] std::uint64_t between(std::uint64_t low, std::uint64_t high) {
    return low + below(high - low + 1);
  }
  /// True with probability part / whole.
  [[nodiscard]] bool odds(std::uint64_t part, std::uint64_t whole) { return below(whole) < part; }
  [[nodiscard]] bool chance(Rate rate) { return odds(rate.millionths, Rate::kOne); }
  [[nodiscard]] bool chance(double share) { return chance(Rate::of(share)); }
  /// A rate uniform in [0, share].
  [[nodiscard]] Rate rate_up_to(double share) { return {between(0, Rate::of(share).millionths)}; }

  template <typename Range>
  [[nodiscard]] const auto& pick(const Range& range) {
    return range[static_cast<std::size_t>(below(range.size()))];
  }
  /// Fisher and Yates.
  template <typename Range>
  void shuffle(Range& range) {
    for (std::size_t i = range.size(); i > 1; --i) {
      std::swap(range[i - 1], range[static_cast<std::size_t>(below(i))]);
    }
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace wirecopy::generation
