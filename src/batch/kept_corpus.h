/// What a run over the kept rows of this one would read.
#pragma once

#include <cstdint>
#include <vector>

#include "batch/ingest.h"
#include "batch/tell.h"

namespace wirecopy::batch {

/// Kept documents as they will be written, in input order.
struct KeptCorpus {
  KeptCorpus(const Reader& reader, const Limits& limits) : corpus(reader, limits) {}

  Corpus corpus;
  std::vector<std::uint32_t> documents;  ///< What each is here.
};

/// Reads the kept rows back, cuts them and fills the columns of `into`, on all threads. `rule` is
/// that of the other run: it has the Model.
void read_kept(const Told& told, const Recipe& recipe, const MatchRule& rule, KeptCorpus& into);

}  // namespace wirecopy::batch
