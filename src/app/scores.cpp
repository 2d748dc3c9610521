#include "app/scores.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <string_view>

#include "wirecopy/error.h"

namespace wirecopy::app {
namespace {

namespace fs = std::filesystem;

bool is_folder(const std::string& path) {
  std::error_code ignored;
  return fs::is_directory(path, ignored);
}

const std::map<TruthKind, std::string_view> kFilesOfRuns{{TruthKind::pairs, "pairs.jsonl"},
                                                         {TruthKind::clusters, "clusters.jsonl"},
                                                         {TruthKind::passages, "passages.jsonl"},
                                                         {TruthKind::lineage, "clusters.jsonl"},
                                                         {TruthKind::repeats, "repeats.jsonl"}};

// The kinds of truth to score by. Leaves out what came with a folder and has no file in the run.
std::set<TruthKind> kinds_to_score(const std::string& run, const std::vector<std::string>& paths,
                                   const TruthFiles& truth, std::vector<std::string>& left_out) {
  std::vector<std::string> named;
  std::ranges::remove_copy_if(paths, std::back_inserter(named), is_folder);
  const TruthFiles asked_for = truth_files(named);
  std::set<TruthKind> kinds;
  for (const auto& [kind, files] : truth) {
    const std::string_view file = kFilesOfRuns.at(kind);
    if (!asked_for.contains(kind) && is_folder(run) && !fs::exists(fs::path(run) / file)) {
      left_out.push_back(fmt::format("{}: the run has no {}", files.front(), file));
    } else {
      kinds.insert(kind);
    }
  }
  if (kinds.empty()) throw Error(ErrorCode::input, fmt::format("{}", fmt::join(left_out, "; ")));
  return kinds;
}

std::vector<TruthPair> read_pairs(const std::vector<std::string>& files) {
  std::vector<TruthPair> pairs;
  for (const std::string& file : files) {
    std::ranges::move(read_truth(file), std::back_inserter(pairs));
  }
  return pairs;
}

EvaluateOptions options_of(const Settings& settings) {
  EvaluateOptions options;
  options.positive_labels = split_at_commas(settings.text("positive"));
  options.min_jaccard = settings.share("min-jaccard");
  options.min_containment = settings.share("min-containment");
  options.verdicts = split_at_commas(settings.text("verdict"));
  return options;
}

void calibrate_scores(const LabelledRun& run, const Settings& settings, Scores& scores) {
  std::vector<LabelledRun> others;
  for (const std::string& holdout : settings.list("holdout")) {
    const std::size_t equals = holdout.find('=');
    if (equals == std::string::npos) {
      throw Error(
          ErrorCode::usage,
          fmt::format("--holdout is '{}', expected RUN=TRUTH: a run and its truth", holdout));
    }
    scores.holdouts.push_back(holdout.substr(0, equals));
    others.push_back({scores.holdouts.back(), truth_files({holdout.substr(equals + 1)})});
  }
  scores.calibration = calibrate(run, others, options_of(settings));
}

}  // namespace

Scores evaluate(const std::string& run, const Settings& settings) {
  if (!settings.given("truth")) {
    throw Error(ErrorCode::usage, "name what is true: --truth FILE, or the folder of such files");
  }
  if (settings.given("holdout") && !settings.flag("calibrate")) {
    throw Error(ErrorCode::usage, "--holdout goes with --calibrate");
  }
  Scores scores;
  const std::vector<std::string> paths = settings.list("truth");
  const TruthFiles truth = truth_files(paths);
  const std::set<TruthKind> kinds = kinds_to_score(run, paths, truth, scores.left_out);
  const Bootstrap bootstrap{static_cast<std::uint32_t>(settings.count("bootstrap")),
                            settings.count("seed")};
  if (kinds.contains(TruthKind::pairs)) {
    scores.pairs =
        evaluate_pairs(run, read_pairs(truth.at(TruthKind::pairs)), options_of(settings));
  }
  if (kinds.contains(TruthKind::clusters)) {
    scores.clusters = evaluate_clusters(run, truth, bootstrap);
  }
  if (kinds.contains(TruthKind::passages)) {
    scores.passages = evaluate_passages(run, truth, bootstrap);
  }
  if (kinds.contains(TruthKind::lineage)) {
    scores.lineage = evaluate_lineage(run, truth, bootstrap);
  }
  if (kinds.contains(TruthKind::repeats)) scores.repeats = evaluate_repeats(run, truth);
  if (settings.flag("calibrate")) calibrate_scores({run, truth}, settings, scores);
  return scores;
}

}  // namespace wirecopy::app
