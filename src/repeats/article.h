/// The text at hand, as repeats look at it: words, and units that are compared with each other.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <vector>

#include "repeats/sentences.h"
#include "wirecopy/blocks.h"
#include "wirecopy/normalize.h"

namespace wirecopy::repeats {

using Word = NormalizedText::Word;

/// The same number on any machine.
[[nodiscard]] inline std::uint64_t eight_bytes(const char* from) noexcept {
  std::uint64_t value = 0;
  std::memcpy(&value, from, sizeof value);
  if constexpr (std::endian::native == std::endian::big) value = __builtin_bswap64(value);
  return value;
}

/// Words of a text: those of NormalizedText, but each letter of a script without spaces is one, and
/// says half of what a word says.
class Words {
 public:
  void take(const NormalizedText& text);

  [[nodiscard]] std::span<const Word> all() const noexcept { return all_; }
  [[nodiscard]] std::span<const Word> from(std::uint32_t first, std::uint32_t count) const {
    return all_.subspan(first, count);
  }
  /// How many words of a script with spaces say as much.
  [[nodiscard]] std::uint32_t worth(std::uint32_t first, std::uint32_t count) const noexcept {
    return halves_.empty() ? count : (halves_[first + count] - halves_[first]) / 2;
  }
  [[nodiscard]] bool spaced() const noexcept { return halves_.empty(); }
  /// Number of the first word that begins at or behind a letter.
  [[nodiscard]] std::uint32_t at(std::uint32_t letter) const noexcept { return at(letter, 0); }
  /// The same, looked for from a word on; faster where it is near.
  [[nodiscard]] std::uint32_t at(std::uint32_t letter, std::uint32_t from) const noexcept;

 private:
  std::span<const Word> all_;
  std::vector<Word> cut_;
  std::vector<std::uint32_t> halves_;  // before each word; empty where each is worth two
};

/// A block, or in a text of one block a sentence.
struct Unit {
  enum class Fate : std::uint8_t {
    open,
    stays,   ///< The first of a repeat, so no repeat itself.
    repeat,  ///< A repeat, so no first.
  };
  BlockKind kind = BlockKind::paragraph;
  bool sentence = false;  ///< Ends as a sentence does.
  Fate fate = Fate::open;
  LetterRange letters;
  std::uint32_t first = 0;  ///< Its first word, and …
  std::uint32_t count = 0;
  std::uint32_t worth = 0;  ///< … what its words are worth.
};

class Article {
 public:
  void take(std::string_view utf8, const NormalizedText& text, std::span<const Block> blocks);

  [[nodiscard]] std::string_view utf8() const noexcept { return utf8_; }
  [[nodiscard]] const NormalizedText& text() const noexcept { return *text_; }
  [[nodiscard]] const Words& words() const noexcept { return words_; }
  [[nodiscard]] Places& places() noexcept { return places_; }
  [[nodiscard]] std::vector<Unit>& units() noexcept { return units_; }
  [[nodiscard]] const std::vector<Unit>& units() const noexcept { return units_; }
  /// The units are sentences.
  [[nodiscard]] bool one_line() const noexcept { return one_line_; }
  /// Where the sentence of a unit stands, by its number. Requires one_line().
  [[nodiscard]] const Stretch& stretch_of(std::size_t unit) const { return sentences_[unit]; }
  [[nodiscard]] std::span<const Stretch> sentences() const noexcept { return sentences_; }

  [[nodiscard]] std::string_view letters_in(LetterRange range) const noexcept {
    return text_->letters().substr(range.begin, range.end - range.begin);
  }
  /// Code points in a range of letters.
  [[nodiscard]] std::uint32_t count_letters(LetterRange range) const noexcept;
  [[nodiscard]] LetterRange letters_of(std::uint32_t first, std::uint32_t count) const noexcept {
    return {words_.all()[first].begin, words_.all()[first + count - 1].end};
  }
  /// The unit that holds a word.
  [[nodiscard]] std::size_t unit_of(std::uint32_t word) const noexcept;

 private:
  void take_blocks(std::span<const Block> blocks);
  void take_sentences(const Block& block);

  std::string_view utf8_;
  const NormalizedText* text_ = nullptr;
  Words words_;
  Places places_;
  std::vector<Unit> units_;
  std::vector<Stretch> sentences_;
  bool one_line_ = false;
};

}  // namespace wirecopy::repeats
