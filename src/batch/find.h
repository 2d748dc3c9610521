/// From the columns of a corpus to what is found in it: the two ways through the stages.
#pragma once

#include "batch/findings.h"
#include "batch/sought.h"

namespace wirecopy::batch {

/// Groups of equal texts, and the pairs of copies with their representatives: fills
/// Findings::groups, copies and copy_index. The words may be cut differently ("ab c", "a bc"), so
/// the similarity is computed where that is so.
void collapse_copies(const Sought& sought, Findings& findings);

/// The corpus preset: banding, exact Jaccard, stars. Fills the rest of `findings`.
void find_near(const Sought& sought, Findings& findings, Summary& summary);

/// All other presets: banding and fingerprints, alignment, verdicts, average-link, lineage. Fills
/// the rest of `findings`.
void find_copies(const Sought& sought, const Model& model, Findings& findings, Summary& summary);

/// Of the two the one that belongs to the recipe, as far as it says what is kept: fills the pairs
/// and kept_copy of `findings`, of the rest what comes by the way.
void find_kept(const Sought& sought, const Model& model, Findings& findings, Summary& summary);

}  // namespace wirecopy::batch
