#include <string_view>

#include "app/scores.h"
#include "base/json.h"

namespace wirecopy::app {
namespace {

using base::JsonWriter;

void write(JsonWriter& json, std::string_view key, const Share& share) {
  json.key(key).begin_object();
  if (share.whole == 0) {
    json.key("value").null();
  } else {
    json.key("value").share(share.value());
  }
  json.key("part").integer(share.part).key("whole").integer(share.whole).end_object();
}

void write_interval(JsonWriter& json, const std::optional<Interval>& interval) {
  if (interval) json.key("low").share(interval->low).key("high").share(interval->high);
}

void write(JsonWriter& json, std::string_view key, const Measure& measure) {
  json.key(key).begin_object().key("value").share(measure.value);
  write_interval(json, measure.interval);
  json.end_object();
}

void write_fields(JsonWriter& json, const PairScores& scores) {
  write(json, "recall", scores.recall);
  write(json, "precision", scores.precision);
  json.key("f1").share(scores.f1);
  write(json, "false_pairs", scores.negatives);
  json.key("max_jaccard_difference");
  if (scores.max_jaccard_difference < 0) {
    json.null();
  } else {
    json.share(scores.max_jaccard_difference);
  }
  json.key("recall_by_jaccard").begin_array();
  for (const JaccardBucket& bucket : scores.buckets) {
    json.begin_object().key("from").share(bucket.from).key("to").share(bucket.to);
    write(json, "recall", bucket.recall);
    json.end_object();
  }
  json.end_array();
}

void write_fields(JsonWriter& json, const ClusterScores& scores) {
  json.key("documents").integer(scores.documents);
  json.key("true_pairs").integer(scores.true_pairs);
  json.key("found_pairs").integer(scores.found_pairs);
  json.key("common_pairs").integer(scores.common_pairs);
  write(json, "ari", scores.ari);
  write(json, "ari_without_largest", scores.ari_without_largest);
  write(json, "pair_precision", scores.pair_precision);
  write(json, "pair_recall", scores.pair_recall);
  write(json, "pair_f1", scores.pair_f1);
  write(json, "bcubed_precision", scores.bcubed_precision);
  write(json, "bcubed_recall", scores.bcubed_recall);
  write(json, "bcubed_f1", scores.bcubed_f1);
  write(json, "exact", scores.exact);
  write(json, "first", scores.firsts);
  json.key("templates_merged").integer(scores.templates_merged);
}

void write_fields(JsonWriter& json, const PassageScores& scores) {
  json.key("cases").integer(scores.cases).key("detections").integer(scores.detections);
  json.key("plagdet").share(scores.plagdet());
  json.key("precision").share(scores.precision).key("recall").share(scores.recall);
  json.key("granularity").share(scores.granularity);
  json.key("micro_precision").share(scores.micro_precision);
  json.key("micro_recall").share(scores.micro_recall);
}

void write_fields(JsonWriter& json, const PassageReport& report) {
  write_fields(json, report.all);
  json.key("plagdet_interval").begin_object();
  write_interval(json, report.plagdet);
  json.end_object();
  json.key("by_label").begin_object();
  for (const auto& [label, scores] : report.by_label) {
    json.key(label).begin_object();
    write_fields(json, scores);
    json.end_object();
  }
  json.end_object();
  json.key("elsewhere").integer(report.elsewhere);
  json.key("equal_copies").integer(report.equal_copies);
}

void write_fields(JsonWriter& json, const LineageScores& scores) {
  write(json, "parent", scores.parents);
  json.key("copies").integer(scores.copies).key("right").integer(scores.right);
  json.key("in_story").integer(scores.in_story).key("elsewhere").integer(scores.elsewhere);
  json.key("none").integer(scores.none);
  write(json, "lag", scores.lags);
  json.key("unknown_lags").integer(scores.unknown_lags);
  write(json, "title", scores.titles);
  write(json, "credit", scores.credits);
}

void write_fields(JsonWriter& json, const RepeatScores& scores) {
  json.key("kinds").begin_object();
  for (const auto& [kind, score] : scores.by_kind) {
    json.key(kind).begin_object();
    write(json, "recall", score.recall);
    write(json, "precision", score.precision);
    json.key("as_another").integer(score.as_another).end_object();
  }
  json.end_object();
  write(json, "exact", scores.runs);
}

void write(JsonWriter& json, std::string_view key, const Forecast& forecast) {
  json.key(key).begin_object().key("brier").share(forecast.brier);
  json.key("log_loss").share(forecast.log_loss).key("auc").share(forecast.auc).end_object();
}

void write_test(JsonWriter& json, const CalibrationTest& test, std::string_view run) {
  json.begin_object().key("run").string_or_null(run);
  write(json, "positives", test.positives);
  write(json, "weights", test.weights);
  write(json, "rule", test.rule);
  json.key("weights_win").boolean(test.weights_win());
  json.key("reliability").begin_array();
  for (const ReliabilityBin& bin : test.bins) {
    json.begin_object().key("predicted").share(bin.predicted);
    json.key("observed").share(bin.observed).key("pairs").integer(bin.pairs).end_object();
  }
  json.end_array().end_object();
}

void write_fields(JsonWriter& json, const Calibration& calibration,
                  const std::vector<std::string>& holdouts) {
  write(json, "positives", calibration.positives);
  json.key("intercept").share(calibration.intercept).key("weights").begin_array();
  for (const Weight& weight : calibration.weights) {
    json.begin_object().key("feature").string(weight.feature);
    json.key("weight").share(weight.weight).key("standard").share(weight.standard).end_object();
  }
  json.end_array().key("tests").begin_array();
  for (std::size_t i = 0; i < calibration.tests.size(); ++i) {
    write_test(json, calibration.tests[i], i == 0 ? "" : holdouts[i - 1]);
  }
  json.end_array();
}

// A score of its own under its name, where there is one.
template <typename Score, typename... More>
void write_part(JsonWriter& json, std::string_view key, const std::optional<Score>& score,
                const More&... more) {
  if (!score) return;
  json.key(key).begin_object();
  write_fields(json, *score, more...);
  json.end_object();
}

}  // namespace

std::string scores_as_json(const Scores& scores) {
  JsonWriter json;
  json.begin_object();
  if (scores.pairs) write_fields(json, *scores.pairs);
  write_part(json, "clusters", scores.clusters);
  write_part(json, "passages", scores.passages);
  write_part(json, "lineage", scores.lineage);
  write_part(json, "repeats", scores.repeats);
  write_part(json, "calibration", scores.calibration, scores.holdouts);
  json.key("not_scored").begin_array();
  for (const std::string& truth : scores.left_out) json.string(truth);
  json.end_array().end_object();
  return std::string(json.text());
}

}  // namespace wirecopy::app
