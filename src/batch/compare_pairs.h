/// The second look: candidates are read back and compared on their texts.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "batch/ingest.h"
#include "wirecopy/band.h"
#include "wirecopy/batch.h"
#include "wirecopy/cluster.h"
#include "wirecopy/shingle.h"

namespace wirecopy::batch {

/// Shingle sets by document number, derived again from the stored rows. Any thread.
class ShingleSource {
 public:
  ShingleSource(const Reader& reader, const Corpus& corpus, const Shingling& shingling)
      : reader_(reader), corpus_(corpus), shingler_(shingling) {}

  /// Cost: reading, parsing and shingling one row. Throws Error(input) if its file changed.
  [[nodiscard]] ShingleSet shingles(std::uint32_t document) const;

 private:
  const Reader& reader_;
  const Corpus& corpus_;
  Shingler shingler_;
};

/// Compares every candidate exactly and returns the pairs that reach the threshold, in the order of
/// `candidates`, which must be sorted. Texts that stand in several pairs are kept in memory up to a
/// quarter of the memory limit.
[[nodiscard]] std::vector<VerifiedPair> compare_pairs(const ShingleSource& source,
                                                      std::span<const CandidatePair> candidates,
                                                      std::size_t documents, const MatchRule& rule,
                                                      const Limits& limits);

}  // namespace wirecopy::batch
