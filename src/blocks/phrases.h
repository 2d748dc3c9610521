/// Phrases that tell captions, credits and trailers, from src/blocks/phrases/<language>.tsv.
///
/// A row is: kind, place, phrase. A phrase is compared by its letters, so case and spacing do not
/// matter, and stands for whole words. Its opening bracket, closing bracket, colon or slash must be
/// there, too: "source:" is no word of a sentence. Places:
///   whole   the block is the phrase
///   start   the block begins with it
///   end     the block ends with it
///   inside  it stands anywhere in a block of few words
///   name    the block begins with it, goes on for a few words and is no sentence (bylines)
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "wirecopy/blocks.h"

namespace wirecopy::blocks {

/// The tables, rows of all languages one after the other. Compiled in.
extern const std::string_view kPhraseRows;

/// A block while its kind is found.
struct Candidate {
  const NormalizedText& text;
  std::string_view original;         ///< Where the letters come from …
  std::uint64_t original_begin = 0;  ///< … and the number of its first code point.
  LetterRange letters;
  std::uint32_t first_word = 0;  ///< In text.words().
  std::uint32_t words = 0;
  bool sentence = false;  ///< Ends as a sentence does.
};

class PhraseTable {
 public:
  /// Throws Error(usage), naming the row, if one is not as above.
  explicit PhraseTable(std::string_view rows);
  /// The one of kPhraseRows, built by the first call. Any thread.
  [[nodiscard]] static const PhraseTable& compiled_in();

  /// The kind that the first phrase found tells: those that a block begins with before those that
  /// it ends with and those inside, each in the order of the rows. Cost: a few nanoseconds a block,
  /// and one a word where the block has few.
  [[nodiscard]] std::optional<BlockKind> kind_of(const Candidate& block) const;

 private:
  enum class Place : std::uint8_t { whole, start, end, inside, name };
  struct Phrase {
    BlockKind kind;
    Place place;
    std::string letters;
    std::size_t words = 0;
    char32_t opens = 0;   // '(' or nothing
    char32_t closes = 0;  // ':', '/', ')' or nothing
  };
  // By their first byte, or for `end` by their last.
  using ByByte = std::array<std::vector<Phrase>, 256>;

  static Phrase parse(std::string_view row);
  [[nodiscard]] static bool holds(const Phrase& phrase, const Candidate& block, LetterRange match);

  ByByte at_start_;
  ByByte at_end_;
  ByByte inside_;
};

}  // namespace wirecopy::blocks
