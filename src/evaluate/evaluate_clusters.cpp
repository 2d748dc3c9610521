#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>
#include <numeric>

#include "evaluate/contingency.h"
#include "evaluate/counting.h"
#include "evaluate/numbering.h"
#include "evaluate/rows.h"
#include "evaluate/truth.h"
#include "wirecopy/error.h"

namespace wirecopy {
namespace {

using evaluate::Contingency;
using evaluate::Crossing;
using evaluate::TruthCluster;
using evaluate::Weights;

// The documents of the truth in the clusters of a run.
struct Found {
  std::vector<std::uint32_t> cluster;  // by document, or kAlone
  std::vector<bool> first;             // by document: it has the role first
};

Found read_found(const std::string& path, const evaluate::Numbering& documents) {
  Found found{std::vector<std::uint32_t>(documents.size(), Contingency::kAlone),
              std::vector<bool>(documents.size())};
  evaluate::read_members(
      path, [&](std::uint32_t cluster, std::string_view id, const base::JsonObject& member) {
        const auto document = documents.find(id);
        if (!document) return;
        if (found.cluster[*document] != Contingency::kAlone) {
          throw Error(ErrorCode::input, fmt::format("{}: {} stands in two clusters", path, id));
        }
        found.cluster[*document] = cluster;
        found.first[*document] = member.string("role") == "first";
      });
  return found;
}

double ratio(std::uint64_t part, std::uint64_t whole) { return Share{part, whole}.value(); }

constexpr std::size_t kMeasures = 7;

// In the order of measures_of.
std::array<Measure*, kMeasures> places_of(ClusterScores& scores) {
  return {&scores.ari,      &scores.pair_precision,   &scores.pair_recall,
          &scores.pair_f1,  &scores.bcubed_precision, &scores.bcubed_recall,
          &scores.bcubed_f1};
}

std::array<double, kMeasures> measures_of(const Crossing& crossing) {
  const double precision = ratio(crossing.common_pairs, crossing.found_pairs);
  const double recall = ratio(crossing.common_pairs, crossing.true_pairs);
  return {crossing.ari(),
          precision,
          recall,
          evaluate::f1_of(precision, recall),
          crossing.bcubed_precision,
          crossing.bcubed_recall,
          evaluate::f1_of(crossing.bcubed_precision, crossing.bcubed_recall)};
}

// Each truth cluster once, but the five largest.
std::vector<std::uint32_t> without_largest(const Contingency& table) {
  std::vector<std::uint32_t> order(table.truth_clusters());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::stable_sort(order, std::ranges::greater(),
                           [&](std::uint32_t cluster) { return table.size(cluster); });
  std::vector<std::uint32_t> weights(order.size(), 1);
  for (std::size_t i = 0; i < std::min<std::size_t>(5, order.size()); ++i) weights[order[i]] = 0;
  return weights;
}

Share firsts_of(const std::vector<TruthCluster>& truth, const evaluate::Numbering& documents,
                const Found& found) {
  Share share;
  for (const TruthCluster& cluster : truth) {
    const auto first = documents.find(cluster.first);
    if (!first) continue;
    evaluate::count(share, found.first[*first]);
  }
  return share;
}

}  // namespace

ClusterScores evaluate_clusters(const std::string& run, const TruthFiles& truth,
                                const Bootstrap& bootstrap) {
  const std::vector<TruthCluster> clusters = evaluate::clusters_of(truth);
  evaluate::Numbering documents;
  std::vector<std::uint32_t> true_cluster;
  std::vector<bool> templates;
  for (const TruthCluster& cluster : clusters) {
    for (const std::string& id : cluster.members) documents.add(id);
    true_cluster.resize(documents.size(), static_cast<std::uint32_t>(templates.size()));
    templates.push_back(cluster.is_template);
  }
  const Found found = read_found(evaluate::run_file(run, "clusters.jsonl"), documents);
  const Contingency table(clusters.size(), true_cluster, found.cluster);

  const std::vector<std::uint32_t> once(clusters.size(), 1);
  const Crossing crossing = table.cross(once);
  ClusterScores scores;
  scores.documents = crossing.documents;
  scores.true_pairs = crossing.true_pairs;
  scores.found_pairs = crossing.found_pairs;
  scores.common_pairs = crossing.common_pairs;
  const auto values = measures_of(crossing);
  const auto intervals = evaluate::intervals<kMeasures>(
      bootstrap, clusters.size(),
      [&](Weights weights) { return measures_of(table.cross(weights)); });
  const auto places = places_of(scores);
  for (std::size_t i = 0; i < kMeasures; ++i) *places[i] = {values[i], intervals[i]};
  scores.ari_without_largest.value = table.cross(without_largest(table)).ari();
  scores.exact = table.exact();
  scores.firsts = firsts_of(clusters, documents, found);
  scores.templates_merged = table.merged(templates);
  return scores;
}

}  // namespace wirecopy
