/// The first pass of a run: every row is read once and becomes columns.
#pragma once

#include <cstdint>
#include <span>

#include "base/row_store.h"
#include "batch/column.h"
#include "batch/document_table.h"
#include "batch/print_columns.h"
#include "batch/repeat_table.h"
#include "batch/stored_part.h"
#include "wirecopy/batch.h"

namespace wirecopy::batch {

class Night;

/// What the first pass leaves behind.
struct Corpus {
  Corpus(const Reader& reader, const Limits& limits);

  DocumentTable documents;
  Column<Signature> signatures;      ///< By document; meaningless for texts without letters.
  PrintColumns prints;               ///< By document; empty in the corpus preset.
  RepeatTable repeats;               ///< Empty where they are not looked for.
  std::vector<StockSighting> stock;  ///< Boilerplate, as far as the Model knows; see propose.
  base::RowStore rows;
  StoredPart stored;       ///< Documents behind those that were read.
  Night* night = nullptr;  ///< Nothing: there is no archive.

  /// To be called once when all columns are filled.
  void finish() {
    signatures.finish();
    prints.finish();
  }
};

/// Reads all of `reader` into `corpus`, on all threads; what blocks are seen is told to `learner`,
/// if there is one; repeats are looked for if `rule` says so; rejected rows go to the sink at
/// once, counts to the summary. Where there is a night, it says what is known already and what
/// supersedes. Throws Error, also when the run is asked to stop.
void ingest(Reader& reader, const Recipe& recipe, const MatchRule& rule, const Limits& limits,
            Learner* learner, Sink& sink, Summary& summary, Corpus& corpus);

/// Takes stored documents in, behind those that were read, as if they were read now.
void readmit(std::span<const Stored> documents, const Recipe& recipe, const MatchRule& rule,
             const Limits& limits, Learner* learner, Corpus& corpus);

}  // namespace wirecopy::batch
