/// What every step of finding needs to know.
#pragma once

#include "batch/findings.h"
#include "batch/ingest.h"
#include "wirecopy/batch.h"

namespace wirecopy::batch {

/// A corpus and the settings it is searched by. All outlive the run.
struct Sought {
  const Reader& reader;
  Corpus& corpus;  ///< What candidates are sought by is freed once they are known.
  Orders& orders;  ///< Made anew where stored documents are loaded.
  const Recipe& recipe;
  const MatchRule& rule;
  const Limits& limits;
};

}  // namespace wirecopy::batch
