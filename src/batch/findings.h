/// From compared pairs to what is reported: pairs, clusters, and the copy that is kept of each.
#pragma once

#include <cstdint>
#include <vector>

#include "batch/compare_pairs.h"
#include "batch/ingest.h"
#include "wirecopy/cluster.h"
#include "wirecopy/collapse.h"

namespace wirecopy::batch {

/// The orders in which documents are looked at. All are permutations: document → place.
struct Orders {
  std::vector<std::uint32_t> by_id;
  std::vector<std::uint32_t> by_time;  ///< (published, missing last; id)
  std::vector<std::uint32_t> to_keep;  ///< The keep order.
};
[[nodiscard]] Orders orders_of(const DocumentTable& table, const KeepRule& keep);

/// The keep order as seen by the stages that look at representatives only: a representative takes
/// the place of the member of its group that comes first in keep order (the two swap). Still a
/// permutation.
[[nodiscard]] std::vector<std::uint32_t> group_places(const Groups& groups,
                                                      const std::vector<std::uint32_t>& to_keep);

/// One pair to report, a and b as documents in any order.
struct FoundPair {
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  Verdict verdict = Verdict::near_duplicate;
  Similarity similarity;
};

/// Everything found in one run.
struct Findings {
  Groups groups;
  std::vector<FoundPair> copies;   ///< Every equal copy with its representative, as groups.copies.
  std::vector<VerifiedPair> near;  ///< Pairs of representatives at or above the threshold.
  Star star;
  std::vector<std::uint32_t>
      kept_copy;  ///< For every document the document kept for it; itself if it is kept.

  [[nodiscard]] bool kept(std::uint32_t document) const noexcept {
    return kept_copy[document] == document;
  }
};

/// Pairs of equal letter streams with their exact similarity: the words may be cut differently ("ab
/// c", "a bc").
[[nodiscard]] std::vector<FoundPair> pair_copies(const Groups& groups, const DocumentTable& table,
                                                 const ShingleSource& source);

/// Fills `kept_copy`: of each star the member that comes first in the center's group.
void choose_kept(const std::vector<std::uint32_t>& to_keep, Findings& findings);

}  // namespace wirecopy::batch
