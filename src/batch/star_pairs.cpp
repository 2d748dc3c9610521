#include "batch/star_pairs.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/parallel.h"

namespace wirecopy::batch {
namespace {

// Adds the pair of a document with a center, if that comes earlier and they were not compared yet.
void point_at(std::uint32_t document, std::uint32_t center,
              const std::vector<std::uint32_t>& places, std::span<const CandidatePair> compared,
              std::vector<CandidatePair>& missing) {
  if (places[center] >= places[document]) return;
  const CandidatePair pair{std::min(document, center), std::max(document, center)};
  if (!std::binary_search(compared.begin(), compared.end(), pair)) missing.push_back(pair);
}

// Sorted and distinct.
std::vector<CandidatePair> missing_pairs(const StarPairs& pairs,
                                         const std::vector<std::uint32_t>& places,
                                         std::span<const CandidatePair> compared) {
  std::vector<CandidatePair> missing;
  for (const VerifiedPair& pair : pairs.near) {
    const std::uint32_t center_a = pairs.star.center[pair.a];
    const std::uint32_t center_b = pairs.star.center[pair.b];
    if (center_a == center_b) continue;
    point_at(pair.a, center_b, places, compared, missing);
    point_at(pair.b, center_a, places, compared, missing);
  }
  base::sort(missing.begin(), missing.end());
  missing.erase(std::unique(missing.begin(), missing.end()), missing.end());
  return missing;
}

}  // namespace

StarPairs compare_for_stars(const ShingleSource& source, std::vector<CandidatePair> proposed,
                            const std::vector<std::uint32_t>& places, const MatchRule& rule,
                            const Limits& limits) {
  StarPairs pairs;
  std::vector<CandidatePair> compared;
  do {
    std::vector<VerifiedPair> held = compare_pairs(source, proposed, places.size(), rule, limits);
    std::move(held.begin(), held.end(), std::back_inserter(pairs.near));
    const auto middle = static_cast<std::ptrdiff_t>(compared.size());
    compared.insert(compared.end(), proposed.begin(), proposed.end());
    std::inplace_merge(compared.begin(), compared.begin() + middle, compared.end());
    pairs.star = star(pairs.near, places);
    proposed = missing_pairs(pairs, places, compared);
  } while (!proposed.empty());
  pairs.compared = compared.size();
  return pairs;
}

}  // namespace wirecopy::batch
