/// The pairs that star clustering needs and banding may have missed.
///
/// Banding proposes each pair by chance alone: in a family of 20,000 near-identical texts a few
/// never meet the center of the family, only other members of it, and would be kept beside it.
/// Their likeness to members points at the center, so that pair is compared too.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "batch/compare_pairs.h"
#include "wirecopy/band.h"
#include "wirecopy/batch.h"
#include "wirecopy/cluster.h"

namespace wirecopy::batch {

/// Pairs that were compared, those of them that hold, and the stars they make.
struct StarPairs {
  std::vector<VerifiedPair> near;
  Star star;
  std::uint64_t compared = 0;  ///< Distinct pairs, proposed ones included.
};

/// Compares the proposed pairs (sorted, distinct), makes stars in the order `places`, and compares
/// on until no pair that holds points a document at an earlier center it was not compared with. The
/// result depends on the documents alone. Cost: nearly always one or two small rounds after the
/// first.
[[nodiscard]] StarPairs compare_for_stars(const ShingleSource& source,
                                          std::vector<CandidatePair> proposed,
                                          const std::vector<std::uint32_t>& places,
                                          const MatchRule& rule, const Limits& limits);

}  // namespace wirecopy::batch
