/// Cleaning again keeps all that cleaning kept.
///
/// What is dropped is not there any more to part clusters, and texts may be equal once something is
/// cut from them: a second run over the rows that a first one keeps could drop a few more. So where
/// rows are cut the second run is made within the first: what is kept is read back as it will be
/// written, and sought through under the same Model. If a document would go, that pair is one more
/// reason by which documents may go, and all are chosen anew: in keep order a document is kept
/// unless one already kept is a reason for it to go. Whoever went because of a document that goes
/// now needs another reason, or comes back: no copy is dropped by a chain. This goes on until
/// nothing would go. Each round adds a reason, so it ends.
#pragma once

#include "batch/findings.h"
#include "batch/sought.h"

namespace wirecopy::batch {

/// Changes what is kept, and with it the representatives of clusters, until a run over the kept
/// rows would keep them all. Cost: that of such a run, once more for each round in which something
/// goes: on most real sets one in all, on reuters21578 four. Memory: the columns of
/// another corpus.
void settle(const Sought& sought, Findings& findings, Summary& summary);

}  // namespace wirecopy::batch
