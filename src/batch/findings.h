/// What a run found, before it is told: pairs, clusters, and the copy that is kept of each
/// document.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/hash.h"
#include "batch/document_table.h"
#include "batch/repeat_table.h"
#include "wirecopy/clean.h"
#include "wirecopy/cluster.h"
#include "wirecopy/collapse.h"
#include "wirecopy/learn.h"
#include "wirecopy/lineage.h"
#include "wirecopy/repeats.h"
#include "wirecopy/verify.h"

namespace wirecopy::batch {

/// The orders in which documents are looked at. All are permutations: document → place.
struct Orders {
  std::vector<std::uint32_t> by_id;
  std::vector<std::uint32_t> by_time;  ///< (published, missing last; id)
  std::vector<std::uint32_t> to_keep;  ///< The keep order.
};
[[nodiscard]] Orders orders_of(const DocumentTable& table, const KeepRule& keep);
/// The keep order alone, were the texts of other lengths (in bytes of letters, by document).
[[nodiscard]] std::vector<std::uint32_t> keep_order_of(const DocumentTable& table,
                                                       const std::vector<std::uint32_t>& by_time,
                                                       const std::vector<std::uint32_t>& lengths,
                                                       const KeepRule& keep);

/// The keep order as seen by the stages that look at representatives only: a representative takes
/// the place of the member of its group that comes first in keep order (the two swap). Still a
/// permutation.
[[nodiscard]] std::vector<std::uint32_t> group_places(const Groups& groups,
                                                      const std::vector<std::uint32_t>& to_keep);

/// For every representative the member of its group that comes first in `order`; other entries are
/// meaningless.
[[nodiscard]] std::vector<std::uint32_t> first_of_groups(const Groups& groups,
                                                         const std::vector<std::uint32_t>& order);

/// For every document the one kept for it, where `kept` says so for representatives: equal copies
/// follow theirs, but stay where the rule does not drop them and nothing else does.
[[nodiscard]] std::vector<std::uint32_t> kept_copies(const Groups& groups,
                                                     const std::vector<std::uint32_t>& to_keep,
                                                     const std::vector<std::uint32_t>& kept,
                                                     const DropRule& rule);

/// Equal columns of an alignment, of all its columns.
struct Columns {
  std::uint64_t equal = 0;
  std::uint64_t all = 0;
  [[nodiscard]] double identity() const noexcept {
    return all == 0 ? 0 : static_cast<double>(equal) / static_cast<double>(all);
  }
};

/// A pair of documents that was compared; the verdict says what b is of a.
struct FoundPair {
  /// What alignment says.
  struct Aligned {
    Coverage a;
    Coverage b;
    Columns columns;
    std::uint64_t passages_begin = 0;  ///< In Findings::passages.
    std::uint64_t passages_end = 0;
  };
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  Verdict verdict = Verdict::near_duplicate;
  std::uint32_t score = 0;
  Similarity similarity;
  std::optional<Aligned> aligned;  ///< Nothing in the corpus preset and for equal copies.
};

/// Letters of one side of an aligned pair that are lost with it, if the other is kept: see
/// MatchRule::max_lost.
[[nodiscard]] std::uint64_t lost_letters(const FoundPair::Aligned& aligned, const Coverage& side,
                                         std::uint32_t least_identity) noexcept;

/// The same pair with a and b changed places; abridged and expanded too.
[[nodiscard]] FoundPair turned(FoundPair pair) noexcept;

/// One passage of an aligned pair.
struct FoundPassage {
  Span in_a;
  Span in_b;
  Columns columns;
  PassageKind kind = PassageKind::body;
};

/// A document of a cluster and what ties it to its parent.
struct FoundMember {
  std::uint32_t document = 0;
  std::uint32_t parent = 0;  ///< Itself for the first.
  /// The pair of the two, or of the representatives of their groups, in Findings; nothing for the
  /// first, and for one that shares no passage with it.
  const FoundPair* link = nullptr;
  bool parent_is_a = true;   ///< In `link`.
  std::uint32_t agency = 0;  ///< Credited: a number in Findings::agencies; 0 = none.
  Role role = Role::copy;
  TitleChange title_change = TitleChange::unknown;
  std::optional<bool> credit_removed;
};

struct FoundCluster {
  base::Hash128 id;                  ///< Hash of the id of the founding member.
  std::vector<FoundMember> members;  ///< Equal copies included, by id.
  std::uint32_t first = 0;           ///< The earliest.
  std::uint32_t representative = 0;  ///< The first in keep order that is kept.
  std::optional<std::string> title;  ///< Of the representative; nothing where no row was read back.
  std::uint32_t min_score = kFullScore;
  std::uint32_t mean_score = kFullScore;
  std::vector<std::uint32_t> weak;  ///< By id.
  std::uint32_t agency = 0;         ///< Credited by most members that credit one.
  bool told = true;                 ///< Whether this run has something to say of it.
};

/// A passage that stands in several articles. Which articles have it is counted whole; only the
/// first by id are listed.
struct FoundStock {
  RepeatKind kind = RepeatKind::boilerplate;
  /// Of boilerplate of one outlet: a number in DocumentTable::sources.
  std::optional<std::uint32_t> source;
  std::uint64_t articles = 0;
  std::uint32_t earliest = 0;  ///< Of the dated articles; both the same undated one if none is.
  std::uint32_t latest = 0;
  std::vector<StockSighting> sightings;  ///< By id, at most kMostOccurrences.
};

/// Everything found in one run.
struct Findings {
  Groups groups;
  std::vector<FoundPair> copies;          ///< Every equal copy (b) with its representative (a).
  std::vector<std::uint32_t> copy_index;  ///< In `copies`, by document.
  std::vector<FoundPair> pairs;           ///< Of representatives, a < b as numbers, sorted.
  std::vector<FoundPassage> passages;
  /// Pairs of representatives that were found in what is left of their texts: one of the two goes
  /// because of it (see settle). As `pairs`, without passages.
  std::vector<FoundPair> settled;
  std::vector<FoundCluster> clusters;  ///< In no special order.
  std::vector<FoundStock> stock;       ///< In no special order.
  /// For every document the document kept for it; itself if it is kept.
  std::vector<std::uint32_t> kept_copy;
  std::uint32_t least_identity = 0;  ///< Of the rule.
  Model model;                       ///< Nothing in the corpus preset.
  NameTable agencies;
  std::string outlets;  ///< outlets.csv; empty in the corpus preset.

  [[nodiscard]] bool kept(std::uint32_t document) const noexcept {
    return kept_copy[document] == document;
  }
  /// The pair of two representatives, or nothing if they have none.
  [[nodiscard]] const FoundPair* pair_of(std::uint32_t one, std::uint32_t other) const noexcept;
  /// The pair because of which one of two representatives may go, if they are no equal copies.
  [[nodiscard]] const FoundPair* reason_of(std::uint32_t one, std::uint32_t other) const noexcept;
  /// The pair of an equal copy with its representative.
  [[nodiscard]] const FoundPair& copy_of(std::uint32_t copy) const noexcept {
    return copies[copy_index[copy]];
  }
};

/// The clusters of a partition of the representatives, with equal copies; `root` gives each
/// representative a document that stands for its part. First, representative and members are
/// filled; the rest is the caller's. Only clusters of two or more documents.
[[nodiscard]] std::vector<FoundCluster> clusters_of(const Groups& groups, const Orders& orders,
                                                    std::span<const std::uint32_t> root);

}  // namespace wirecopy::batch
