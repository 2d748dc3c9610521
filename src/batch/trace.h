/// Lineage of the clusters that were found: who was first, from whom each copy was taken, who is
/// credited.
#pragma once

#include <cstdint>
#include <vector>

#include "batch/find.h"
#include "batch/findings.h"
#include "batch/judge_pairs.h"

namespace wirecopy::batch {

/// Traces the clusters of `findings`, whose members must be filled, and makes outlets.csv. A member
/// that was never compared with its parent is judged with it now. Fills Findings::pairs, passages,
/// agencies, outlets and the members of all clusters. Reads every clustered row back once.
void trace(const Sought& sought, PairJudge& judge, Findings& findings);

}  // namespace wirecopy::batch
