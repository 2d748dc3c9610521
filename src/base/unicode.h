/// The door to ICU: NFKC casefold pinned to Unicode 15.0, word classes and ways of writing.
///
/// Only characters that Unicode 15.0 has are folded; others stay as they are and are no letters, so
/// a newer ICU gives the same answers (tests/golden/word_classes.tsv pins them). ICU's data is
/// loaded when a function here is first called. All functions may be called from any thread, and
/// throw Error(input) if ICU cannot load its data.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/utf8.h"

namespace wirecopy::base {

/// How a script is written, as far as shingling cares.
enum class Writing : std::uint8_t {
  spaced,           ///< Words are separated by spaces: Latin, Cyrillic, Arabic, Hangul, …
  han_kana,         ///< Han, Hiragana, Katakana, Bopomofo.
  southeast_asian,  ///< Thai, Lao, Khmer, Myanmar.
};

/// Below this everything is `spaced`. In UTF-8: every character of another writing has a first byte
/// of 0xE0 or more.
inline constexpr char32_t kFirstUnspaced = 0xe00;

/// Decided by the script, and for characters that several scripts share by their script extensions
/// (the Japanese long-vowel mark is `han_kana`). Marks and digits of no script are `spaced`.
[[nodiscard]] Writing writing_of(char32_t code_point);

/// General category M: belongs to the character before it.
[[nodiscard]] bool is_mark(char32_t code_point);

/// General category L, N or M in Unicode 15.0.
[[nodiscard]] bool is_letter(char32_t code_point);

/// What one code point becomes when it is folded on its own.
struct Folded {
  enum class Kind : std::uint8_t {
    separator,  ///< No letter in it: ends a word and leaves nothing.
    ignorable,  ///< Vanishes and does not end a word.
    letter,     ///< Becomes the single letter `letter`.
    complex,    ///< Must be folded as text: it becomes several code points.
  };
  Kind kind = Kind::separator;
  bool starts_segment = true;  ///< A normalization boundary stands before it: what comes earlier
                               ///< does not change what it becomes.
  char32_t letter = 0;
};
/// Cost: one table look-up after the first time for a code point, then about a microsecond.
[[nodiscard]] Folded fold(char32_t code_point);

/// Appends the NFKC casefold of well-formed UTF-8. Cost: about 0.2 µs a call and 10 ns a byte.
void fold_text(std::string_view utf8, std::string& to);

}  // namespace wirecopy::base
