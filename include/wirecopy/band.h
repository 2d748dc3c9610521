/// band: signatures → candidate pairs, by locality-sensitive hashing.
///
/// Idea: cut the lanes into b bands of r rows. Two texts that agree in all rows of one band become
/// a candidate pair, which happens with probability 1 − (1 − J^r)^b (Leskovec, Rajaraman, Ullman:
/// "Mining of Massive Datasets", section 3.4). More bands find more; more rows find less.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "wirecopy/sketch.h"

namespace wirecopy {

/// Number of bands and rows, each a type of its own so that they cannot be swapped.
struct Bands {
  std::uint32_t value = 0;
};
struct Rows {
  std::uint32_t value = 0;
};

/// A choice of bands and rows.
class Banding {
 public:
  /// Throws Error(usage) unless both are at least 1 and bands × rows ≤ 128.
  Banding(Bands bands, Rows rows);

  /// The largest number of rows r ≥ 2 with b·r ≤ max_hashes whose chance to propose a pair at
  /// Jaccard `jaccard` reaches `recall`, then the smallest b. Throws Error(usage) for a jaccard
  /// outside [0.20, 1], a recall outside (0, 1), or if no choice reaches it. (0.80, 0.95) → 13×7;
  /// (0.50, 0.99) → 35×3.
  [[nodiscard]] static Banding plan(double jaccard, double recall,
                                    std::uint32_t max_hashes = kSketchSize);

  [[nodiscard]] std::uint32_t bands() const noexcept { return bands_; }
  [[nodiscard]] std::uint32_t rows() const noexcept { return rows_; }

  /// Chance that a pair with this Jaccard becomes a candidate, for independent lanes.
  [[nodiscard]] double probability(double jaccard) const noexcept;

 private:
  std::uint32_t bands_;
  std::uint32_t rows_;
};

/// A key for each band, by which stored documents are found that agree in all its rows: hashes of
/// band number and rows. Replaces the contents of `keys`. Equal on all little-endian machines.
void band_keys(const Signature& signature, const Banding& banding,
               std::vector<std::uint64_t>& keys);

/// Two documents worth comparing; first < second as numbers.
struct CandidatePair {
  std::uint32_t first = 0;
  std::uint32_t second = 0;
  friend auto operator<=>(const CandidatePair&, const CandidatePair&) = default;
};

/// Candidates of one run of banding.
struct Candidates {
  std::vector<CandidatePair> pairs;  ///< Sorted, distinct.
  std::uint64_t capped_buckets = 0;  ///< Buckets with more than `bucket_cap` members.
  std::uint64_t left_out_pairs =
      0;  ///< Pairs of capped buckets that were not proposed, counted per bucket.
};

struct BandOptions {
  /// A bucket with more members proposes only pairs with its `bucket_centers` members of smallest
  /// priority, so that the work stays linear: 10^6 equal-but-for-a-word texts share one bucket.
  /// With these two values planted families of up to 100,000 such texts still end as one star each,
  /// at about 11 pairs a text; more centers change nothing there but the number of pairs.
  std::uint32_t bucket_cap = 128;
  std::uint32_t bucket_centers = 4;
  /// Candidates whose signatures agree in fewer lanes are dropped before anything is read again; 0
  /// = keep all.
  std::uint32_t min_equal_lanes = 0;
};

/// Proposes pairs among `members` (document numbers, ascending). `signatures` and `priority` are
/// indexed by document number; smaller priority = preferred as a bucket's center (the keep order),
/// a permutation. The result depends on nothing but these arguments, whatever the number of
/// threads. Cost: one radix sort a band, about 35 ns a member and band. Memory: 16 bytes a member
/// and thread, 16 bytes a proposed pair while they are sorted.
[[nodiscard]] Candidates candidates(std::span<const std::uint32_t> members,
                                    std::span<const Signature> signatures,
                                    std::span<const std::uint32_t> priority, const Banding& banding,
                                    const BandOptions& options = {});

}  // namespace wirecopy
