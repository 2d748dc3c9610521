/// evaluate: findings + truth → scores.
///
/// Judges what a run found (its folder, or the one file that is asked for) against lists of what is
/// true: pairs, clusters, passages, lineage and repeats; and fits weights for a score from labelled
/// pairs.
///
/// Equal copies are expanded first: a run lists equal texts as a star around their representative,
/// so every pair within such a group, and every pair between a group and a text that one of its
/// members was paired with, counts as found.
///
/// Intervals are percentile bootstrap intervals of 95 % (Efron 1979, "Bootstrap methods: another
/// look at the jackknife"). What is drawn with replacement are units that do not depend on each
/// other: truth clusters, whole stories, pairs of documents; each function says which.
///
/// All functions throw Error(input), naming file and line, for rows that lack what they need, and
/// Error(damaged) for damaged archives. Files may be gzip or zstd. The same files and the same seed
/// give the same scores.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "wirecopy/evaluate_truth.h"
#include "wirecopy/normalize.h"

namespace wirecopy {

/// Share with its counts, so that 0 of 0 is told from 0 of 10.
struct Share {
  std::uint64_t part = 0;
  std::uint64_t whole = 0;
  [[nodiscard]] double value() const noexcept {
    return whole == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(whole);
  }
  friend bool operator==(const Share&, const Share&) = default;
};

struct Bootstrap {
  std::uint32_t draws = 1000;  ///< 0 = no intervals.
  std::uint64_t seed = 1;      ///< The same seed, the same intervals.
};
struct Interval {
  double low = 0;
  double high = 0;
};
struct Measure {
  double value = 0;  ///< 0 where there is nothing to judge.
  std::optional<Interval> interval;
};

struct EvaluateOptions {
  /// Labels that count as true; all others are negatives. Empty: every label but none, non, event,
  /// template, boilerplate.
  std::vector<std::string> positive_labels;
  double min_jaccard = 0;      ///< True pairs below are left out of recall; without j they count.
  double min_containment = 0;  ///< The same for c.
  std::vector<std::string> verdicts;  ///< Of found pairs; empty: all with a score above 0.
};

struct JaccardBucket {
  double from = 0;  ///< Inclusive.
  double to = 0;    ///< Exclusive, but inclusive for 1.
  Share recall;
};

struct PairScores {
  Share recall;     ///< True pairs found.
  Share precision;  ///< Found pairs that are true. If the truth has labels, only pairs of two
                    ///< documents that it names count: it says nothing of others.
  Share negatives;  ///< Truth rows labelled otherwise that were found; should be 0 of n.
  double f1 = 0;
  std::vector<JaccardBucket> buckets;  ///< By the truth's j: below .3, steps of .1, exactly 1;
                                       ///< empty if it has none.
  double max_jaccard_difference = -1;  ///< Largest |reported − truth's j|; −1 if not comparable.
  std::vector<TruthPair> missed;       ///< True pairs not found, by falling j.
};
/// Scores pairs.jsonl. A pair that the truth lists twice counts once, as its first row says. Cost:
/// one look-up a row, however large the groups of equal copies are.
[[nodiscard]] PairScores evaluate_pairs(const std::string& run, const std::vector<TruthPair>& truth,
                                        const EvaluateOptions& options = {});

struct ClusterScores {
  std::uint64_t documents = 0;     ///< Of the truth; those in no found cluster are singletons.
  std::uint64_t true_pairs = 0;    ///< Pairs of them in one truth cluster,
  std::uint64_t found_pairs = 0;   ///< in one found cluster,
  std::uint64_t common_pairs = 0;  ///< in both.
  Measure ari;  ///< Adjusted Rand index (Hubert & Arabie 1985, "Comparing partitions").
  Measure ari_without_largest;  ///< The five largest truth clusters left out; no interval.
  Measure pair_precision, pair_recall, pair_f1;
  /// Means over documents (Bagga & Baldwin 1998, "Algorithms for scoring coreference chains").
  Measure bcubed_precision, bcubed_recall, bcubed_f1;
  Share exact;   ///< Truth clusters of two or more found exactly.
  Share firsts;  ///< Truth clusters of which the known first has the role first.
  std::uint64_t templates_merged = 0;  ///< Pairs of template documents in one found cluster.
};
/// Scores clusters.jsonl; found documents that the truth does not name are left out. Counts are
/// exact. Drawn are truth clusters with their documents; two draws of one cluster are strangers:
/// pairs between them do not count. Cost: linear, and a draw about 7 ns a truth cluster.
[[nodiscard]] ClusterScores evaluate_clusters(const std::string& run, const TruthFiles& truth,
                                              const Bootstrap& bootstrap = {});

/// What two documents share: stretches of both, in code points.
struct PassageMatch {
  Span a;
  Span b;
};
struct PassagePair {
  std::vector<PassageMatch> cases;  ///< Planted.
  std::vector<PassageMatch> detections;
};
/// Potthast et al. 2010, "An evaluation framework for plagiarism detection". A detection detects a
/// case if they overlap in both documents.
struct PassageScores {
  std::uint64_t cases = 0;
  std::uint64_t detections = 0;
  double precision = 0;    ///< Mean over detections of the share of characters inside their cases.
  double recall = 0;       ///< Mean over cases of the share of characters inside their detections.
  double granularity = 1;  ///< Detections of a detected case, on average.
  double micro_precision = 0;  ///< The same over all characters; one counts once in a pair.
  double micro_recall = 0;
  [[nodiscard]] double plagdet() const noexcept;  ///< F1 / log2(1 + granularity).
};
[[nodiscard]] PassageScores score_passages(const std::vector<PassagePair>& pairs);

struct PassageReport {
  PassageScores all;
  std::optional<Interval> plagdet;
  std::map<std::string, PassageScores> by_label;
  std::uint64_t elsewhere = 0;     ///< Detections left out, in pairs that the truth does not name.
  std::uint64_t equal_copies = 0;  ///< Cases left out: a run looks at one of equal texts alone.
};
/// Scores passages.jsonl, boilerplate left out. A pair has the label of its first row; lists of
/// pairs may add some labelled none, that share nothing. Drawn are pairs of documents.
[[nodiscard]] PassageReport evaluate_passages(const std::string& run, const TruthFiles& truth,
                                              const Bootstrap& bootstrap = {});

struct LineageScores {
  std::uint64_t copies = 0;     ///< Of the truth, each one of the next four:
  std::uint64_t right = 0;      ///< the parent is the true one, or has the same text (pairs.jsonl
                                ///< calls them identical);
  std::uint64_t in_story = 0;   ///< it is another article of the story;
  std::uint64_t elsewhere = 0;  ///< of another story;
  std::uint64_t none = 0;       ///< no parent was named.
  Measure parents;              ///< right / copies.
  Share lags;  ///< Where the very parent was found: the true lag lies in the interval told.
  std::uint64_t unknown_lags = 0;  ///< No interval was told.
  Share titles;   ///< Where the parent is right and the run says so: title_change, and
  Share credits;  ///< whether the credit was removed.
};
/// Scores clusters.jsonl, with pairs.jsonl where there is one. Drawn are stories.
[[nodiscard]] LineageScores evaluate_lineage(const std::string& run, const TruthFiles& truth,
                                             const Bootstrap& bootstrap = {});

/// Repeats of one kind.
struct RepeatScore {
  Share recall;                  ///< Planted ones of the kind that were told as such.
  Share precision;               ///< Told ones of the kind that were planted as such.
  std::uint64_t as_another = 0;  ///< Planted ones that were told as another kind.
};
struct RepeatScores {
  std::map<std::string, RepeatScore> by_kind;  ///< Of truths that name kinds.
  Share runs;  ///< Of truths that list exact repeats: those of which both places were told.
};
/// Scores repeats.jsonl, what it says of single articles. Places are the same if each holds four
/// fifths of the other; of exact repeats, that may be part of a longer one, if they are held. Told
/// repeats of kinds that the truth does not plant are not judged.
[[nodiscard]] RepeatScores evaluate_repeats(const std::string& run, const TruthFiles& truth);

/// Pairs of a run with labels: those of the lists of pairs, else whether both stand in one cluster.
struct LabelledRun {
  std::string run;
  TruthFiles truth;
};
struct Forecast {
  double brier = 0;  ///< Mean squared error of the probability.
  double log_loss = 0;
  double auc = 0;  ///< Chance that a true pair has the higher value than a false one.
};
struct ReliabilityBin {
  double predicted = 0;  ///< Mean probability.
  double observed = 0;   ///< Share of true pairs.
  std::uint64_t pairs = 0;
};
struct CalibrationTest {
  Share positives;  ///< Of its pairs.
  Forecast weights;
  Forecast rule;                     ///< The score of the run, as a probability.
  std::vector<ReliabilityBin> bins;  ///< Of the weights: ten equal steps of probability.
  [[nodiscard]] bool weights_win() const noexcept;  ///< By all three.
};
struct Weight {
  std::string feature;
  double weight = 0;    ///< Log odds for one of the feature.
  double standard = 0;  ///< For one standard deviation.
};
struct Calibration {
  Share positives;  ///< Of the pairs fitted to.
  double intercept = 0;
  std::vector<Weight> weights;
  std::vector<CalibrationTest> tests;  ///< The half not fitted to, then each of the others.
};
/// Fits logistic weights (Newton's method, ridge penalty 1 on standardized features) to half of the
/// stories: stories tied by a pair of the truth stay on one side, pairs across are left out. Rows
/// without aligned letters are skipped. Features: src/evaluate/labelled_pairs.h. Throws
/// Error(input) if a half, or one of the others, lacks true or false pairs.
[[nodiscard]] Calibration calibrate(const LabelledRun& run, const std::vector<LabelledRun>& others,
                                    const EvaluateOptions& options = {});

}  // namespace wirecopy
