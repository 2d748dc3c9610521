/// align: two texts → the passages they share, with places, coverage of each side and identity.
///
/// Idea: seed, chain, extend. Every few letters of the longer text a k-gram is indexed, every
/// k-gram of the shorter one is looked up, and each hit is extended to a *match*: a maximal run of
/// equal letters. Matches that follow each other closely on both sides are chained (Abouelhoda &
/// Ohlebusch 2005, "Chaining algorithms for multiple genome comparison", with the local gap limits
/// of Li 2018, "Minimap2"); the letters between two of them are measured by bit-parallel edit
/// distance (Myers 1999); the ends are followed into noisy text while matching letters outweigh
/// edits (Zhang et al. 2000, "A greedy algorithm for aligning DNA sequences"). A paragraph that
/// moved makes a chain, and so a passage, of its own.
///
/// Everything is counted in letters, the code points of NormalizedText::letters(), so a rule means
/// the same in every script; places are given in bytes of letters(), which is what original_span
/// takes.
///
/// A pair is a pure function of the two texts and the rule, and align(a, b) is align(b, a)
/// mirrored, by construction: inside, the shorter text always comes first (between equally long
/// ones the smaller by bytes), and only the result is turned round.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "wirecopy/normalize.h"

namespace wirecopy {

/// What counts as a passage. `AlignRule{}` is the rule for news.
struct AlignRule {
  enum class Order : std::uint8_t {
    kept,  ///< Matches follow each other on both sides: a copy with edits.
    free,  ///< Matches lie close together on both sides, in any order: words shuffled and replaced.
  };

  /// Letters of a seed, from 4 to 16. Where most letters of the shorter text are Han, Kana or
  /// Hangul, which each say about twice as much, half of it.
  std::uint32_t seed_letters = 12;
  /// Every seed_step-th place of the longer text is indexed, so each run of seed_letters +
  /// seed_step - 1 equal letters is found. From 1 to 16.
  std::uint32_t seed_step = 4;
  /// Most letters, on either side, between two matches of one passage, and beyond the outermost.
  std::uint32_t max_gap = 70;
  /// Fewest letters of a passage, on each side. Two equal texts are a passage at any length; any
  /// other holds matches of 23 letters, gaps paid, however few are asked for here.
  std::uint32_t min_letters = 90;
  /// Fewest equal columns of a passage, in percent of all.
  std::uint32_t min_identity = 50;
  Order order = Order::kept;
  /// Give up, with no passages, once it is certain that fewer letters than this of the shorter text
  /// would be in passages: a passage reaches at most max_gap letters beyond its matches, so letters
  /// farther from every match found, and from the part not looked at yet, are out. 0 = never.
  std::uint64_t give_up_below = 0;

  /// Character noise: short seeds, every place.
  [[nodiscard]] static constexpr AlignRule ocr() {
    AlignRule rule;
    rule.seed_letters = 9;
    rule.seed_step = 1;
    return rule;
  }
  /// Deliberate disguise: words shuffled, dropped and replaced.
  [[nodiscard]] static constexpr AlignRule disguised() {
    AlignRule rule;
    rule.seed_letters = 6;
    rule.seed_step = 1;
    rule.max_gap = 300;
    rule.min_letters = 150;
    rule.min_identity = 30;
    rule.order = Order::free;
    return rule;
  }
  friend bool operator==(const AlignRule&, const AlignRule&) = default;
};

/// A stretch of a and a stretch of b that say the same.
struct Passage {
  LetterRange a;
  LetterRange b;
  std::uint32_t letters_a = 0;  ///< Letters (code points) in `a`.
  std::uint32_t letters_b = 0;
  /// Columns of the alignment: letters in matches, and the longer side of each gap between them.
  std::uint32_t columns = 0;
  /// Columns less the edit distance of each gap: never more than a best alignment has. (In
  /// Order::free: letters in matches, on the side with fewer; columns are the longer side's.)
  std::uint32_t equal_columns = 0;
  /// Its gaps are Alignment::gaps[gaps_begin, gaps_end), ascending on both sides.
  std::uint32_t gaps_begin = 0;
  std::uint32_t gaps_end = 0;

  /// equal_columns / columns.
  [[nodiscard]] double identity() const noexcept;
  friend bool operator==(const Passage&, const Passage&) = default;
};

/// What of a passage is in no match: it stands between two of them, or at an end. Beside the gaps
/// the sides of a passage are equal letter by letter. One side may be empty.
struct Gap {
  LetterRange a;
  LetterRange b;
  friend bool operator==(const Gap&, const Gap&) = default;
};

/// The passages of one side, counted once.
struct Aligned {
  std::vector<LetterRange> ranges;  ///< Their union: ascending, disjoint, not touching.
  std::uint64_t letters = 0;        ///< Letters in it.
  std::uint64_t of = 0;             ///< Letters of the whole text.

  /// letters / of; 0 for a text without letters.
  [[nodiscard]] double coverage() const noexcept;
  friend bool operator==(const Aligned&, const Aligned&) = default;
};

/// What two texts share.
struct Alignment {
  /// Ascending by place in a, then in b. Passages overlap where one text says twice what the other
  /// says: taking the better ones first, each brings at least half its letters, of one side, anew.
  /// Coverage counts every letter once.
  std::vector<Passage> passages;
  std::vector<Gap> gaps;  ///< Of all passages; none in Order::free.
  Aligned a;
  Aligned b;
  bool gave_up = false;  ///< AlignRule::give_up_below struck.
  friend bool operator==(const Alignment&, const Alignment&) = default;
};

/// One text aligned with many: what is built of `a` is kept. Not for several threads at once.
///
/// Cost: 3 µs for two news texts of 2,400 letters that share nothing, about 10 where they share
/// most; linear in the letters of both, whatever they say (src/align/match_finder.h tells how: a
/// seed that stands in many places is not followed to all of them). Memory: about 5 bytes a letter
/// of the longer text, 20 where every place is indexed, and 8 more for each letter where a text is
/// not ASCII.
class Aligner {
 public:
  /// `a` is not copied and must live until the next take(). Throws Error(usage) if a value of the
  /// rule is out of its range.
  explicit Aligner(const NormalizedText& a, const AlignRule& rule = {});
  ~Aligner();
  Aligner(Aligner&&) noexcept;
  Aligner& operator=(Aligner&&) noexcept;

  /// Another `a` for the pairs to come; memory is used again.
  void take(const NormalizedText& a);
  [[nodiscard]] Alignment align(const NormalizedText& b);

 private:
  class State;
  std::unique_ptr<State> state_;
};

/// One pair, for callers that have no Aligner at hand.
[[nodiscard]] Alignment align(const NormalizedText& a, const NormalizedText& b,
                              const AlignRule& rule = {});

}  // namespace wirecopy
