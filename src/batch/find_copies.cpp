// The presets that align.
#include <algorithm>
#include <numeric>
#include <utility>

#include "batch/find.h"
#include "batch/night.h"
#include "batch/propose.h"
#include "batch/survivors.h"
#include "batch/trace.h"
#include "batch/watch.h"

namespace wirecopy::batch {
namespace {

// How representatives fall into clusters, and what the audit says of each.
struct Partition {
  std::vector<std::uint32_t> root;  // of every document its cluster's smallest; itself if alone
  std::vector<LinkedCluster> clusters;
};

Linked link(const Sought& sought, const Groups& groups, const std::vector<std::uint64_t>& hashes,
            const std::vector<ScoredPair>& scores, PairJudge& judge) {
  const MatchRule& rule = sought.rule;
  const CompareMore compare = [&](const std::vector<CandidatePair>& pairs) {
    check_stop(sought.limits);
    return judge.judge(pairs);
  };
  switch (rule.clustering) {
    case Clustering::average_link:
      break;
    case Clustering::star:
      return star(scores, group_places(groups, sought.orders.to_keep), sought.orders.by_id,
                  rule.link, compare);
    case Clustering::components:
      return components(scores, sought.orders.by_id, compare);
  }
  return average_link(scores, hashes, sought.orders.by_id, rule.link, compare);
}

Partition partition_of(Linked linked, std::size_t documents) {
  Partition partition;
  partition.root.resize(documents);
  std::iota(partition.root.begin(), partition.root.end(), 0U);
  for (const LinkedCluster& cluster : linked.clusters) {
    for (const std::uint32_t member : cluster.members) {
      partition.root[member] = cluster.members.front();
    }
  }
  partition.clusters = std::move(linked.clusters);
  return partition;
}

// What the audit says goes to the clusters, which hold equal copies too.
void add_audits(const Partition& partition, const Orders& orders, Findings& findings) {
  std::vector<std::uint32_t> number(partition.root.size());
  for (std::uint32_t i = 0; i < partition.clusters.size(); ++i) {
    number[partition.clusters[i].members.front()] = i + 1;
  }
  for (FoundCluster& cluster : findings.clusters) {
    const std::uint32_t root = partition.root[findings.groups.representative[cluster.first]];
    if (number[root] == 0) continue;  // equal copies alone
    const LinkedCluster& audited = partition.clusters[number[root] - 1];
    cluster.min_score = audited.min_score;
    cluster.mean_score = audited.mean_score;
    cluster.weak = audited.weak;
    std::sort(cluster.weak.begin(), cluster.weak.end(),
              [&](std::uint32_t left, std::uint32_t right) {
                return orders.by_id[left] < orders.by_id[right];
              });
  }
}

// The stored stories that the new articles touch, with all that was judged of them.
void add_stories(const Sought& sought, PairJudge& judge, std::vector<ScoredPair>& scores,
                 Findings& findings) {
  Corpus& corpus = sought.corpus;
  Night& night = *corpus.night;
  night.load_stories(corpus, findings.groups, scores);
  sought.orders = orders_of(corpus.documents, sought.rule.keep);
  night.keep_stored_first(corpus, sought.orders);
  collapse_copies(sought, findings);
  std::vector<ScoredPair> known = night.proposed_pairs();
  scores.insert(scores.end(), known.begin(), known.end());
  known.insert(known.end(), night.asked_pairs().begin(), night.asked_pairs().end());
  judge.recall(std::move(known), night.found_pairs());
}

// Everything up to the choice of what is kept.
Partition choose_kept(const Sought& sought, const Model& model, PairJudge& judge,
                      Findings& findings, Summary& summary) {
  const Corpus& corpus = sought.corpus;
  const Key& key = sought.recipe.shingling.key;
  Night* const night = corpus.night;
  std::vector<std::uint64_t> hashes = id_hashes(corpus.documents, key);
  if (night != nullptr) night->note_demoted(corpus, findings.groups);
  std::vector<CandidatePair> proposed = propose(sought, findings.groups, hashes, model, summary);
  summary.proposed = proposed.size();
  check_stop(sought.limits);

  std::vector<ScoredPair> scores = judge.judge(proposed);
  if (night != nullptr) {
    night->note_proposed(std::move(proposed));
    add_stories(sought, judge, scores, findings);
    hashes = id_hashes(corpus.documents, key);
  }
  Partition partition =
      partition_of(link(sought, findings.groups, hashes, scores, judge), corpus.documents.size());
  findings.least_identity = sought.rule.least_identity;
  findings.kept_copy =
      choose_survivors(findings.groups, partition.root, sought.orders, corpus.documents,
                       sought.rule, fates_of(corpus, findings.groups), judge);
  return partition;
}

}  // namespace

void find_copies(const Sought& sought, const Model& model, Findings& findings, Summary& summary) {
  Night* const night = sought.corpus.night;
  const ExhibitSource source(sought.reader, sought.corpus, sought.recipe, sought.rule, model);
  PairJudge judge(source, sought.corpus.documents, sought.rule, sought.limits);
  if (night != nullptr) judge.keep_scores();
  const Partition partition = choose_kept(sought, model, judge, findings, summary);
  findings.clusters = clusters_of(findings.groups, sought.orders, partition.root);
  add_audits(partition, sought.orders, findings);
  trace(sought, judge, findings);
  summary.candidates = judge.compared();
  if (night != nullptr) night->note_scores(judge.scores());
}

void find_kept(const Sought& sought, const Model& model, Findings& findings, Summary& summary) {
  if (!sought.recipe.winnowing) return find_near(sought, findings, summary);
  const ExhibitSource source(sought.reader, sought.corpus, sought.recipe, sought.rule, model);
  PairJudge judge(source, sought.corpus.documents, sought.rule, sought.limits);
  (void)choose_kept(sought, model, judge, findings, summary);
  judge.give(findings);
  summary.candidates = judge.compared();
}

}  // namespace wirecopy::batch
