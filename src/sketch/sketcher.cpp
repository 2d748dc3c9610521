// Fast Similarity Sketching as in the paper; what is ours is how a dart is packed.
//
// A dart is one 64-bit word. Its top 7 bits name the bin in a random round; darts of one bin
// compare as whole words; the lane keeps the low 16 bits of the smallest dart of the first round
// that reached the bin. Those 16 bits take no part in any comparison unless two darts agree in all
// bits above (40 of them beside the bin), so a lane is as good as a random word, and it depends
// on nothing but the set: repeats and order leave a minimum as it is.
//
// Only darts that reach an open bin count. After the first round these are few, so throwing and
// choosing is one loop without a branch (darts.h), and the few are looked at one by one.
#include "wirecopy/sketch.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "base/hash.h"
#include "sketch/darts.h"

namespace wirecopy {
namespace {

using sketching::BinSet;
using sketching::Darts;
using sketching::kMostDarts;
using sketching::kNoDart;
using sketching::Round;

class Bins {
 public:
  Bins() noexcept {
    winners_.fill(kNoDart);
    open_.fill(~std::uint64_t{0});
  }

  [[nodiscard]] std::size_t open() const noexcept { return open_count_; }
  [[nodiscard]] bool is_open(std::size_t bin) const noexcept {
    return (open_[bin / 64] >> bin % 64 & 1U) != 0;
  }

  // One round: every shingle throws a dart, then the bins reached are closed.
  void throw_round(std::span<const std::uint64_t> shingles, Round round,
                   Signature& signature) noexcept {
    if (open_count_ == kSketchSize && shingles.size() >= kSketchSize) {
      throw_darts(shingles, round, [&](std::uint64_t dart) { take(dart); });
      return close_most(signature);
    }
    BinSet reached{};
    throw_darts(shingles, round, [&](std::uint64_t dart) {
      const std::size_t bin = take(dart);
      reached[bin / 64] |= std::uint64_t{1} << bin % 64;
    });
    close(reached, signature);
  }

 private:
  // Calls take_dart(dart) for every dart that reaches an open bin.
  template <typename TakeDart>
  void throw_darts(std::span<const std::uint64_t> shingles, Round round,
                   TakeDart&& take_dart) noexcept {
    for (std::size_t at = 0; at < shingles.size(); at += kMostDarts) {
      Darts darts;
      const std::size_t count = sketching::throw_darts(
          shingles.subspan(at, std::min(kMostDarts, shingles.size() - at)), round, open_, darts);
      for (const std::uint64_t dart : std::span(darts).first(count)) take_dart(dart);
    }
  }

  std::size_t take(std::uint64_t dart) noexcept {
    const std::size_t bin = sketching::bin_of(dart);
    winners_[bin] = std::min(winners_[bin], dart);
    return bin;
  }

  void close(const BinSet& reached, Signature& signature) noexcept {
    for (std::size_t word = 0; word < reached.size(); ++word) {
      open_[word] &= ~reached[word];
      open_count_ -= static_cast<std::size_t>(std::popcount(reached[word]));
      for (std::uint64_t left = reached[word]; left != 0; left &= left - 1) {
        const std::size_t bin = 64 * word + static_cast<std::size_t>(std::countr_zero(left));
        signature.lanes[bin] = static_cast<std::uint16_t>(winners_[bin]);
      }
    }
  }

  // After the first round of a long text most bins were reached. What is written for the others is
  // written over when they are.
  void close_most(Signature& signature) noexcept {
    for (std::size_t bin = 0; bin < kSketchSize; ++bin) {
      signature.lanes[bin] = static_cast<std::uint16_t>(winners_[bin]);
    }
    open_count_ = 0;
    for (std::size_t word = 0; word < open_.size(); ++word) {
      open_[word] = 0;
      for (std::size_t bit = 0; bit < 64; ++bit) {
        const std::uint64_t is_open = winners_[64 * word + bit] == kNoDart ? 1 : 0;
        open_[word] |= is_open << bit;
      }
      open_count_ += static_cast<std::size_t>(std::popcount(open_[word]));
    }
  }

  std::array<std::uint64_t, kSketchSize> winners_;
  BinSet open_;
  std::size_t open_count_ = kSketchSize;
};

std::uint64_t smallest_dart(std::span<const std::uint64_t> shingles, Round round) noexcept {
  std::uint64_t smallest = kNoDart;
  for (const std::uint64_t shingle : shingles) {
    smallest = std::min(smallest, round.dart(shingle));
  }
  return smallest;
}

}  // namespace

Sketcher::Sketcher(const Key& key) noexcept
    : seed_(base::mix64(base::mix64(key.words()[0]) ^ key.words()[1])) {}

Signature Sketcher::sketch(std::span<const std::uint64_t> shingles) const noexcept {
  Signature signature;
  if (shingles.empty()) return signature;

  Bins bins;
  for (std::size_t round = 0; round < kSketchSize && bins.open() != 0; ++round) {
    bins.throw_round(shingles, Round(seed_, round), signature);
  }
  if (bins.open() == 0) return signature;
  // Round t + i throws everything at bin i. Only texts of a few shingles come here.
  for (std::size_t bin = 0; bin < kSketchSize; ++bin) {
    if (!bins.is_open(bin)) continue;
    const Round round(seed_, kSketchSize + bin);
    signature.lanes[bin] = static_cast<std::uint16_t>(smallest_dart(shingles, round));
  }
  return signature;
}

std::uint32_t equal_lanes(const Signature& a, const Signature& b) noexcept {
  std::uint16_t equal = 0;  // as wide as a lane, so that compilers keep the loop in vectors
  for (std::size_t i = 0; i < kSketchSize; ++i) {
    equal = static_cast<std::uint16_t>(equal + (a.lanes[i] == b.lanes[i] ? 1 : 0));
  }
  return equal;
}

JaccardEstimate estimate(const Signature& a, const Signature& b) noexcept {
  // A lane agrees with probability J + (1 - J) / 2^16.
  constexpr double kChance = 1.0 / 65536;
  const double agreement = equal_lanes(a, b) / static_cast<double>(kSketchSize);
  const double value = std::max(0.0, (agreement - kChance) / (1 - kChance));
  return {value, std::sqrt(value * (1 - value) / static_cast<double>(kSketchSize))};
}

}  // namespace wirecopy
