/// Clusters over nights: their names, what becomes of them, and what a run leaves in the archive.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/hash.h"
#include "batch/archive.h"
#include "batch/findings.h"
#include "batch/ingest.h"
#include "batch/sought.h"
#include "wirecopy/report.h"

namespace wirecopy::batch {

/// Names every cluster after its founding member, the first by (generation, published, id): so a
/// cluster keeps its name while that member stays, and of clusters that merge the oldest name
/// lives. Without a night all are of one generation.
void name_clusters(const Corpus& corpus, const Orders& orders, std::vector<FoundCluster>& clusters);

/// One event, with ids.
struct ClusterChange {
  base::Hash128 cluster;
  ClusterEvent event = ClusterEvent::born;
  std::optional<base::Hash128> other;
  std::vector<std::string> members;  ///< Ascending.
};

/// What the run did to the clusters of the archive, by (cluster, event). An article counts by its
/// id: a new version of it is the same member. Clusters that nothing happened to and that hold none
/// of its articles are marked as not told.
[[nodiscard]] std::vector<ClusterChange> changes_of(const Corpus& corpus,
                                                    std::vector<FoundCluster>& clusters);

/// changes.jsonl, with its counts.
void tell_changes(std::span<const ClusterChange> changes, Sink& sink, Summary& summary);

/// Hands what the run found to the archive. `fresh`: the archive is written anew, nothing has to be
/// taken out of it. Reads every new article back.
void harvest(const Sought& sought, const Findings& findings, bool fresh, Harvest& to);

}  // namespace wirecopy::batch
