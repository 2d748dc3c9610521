/// normalize: UTF-8 → the stream of letters that everything below counts and matches in, with a way
/// back.
///
/// Idea: NFKC casefold (Unicode Standard Annex 15 and the NFKC_CF mapping, restricted to characters
/// of Unicode 15.0 so that a newer ICU cannot change stored fingerprints), then keep only
/// *letters*: characters of the general categories L, N and M. Quotes, apostrophes (the modifier
/// letters U+02BB and U+02BC too), dashes, spaces and symbols separate words and are dropped, and
/// so is a mark that has no letter to stand on (NFKC makes one of the accent in don´t). Soft
/// hyphens, zero-width and other default-ignorable characters vanish without separating. A *word*
/// is a maximal run of letters.
///
/// Originals are followed by *segments*, the pieces between normalization boundaries: a segment
/// folds alike whatever stands around it. It ends after 64 code points, boundary or not, so that
/// thousands of stacked accents cost linear time (compare the Stream-Safe Text Format of Annex 15,
/// which cuts after 30).
///
/// Cost: about 0.6 ns a byte on ASCII, with AVX-512 0.15; several times that elsewhere. Memory:
/// about 3.5 bytes a byte of English, up to twice that while the value is used again. Thread rule:
/// pure functions and immutable values.
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

/// Half-open byte range of NormalizedText::letters(), on letter boundaries.
struct LetterRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  friend auto operator<=>(const LetterRange&, const LetterRange&) = default;
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
  [[nodiscard]] std::string_view letters() const noexcept {
    return {letters_.data(), letter_bytes_};
  }
  [[nodiscard]] std::span<const Word> words() const noexcept {
    return {words_.data(), word_count_};
  }
  [[nodiscard]] std::string_view letters_of(Word word) const noexcept {
    return letters().substr(word.begin, word.end - word.begin);
  }
  /// True if every letter is ASCII, so that script rules need not be asked.
  [[nodiscard]] bool ascii() const noexcept { return ascii_; }

  /// Where the letters in the byte range [begin, end) of letters() stand in the original text.
  /// Exact where each letter comes from one code point of its own; else it snaps outward to whole
  /// segments (a ligature, a base with its accents). Requires begin < end ≤ letters().size(). Cost:
  /// logarithmic in the number of words, and up to 512 letters looked at.
  [[nodiscard]] Span original_span(std::size_t begin, std::size_t end) const noexcept;

  /// How many bytes of letters() come from what stands before a code point of the original text.
  /// Letters of a segment that goes on past it do not count. Any value is allowed. `hint` is 0 at
  /// first, then what the last call for this text made of it. Cost: linear in the words between
  /// both places, eight at a time.
  [[nodiscard]] std::size_t letters_before(std::uint64_t original,
                                           std::size_t& hint) const noexcept;
  [[nodiscard]] std::size_t letters_before(std::uint64_t original) const noexcept {
    std::size_t hint = 0;
    return letters_before(original, hint);
  }

  /// A copy that takes no more memory than it needs: to be kept, where the text itself is memory
  /// used again.
  [[nodiscard]] NormalizedText compact() const;

  /// Where each word begins in the original text, in code points; ascending, equal where a segment
  /// makes several words. Replaces `into`. Cost: about 1 ns a word.
  void word_places(std::vector<std::uint32_t>& into) const;

 private:
  friend class LetterWriter;

  // Letters from letters_begin up to the next origin. They come from consecutive code points, one
  // each, the first at `original`; or, if the bit kWhole is set, all together from the code points
  // between `original` and that of the next origin, which then always follows.
  struct Origin {
    static constexpr std::uint32_t kWhole = std::uint32_t{1} << 31U;
    std::uint32_t letters_begin;
    std::uint32_t original;
  };
  [[nodiscard]] std::span<const Origin> origins() const noexcept {
    return {origins_.data(), origin_count_};
  }
  // The code points that the letter at a byte of letters() comes from.
  [[nodiscard]] Span place_of(std::size_t byte) const noexcept;

  // These are longer than what they hold, for the next text that goes into the same memory.
  std::string letters_;
  std::vector<Word> words_;
  std::vector<Origin> origins_;
  std::size_t letter_bytes_ = 0;
  std::size_t word_count_ = 0;
  std::size_t origin_count_ = 0;
  bool ascii_ = true;
};

/// The longest text that `normalize` takes: its letters, at most eleven times as long (U+FDFA), can
/// still be counted in 32 bits.
inline constexpr std::size_t kMaxTextBytes = std::size_t{256} << 20U;

/// Normalizes UTF-8. Ill-formed bytes separate words; each maximal subpart counts as one code
/// point. Throws Error(usage) if the text is longer than kMaxTextBytes, Error(input) if ICU has no
/// data.
[[nodiscard]] NormalizedText normalize(std::string_view utf8);

/// The same into an existing value, whose memory is used again.
void normalize(std::string_view utf8, NormalizedText& into);

/// Version of the rules above. Part of the Recipe: texts normalized by different versions are never
/// compared.
inline constexpr std::uint32_t kNormalizationVersion = 1;

}  // namespace wirecopy
