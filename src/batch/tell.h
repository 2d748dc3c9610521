/// Hands the findings of a run to its sink, in the order in which the files list them.
#pragma once

#include "batch/findings.h"
#include "batch/ingest.h"
#include "wirecopy/batch.h"

namespace wirecopy::batch {

/// What the telling needs to know. All outlive the call.
struct Told {
  const Reader& reader;
  const Corpus& corpus;
  const Orders& orders;
  const Findings& findings;
  const MatchRule& rule;
  const Limits& limits;
};

/// pairs.jsonl: sorted by the ids of a and b.
void tell_pairs(const Told& told, Sink& sink, Summary& summary);

/// clusters.jsonl: sorted by cluster id, members by id. Of a night those that it changed, and those
/// its articles are in.
void tell_clusters(const Told& told, Sink& sink, Summary& summary);

/// repeats.jsonl: what one article says twice, sorted by id, then what stands in several. Reads
/// their texts back. Of a night its own articles.
void tell_repeats(const Told& told, Sink& sink, Summary& summary);

/// kept.jsonl and ledger.jsonl: in input order. Reads every row it hands over back from its file.
void tell_rows(const Told& told, Sink& sink, Summary& summary);

}  // namespace wirecopy::batch
