/// sketch: shingles → `Signature`, 128 values whose agreement estimates the Jaccard similarity.
///
/// Algorithm: Fast Similarity Sketching (Dahlgaard, Knudsen, Thorup: "Fast Similarity Sketching",
/// FOCS 2017, arXiv 1704.04370, section 2). Every element throws one dart a round at the t = 128
/// bins; in round i < t the bin is random, in round t + i it is bin i; a bin keeps the smallest
/// (round, value) seen. Rounds stop when no bin is empty, so a text of n shingles costs about n + t
/// ln t hashes instead of n·t, and each bin agrees for two sets with probability J. The squared
/// error is at most that of 128 independent minima, J(1-J)/128, and half of it on short texts.
///
/// A value is a 64-bit word of which the *low* 16 bits, which decide no comparison, are kept (Li &
/// König 2010, "b-bit minwise hashing"): 256 bytes a text. Two different winners agree by chance
/// with probability 2^-16, which `estimate` takes out again.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "wirecopy/shingle.h"

namespace wirecopy {

inline constexpr std::size_t kSketchSize = 128;  ///< Bins, t in the paper.

/// 128 lanes of 16 bits. A text without shingles has no meaningful signature and must not be
/// compared.
struct alignas(64) Signature {
  std::array<std::uint16_t, kSketchSize> lanes{};
  friend bool operator==(const Signature&, const Signature&) = default;
};

/// Makes signatures under one key. Immutable and shared between threads.
class Sketcher {
 public:
  explicit Sketcher(const Key& key) noexcept;

  /// From the distinct set, or from all shingles with repeats: the result is the same. Shingles are
  /// hashes in which every bit is mixed, as a Shingler makes them: counted numbers would give
  /// estimates with a far larger error. An empty input gives all lanes zero.
  /// Cost: about 2.5 ns a shingle at news length (450), 20 ns at 60; half of it with AVX-512.
  [[nodiscard]] Signature sketch(std::span<const std::uint64_t> shingles) const noexcept;
  [[nodiscard]] Signature sketch(const ShingleSet& set) const noexcept {
    return sketch(set.values());
  }

 private:
  std::uint64_t seed_;
};

/// An estimate is not a similarity: it proposes, it never decides, and nothing that merges texts
/// accepts this type.
struct JaccardEstimate {
  double value = 0;  ///< In [0, 1].
  double std_error =
      0;  ///< Upper bound of one standard deviation, sqrt(J(1-J)/128) at the estimate.
};

/// Number of equal lanes, 0…128. Cost: a few nanoseconds.
[[nodiscard]] std::uint32_t equal_lanes(const Signature& a, const Signature& b) noexcept;

[[nodiscard]] JaccardEstimate estimate(const Signature& a, const Signature& b) noexcept;

}  // namespace wirecopy
