/// repeats: blocks (+ title) → the passages that one article says twice, each with a kind.
///
/// Idea: articles arrive with captions printed twice, the headline repeated as the lead, highlights
/// that the body says again, trailers glued to the end. Equal blocks are found by their hash, near
/// ones and phrases by runs of equal words, highlights by the longest common subsequence of words
/// (Hunt & Szymanski 1977), trailers by the tables of phrases of blocks. A kind says what a
/// repetition looks like; what becomes of it is for `clean` to say.
///
/// Of two passages that say the same, `first` is the one that stays and `repeat` the one that a cut
/// removes, wherever they stand: of two captions the shorter is the repeat, of a highlight and the
/// sentence that says it again the highlight. Lists, live blogs, refrains, transcripts and tables
/// repeat on purpose: theirs are `structural`, and like `phrase` never cut.
///
/// A text without newlines has one block. There the sentences take the part of blocks, and only
/// what a cue tells, or what is printed twice at once, is more than a phrase.
///
/// Rules in short. What a text begins with is no trailer. A headline goes on for at most 16 words
/// and is no sentence. Highlights are bullets (at most 12), or two or more short lines without a
/// full stop near the top. A caption is told by its phrases, or is short and no sentence; cue words
/// (src/repeats/cue_words.tsv) are not missed in its twin, numbers are. Paragraphs of which 95 %
/// are the same, in order, are a block if they have at most 500 words; longer differences than of
/// 160 words are not looked into. Where a script has no spaces each letter is half a word.
#pragma once

#include <bitset>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "wirecopy/blocks.h"

namespace wirecopy {

/// What is repeated. The last two stand in several articles.
enum class RepeatKind : std::uint8_t {
  headline,  ///< Title or headline again, or longer: twin is the title or the first of the two.
  summary,   ///< A highlight; a sentence of the body has most of its words, in order.
  caption_exact,  ///< A caption with equal letters.
  caption_near,   ///< One caption covers most of the other.
  block,          ///< A paragraph, again.
  trailer,        ///< "Read more at …": no twin; also glued to the last sentence.
  /// Many words again that are no whole block: reading from the front, the longest run of words
  /// that stood before; reading goes on behind it. Never cut.
  phrase,
  structural,     ///< Rows of a list, stamps of a live blog, a refrain. Never cut.
  stock_caption,  ///< The caption stands under unrelated articles too.
  boilerplate,    ///< The outlet prints the block everywhere.
};
inline constexpr std::size_t kRepeatKindCount = 10;
[[nodiscard]] std::string_view name_of(RepeatKind kind) noexcept;  ///< "caption_exact"

/// A subset of the kinds.
class RepeatKinds {
 public:
  RepeatKinds() = default;
  RepeatKinds(std::initializer_list<RepeatKind> kinds);
  /// Reads "trailer,block"; "none" is the empty set. Throws Error(usage) naming the known kinds.
  [[nodiscard]] static RepeatKinds parse(std::string_view list);
  [[nodiscard]] bool has(RepeatKind kind) const noexcept {
    return bits_[static_cast<std::size_t>(kind)];
  }
  void add(RepeatKind kind) noexcept { bits_.set(static_cast<std::size_t>(kind)); }
  [[nodiscard]] bool empty() const noexcept { return bits_.none(); }
  /// The inverse of parse.
  [[nodiscard]] std::string names() const;
  friend bool operator==(const RepeatKinds&, const RepeatKinds&) = default;

 private:
  std::bitset<kRepeatKindCount> bits_;
};

/// One repetition inside an article.
struct Repeat {
  RepeatKind kind = RepeatKind::phrase;
  std::optional<LetterRange> first;  ///< Nothing: the twin is the title, or there is none.
  LetterRange repeat;
  /// Letters (code points) of `repeat` that `first`, or the title, does not say; all of a trailer.
  std::uint32_t unique_letters = 0;
  friend bool operator==(const Repeat&, const Repeat&) = default;
};

/// The thresholds, each a named setting.
struct RepeatRule {
  std::uint32_t phrase_words = 12;      ///< Fewest words of a phrase.
  std::uint32_t caption_words = 60;     ///< A longer block is no caption.
  std::uint32_t least_words = 4;        ///< Fewer words again are structural, or nothing.
  std::uint32_t near_percent = 80;      ///< So much of the shorter caption stands in the longer.
  std::uint32_t headline_percent = 90;  ///< So much of the title stands at the head of a block …
  std::uint32_t headline_blocks = 3;    ///< … among so many.
  std::uint32_t summary_percent = 60;   ///< Words of a highlight in order in one sentence.
  std::uint32_t trailer_percent = 15;   ///< Glued trailers stand in the last letters of a text.
  std::uint32_t structural_times = 4;   ///< A short block so often is structure.
  friend bool operator==(const RepeatRule&, const RepeatRule&) = default;
};

/// Finds the repeats of one text after the other; memory is used again. Not for several threads at
/// once; findings depend on title, text and rule alone.
///
/// Cost: where nothing is repeated 1 to 2 ns a byte, of Chinese 5; of the worst texts (one word
/// all the time) 30 to 60. Linear: of a window of words only its first 8 places are compared with
/// others, of units that begin or end alike only the last one; every block of equal letters is
/// found.
class RepeatFinder {
 public:
  /// Throws Error(usage) for a rule out of range.
  explicit RepeatFinder(const RepeatRule& rule = {});
  ~RepeatFinder();
  RepeatFinder(RepeatFinder&&) noexcept;
  RepeatFinder& operator=(RepeatFinder&&) noexcept;

  /// Replaces `into`: ascending by (repeat, kind); repeats of one text do not overlap, and no
  /// `first` overlaps a repeat of a kind that can be cut, so one copy always stays. An empty title
  /// is none. Requires text = normalize(utf8) and blocks = split_blocks(utf8, text).
  void find(std::string_view title, std::string_view utf8, const NormalizedText& text,
            std::span<const Block> blocks, std::vector<Repeat>& into);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// One text, for callers that have no finder at hand.
[[nodiscard]] std::vector<Repeat> find_repeats(std::string_view title, std::string_view utf8,
                                               const RepeatRule& rule = {});

}  // namespace wirecopy
