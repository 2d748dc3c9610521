/// verify: candidate → exact comparison on the texts themselves.
///
/// Candidates are not results: every reported pair has been compared here.
#pragma once

#include <compare>
#include <cstdint>
#include <string_view>
#include <vector>

#include "wirecopy/shingle.h"

namespace wirecopy {

/// A share or threshold as a whole number of millionths, so that it is compared exactly and never
/// by floating point.
class Millionths {
 public:
  constexpr explicit Millionths(std::uint32_t value) : value_(value) {}
  /// Nearest millionth. Throws Error(usage) outside [0, 1].
  [[nodiscard]] static Millionths from(double share);
  [[nodiscard]] constexpr std::uint32_t value() const noexcept { return value_; }
  friend auto operator<=>(const Millionths&, const Millionths&) = default;

 private:
  std::uint32_t value_;
};

/// Exact set similarity of two texts' shingles. A text has at most 2^30 of them (normalize.h),
/// which keeps all products below in 64 bits.
struct Similarity {
  std::uint32_t size_a = 0;  ///< Distinct shingles of a.
  std::uint32_t size_b = 0;
  std::uint32_t shared = 0;

  /// |A∩B| / |A∪B|; 0 if either set is empty.
  [[nodiscard]] double jaccard() const noexcept;
  [[nodiscard]] double a_in_b() const noexcept;  ///< |A∩B| / |A|; 0 if A is empty.
  [[nodiscard]] double b_in_a() const noexcept;  ///< |A∩B| / |B|; 0 if B is empty.
  /// Whether jaccard ≥ threshold, in integers.
  [[nodiscard]] bool reaches(Millionths threshold) const noexcept;
  /// Jaccard in 1/65536, rounded down: the score of the corpus preset.
  [[nodiscard]] std::uint32_t score() const noexcept;

  friend bool operator==(const Similarity&, const Similarity&) = default;
};

/// Orders by Jaccard, exactly: 1/3 and 2/6 are equivalent, 333/1000 is less.
[[nodiscard]] std::weak_ordering compare_jaccard(const Similarity& a, const Similarity& b) noexcept;

[[nodiscard]] Similarity compare(const ShingleSet& a, const ShingleSet& b);

/// What b is of a. The corpus preset gives these two.
enum class Verdict : std::uint8_t {
  identical,       ///< Equal letter streams.
  near_duplicate,  ///< Jaccard at or above the threshold.
};
[[nodiscard]] std::string_view name_of(Verdict verdict) noexcept;

/// Score of equal texts; all scores are whole numbers of 1/65536.
inline constexpr std::uint32_t kFullScore = 65536;

/// One text compared with many: the hash table of `a` is built once. Cost: about 2 ns a shingle to
/// build, 1.5 ns a shingle of `b` to compare. Not for several threads at once.
class Comparer {
 public:
  explicit Comparer(const ShingleSet& a);
  [[nodiscard]] Similarity compare(const ShingleSet& b) const noexcept;

 private:
  [[nodiscard]] bool contains(std::uint64_t value) const noexcept;

  std::vector<std::uint64_t> slots_;  // open addressing; 0 = free
  std::size_t mask_ = 0;
  std::uint32_t size_ = 0;
  bool has_zero_ = false;
};

}  // namespace wirecopy
