/// What two stretches of words have in common, in order.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "repeats/article.h"

namespace wirecopy::repeats {

/// Words of a text.
struct Side {
  std::string_view letters;  ///< Of the whole text.
  std::span<const Word> words;

  [[nodiscard]] std::string_view word(std::size_t i) const noexcept {
    return letters.substr(words[i].begin, words[i].end - words[i].begin);
  }
};

/// The longest common subsequence of words, longest by letters (Hunt & Szymanski 1977 speak of
/// lines); places in neither side matter, so it is one for both sides.
class Overlap {
 public:
  /// Cost: linear in what both begin and end with; past that the product of what is left, of which
  /// nothing counts where either is longer than kMostWords.
  void measure(const Side& a, const Side& b);

  /// Letters (code points) in it.
  [[nodiscard]] std::uint32_t letters() const noexcept { return letters_; }
  /// Words in it, and those of them that are of four letters or more.
  [[nodiscard]] std::uint32_t words() const noexcept { return words_; }
  [[nodiscard]] std::uint32_t long_words() const noexcept { return long_words_; }
  /// Letters of words of a that are not in it but stand in captions as cues ("pictured").
  [[nodiscard]] std::uint32_t cue_letters() const noexcept { return cue_letters_; }
  /// Whether a word of a that is not in it has a digit.
  [[nodiscard]] bool leaves_number() const noexcept { return leaves_number_; }

  static constexpr std::size_t kMostWords = 160;

 private:
  void match(std::string_view word);
  void leave(std::string_view word);
  void measure_rest(const Side& a, const Side& b);

  std::uint32_t letters_ = 0;
  std::uint32_t words_ = 0;
  std::uint32_t long_words_ = 0;
  std::uint32_t cue_letters_ = 0;
  bool leaves_number_ = false;
  // Of the rest: names of words, their letters, and the table of best sums.
  std::vector<std::uint64_t> names_a_;
  std::vector<std::uint64_t> names_b_;
  std::vector<std::uint32_t> lengths_;
  std::vector<std::uint32_t> best_;
};

/// Letters (code points) of all words of a side.
[[nodiscard]] std::uint32_t count_letters(const Side& side) noexcept;

}  // namespace wirecopy::repeats
