/// normalize: UTF-8 → the stream of letters that everything below counts and matches in, with a way
/// back.
///
/// Idea: NFKC casefold (Unicode Standard Annex 15 and the NFKC_CF mapping, restricted to characters
/// of Unicode 15.0 so that a newer ICU cannot change stored fingerprints), then keep only
/// *letters*: characters of the general categories L, N and M. Quotes, apostrophes, dashes, spaces
/// and symbols separate words and are dropped; soft hyphens, zero-width and other default-ignorable
/// characters vanish without separating. A *word* is a maximal run of letters.
///
/// Cost: about 1 ns a byte on ASCII (a table), several times that elsewhere. Memory: about 1.6
/// bytes a byte of text. Thread rule: pure functions and immutable values.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wirecopy {

/// Half-open range of Unicode code points in an original text.
struct Span {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
  friend auto operator<=>(const Span&, const Span&) = default;
};

/// The normalized form of one text. Only `normalize` makes one, so raw text cannot be shingled by
/// mistake.
class NormalizedText {
 public:
  /// A maximal run of letters, as a byte range of letters().
  struct Word {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    friend bool operator==(const Word&, const Word&) = default;
  };

  /// The letters, words joined without separators, as UTF-8.
  [[nodiscard]] std::string_view letters() const noexcept { return letters_; }
  [[nodiscard]] std::span<const Word> words() const noexcept { return words_; }
  [[nodiscard]] std::string_view letters_of(Word word) const noexcept {
    return std::string_view(letters_).substr(word.begin, word.end - word.begin);
  }
  /// True if every letter is ASCII, so that script rules need not be asked.
  [[nodiscard]] bool ascii() const noexcept { return ascii_; }

  /// Where the letters in the byte range [begin, end) of letters() stand in the original text.
  /// Snaps outward to whole normalization segments (a ligature, a base with its accents). Requires
  /// begin < end ≤ letters().size(). Cost: logarithmic in the number of words.
  [[nodiscard]] Span original_span(std::size_t begin, std::size_t end) const noexcept;

 private:
  friend class Normalizer;

  // A stretch of letters whose originals are known. In a linear segment every letter takes `width`
  // bytes and comes from exactly one code point, so a position inside it maps exactly; otherwise
  // (width 0) the segment maps as a whole.
  struct Segment {
    std::uint32_t letters_begin = 0;
    std::uint32_t original_begin = 0;
    std::uint32_t original_length = 0;
    std::uint32_t width = 0;
  };

  std::string letters_;
  std::vector<Word> words_;
  std::vector<Segment> segments_;
  bool ascii_ = true;
};

/// Normalizes valid UTF-8 of at most 1 GiB. Ill-formed bytes separate words and count as one code
/// point each.
[[nodiscard]] NormalizedText normalize(std::string_view utf8);

/// The same into an existing value, whose memory is used again.
void normalize(std::string_view utf8, NormalizedText& into);

/// Version of the rules above. Part of the Recipe: texts normalized by different versions are never
/// compared.
inline constexpr std::uint32_t kNormalizationVersion = 1;

}  // namespace wirecopy
