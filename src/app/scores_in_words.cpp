#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "app/scores.h"

namespace wirecopy::app {
namespace {

constexpr int kNarrow = 12;  // names of the scores of pairs
constexpr int kWide = 22;

std::string words_of(std::string_view name, const Share& share, int width = kNarrow) {
  if (share.whole == 0) return fmt::format("{:<{}}   none to judge\n", name, width);
  return fmt::format("{:<{}} {:8.4f}   ({} of {})\n", name, width, share.value(), share.part,
                     share.whole);
}

std::string words_of(const std::optional<Interval>& interval) {
  if (!interval) return "\n";
  return fmt::format("   95 % from {:.4f} to {:.4f}\n", interval->low, interval->high);
}

std::string words_of(std::string_view name, const Measure& measure) {
  return fmt::format("{:<{}} {:8.4f}", name, kWide, measure.value) + words_of(measure.interval);
}

std::string bucket_name(const JaccardBucket& bucket) {
  return bucket.from == bucket.to ? fmt::format("j = {:.1f}", bucket.from)
                                  : fmt::format("{:.1f} <= j < {:.1f}", bucket.from, bucket.to);
}

std::string words_of(const PairScores& scores, std::size_t missed) {
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

std::string words_of(const ClusterScores& scores) {
  return words_of("ARI", scores.ari) +
         words_of("ARI less the largest 5", scores.ari_without_largest) +
         words_of("pair precision", scores.pair_precision) +
         words_of("pair recall", scores.pair_recall) + words_of("pair F1", scores.pair_f1) +
         words_of("B-cubed precision", scores.bcubed_precision) +
         words_of("B-cubed recall", scores.bcubed_recall) +
         words_of("B-cubed F1", scores.bcubed_f1) +
         words_of("stories found exactly", scores.exact, kWide) +
         words_of("first named rightly", scores.firsts, kWide) +
         fmt::format(
             "{} documents; {} pairs are true, {} found, {} both\n"
             "{} pairs of template documents were merged\n",
             scores.documents, scores.true_pairs, scores.found_pairs, scores.common_pairs,
             scores.templates_merged);
}

std::string passage_row(std::string_view label, const PassageScores& scores) {
  return fmt::format("{:<24} {:7.4f} {:9.4f} {:7.4f} {:7.4f} {:9.4f} {:7.4f} {:7} {:7}\n", label,
                     scores.plagdet(), scores.precision, scores.recall, scores.granularity,
                     scores.micro_precision, scores.micro_recall, scores.cases, scores.detections);
}

std::string words_of(const PassageReport& report) {
  std::string words =
      fmt::format("{:<24} {:>7} {:>9} {:>7} {:>7} {:>9} {:>7} {:>7} {:>7}\n", "", "plagdet",
                  "precision", "recall", "granul.", "micro pr.", "micro r.", "cases", "found");
  words += passage_row("all", report.all);
  for (const auto& [label, scores] : report.by_label) words += passage_row(label, scores);
  if (report.plagdet) words += "plagdet of all" + words_of(report.plagdet);
  return words + fmt::format(
                     "left out: {} passages in pairs that the truth does not name, {} cases "
                     "in equal copies\n",
                     report.elsewhere, report.equal_copies);
}

std::string words_of(const LineageScores& scores) {
  return words_of("parent named rightly", scores.parents) +
         fmt::format(
             "of {} copies: {} right, {} another of the story, {} of another story, {} "
             "without a parent\n",
             scores.copies, scores.right, scores.in_story, scores.elsewhere, scores.none) +
         words_of("lag as told", scores.lags, kWide) +
         fmt::format("{} lags were not told\n", scores.unknown_lags) +
         words_of("title change", scores.titles, kWide) +
         words_of("credit removed or not", scores.credits, kWide);
}

std::string words_of(const RepeatScores& scores) {
  std::string words;
  for (const auto& [kind, score] : scores.by_kind) {
    words += fmt::format("{:<14} recall {:.4f} ({} of {})   precision {:.4f} ({} of {})", kind,
                         score.recall.value(), score.recall.part, score.recall.whole,
                         score.precision.value(), score.precision.part, score.precision.whole);
    if (score.as_another > 0) words += fmt::format("   {} told as another kind", score.as_another);
    words += '\n';
  }
  if (scores.runs.whole > 0) {
    words += words_of("exact repeats told", scores.runs, kWide);
  }
  return words;
}

std::string words_of(std::string_view name, const Forecast& forecast) {
  return fmt::format("  {:<9} Brier {:.4f}   log loss {:.4f}   AUC {:.4f}\n", name, forecast.brier,
                     forecast.log_loss, forecast.auc);
}

std::string words_of(const CalibrationTest& test, std::string_view name) {
  std::string words =
      fmt::format("\non {}: {} pairs, {} true\n", name, test.positives.whole, test.positives.part);
  words += words_of("weights", test.weights) + words_of("the rule", test.rule);
  words += test.weights_win() ? "  the weights are better\n"
                              : "  the weights are not better by all three: keep the rule\n";
  words += "  predicted  observed  pairs\n";
  for (const ReliabilityBin& bin : test.bins) {
    if (bin.pairs == 0) continue;
    words += fmt::format("  {:9.4f} {:9.4f} {:6}\n", bin.predicted, bin.observed, bin.pairs);
  }
  return words;
}

std::string words_of(const Calibration& calibration, const std::vector<std::string>& holdouts) {
  std::string words = fmt::format("fitted to {} pairs, {} true; nothing is changed by this\n",
                                  calibration.positives.whole, calibration.positives.part);
  words += fmt::format("  {:<24} {:>10} {:>22}\n", "feature", "weight", "per standard deviation");
  for (const Weight& weight : calibration.weights) {
    words +=
        fmt::format("  {:<24} {:10.4f} {:22.4f}\n", weight.feature, weight.weight, weight.standard);
  }
  words += fmt::format("  {:<24} {:10.4f}\n", "intercept", calibration.intercept);
  for (std::size_t i = 0; i < calibration.tests.size(); ++i) {
    words += words_of(calibration.tests[i], i == 0 ? "the other half" : holdouts[i - 1]);
  }
  return words;
}

}  // namespace

std::string scores_in_words(const Scores& scores, std::size_t missed) {
  std::vector<std::pair<std::string_view, std::string>> parts;
  if (scores.pairs) parts.emplace_back("pairs", words_of(*scores.pairs, missed));
  if (scores.clusters) parts.emplace_back("clusters", words_of(*scores.clusters));
  if (scores.passages) parts.emplace_back("passages", words_of(*scores.passages));
  if (scores.lineage) parts.emplace_back("lineage", words_of(*scores.lineage));
  if (scores.repeats) parts.emplace_back("repeats", words_of(*scores.repeats));
  if (scores.calibration) {
    parts.emplace_back("calibration", words_of(*scores.calibration, scores.holdouts));
  }
  if (parts.size() == 1 && scores.left_out.empty()) return parts.front().second;
  std::string words;
  for (const auto& [name, text] : parts) words += fmt::format("== {}\n{}\n", name, text);
  for (const std::string& truth : scores.left_out) words += fmt::format("not scored: {}\n", truth);
  return words;
}

}  // namespace wirecopy::app
