#include "app/scores.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/json.h"
#include "wirecopy/error.h"

namespace wirecopy::app {
namespace {

std::vector<std::string> split_at_commas(const std::string& list) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin < list.size();) {
    const std::size_t end = std::min(list.find(',', begin), list.size());
    parts.push_back(list.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

std::string words_of(std::string_view name, const Share& share) {
  if (share.whole == 0) return fmt::format("{:<12}   none to judge\n", name);
  return fmt::format("{:<12} {:8.4f}   ({} of {})\n", name, share.value(), share.part, share.whole);
}

void write_share(base::JsonWriter& json, std::string_view key, const Share& share) {
  json.key(key).begin_object();
  if (share.whole == 0) {
    json.key("value").null();
  } else {
    json.key("value").share(share.value());
  }
  json.key("part").integer(share.part).key("whole").integer(share.whole).end_object();
}

std::string bucket_name(const JaccardBucket& bucket) {
  return bucket.from == bucket.to ? fmt::format("j = {:.1f}", bucket.from)
                                  : fmt::format("{:.1f} <= j < {:.1f}", bucket.from, bucket.to);
}

}  // namespace

PairScores evaluate(const std::string& run, const Settings& settings) {
  if (!settings.given("truth")) {
    throw Error(ErrorCode::usage, "name the file of true pairs: --truth FILE");
  }
  EvaluateOptions options;
  options.positive_labels = split_at_commas(settings.text("positive"));
  options.min_jaccard = settings.share("min-jaccard");
  options.min_containment = settings.share("min-containment");
  return evaluate_pairs(run, read_truth(settings.text("truth")), options);
}

std::string scores_in_words(const PairScores& scores, std::size_t missed) {
  std::string words = words_of("recall", scores.recall) + words_of("precision", scores.precision);
  words += fmt::format("{:<12} {:8.4f}\n", "F1", scores.f1);
  if (scores.negatives.whole > 0) words += words_of("false pairs", scores.negatives);
  if (scores.max_jaccard_difference >= 0) {
    words += fmt::format("largest difference of a Jaccard from the truth's: {:.6f}\n",
                         scores.max_jaccard_difference);
  }
  if (!scores.buckets.empty()) words += "\nrecall by the truth's Jaccard\n";
  for (const JaccardBucket& bucket : scores.buckets) {
    words += "  " + words_of(bucket_name(bucket), bucket.recall);
  }
  const std::size_t shown = std::min(missed, scores.missed.size());
  if (shown > 0) words += fmt::format("\nmissed ({} of {})\n", shown, scores.missed.size());
  for (std::size_t i = 0; i < shown; ++i) {
    const TruthPair& pair = scores.missed[i];
    words += fmt::format("  {}  {}", pair.a, pair.b);
    if (pair.jaccard >= 0) words += fmt::format("  j {:.6f}", pair.jaccard);
    if (!pair.label.empty()) words += "  " + pair.label;
    words += '\n';
  }
  return words;
}

std::string scores_as_json(const PairScores& scores) {
  base::JsonWriter json;
  json.begin_object();
  write_share(json, "recall", scores.recall);
  write_share(json, "precision", scores.precision);
  json.key("f1").share(scores.f1);
  write_share(json, "false_pairs", scores.negatives);
  json.key("max_jaccard_difference");
  if (scores.max_jaccard_difference < 0) {
    json.null();
  } else {
    json.share(scores.max_jaccard_difference);
  }
  json.key("recall_by_jaccard").begin_array();
  for (const JaccardBucket& bucket : scores.buckets) {
    json.begin_object().key("from").share(bucket.from).key("to").share(bucket.to);
    write_share(json, "recall", bucket.recall);
    json.end_object();
  }
  json.end_array().end_object();
  return std::string(json.text());
}

}  // namespace wirecopy::app
