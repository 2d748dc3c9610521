/// The second look of the aligned presets: candidates are read back, aligned and judged.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "batch/document_cache.h"
#include "batch/findings.h"
#include "batch/ingest.h"
#include "wirecopy/band.h"
#include "wirecopy/batch.h"
#include "wirecopy/cluster.h"
#include "wirecopy/learn.h"

namespace wirecopy::batch {

/// One document as pairs are judged by. Any thread.
class Exhibit {
 public:
  /// `outlined` tells what is masked as well.
  Exhibit(std::string_view utf8, MarkedText&& outlined) : text_(std::move(outlined)), utf8_(utf8) {}

  /// Outlined; words are marked once it is complete.
  [[nodiscard]] const MarkedText& text() const noexcept { return text_; }
  /// Makes what only pairs need that share a passage, for the first of them.
  void complete(const Shingler& shingler, Shingler::Scratch& scratch) const;
  /// To be asked once it is complete.
  [[nodiscard]] const ShingleSet& shingles() const noexcept { return shingles_; }

  /// About what it takes, complete or not.
  [[nodiscard]] std::uint64_t bytes() const noexcept;

 private:
  mutable std::once_flag completed_;
  mutable MarkedText text_;
  mutable ShingleSet shingles_;
  mutable std::string utf8_;  // until it is complete
  std::uint64_t utf8_bytes_ = utf8_.size();
};

/// Exhibits by document number, derived again from the stored rows. Any thread.
class ExhibitSource {
 public:
  ExhibitSource(const Reader& reader, const Corpus& corpus, const Recipe& recipe,
                const MatchRule& rule, const Model& model)
      : reader_(reader),
        corpus_(corpus),
        shingler_(recipe.shingling),
        repeats_(rule.repeats),
        model_(model) {}

  /// Memory that a thread uses again from document to document.
  struct Scratch {
    std::string row;
    MarkedText marked;
    std::vector<Block> sentences;
    Shingler::Scratch words;
    std::optional<RepeatFinder> finder;  // for settled documents
  };

  /// Cost: reading, parsing and outlining one row. Throws Error(input) if its file changed.
  [[nodiscard]] std::shared_ptr<const Exhibit> exhibit(std::uint32_t document,
                                                       Scratch& scratch) const;
  void complete(const Exhibit& exhibit, Scratch& scratch) const {
    exhibit.complete(shingler_, scratch.words);
  }

 private:
  const Reader& reader_;
  const Corpus& corpus_;
  void mask(const Document& document, std::uint32_t number, Scratch& scratch,
            std::vector<LetterRange>& masked) const;

  Shingler shingler_;
  std::optional<RepeatRule> repeats_;
  Model model_;
};

/// Whether two articles were surely published farther apart than the rule compares.
[[nodiscard]] bool outside_window(const TimeOrder& time, const MatchRule& rule) noexcept;

/// Judges pairs and gathers what was found, in several rounds. Not for several threads at once; it
/// runs on all of them.
class PairJudge {
 public:
  PairJudge(const ExhibitSource& source, const DocumentTable& table, const MatchRule& rule,
            const Limits& limits)
      : source_(source), table_(table), rule_(rule), limits_(limits) {}

  /// `pairs` must be sorted, distinct and not judged yet, but may be recalled ones. Returns one
  /// score a pair, in this order. A pair published too far apart is refused without a look at its
  /// texts.
  std::vector<ScoredPair> judge(std::span<const CandidatePair> pairs);

  /// Takes in pairs that an earlier night judged, before any of them is asked for: all their
  /// scores, and those of them that share a passage.
  void recall(std::vector<ScoredPair> scores, std::span<const FoundPair> found);
  /// From now on the scores of all pairs are kept that are judged.
  void keep_scores() { keeps_scores_ = true; }
  /// In the order in which they were judged; such as were recalled are not among them.
  [[nodiscard]] const std::vector<ScoredPair>& scores() const noexcept { return scores_; }

  [[nodiscard]] bool has_judged(CandidatePair pair) const noexcept;
  /// Pairs whose texts were compared.
  [[nodiscard]] std::uint64_t compared() const noexcept { return compared_; }
  /// Those that share a passage, in the order in which they came.
  [[nodiscard]] const std::vector<FoundPair>& found() const noexcept { return pairs_; }
  /// Moves what was found to `findings`, sorted; nothing can be judged any more.
  void give(Findings& findings);

 private:
  struct Worker;
  struct TaskResult;
  [[nodiscard]] const ScoredPair* recalled(CandidatePair pair) const noexcept;
  void judge_task(std::span<const CandidatePair> task, DocumentCache<Exhibit>& cache,
                  Worker& worker, TaskResult& result) const;

  const ExhibitSource& source_;
  const DocumentTable& table_;
  const MatchRule& rule_;
  const Limits& limits_;
  std::vector<ScoredPair> recalled_;   // sorted
  std::vector<CandidatePair> judged_;  // sorted
  bool keeps_scores_ = false;
  std::vector<ScoredPair> scores_;
  std::uint64_t compared_ = 0;
  std::vector<FoundPair> pairs_;
  std::vector<FoundPassage> passages_;
};

}  // namespace wirecopy::batch
