/// The inner loop of the sketch: throws the darts of one round and keeps those that count.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

#include "base/hash.h"
#include "wirecopy/sketch.h"

namespace wirecopy::sketching {

/// No dart looks like this.
inline constexpr std::uint64_t kNoDart = ~std::uint64_t{0};
inline constexpr std::uint64_t kDartBits = ~(std::uint64_t{1} << 16U);
inline constexpr int kBinShift = 64 - std::countr_zero(kSketchSize);

[[nodiscard]] constexpr std::size_t bin_of(std::uint64_t dart) noexcept {
  return dart >> kBinShift;
}

/// The hash function of one round. Shingles are mixed words already, so one multiplication and one
/// fold make a dart: the top bits of the product hang on all bits of the shingle, and the fold
/// brings them down to the lane.
struct Round {
  Round(std::uint64_t seed, std::size_t number) noexcept
      : addend(base::mix64(seed + 2 * number)),
        multiplier(base::mix64(seed + 2 * number + 1) | 1U) {}

  [[nodiscard]] std::uint64_t dart(std::uint64_t shingle) const noexcept {
    const std::uint64_t product = (shingle ^ addend) * multiplier;
    return (product ^ (product >> 32U)) & kDartBits;
  }

  std::uint64_t addend;
  std::uint64_t multiplier;
};

/// One bit a bin.
using BinSet = std::array<std::uint64_t, kSketchSize / 64>;

/// So many shingles are thrown at once.
inline constexpr std::size_t kMostDarts = 512;

/// Darts in the order of their shingles; kernels may scribble on a vector behind the last one.
using Darts = std::array<std::uint64_t, kMostDarts + 8>;

/// Throws a dart for each of at most kMostDarts shingles and keeps those that reach one of `bins`.
/// Returns how many these are.
std::size_t throw_darts(std::span<const std::uint64_t> shingles, Round round, const BinSet& bins,
                        Darts& kept) noexcept;

/// The same by portable code.
std::size_t throw_darts_portable(std::span<const std::uint64_t> shingles, Round round,
                                 const BinSet& bins, Darts& kept) noexcept;

}  // namespace wirecopy::sketching
