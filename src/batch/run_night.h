/// A run beside a stored corpus: what `index add` and its like are made of.
#pragma once

#include <vector>

#include "batch/archive.h"
#include "wirecopy/batch.h"

namespace wirecopy::batch {

/// What a night is to do. Both outlive the run.
struct NightOrder {
  const Archive& archive;
  Harvest& harvest;
  std::uint32_t current = 0;    ///< The generation of the archive.
  std::vector<Stored> gone;     ///< To be taken out.
  bool ids_from_texts = false;  ///< Else rows with neither id nor url are rejected.
  /// The archive is written anew out of these, under the rule's Model or the one that is learned of
  /// them; `harvest` then gets them as new documents, and nothing is taken out.
  bool fresh = false;
  std::vector<Stored> all;  ///< In that case, ascending.
};

/// As dedup, and with it where nothing is stored: reads the articles of `reader`, finds their
/// copies among themselves and in the archive, tells of them, and hands the archive what it has to
/// store. Pairs and partition of all that is stored are those of one run over everything under the
/// same Recipe, rule and Model, as long as no list of documents is over its cap. Which articles are
/// kept depends on the nights: one that was kept stays kept. Where nothing changes nothing is
/// harvested, and the generation that is told is the current one. Needs a recipe that aligns:
/// throws Error(usage) else. The sink is finished at the end, before anything is stored for good.
Summary run_night(Reader& reader, const Recipe& recipe, const MatchRule& rule, const Limits& limits,
                  Sink& sink, const NightOrder& order);

}  // namespace wirecopy::batch
