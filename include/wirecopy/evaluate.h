/// evaluate: findings + truth → scores.
///
/// Judges the pairs of a run against a list of true pairs. Equal copies are expanded first: a run
/// lists equal texts as a star around their representative, so before scoring every pair within
/// such a group, and every pair between a group and a text that one of its members was paired with,
/// counts as found.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace wirecopy {

/// A row of a truth file: {a, b} with any of j (Jaccard), c (containment in the smaller), label.
struct TruthPair {
  std::string a;
  std::string b;
  double jaccard = -1;  ///< Negative = not given.
  double containment = -1;
  std::string label;  ///< Empty = a true pair.
};

/// Reads .jsonl, also in gzip or zstd. Throws Error(input) naming file and line for a row without
/// string a and b, Error(damaged) for a damaged archive.
[[nodiscard]] std::vector<TruthPair> read_truth(const std::string& path);

struct EvaluateOptions {
  /// Labels that count as true; all others are negatives. Empty: every label but none, non, event,
  /// template, boilerplate.
  std::vector<std::string> positive_labels;
  double min_jaccard =
      0;  ///< True pairs below are left out of recall; rows without j count always.
  double min_containment = 0;  ///< The same for c.
};

/// Share with its counts, so that 0 of 0 is told from 0 of 10.
struct Share {
  std::uint64_t part = 0;
  std::uint64_t whole = 0;
  [[nodiscard]] double value() const noexcept {
    return whole == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(whole);
  }
  friend bool operator==(const Share&, const Share&) = default;
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
  double max_jaccard_difference =
      -1;  ///< Largest |reported − truth's j| over found pairs; −1 if not comparable.
  std::vector<TruthPair> missed;  ///< True pairs not found, by falling j.
};

/// Scores the pairs.jsonl of a run (a folder, or the file itself). A pair that the truth lists
/// twice counts once, as its first row says. Throws Error(input) naming file and line. Cost: one
/// look-up a row, however large the groups of equal copies are.
[[nodiscard]] PairScores evaluate_pairs(const std::string& run, const std::vector<TruthPair>& truth,
                                        const EvaluateOptions& options = {});

}  // namespace wirecopy
