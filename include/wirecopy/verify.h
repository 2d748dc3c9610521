/// verify: candidate → comparison of the texts themselves, with a verdict and a score.
///
/// Candidates are not results: every reported pair has been compared here. `compare` measures the
/// sets of shingles exactly; `judge` looks at the aligned passages, leaves out what is boilerplate,
/// and names what one text is of the other by the first rule of the verdict table that holds
/// (src/verify/judge.cpp). Scores are whole numbers of 1/65536: no two machines can disagree.
#pragma once

#include <compare>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "wirecopy/align.h"
#include "wirecopy/blocks.h"
#include "wirecopy/shingle.h"

namespace wirecopy {

/// A share or threshold as a whole number of millionths, so that it is compared exactly and never
/// by floating point.
class Millionths {
 public:
  constexpr explicit Millionths(std::uint32_t value) : value_(value) {}
  /// Nearest millionth. Throws Error(usage) outside [0, 1].
  [[nodiscard]] static Millionths from(double share);
  [[nodiscard]] constexpr std::uint32_t value() const noexcept { return value_; }
  friend auto operator<=>(const Millionths&, const Millionths&) = default;

 private:
  std::uint32_t value_;
};

/// Exact set similarity of two texts' shingles; a text has at most 2^30 of them (normalize.h).
struct Similarity {
  std::uint32_t size_a = 0;  ///< Distinct shingles of a.
  std::uint32_t size_b = 0;
  std::uint32_t shared = 0;

  /// |A∩B| / |A∪B|; 0 if either set is empty.
  [[nodiscard]] double jaccard() const noexcept;
  [[nodiscard]] double a_in_b() const noexcept;  ///< |A∩B| / |A|; 0 if A is empty.
  [[nodiscard]] double b_in_a() const noexcept;  ///< |A∩B| / |B|; 0 if B is empty.
  /// Whether jaccard ≥ threshold, in integers.
  [[nodiscard]] bool reaches(Millionths threshold) const noexcept;
  /// Jaccard in 1/65536, rounded down: the score of the corpus preset.
  [[nodiscard]] std::uint32_t score() const noexcept;

  friend bool operator==(const Similarity&, const Similarity&) = default;
};

/// Orders by Jaccard, exactly: 1/3 and 2/6 are equivalent, 333/1000 is less.
[[nodiscard]] std::weak_ordering compare_jaccard(const Similarity& a, const Similarity& b) noexcept;

[[nodiscard]] Similarity compare(const ShingleSet& a, const ShingleSet& b);

/// What b is of a. The corpus preset knows identical and near_duplicate alone.
enum class Verdict : std::uint8_t {
  identical,         ///< Equal letter streams, or nearly all letters of both aligned alike.
  unrelated,         ///< No passage.
  boilerplate_only,  ///< What they share is boilerplate of their outlets.
  template_match,    ///< One form filled with other numbers and names.
  quote_only,        ///< What they share stands in quotation marks.
  near_duplicate,    ///< Both are nearly covered (corpus: Jaccard at or above the threshold).
  abridged,          ///< b is a shortened.
  expanded,          ///< b is a with more around it.
  derived,           ///< A good part of the shorter one is from the other.
  passage_reuse,     ///< They share a passage.
};
[[nodiscard]] std::string_view name_of(Verdict verdict) noexcept;

/// Score of equal texts; all scores are whole numbers of 1/65536.
inline constexpr std::uint32_t kFullScore = 65536;

/// One text compared with many: the table of `a` is built once. Cost: about 2 ns a shingle to
/// build, 1.5 ns a shingle of `b`. Not for several threads at once.
class Comparer {
 public:
  explicit Comparer(const ShingleSet& a) { take(a); }
  void take(const ShingleSet& a);  ///< Another `a`; memory is used again.
  [[nodiscard]] Similarity compare(const ShingleSet& b) const noexcept;

 private:
  [[nodiscard]] bool contains(std::uint64_t value) const noexcept;
  std::vector<std::uint64_t> slots_;   // open addressing; 0 = free
  std::vector<std::uint64_t> filter_;  // lets few through that are not there
  std::size_t mask_ = 0;
  std::uint32_t size_ = 0;
  bool has_zero_ = false;
};

/// A number or a name in a text: what changes when a form is filled in again.
struct Slot {
  LetterRange letters;     ///< One word, or digits with what joins them, as in 1,240.50.
  bool number = false;     ///< Else a name: a word capitalized inside a sentence.
  std::uint64_t hash = 0;  ///< XXH3-64 (seed 0) of its letters.
  friend bool operator==(const Slot&, const Slot&) = default;
};

/// One text as judge looks at it. Ranges are ascending and disjoint.
struct MarkedText {
  NormalizedText text;
  std::vector<Block> blocks;
  std::vector<LetterRange> masked;  ///< Boilerplate of its outlet: it does not vote.
  std::vector<LetterRange> quoted;  ///< Inside quotation marks; at most to the end of a block.
  std::vector<Slot> slots;
};

/// Normalizes a text and splits it into blocks; `masked` stays empty, the caller knows the Model.
/// Cost: linear, about 0.5 ns a byte of English.
void outline(std::string_view utf8, MarkedText& into);
/// Finds `quoted` and `slots` of an outlined text. Cost: linear, about 2 ns a byte of English.
void mark_words(std::string_view utf8, MarkedText& outlined);
void mark(std::string_view utf8, MarkedText& into);  ///< Both.

/// The thresholds of the verdict table. Letters, and percents of coverage, are of unmasked letters.
struct JudgeRule {
  AlignRule align;                         ///< Its min_letters is set from the next two.
  std::uint32_t passage_letters = 90;      ///< Fewest letters of a passage …
  std::uint32_t block_letters = 25;        ///< … or of one that is a whole block of either text.
  std::uint32_t identical_percent = 99;    ///< Coverage both ways; and
  std::uint32_t identical_permille = 995;  ///< equal columns.
  std::uint32_t boilerplate_percent = 80;  ///< Masked letters among the shared ones.
  std::uint32_t template_numbers = 3;      ///< Number slots aligned; 2 below abridged's letters.
  std::uint32_t template_percent = 50;     ///< More of the slots than this differ.
  std::uint32_t quote_percent = 80;        ///< Aligned letters inside quotation marks.
  std::uint32_t near_percent = 80;         ///< Smaller coverage.
  std::uint32_t abridged_percent = 70;     ///< Coverage of the shorter text,
  std::uint32_t abridged_letters = 200;    ///< and letters aligned, or
  std::uint32_t abridged_words = 25;       ///< words of the shorter.
  std::uint32_t derived_percent = 40;
  std::uint32_t derived_letters = 200;  ///< In a table a digit counts as three.
  /// Added to the score of pairs of one outlet, in 1/65536; a score stays in [1, 65536].
  std::int32_t same_outlet_bias = 0;
};

/// Unmasked letters in passages, of the unmasked letters of a text.
struct Coverage {
  std::uint64_t letters = 0;
  std::uint64_t of = 0;
  [[nodiscard]] double value() const noexcept;  ///< 0 if all is masked.
  friend bool operator==(const Coverage&, const Coverage&) = default;
};

/// The first that holds.
enum class PassageKind : std::uint8_t {
  boilerplate,  ///< Most of it is masked, in either text.
  quote,        ///< JudgeRule::quote_percent of it are quoted, in either text.
  caption,      ///< Most of it stands in captions, in both texts.
  headline,     ///< The same of headlines.
  lead,         ///< It begins where the first paragraph begins, in both texts.
  body,
};
[[nodiscard]] std::string_view name_of(PassageKind kind) noexcept;

/// Numbers, names or words in passages, masked or not, of the text that has fewer; one is alike if
/// the passages of the other text have it too, as often.
struct Differing {
  std::uint32_t count = 0;
  std::uint32_t of = 0;
  friend bool operator==(const Differing&, const Differing&) = default;
};

/// What judge found out about two texts.
struct Comparison {
  Verdict verdict = Verdict::unrelated;
  std::uint32_t score = 0;   ///< 0 = refused: compared, no reuse.
  bool cannot_link = false;  ///< template_match beyond doubt: see LinkRule::against.
  Coverage a;
  Coverage b;
  std::uint64_t columns = 0;  ///< Of all passages.
  std::uint64_t equal_columns = 0;
  std::vector<Passage> passages;   ///< Those that count: long enough, or whole blocks.
  std::vector<PassageKind> kinds;  ///< Of each passage.

  // Features of the verdict, for explain and for calibration.
  bool equal_letters = false;  ///< Of both texts, and there are any.
  /// Which text has fewer unmasked letters; if equally many, whose letters are greater by bytes.
  bool b_shorter = false;
  /// Unmasked words of the shorter text; in scripts without spaces two letters are a word. Counted
  /// only where fewer than JudgeRule::abridged_letters are aligned.
  std::uint32_t shorter_words = 0;
  /// Letters in passages, masked ones included, of the text of which more is masked; that many.
  std::uint64_t shared_letters = 0;
  std::uint64_t shared_masked = 0;
  /// Unmasked letters in passages, of the text of which more is quoted; that many.
  std::uint64_t aligned_letters = 0;
  std::uint64_t aligned_quoted = 0;
  Differing numbers;  ///< Alike only in the order in which both texts have them.
  Differing slots;
  Differing digits;  ///< Of numbers, in place: where a quarter differ, or little is aligned.
  Differing form;    ///< Edits among the letters around slots: only where half the digits differ.
  Differing words;   ///< Around slots: only where so many of these differ that it may be a form.

  [[nodiscard]] double identity() const noexcept;  ///< equal_columns / columns; 0 without columns.
};

/// One text judged with many: what is built of `a` is kept. judge(a, b) is judge(b, a) mirrored:
/// abridged and expanded change places, b_shorter turns round. Not for several threads at once.
class Judge {
 public:
  /// `a` is not copied and must live until the next take(). Throws Error(usage) for a bad rule.
  explicit Judge(const MarkedText& a, const JudgeRule& rule = {});
  ~Judge();
  Judge(Judge&&) noexcept;
  Judge& operator=(Judge&&) noexcept;
  void take(const MarkedText& a);  ///< Another `a`; memory is used again.
  /// Aligns: whether any passage counts. If none does the pair is unrelated, marked or not; a
  /// judge(b) that follows does not align again.
  [[nodiscard]] bool meets(const MarkedText& b);
  /// Cost: align, and 3 µs where two texts share most. `same_outlet`: both are of one known outlet.
  [[nodiscard]] Comparison judge(const MarkedText& b, bool same_outlet = false);

 private:
  class State;
  std::unique_ptr<State> state_;
};

}  // namespace wirecopy
