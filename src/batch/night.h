/// A run beside a stored corpus: which stored documents it has to look at again, and whom they are.
///
/// Everything rests on one observation: average-link falls into the components of the pairs with a
/// score, so an article can change nothing outside of the components it touches. A night judges its
/// articles against those stored ones that share fingerprints or bands with them, loads the
/// components these belong to with all their pairs, and links them as one run over everything
/// would.
///
/// Stored documents play four parts. *Gone* ones are taken away, or superseded by another text of
/// the same id. *Readmitted* ones have to stand for their group of equal texts now that the one
/// that did is gone: they are taken in as if they were read tonight. *Demoted* ones stood for a
/// group in which a new text is earlier. All others are *settled*.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "batch/archive.h"
#include "batch/findings.h"
#include "batch/stored_part.h"
#include "batch/survivors.h"
#include "wirecopy/batch.h"

namespace wirecopy::batch {

struct Corpus;

/// What the archive is told of an id.
struct NightIdentity {
  std::optional<std::uint32_t> document;  ///< Of this run; nothing: it stays as it is.
  Stored stored{};                        ///< In that case.
  std::vector<std::uint64_t> texts;
};

class Night {
 public:
  /// `gone` in any order; numbers that are not there are nothing.
  Night(const Archive& archive, const std::vector<Stored>& gone, bool ids_from_texts)
      : archive_(archive), ids_from_texts_(ids_from_texts) {
    for (const Stored each : gone) go(each);
  }

  [[nodiscard]] const Archive& archive() const noexcept { return archive_; }
  /// Whether rows with neither id nor url are known by their text; else they are rejected.
  [[nodiscard]] bool ids_from_texts() const noexcept { return ids_from_texts_; }

  // While rows are read, in their order:

  /// Whether an id came with this text before, in an earlier night.
  [[nodiscard]] bool knows(std::string_view id, std::uint64_t text_hash) const;
  /// A new document of this run. `renamed`: another text of tonight has its id, `given`.
  void add(std::uint32_t document, std::string_view given, std::string_view renamed,
           std::uint64_t text_hash);

  // After that:

  /// Those that must be taken in again because who stood for them is gone, ascending.
  [[nodiscard]] std::vector<Stored> readmitted();
  /// Takes these in again: for another Model.
  void readmit_all(std::span<const Stored> documents);
  /// Readmitted documents keep their ids under another number.
  void keep_identities(const Corpus& corpus);
  /// Loads the settled documents with the letters of those that were read or readmitted.
  void load_equal(Corpus& corpus) const;
  /// To be told once groups are known.
  void note_demoted(const Corpus& corpus, const Groups& groups);
  /// Whether a stored document may be a candidate.
  [[nodiscard]] bool meets(Stored document, const StoredHead& head) const {
    return head.representative && !is_left_out(document);
  }

  /// Loads the stories that scored pairs lead to, with all equal copies; pairs among those loaded
  /// are in `pairs` then.
  void load_stories(Corpus& corpus, const Groups& groups, std::span<const ScoredPair> scores);
  /// Stored documents that were kept come before all others, those that were dropped behind them.
  void keep_stored_first(const Corpus& corpus, Orders& orders) const;
  /// Pairs of two settled documents as the run knows them: those that were proposed once, and those
  /// that were asked for.
  [[nodiscard]] const std::vector<ScoredPair>& proposed_pairs() const noexcept { return proposed_; }
  [[nodiscard]] const std::vector<ScoredPair>& asked_pairs() const noexcept { return asked_; }
  [[nodiscard]] const std::vector<FoundPair>& found_pairs() const noexcept { return found_; }
  /// Whether the run knows the whole story of a document.
  [[nodiscard]] bool is_whole(std::uint32_t document) const noexcept {
    return document < whole_.size() ? whole_[document] : true;
  }

  // What becomes of it:

  /// What was proposed in this run, sorted.
  void note_proposed(std::vector<CandidatePair> pairs) { new_proposed_ = std::move(pairs); }
  /// All that was judged.
  void note_scores(const std::vector<ScoredPair>& scores) { new_scores_ = scores; }
  [[nodiscard]] const std::vector<CandidatePair>& new_proposed() const noexcept {
    return new_proposed_;
  }
  [[nodiscard]] const std::vector<ScoredPair>& new_scores() const noexcept { return new_scores_; }

  [[nodiscard]] const std::unordered_map<Stored, StoredHead>& gone() const noexcept {
    return gone_;
  }
  [[nodiscard]] const std::unordered_set<Stored>& demoted() const noexcept { return demoted_; }
  [[nodiscard]] const std::map<std::string, NightIdentity, std::less<>>& identities()
      const noexcept {
    return identities_;
  }
  /// Articles of tonight that the archive had with another text.
  [[nodiscard]] std::uint64_t versions() const noexcept { return versions_; }
  /// Articles that are not there any more.
  [[nodiscard]] std::uint64_t taken_out() const noexcept {
    return gone_.size() - versions_ - readmitted_;
  }
  /// The generation a document came with.
  [[nodiscard]] std::uint32_t generation_of(const StoredPart& stored,
                                            std::uint32_t document) const {
    return stored.has(document) ? stored.head(document).generation : archive_.generation();
  }

 private:
  void go(Stored document);
  NightIdentity& identity_of(std::string_view id);
  [[nodiscard]] bool is_left_out(Stored document) const {
    return gone_.contains(document) || demoted_.contains(document);
  }
  void note_whole(const Corpus& corpus, std::span<const Stored> reached);
  void add_pair(const StoredPart& stored, const StoredPair& pair);

  const Archive& archive_;
  bool ids_from_texts_;
  std::unordered_map<Stored, StoredHead> gone_;  // readmitted ones too: they get another number
  std::uint64_t versions_ = 0;                   // of gone_, superseded
  std::uint64_t readmitted_ = 0;                 // of gone_
  std::unordered_set<Stored> demoted_;
  std::map<std::string, NightIdentity, std::less<>> identities_;
  std::vector<ScoredPair> proposed_;
  std::vector<ScoredPair> asked_;
  std::vector<FoundPair> found_;
  std::vector<bool> whole_;
  std::vector<CandidatePair> new_proposed_;
  std::vector<ScoredPair> new_scores_;
};

/// What earlier nights decided, by representative; nothing without a night.
[[nodiscard]] std::vector<Fate> fates_of(const Corpus& corpus, const Groups& groups);

}  // namespace wirecopy::batch
