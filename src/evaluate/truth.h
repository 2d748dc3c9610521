/// The rows of truth files; wirecopy/evaluate.h says what they look like.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "wirecopy/evaluate.h"

namespace wirecopy::evaluate {

struct TruthCluster {
  bool is_template = false;  ///< Looks like others of its kind and is no copy.
  std::string first;         ///< Who ran it first; empty if not certain, or without copies.
  std::vector<std::string> members;
};

struct TruthPassage {
  std::string a;
  std::string b;
  PassageMatch match;  ///< Both spans empty: a and b share nothing.
  std::string label;
};

struct TruthParent {
  std::string id;
  std::string parent;  ///< Empty: not a copy.
  double lag_seconds = 0;
  std::string title;
  std::string credit;
};

/// One repeat of a document.
struct TruthRepeat {
  std::string id;
  std::string kind;  ///< Empty: an exact repeat of `first`.
  Span first;
  Span repeat;
};

/// All rows of all files of one kind. Throws Error(input) naming file and line.
[[nodiscard]] std::vector<TruthPair> pairs_of(const TruthFiles& truth);
[[nodiscard]] std::vector<TruthCluster> clusters_of(const TruthFiles& truth);
/// With the pairs labelled none, which share nothing.
[[nodiscard]] std::vector<TruthPassage> passages_of(const TruthFiles& truth);
[[nodiscard]] std::vector<TruthParent> lineage_of(const TruthFiles& truth);

[[nodiscard]] std::vector<TruthRepeat> repeats_of(const TruthFiles& truth);

/// Whether a label of a pair counts as true.
[[nodiscard]] bool is_positive(const TruthPair& pair, const EvaluateOptions& options);

}  // namespace wirecopy::evaluate
