// The run as a whole: the way of the data, top to bottom.
#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "base/json.h"
#include "base/parallel.h"
#include "batch/findings.h"
#include "batch/ingest.h"
#include "batch/star_pairs.h"
#include "batch/tell.h"
#include "batch/watch.h"
#include "wirecopy/batch.h"
#include "wirecopy/error.h"

namespace wirecopy {
namespace {

using batch::Corpus;
using batch::Findings;
using batch::Orders;

constexpr std::uint64_t kLeastMemory = std::uint64_t{256} << 20U;

// Signatures that agree in fewer lanes are not worth reading their texts again: five standard
// deviations below the mean of a pair exactly at the threshold, which loses one such pair in 3
// million.
std::uint32_t least_equal_lanes(Millionths threshold) {
  const double share = threshold.value() / 1e6;
  const double mean = kSketchSize * share;
  return static_cast<std::uint32_t>(
      std::max(0.0, std::floor(mean - 5 * std::sqrt(mean * (1 - share)))));
}

// Representatives that have any words, ascending.
std::vector<std::uint32_t> comparable(const Groups& groups, const batch::DocumentTable& table) {
  std::vector<std::uint32_t> members;
  for (std::uint32_t d = 0; d < table.size(); ++d) {
    if (groups.representative[d] == d && table.has_letters(d)) members.push_back(d);
  }
  return members;
}

Findings find(const Reader& reader, const Corpus& corpus, const Orders& orders,
              const Recipe& recipe, const MatchRule& rule, const Limits& limits, Summary& summary) {
  const batch::DocumentTable& table = corpus.documents;
  const batch::ShingleSource source(reader, corpus, recipe.shingling);
  Findings findings;
  findings.groups = collapse(table.letters, orders.by_time);
  findings.copies = pair_copies(findings.groups, table, source);
  const std::vector<std::uint32_t> places = batch::group_places(findings.groups, orders.to_keep);

  const std::vector<std::uint32_t> members = comparable(findings.groups, table);
  BandOptions options;
  options.min_equal_lanes = least_equal_lanes(rule.threshold);
  Candidates proposed =
      candidates(members, corpus.signatures.signatures(), places, recipe.banding, options);
  batch::check_stop(limits);
  batch::StarPairs pairs =
      compare_for_stars(source, std::move(proposed.pairs), places, rule, limits);
  findings.near = std::move(pairs.near);
  findings.star = std::move(pairs.star);
  choose_kept(orders.to_keep, findings);

  summary.candidates = pairs.compared;
  summary.capped_buckets = proposed.capped_buckets;
  summary.left_out_pairs = proposed.left_out_pairs;
  return findings;
}

// As JSON values, in a fixed order.
std::vector<std::pair<std::string, std::string>> settings_of(const Recipe& recipe,
                                                             const MatchRule& rule) {
  const auto text = [](std::string_view value) {
    return std::string(base::JsonWriter().string(value).text());
  };
  const auto number = [](std::uint64_t value) { return std::to_string(value); };
  return {
      {"threshold", std::string(base::JsonWriter().share(rule.threshold.value() / 1e6).text())},
      {"shingle_words", number(recipe.shingling.words)},
      {"bands", number(recipe.banding.bands())},
      {"rows", number(recipe.banding.rows())},
      {"key", text(recipe.shingling.key == Key() ? "published" : "private")},
      {"keep", text(rule.keep.name())},
  };
}

Summary run(Reader& reader, const Recipe& recipe, const MatchRule& rule, const Limits& limits,
            Sink& sink) {
  Summary summary;
  for (const InputInfo& input : reader.inputs()) summary.inputs.push_back(input.path);
  summary.expected_recall = recipe.banding.probability(rule.threshold.value() / 1e6);
  summary.settings = settings_of(recipe, rule);

  Corpus corpus(reader, limits);
  batch::ingest(reader, recipe, limits, sink, summary, corpus);
  const Orders orders = batch::orders_of(corpus.documents, rule.keep);
  const Findings findings = find(reader, corpus, orders, recipe, rule, limits, summary);

  const batch::Told told{reader, corpus, orders, findings, limits};
  tell_clusters(told, sink, summary);
  tell_pairs(told, sink, summary);
  tell_rows(told, sink, summary);
  corpus.rows.check_unchanged();
  batch::check_stop(limits);
  sink.finish(summary);
  return summary;
}

}  // namespace

Summary dedup(Reader& reader, const Recipe& recipe, const MatchRule& rule, const Limits& limits,
              Sink& sink) {
  if (limits.memory_bytes < kLeastMemory) {
    throw Error(ErrorCode::usage, "the memory limit must be at least 256 MiB");
  }
  base::Threads threads(limits.threads);
  return threads.run([&] { return run(reader, recipe, rule, limits, sink); });
}

}  // namespace wirecopy
