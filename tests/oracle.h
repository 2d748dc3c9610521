/// Brute force that the stages are tested against: slow, short and plainly right.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <random>
#include <set>
#include <span>
#include <utility>
#include <vector>

namespace wirecopy::oracle {

using Random = std::mt19937_64;  // its sequence is fixed by the C++ standard

/// A whole number in [0, end). The distributions of <random> differ between libraries; this does
/// not. The bias of the remainder is below 2^-32 for end < 2^32.
inline std::size_t below(Random& random, std::size_t end) { return random() % end; }

/// Chance in [0, 1).
inline double chance(Random& random) { return static_cast<double>(random() >> 11U) * 0x1p-53; }

struct SetSizes {
  std::uint64_t a = 0;
  std::uint64_t b = 0;
  std::uint64_t shared = 0;

  [[nodiscard]] std::uint64_t in_either() const { return a + b - shared; }
  [[nodiscard]] double jaccard() const {
    return a == 0 || b == 0 ? 0 : static_cast<double>(shared) / static_cast<double>(in_either());
  }
};

/// Distinct values of both and of their intersection.
inline SetSizes compare(std::span<const std::uint64_t> a, std::span<const std::uint64_t> b) {
  const std::set<std::uint64_t> set_a(a.begin(), a.end());
  const std::set<std::uint64_t> set_b(b.begin(), b.end());
  SetSizes sizes{set_a.size(), set_b.size(), 0};
  for (const std::uint64_t value : set_a) sizes.shared += set_b.count(value);
  return sizes;
}

/// Two sets of random values of `size` each. About a share `jaccard` of their union is common.
inline std::pair<std::vector<std::uint64_t>, std::vector<std::uint64_t>> similar_sets(
    Random& random, std::size_t size, double jaccard) {
  const auto shared =
      static_cast<std::size_t>(2 * jaccard / (1 + jaccard) * static_cast<double>(size) + 0.5);
  std::vector<std::uint64_t> a(size);
  for (std::uint64_t& value : a) value = random();
  std::vector<std::uint64_t> b = a;
  for (std::size_t i = shared; i < size; ++i) b[i] = random();
  return {std::move(a), std::move(b)};
}

/// All pairs (i, j) with i < j < count for which matches(i, j), in order.
template <typename Matches>
std::vector<std::pair<std::uint32_t, std::uint32_t>> all_pairs(std::uint32_t count,
                                                               Matches&& matches) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
  for (std::uint32_t i = 0; i < count; ++i) {
    for (std::uint32_t j = i + 1; j < count; ++j) {
      if (matches(i, j)) pairs.emplace_back(i, j);
    }
  }
  return pairs;
}

/// MinHash with 128 independent functions (Broder 1997): the minimum of a multiply-add each, whose
/// upper half is kept.
class ClassicMinHash {
 public:
  static constexpr std::size_t kSize = 128;
  using Minima = std::array<std::uint32_t, kSize>;

  explicit ClassicMinHash(std::uint64_t seed) {
    Random random(seed);
    for (std::size_t i = 0; i < kSize; ++i) {
      multipliers_[i] = random() | 1U;
      addends_[i] = random();
    }
  }

  [[nodiscard]] Minima sketch(std::span<const std::uint64_t> values) const {
    Minima minima;
    minima.fill(~std::uint32_t{0});
    for (const std::uint64_t value : values) {
      for (std::size_t i = 0; i < kSize; ++i) {
        const auto hash =
            static_cast<std::uint32_t>((value * multipliers_[i] + addends_[i]) >> 32U);
        minima[i] = std::min(minima[i], hash);
      }
    }
    return minima;
  }

  [[nodiscard]] static double estimate(const Minima& a, const Minima& b) {
    std::size_t equal = 0;
    for (std::size_t i = 0; i < kSize; ++i) equal += a[i] == b[i] ? 1U : 0U;
    return static_cast<double>(equal) / static_cast<double>(kSize);
  }

 private:
  std::array<std::uint64_t, kSize> multipliers_{};
  std::array<std::uint64_t, kSize> addends_{};
};

}  // namespace wirecopy::oracle
