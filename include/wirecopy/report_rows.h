/// report: the rows of all files of a run, as values.
///
/// Rows are one line of JSON each; src/report/schemas says what their keys mean. Strings are views
/// into what the caller holds. Ids and paths may be any bytes.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "wirecopy/clean.h"
#include "wirecopy/lineage.h"
#include "wirecopy/repeats.h"
#include "wirecopy/verify.h"

namespace wirecopy {

/// One verified pair: a is the earlier article, else the smaller id. The verdict: what b is of a.
struct PairRow {
  struct Aligned {  ///< What alignment says; not there in the corpus preset.
    Coverage a;
    Coverage b;
    double identity = 0;
  };
  std::string_view a;
  std::string_view b;
  Verdict verdict = Verdict::near_duplicate;
  std::uint32_t score = 0;
  Similarity similarity;  ///< Of a and b, in this order.
  std::optional<Aligned> aligned;
  TimeOrder time;
};

/// One passage of a verified pair.
struct PassageRow {
  std::string_view a;
  std::string_view b;
  Span in_a;
  Span in_b;
  double identity = 0;
  PassageKind kind = PassageKind::body;
};

/// One passage that an article says twice, or a trailer.
struct RepeatRow {
  std::string_view id;
  RepeatKind kind = RepeatKind::phrase;
  std::optional<Span> first;         ///< Nothing: the twin is the title, or there is none.
  Span repeat;                       ///< What comes later in the text.
  bool cut_first = false;            ///< A cut removes the first and not the repeat: it says less.
  std::uint64_t unique_letters = 0;  ///< What a cut loses: letters that stand nowhere else.
  std::string_view text;             ///< Of `repeat`.
};

/// One caption or block that stands in several articles.
struct StockRow {
  struct Occurrence {
    std::string_view id;
    Span span;
  };
  std::string_view passage;  ///< 32 hexadecimal digits, of its kind, outlet and letters.
  RepeatKind kind = RepeatKind::boilerplate;
  std::string_view source;  ///< Whose boilerplate it is; empty: everybody's, or a caption.
  std::string_view text;    ///< As the first occurrence writes it.
  std::uint64_t articles = 0;
  std::string_view first_seen;  ///< As the earliest article says; empty = none is dated.
  std::string_view last_seen;
  std::vector<Occurrence> occurrences;  ///< By id; at most kMostOccurrences.
};
inline constexpr std::size_t kMostOccurrences = 100;

/// One member of a cluster. The first has no parent; every other names what ties it to its parent.
struct MemberRow {
  struct Link {
    std::string_view parent;
    Verdict verdict = Verdict::unrelated;
    std::uint32_t score = 0;
    std::optional<double> jaccard;   ///< Nothing if they share no passage.
    std::optional<double> coverage;  ///< Of this member; nothing where nothing was aligned.
    std::optional<Lag> lag;          ///< From the parent, if that is known to be earlier.
  };
  std::string_view id;
  std::string_view source;     ///< Empty = unknown.
  std::string_view published;  ///< As given; empty = missing or unreadable.
  std::optional<Link> link;
  Role role = Role::copy;
  std::string_view title_change;  ///< Against the parent: same, edited, new; empty = not compared.
  std::string_view agency;        ///< Credited by this article; empty = none, or not looked for.
  std::optional<bool> credit_removed;  ///< The parent credits an agency and this does not.
};

/// One cluster of two or more. Members sorted by id.
struct ClusterRow {
  std::string_view cluster;         ///< Cluster id, 32 hexadecimal digits.
  std::string_view representative;  ///< Id of the member that comes first in keep order.
  std::string_view title;           ///< Its title; empty = none.
  std::vector<MemberRow> members;
  std::uint32_t min_score = kFullScore;  ///< Over the pairs looked at: see Linked, or the links.
  std::uint32_t mean_score = kFullScore;
  std::vector<std::string_view> weak_members;
  std::string_view agency;  ///< Credited by most members that credit one; empty = none.
};

/// What a night did to a cluster of the index.
enum class ClusterEvent : std::uint8_t {
  born,         ///< "new": `members` are all of it.
  grew,         ///< By `members`; some may have gone.
  shrank,       ///< By `members`.
  merged_into,  ///< Two or more live on in `other`; `members` were all of it.
  split_from,   ///< It was a part of `other`; `members` are all of it.
  retired,      ///< No two are together any more; `members` were all of it.
};
inline constexpr std::size_t kClusterEventCount = 6;
[[nodiscard]] std::string_view name_of(ClusterEvent event) noexcept;

struct ChangeRow {
  std::string_view cluster;
  ClusterEvent event = ClusterEvent::born;
  std::string_view other;                 ///< Another cluster's id; empty = none.
  std::vector<std::string_view> members;  ///< By id.
};
/// One line of the ledger.
struct LedgerRow {
  enum class Action : std::uint8_t {
    drop,      ///< The row was left out because a copy of it is kept.
    repeated,  ///< The row has the id and text of an earlier row.
    repair,    ///< The kept row is a repaired copy; this is the original.
    cut,       ///< The kept row lost stretches of its text; behind the repair, if it has one.
  };
  Action action = Action::drop;
  std::string_view id;
  std::string_view input;        ///< Path of the input.
  std::uint64_t row_number = 0;  ///< In that input, from 1.
  std::uint64_t position = 0;    ///< Among the accepted rows, from 1: where undo puts it back.
  std::string_view why;  ///< "identical", "near_duplicate", "same id and text", "invalid UTF-8", …
  std::string_view kept;                 ///< Id of the kept copy; empty for repair.
  std::optional<Similarity> similarity;  ///< Of the kept (a) and this row (b), if compared.
  std::optional<std::uint64_t> unique_text_lost;  ///< Letters in no kept copy, if measured.
  std::string_view row;  ///< The original row, any bytes; of a cut nothing.
  /// Of a cut, and then all of the three; `why` and `unique_text_lost` are made from the cuts.
  std::span<const Cut> cuts;
  std::span<const std::string_view> cut_texts;  ///< removed_texts of the (repaired) text.
  std::span<const RemovedBytes> removed;        ///< As cut_row gave them.
};

/// What other tools are to cut from an accepted row themselves.
struct CutsRow {
  std::uint32_t input = 0;  ///< Index into the inputs.
  std::string_view id;
  std::string_view given_id;  ///< As the row has it, by which Dolma finds the row; empty: as `id`.
  std::span<const Cut> cuts;
  std::span<const std::string_view> cut_texts;  ///< One each, as in LedgerRow.
  std::optional<std::uint64_t> dropped;  ///< Code points of the text, if the row was left out.
};

/// Counts and settings of one run. rows_read = kept + dropped + rejected + repeated, always.
struct Summary {
  struct Rows {
    std::uint64_t read = 0;
    std::uint64_t kept = 0;
    std::uint64_t dropped = 0;
    std::uint64_t rejected = 0;
    std::uint64_t repeated = 0;
    std::uint64_t repaired = 0;  ///< Among the accepted ones.
  };
  Rows rows;
  std::uint64_t renamed = 0;  ///< Rows with the id of an earlier row but another text ("id#2").
  std::uint64_t published_unreadable = 0;
  std::uint64_t archives_damaged = 0;  ///< These have a line in rejected.jsonl but are no rows.
  std::uint64_t proposed = 0;          ///< Distinct pairs proposed for comparison.
  std::uint64_t candidates = 0;        ///< Distinct pairs whose texts were compared.
  std::uint64_t pairs = 0;             ///< Rows of pairs.jsonl.
  std::uint64_t clusters = 0;
  std::uint64_t clustered = 0;  ///< Documents in clusters.
  std::uint64_t capped_buckets = 0;
  std::uint64_t left_out_pairs = 0;  ///< Pairs not proposed because their bucket was over the cap.
  std::uint64_t capped_lists = 0;    ///< Fingerprints in more documents than are met at once.
  std::array<std::uint64_t, kRepeatKindCount> repeats{};  ///< By kind; of stock its passages.
  std::uint64_t with_repeats = 0;                         ///< Documents that repeat something.
  std::uint64_t one_line_texts = 0;  ///< Without newlines: their sentences took the part of blocks.
  /// What was cut, or would be, by kind.
  struct Cuts {
    std::uint64_t count = 0;
    std::uint64_t characters = 0;      ///< Code points, white space included.
    std::uint64_t unique_letters = 0;  ///< Of them that stand nowhere else in their articles.
  };
  std::array<Cuts, kRepeatKindCount> cuts{};
  std::uint64_t cut_documents = 0;
  /// Letters of dropped articles that stand in no kept copy; nothing: not measured of all.
  std::optional<std::uint64_t> lost_letters = 0;
  struct Night {                   ///< Of a run beside an index.
    std::uint32_t generation = 0;  ///< The one it made.
    std::uint64_t versions = 0;    ///< Articles with another text than the index had.
    std::uint64_t gone = 0;        ///< Articles taken out.
    std::uint64_t articles = 0;    ///< In the index, after it.
    std::uint64_t weak = 0;        ///< Weak members of the clusters told.
    std::array<std::uint64_t, kClusterEventCount> events{};
  };
  std::optional<Night> night;
  std::string model;  ///< Digest of the Model; empty = none.
  std::uint32_t model_number = 0;
  double expected_recall = 0;  ///< Of pairs exactly at the threshold, by plan.
  std::vector<std::pair<std::string, std::string>> settings;  ///< In a fixed order; values as JSON.
  std::vector<std::string> inputs;
  // Filled by the sink, by file name.
  std::vector<std::pair<std::string, std::uint64_t>> file_rows;
  std::vector<std::pair<std::string, std::string>> file_digests;
  std::string digest;  ///< Of the run.

  [[nodiscard]] bool conserved() const noexcept {
    return rows.read == rows.kept + rows.dropped + rows.rejected + rows.repeated;
  }
};

}  // namespace wirecopy
