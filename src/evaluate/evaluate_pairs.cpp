#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>

#include "evaluate/counting.h"
#include "evaluate/found_pairs.h"
#include "evaluate/rows.h"
#include "evaluate/truth.h"

namespace wirecopy {
namespace {

// One distinct pair of the truth, a < b as ids.
struct JudgedPair {
  const TruthPair* row = nullptr;
  bool positive = false;
  std::optional<double> found;  // reported Jaccard

  [[nodiscard]] auto ids() const { return std::minmax(row->a, row->b); }
};

// Every pair of the truth once, whichever way round; of several rows the first counts. A document
// is no pair with itself.
std::vector<JudgedPair> judge(const std::vector<TruthPair>& truth, const EvaluateOptions& options,
                              const evaluate::FoundPairs& found) {
  std::vector<JudgedPair> pairs;
  pairs.reserve(truth.size());
  for (const TruthPair& row : truth) {
    if (row.a != row.b)
      pairs.push_back({&row, evaluate::is_positive(row, options), found.jaccard(row.a, row.b)});
  }
  std::ranges::stable_sort(pairs, {}, &JudgedPair::ids);
  const auto same = [](const JudgedPair& a, const JudgedPair& b) { return a.ids() == b.ids(); };
  pairs.erase(std::unique(pairs.begin(), pairs.end(), same), pairs.end());
  return pairs;
}

bool counts_for_recall(const TruthPair& pair, const EvaluateOptions& options) {
  const bool close = pair.jaccard < 0 || pair.jaccard >= options.min_jaccard;
  const bool contained = pair.containment < 0 || pair.containment >= options.min_containment;
  return close && contained;
}

// Below .3, steps of .1, and exactly 1 on its own.
std::vector<JaccardBucket> empty_buckets() {
  constexpr std::array<double, 9> kEdges{0, .3, .4, .5, .6, .7, .8, .9, 1};
  std::vector<JaccardBucket> buckets;
  for (std::size_t i = 0; i + 1 < kEdges.size(); ++i) {
    buckets.push_back({kEdges[i], kEdges[i + 1], {}});
  }
  buckets.push_back({1, 1, {}});
  return buckets;
}

JaccardBucket& bucket_of(double jaccard, std::vector<JaccardBucket>& buckets) {
  const auto above = std::ranges::upper_bound(buckets, jaccard, {}, &JaccardBucket::from);
  return above == buckets.begin() ? buckets.front() : *std::prev(above);
}

// What was found, of what was to be found.
void score_recall(const std::vector<JudgedPair>& pairs, const EvaluateOptions& options,
                  PairScores& scores) {
  scores.buckets = empty_buckets();
  bool bucketed = false;
  for (const JudgedPair& pair : pairs) {
    const TruthPair& row = *pair.row;
    if (!pair.positive) {
      evaluate::count(scores.negatives, pair.found.has_value());
      continue;
    }
    if (!counts_for_recall(row, options)) continue;
    evaluate::count(scores.recall, pair.found.has_value());
    if (!pair.found) scores.missed.push_back(row);
    if (row.jaccard < 0) continue;
    evaluate::count(bucket_of(row.jaccard, scores.buckets).recall, pair.found.has_value());
    bucketed = true;
  }
  if (!bucketed) scores.buckets.clear();
  std::ranges::sort(scores.missed, [](const TruthPair& left, const TruthPair& right) {
    return std::tie(right.jaccard, left.a, left.b) < std::tie(left.jaccard, right.a, right.b);
  });
}

std::vector<std::string_view> named_documents(const std::vector<TruthPair>& truth) {
  std::vector<std::string_view> ids;
  for (const TruthPair& row : truth) ids.insert(ids.end(), {row.a, row.b});
  std::ranges::sort(ids);
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

double max_difference(const std::vector<JudgedPair>& pairs) {
  double largest = -1;
  for (const JudgedPair& pair : pairs) {
    if (!pair.found || pair.row->jaccard < 0) continue;
    largest = std::max(largest, std::abs(*pair.found - pair.row->jaccard));
  }
  return largest;
}

}  // namespace

PairScores evaluate_pairs(const std::string& run, const std::vector<TruthPair>& truth,
                          const EvaluateOptions& options) {
  const evaluate::FoundPairs found(evaluate::run_file(run, "pairs.jsonl"), options.verdicts);
  const std::vector<JudgedPair> pairs = judge(truth, options, found);

  PairScores scores;
  score_recall(pairs, options, scores);
  const bool labelled =
      std::ranges::any_of(truth, [](const TruthPair& row) { return !row.label.empty(); });
  scores.precision.whole = labelled ? found.count_among(named_documents(truth)) : found.count();
  scores.precision.part = static_cast<std::uint64_t>(std::ranges::count_if(
      pairs, [](const JudgedPair& pair) { return pair.positive && pair.found.has_value(); }));
  scores.f1 = evaluate::f1_of(scores.precision.value(), scores.recall.value());
  scores.max_jaccard_difference = max_difference(pairs);
  return scores;
}

}  // namespace wirecopy
