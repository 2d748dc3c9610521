#include "evaluate/labelled_pairs.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "base/hash.h"
#include "evaluate/groups.h"
#include "evaluate/numbering.h"
#include "evaluate/rows.h"
#include "evaluate/truth.h"
#include "wirecopy/error.h"

namespace wirecopy::evaluate {
namespace {

constexpr double kFullScore = 65536;

// What the truth says of any two documents.
class Labels {
 public:
  Labels(const TruthFiles& truth, const EvaluateOptions& options) {
    for (const TruthPair& pair : pairs_of(truth)) {
      const std::uint32_t a = number(pair.a);
      const std::uint32_t b = number(pair.b);
      const bool positive = is_positive(pair, options);
      if (positive) stories_.join(a, b);
      neighborhoods_.join(a, b);
      labels_.try_emplace(std::minmax(a, b), positive);
    }
    for (const TruthCluster& cluster : clusters_of(truth)) {
      const std::uint32_t first = number(cluster.members.front());
      for (const std::string& id : cluster.members) {
        const std::uint32_t member = number(id);
        stories_.join(first, member);
        neighborhoods_.join(first, member);
      }
    }
    smallest_.resize(ids_.size());
    ids_.for_each([&](std::string_view id, std::uint32_t document) {
      std::string_view& smallest = smallest_[neighborhoods_.root_of(document)];
      if (smallest.empty() || id < smallest) smallest = id;
    });
  }

  // Nothing if the truth does not name both.
  [[nodiscard]] std::optional<bool> label(std::string_view a, std::string_view b) {
    const auto number_a = ids_.find(a);
    const auto number_b = ids_.find(b);
    if (!number_a || !number_b) return std::nullopt;
    const auto known = labels_.find(std::minmax(*number_a, *number_b));
    if (known != labels_.end()) return known->second;
    return stories_.root_of(*number_a) == stories_.root_of(*number_b);
  }

  // Of a document that the truth names: one bit for all that is tied to it, in any order of rows.
  [[nodiscard]] bool in_fit_half(std::string_view id) {
    return base::hash64(smallest_[neighborhoods_.root_of(*ids_.find(id))]) % 2 == 0;
  }

 private:
  std::uint32_t number(std::string_view id) {
    const std::uint32_t number = ids_.add(id);
    stories_.grow(ids_.size());
    neighborhoods_.grow(ids_.size());
    return number;
  }

  Numbering ids_;
  Groups stories_;                          // tied by true pairs and clusters
  Groups neighborhoods_;                    // tied by any pair of the truth: template families too
  std::vector<std::string_view> smallest_;  // id, by root of a neighborhood
  std::map<std::pair<std::uint32_t, std::uint32_t>, bool> labels_;
};

// Nothing for a row that was never aligned.
std::optional<LabelledPair> pair_of(const base::JsonObject& row) {
  constexpr std::array kNeeded{"coverage_a", "coverage_b", "aligned_a", "aligned_b", "identity",
                               "jaccard",    "a_in_b",     "b_in_a",    "score"};
  std::array<double, kNeeded.size()> values{};
  for (std::size_t i = 0; i < kNeeded.size(); ++i) {
    const auto value = row.number(kNeeded[i]);
    if (!value) return std::nullopt;
    values[i] = *value;
  }
  const auto [coverage_a, coverage_b, aligned_a, aligned_b, identity, jaccard, a_in_b, b_in_a,
              score] = values;
  const double covered = std::max(coverage_a, coverage_b);
  const double letters = std::log1p(std::min(aligned_a, aligned_b));
  LabelledPair pair;
  pair.features = {covered, std::min(coverage_a, coverage_b), letters,          identity,
                   jaccard, std::max(a_in_b, b_in_a),         covered * letters};
  pair.rule = score / kFullScore;
  return pair;
}

using TakePair = std::function<void(std::string_view, std::string_view, const LabelledPair&)>;

void read_pairs(const LabelledRun& run, Labels& labels, const TakePair& take) {
  const std::string path = run_file(run.run, "pairs.jsonl");
  std::uint64_t rows = 0;
  std::uint64_t aligned = 0;
  read_rows(path, "a and b, as in the pairs.jsonl of a run", [&](const base::JsonObject& row) {
    const auto a = row.string("a");
    const auto b = row.string("b");
    if (!a || !b) return false;
    ++rows;
    std::optional<LabelledPair> pair = pair_of(row);
    if (!pair) return true;
    ++aligned;
    const std::optional<bool> label = labels.label(*a, *b);
    if (!label) return true;
    pair->positive = *label;
    take(*a, *b, *pair);
    return true;
  });
  if (rows > 0 && aligned == 0) {
    throw Error(ErrorCode::input,
                path + ": no pair was aligned (preset corpus), so there is nothing to fit to");
  }
}

}  // namespace

LabelledHalves halves_of(const LabelledRun& run, const EvaluateOptions& options) {
  Labels labels(run.truth, options);
  LabelledHalves halves;
  read_pairs(run, labels, [&](std::string_view a, std::string_view b, const LabelledPair& pair) {
    const bool fit = labels.in_fit_half(a);
    if (fit == labels.in_fit_half(b)) (fit ? halves.fit : halves.test).push_back(pair);
  });
  return halves;
}

std::vector<LabelledPair> labelled_pairs(const LabelledRun& run, const EvaluateOptions& options) {
  Labels labels(run.truth, options);
  std::vector<LabelledPair> pairs;
  read_pairs(run, labels, [&](std::string_view, std::string_view, const LabelledPair& pair) {
    pairs.push_back(pair);
  });
  return pairs;
}

}  // namespace wirecopy::evaluate
