/// A stored corpus, as a run sees it: what earlier nights left behind (`Archive`), and what this
/// one leaves (`Harvest`). The index implements both; batch knows no store.
///
/// Only representatives of groups of equal texts have fingerprints, bands and pairs. All numbers
/// are given once and never again.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "wirecopy/collapse.h"
#include "wirecopy/learn.h"
#include "wirecopy/probe.h"
#include "wirecopy/read.h"
#include "wirecopy/verify.h"

namespace wirecopy::batch {

/// Number of a stored document: a type of its own, because a run has numbers of its own.
enum class Stored : std::uint32_t {};

/// What is known of a stored document without its text.
struct StoredHead {
  LettersHash letters;
  std::uint64_t word_hash = 0;
  std::uint64_t id_hash = 0;  ///< Under the key.
  TimeInterval published;     ///< DocumentTable::kNoTime if there is none.
  std::uint32_t letter_count = 0;
  VoteCounts votes;              ///< 0 unless it represents.
  std::uint32_t generation = 0;  ///< The one it came with.
  bool representative = false;
  bool kept = false;  ///< When it came: no copy was kept already.
  friend bool operator==(const StoredHead&, const StoredHead&) = default;
};

/// A stored article. `document` views `bytes`; it has no row.
struct StoredArticle {
  std::string bytes;
  std::string id;
  Document document;
};

/// An id and the texts that came with it.
struct StoredIdentity {
  Stored document{};
  std::vector<std::uint64_t> texts;  ///< Hashes, in the order in which they came; never empty.
};

/// A pair of stored documents that was compared; first < second.
struct StoredPair {
  /// What was found, as in FoundPair: the verdict says what second is of first.
  struct Found {
    Verdict verdict = Verdict::unrelated;
    std::uint32_t score = 0;
    Similarity similarity;
    Coverage first;
    Coverage second;
    std::uint64_t equal_columns = 0;
    std::uint64_t columns = 0;
    friend bool operator==(const Found&, const Found&) = default;
  };
  Stored first{};
  Stored second{};
  bool proposed = true;          ///< Else somebody asked.
  std::uint32_t link_score = 0;  ///< What it says for one cluster: ScoredPair.
  bool cannot_link = false;
  std::optional<Found> found;  ///< Nothing: they share no passage.
  friend bool operator==(const StoredPair&, const StoredPair&) = default;
};

/// Which lists of documents there are.
enum class Postings : std::uint8_t {
  prints,  ///< Names of fingerprints that vote. The top 40 bits count.
  bands,   ///< band_keys of signatures. The top 40 bits count.
  blocks,  ///< block_hash of short blocks, of all documents. The top 40 bits count.
};

/// What earlier nights left. All calls may come from any thread, and throw Error(damaged).
class Archive {
 public:
  virtual ~Archive() = default;

  [[nodiscard]] virtual const Model& model() const = 0;
  /// The least number that no document had.
  [[nodiscard]] virtual Stored next() const = 0;
  /// Documents that are there.
  [[nodiscard]] virtual std::uint64_t documents() const = 0;
  /// The generation that this run makes.
  [[nodiscard]] virtual std::uint32_t generation() const = 0;

  [[nodiscard]] virtual std::optional<StoredIdentity> identity(std::string_view id) const = 0;
  /// Nothing for a number that is not there (any more).
  [[nodiscard]] virtual std::optional<StoredHead> head(Stored document) const = 0;
  /// Calls take(i, head) for those of `documents`, ascending, that are there.
  virtual void heads(std::span<const Stored> documents,
                     const std::function<void(std::size_t, const StoredHead&)>& take) const = 0;
  /// Throws Error(damaged) for one that is not there.
  [[nodiscard]] virtual std::shared_ptr<const StoredArticle> article(Stored document) const = 0;
  /// All documents with these letters, ascending.
  [[nodiscard]] virtual std::vector<Stored> with_letters(const LettersHash& letters) const = 0;
  /// Calls take(i, documents), ascending, for those of `names` (ascending, distinct in their top 40
  /// bits) that have any. May name documents that are gone or do not represent any more.
  virtual void holders(
      Postings postings, std::span<const std::uint64_t> names,
      const std::function<void(std::size_t, std::span<const Stored>)>& take) const = 0;
  /// All pairs of a document, ascending.
  [[nodiscard]] virtual std::vector<StoredPair> pairs_of(Stored document) const = 0;
  [[nodiscard]] virtual std::optional<base::Hash128> cluster_of(Stored document) const = 0;
  /// Ascending.
  [[nodiscard]] virtual std::vector<Stored> members_of(const base::Hash128& cluster) const = 0;
};

/// Blocks of so many letters are known by themselves, so that a query finds a caption, a bullet or
/// a trailer that is too short for a fingerprint.
inline constexpr std::uint32_t kLeastShortBlock = 8;
inline constexpr std::uint32_t kMostShortBlock = 120;
/// block_hash of such blocks of a text, ascending and distinct.
[[nodiscard]] std::vector<std::uint64_t> short_blocks(std::string_view utf8);

/// A new document with all that is stored of it.
struct HarvestedDocument {
  Stored number{};
  StoredHead head;
  const Document* document = nullptr;  ///< Its row counts for nothing.
  std::string_view id;
  std::span<const std::uint64_t> votes;         ///< Distinct names; empty unless it represents.
  std::span<const std::uint64_t> bands;         ///< The same.
  std::span<const std::uint64_t> short_blocks;  ///< Distinct.
};

/// What this night leaves. Called by one thread, in this order; within a call numbers ascend.
class Harvest {
 public:
  virtual ~Harvest() = default;
  /// What is boilerplate from now on; called where that was learned in this run.
  virtual void model(const Model&) {}
  /// The documents of the night, ascending from Archive::next on.
  virtual void document(const HarvestedDocument& document) = 0;
  /// What is gone, with all that hangs on it but its pairs and clusters.
  virtual void remove(Stored document, const StoredHead& head, std::string_view id) = 0;
  virtual void identity(std::string_view id, const StoredIdentity& identity) = 0;
  /// Another head of a document that stays.
  virtual void head(Stored document, const StoredHead& head) = 0;
  virtual void pair(const StoredPair& pair) = 0;
  virtual void remove_pair(Stored first, Stored second) = 0;
  /// Where a document belongs from now on; nothing: it stands alone. Called where that changes.
  virtual void cluster(Stored document, const std::optional<base::Hash128>& before,
                       const std::optional<base::Hash128>& now) = 0;
  /// That was all: brings it to the disk. The files of the run appear after that.
  virtual void complete() {}
};

}  // namespace wirecopy::batch
