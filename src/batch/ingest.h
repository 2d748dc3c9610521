/// The first pass of a run: every row is read once and becomes columns.
#pragma once

#include <cstdint>

#include "base/row_store.h"
#include "batch/column.h"
#include "batch/document_table.h"
#include "batch/print_columns.h"
#include "batch/repeat_table.h"
#include "wirecopy/batch.h"

namespace wirecopy::batch {

/// What the first pass leaves behind.
struct Corpus {
  Corpus(const Reader& reader, const Limits& limits);

  DocumentTable documents;
  Column<Signature> signatures;      ///< By document; meaningless for texts without letters.
  PrintColumns prints;               ///< By document; empty in the corpus preset.
  RepeatTable repeats;               ///< Empty where they are not looked for.
  std::vector<StockSighting> stock;  ///< Boilerplate, as far as the Model knows; see propose.
  base::RowStore rows;
};

/// Reads all of `reader` into `corpus`, on all threads; what blocks are seen is told to `learner`,
/// if there is one; repeats are looked for if `rule` says so; rejected rows go to the sink at
/// once, counts to the summary. Throws Error, also when the run is asked to stop.
void ingest(Reader& reader, const Recipe& recipe, const MatchRule& rule, const Limits& limits,
            Learner* learner, Sink& sink, Summary& summary, Corpus& corpus);

}  // namespace wirecopy::batch
