/// Which documents are kept, in the aligned presets.
#pragma once

#include <cstdint>
#include <vector>

#include "batch/findings.h"
#include "batch/judge_pairs.h"
#include "wirecopy/batch.h"

namespace wirecopy::batch {

/// What is known of a representative before anything is chosen.
enum class Fate : std::uint8_t {
  open,
  kept,  ///< In an earlier night: it stays, and comes first in keep order.
  gone,  ///< It was dropped in an earlier night.
};

/// Goes through each cluster in keep order and keeps a document, unless one already kept was judged
/// with it as a dropping verdict (identical, near_duplicate) by which it loses no more than
/// MatchRule::max_lost and least_identity allow; never by a chain. Pairs that were not judged yet
/// are judged now: those of a document with the kept ones before it, of them the first 64 in keep
/// order that are at most twice as long or half as long. `root` gives each representative its
/// cluster, `fates` its fate (empty: all are open). Returns for every document the document kept
/// for it; itself if it is kept.
[[nodiscard]] std::vector<std::uint32_t> choose_survivors(
    const Groups& groups, const std::vector<std::uint32_t>& root, const Orders& orders,
    const DocumentTable& table, const MatchRule& rule, const std::vector<Fate>& fates,
    PairJudge& judge);

}  // namespace wirecopy::batch
