/// lineage: who ran it first, whom each copy was taken from, who is credited, how titles changed.
///
/// All is said of *this corpus*: `first` is the first seen, never "the author". Times are intervals
/// (a date without a time spans its day, a time without a zone 26 hours), so an order is claimed
/// only where two do not overlap, and a lag is an interval too. All functions are pure and may run
/// on any thread; all that is compared are whole numbers.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "wirecopy/normalize.h"
#include "wirecopy/read.h"
#include "wirecopy/verify.h"

namespace wirecopy {

/// Which of two articles a, b was published earlier.
enum class Earlier : std::uint8_t { a, b, unknown };
[[nodiscard]] std::string_view name_of(Earlier earlier) noexcept;

/// Seconds from the earlier to the later publication; both bounds inclusive, never negative.
struct Lag {
  std::int64_t min_seconds = 0;
  std::int64_t max_seconds = 0;
  friend bool operator==(const Lag&, const Lag&) = default;
};

struct TimeOrder {
  Earlier earlier = Earlier::unknown;
  std::optional<Lag> lag;  ///< Nothing if the order is unknown.
};

/// Orders two times of publication; unknown if one is missing or the intervals overlap.
[[nodiscard]] TimeOrder order_in_time(const std::optional<TimeInterval>& a,
                                      const std::optional<TimeInterval>& b) noexcept;

/// How an agency is credited, the plainest form first.
enum class CreditForm : std::uint8_t {
  dateline,     ///< "LONDON, March 5 (Reuters) -".
  byline,       ///< "By Jane Doe, Associated Press", in the field or as a line of the text.
  line,         ///< "With files from The Canadian Press", "Source: dpa", "(AFP)" as a last line.
  copyright,    ///< "© AFP".
  headline,     ///< "… (AP)" or "… | Reuters" in the title.
  house_style,  ///< "Reporting by …; Editing by …", as Reuters ends its texts: a hint.
  photo,        ///< "AP Photo/Jane Doe": never a credit of the text.
};
[[nodiscard]] std::string_view name_of(CreditForm form) noexcept;

struct Credit {
  std::string agency;  ///< As in src/lineage/agencies.tsv; one that is not there as it is written.
  CreditForm form = CreditForm::dateline;
  Field field = Field::text;  ///< Or title, or byline.
  Span span;                  ///< The words that name the agency ("Reporting by" of house_style).
  /// False for a hint, and for a name that may as well be a person or a place: it counts only where
  /// the name is known from elsewhere (see Credits::name).
  bool certain = true;
  friend bool operator==(const Credit&, const Credit&) = default;
};

/// Who is credited in one article, and who is only mentioned.
struct Credits {
  std::vector<Credit> credits;  ///< Of the text, the title, the byline; each by place.
  std::vector<Credit> photos;   ///< By place in the text.
  std::uint32_t mentions = 0;   ///< Of agencies in the text that are no credits ("told Reuters").

  /// The agency credited for certain, in the plainest form; empty = none.
  [[nodiscard]] std::string_view agency() const noexcept;
  /// Whether `agency` is among the credited, those that are not certain included, or nobody is
  /// credited by name ("Staff and agencies"). Initials count: CPS is the Coastal Press Service.
  [[nodiscard]] bool name(std::string_view agency) const;
};

/// Looks at the first 24 lines (at most 2 KiB), the last 1 KiB, title and byline for credits, and
/// at all of the text for photo credits and mentions. The names are data (src/lineage/agencies.tsv
/// and cues.tsv); in a dateline an unknown name in brackets is a credit too. UTF-8 as from read.
/// Cost: about 1 ns a byte and 10 µs a text.
[[nodiscard]] Credits find_credits(std::string_view text, std::string_view title,
                                   std::string_view byline);

/// A mark of a version at the head of a title; lead is "1st Ld-Writethru", urgent also the alerts
/// that come before a story.
enum class VersionKind : std::uint8_t { update, correction, refile, wrapup, lead, urgent, repeat };
struct VersionMark {
  VersionKind kind = VersionKind::update;
  std::uint32_t number = 0;  ///< 0 = none given.
  friend bool operator==(const VersionMark&, const VersionMark&) = default;
};

/// The marks that a title begins with, in order ("RPT-UPDATE 2-…" has two), and the byte where the
/// headline itself begins. The marks are data: src/lineage/versions.tsv.
struct MarkedTitle {
  std::vector<VersionMark> marks;
  std::size_t headline = 0;
};
[[nodiscard]] MarkedTitle version_marks(std::string_view title);

enum class TitleChange : std::uint8_t { same, edited, fresh, unknown };
/// "same", "edited", "new", "unknown".
[[nodiscard]] std::string_view name_of(TitleChange change) noexcept;

/// What became of the headline `a` in `b`. Compared are the normalized words (letters, where a
/// script has no spaces), so case and punctuation do not count, without version marks and without
/// an outlet's name at the end (" - The Times", " | Reuters"). same: the words are equal; edited:
/// the longest common subsequence has at least three fifths of the words of the shorter and a third
/// of the longer; unknown: a title is missing. The first 64 words count.
[[nodiscard]] TitleChange compare_titles(std::string_view a, std::string_view b);

/// One member of a cluster, as lineage looks at it. Views must outlive the call.
struct LineageMember {
  std::string_view id;  ///< Different for each.
  std::string_view source;
  std::string_view url;
  std::string_view canonical_url;
  std::string_view title;
  std::optional<TimeInterval> published;
  const Credits* credits = nullptr;  ///< Null = not looked for.
};

/// Two members that were compared; a ≠ b as places in the list of members.
struct LineageLink {
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  Coverage coverage_a;
  Coverage coverage_b;
  std::uint64_t columns = 0;  ///< Of the alignment, for its identity; 0 = not known, as if equal.
  std::uint64_t equal_columns = 0;
  /// Of texts with equal letters: these are linked with one of them, that alone has their other
  /// links. Their parents are found by these, and `link` of a Descent may be one of them.
  bool equal = false;
};

enum class Role : std::uint8_t {
  first,
  copy,
  version,  ///< The same outlet ran it again, or the agency sent it again with a mark in the title.
};
[[nodiscard]] std::string_view name_of(Role role) noexcept;

struct Descent {
  Role role = Role::copy;
  std::optional<std::uint32_t> parent;  ///< A place in the list; nothing for the first.
  std::optional<std::uint32_t> link;    ///< Of the parent, in `links`; nothing if never compared.
  std::optional<Lag> lag;               ///< Nothing where the order in time is unknown.
  TitleChange title = TitleChange::unknown;  ///< Compared with the parent's.
  bool credit_removed = false;  ///< The parent credits an agency that this one does not name.
  friend bool operator==(const Descent&, const Descent&) = default;
};

struct Lineage {
  std::uint32_t first = 0;
  std::string agency;            ///< Credited for certain by most members, else ""; ties by name.
  std::vector<Descent> members;  ///< In the order given. A tree with `first` as its root.
};

/// Who came from whom in one cluster: at least one member, no pair linked twice.
///
/// *Order.* Members are put in an order that no known time contradicts. Where times leave it open,
/// the agency's own copy goes first (reuters.com for Reuters), then who gave most to the others
/// (sum of what it covers of them × identity), then the dated, then who was out first for certain,
/// then by id. `first` is the first of them: an undated one where it gave most, for then the texts
/// themselves say who copied. A *stray* (4 · (its links + 2) < their median) is
/// never the first and has its place in time behind it: one early article of another story would
/// else let any undated one go first.
///
/// *Parent* of B, in 1/65536: among the members before B, and `first`, the score of A is
///   coverage of B by A × identity + 0.05 (B names A's agency) + 0.10 (the canonical URL of B is
///   A's URL, or at A's host and not B's);
/// of all that come within 0.05 of the best the earliest is taken: most copies are made from the
/// first, and chance agreements of two copies are worth about as much. Shared errors, the evidence
/// of textual criticism (P. Maas, 1958), are seen by coverage and identity: what A added or changed
/// stands in B too. A member never compared with any of these hangs on `first`.
///
/// The result does not depend on the order of members and links. Cost: some 100 ns a link.
[[nodiscard]] Lineage trace_lineage(std::span<const LineageMember> members,
                                    std::span<const LineageLink> links);

/// One row of outlets.csv.
struct OutletRow {
  std::string source;
  std::uint64_t articles = 0;
  std::uint64_t copies = 0;     ///< Articles taken from another outlet, known or not.
  std::uint64_t ran_first = 0;  ///< Clusters of two or more that it headed.
  Millionths share_copied{0};   ///< Letters taken from other outlets / letters of all its articles.
  std::string from;             ///< Known outlet most often taken from (ties: by name); "" = none.
  std::uint64_t from_count = 0;
  /// Of the copies with a known order: the lower median of the middle of the lag, rounded down.
  std::optional<std::int64_t> median_lag_seconds;
  friend bool operator==(const OutletRow&, const OutletRow&) = default;
};

/// Adds up a run by outlet; articles without a source are left out. Adding is commutative. Not for
/// several threads at once. Memory: a lag for each copy.
class OutletTable {
 public:
  void add_article(std::string_view source, std::uint64_t letters);
  void add_first(std::string_view source);
  /// `letters` of the article are the parent's. Nothing happens if the outlet is the parent's own.
  void add_copy(std::string_view source, std::string_view parent_source, std::uint64_t letters,
                const std::optional<Lag>& lag);
  /// Sorted by source, as bytes.
  [[nodiscard]] std::vector<OutletRow> rows() const;

 private:
  struct Sums {
    OutletRow row;
    std::uint64_t letters = 0;
    std::uint64_t letters_copied = 0;
    std::unordered_map<std::string, std::uint64_t> from;
    std::vector<std::int64_t> lags;
  };
  std::unordered_map<std::string, Sums> outlets_;
};

}  // namespace wirecopy
