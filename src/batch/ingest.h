/// The first pass of a run: every row is read once and becomes columns.
#pragma once

#include <cstdint>

#include "base/row_store.h"
#include "batch/document_table.h"
#include "batch/signature_column.h"
#include "wirecopy/batch.h"

namespace wirecopy::batch {

/// What the first pass leaves behind.
struct Corpus {
  Corpus(const Reader& reader, const Limits& limits);

  DocumentTable documents;
  SignatureColumn signatures;  ///< By document; meaningless for texts without letters.
  base::RowStore rows;
};

/// Reads all of `reader` into `corpus`, on all threads; rejected rows go to the sink at once,
/// counts to the summary. Throws Error, also when the run is asked to stop.
void ingest(Reader& reader, const Recipe& recipe, const Limits& limits, Sink& sink,
            Summary& summary, Corpus& corpus);

}  // namespace wirecopy::batch
