// Fast Similarity Sketching as in the paper; what is ours is how a dart is packed.
//
// A dart is one 64-bit word. Its top 7 bits name the bin in a random round; darts of one bin
// compare as whole words; the lane keeps the low 16 bits of the smallest dart of the first round
// that reached the bin. Those 16 bits take no part in any comparison unless two darts agree in all
// bits above (40 of them beside the bin), so a lane is as good as a random word, and it depends
// on nothing but the set: repeats and order leave a minimum as it is.
//
// A bin closed in an earlier round holds 0, which no later dart beats, so that all rounds run the
// same loop without a branch that depends on the text.
#include "wirecopy/sketch.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "base/hash.h"

namespace wirecopy {
namespace {

constexpr std::uint64_t kOpen = ~std::uint64_t{0};
constexpr std::uint64_t kClosed = 0;
constexpr std::uint64_t kDartBits = ~(std::uint64_t{1} << 16U);  // no dart looks like kOpen
constexpr int kBinShift = 64 - std::countr_zero(kSketchSize);    // the top 7 bits of a dart
static_assert(std::has_single_bit(kSketchSize) && kSketchSize <= 256);

// The hash function of one round. Shingles are mixed words already, so one multiplication and one
// fold make a dart: the top bits of the product hang on all bits of the shingle, and the fold
// brings them down to the lane.
class Round {
 public:
  Round(std::uint64_t seed, std::size_t number) noexcept
      : addend_(base::mix64(seed + 2 * number)),
        multiplier_(base::mix64(seed + 2 * number + 1) | 1U) {}

  [[nodiscard]] std::uint64_t dart(std::uint64_t shingle) const noexcept {
    const std::uint64_t product = (shingle ^ addend_) * multiplier_;
    return (product ^ (product >> 32U)) & kDartBits;
  }

 private:
  std::uint64_t addend_;
  std::uint64_t multiplier_;
};

class Bins {
 public:
  Bins() noexcept { winners_.fill(kOpen); }

  [[nodiscard]] std::size_t open() const noexcept { return open_; }
  [[nodiscard]] bool is_open(std::size_t bin) const noexcept { return winners_[bin] == kOpen; }

  // One round: every shingle throws a dart, then the bins reached for the first time are closed.
  void throw_round(std::span<const std::uint64_t> shingles, Round round,
                   Signature& signature) noexcept {
    // A bin is noted when its first dart comes, so at most all are; darts after that write into the
    // spare place.
    std::array<std::uint8_t, kSketchSize + 1> reached;
    std::size_t count = 0;
    for (const std::uint64_t shingle : shingles) {
      const std::uint64_t dart = round.dart(shingle);
      const std::uint64_t bin = dart >> kBinShift;
      const std::uint64_t winner = winners_[bin];
      reached[count] = static_cast<std::uint8_t>(bin);
      count += winner == kOpen ? 1U : 0U;
      winners_[bin] = std::min(winner, dart);
    }
    for (std::size_t i = 0; i < count; ++i) {
      std::uint64_t& winner = winners_[reached[i]];
      signature.lanes[reached[i]] = static_cast<std::uint16_t>(winner);
      winner = kClosed;
    }
    open_ -= count;
  }

 private:
  std::array<std::uint64_t, kSketchSize> winners_;
  std::size_t open_ = kSketchSize;
};

std::uint64_t smallest_dart(std::span<const std::uint64_t> shingles, Round round) noexcept {
  std::uint64_t smallest = kOpen;
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
