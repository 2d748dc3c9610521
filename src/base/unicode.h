/// The door to ICU: NFKC casefold pinned to Unicode 15.0, word classes and scripts.
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
/// Decided by the script (and script extensions) of a code point; marks and digits of no script are
/// `spaced`.
[[nodiscard]] Writing writing_of(char32_t code_point) noexcept;

/// What one code point becomes when it is normalized on its own.
struct Folded {
  enum class Kind : std::uint8_t {
    separator,  ///< Not a letter: ends a word and leaves nothing.
    ignorable,  ///< Vanishes and does not end a word.
    letter,     ///< Becomes the single letter `letter`.
    complex,    ///< Must be normalized as text: it becomes several code points, or a mix.
  };
  Kind kind = Kind::separator;
  bool starts_segment = true;  ///< NFKC casefold has a normalization boundary before it.
  char32_t letter = 0;
};
/// Cost: one table look-up in the Basic Multilingual Plane after the first time. Any thread.
[[nodiscard]] Folded fold(char32_t code_point) noexcept;

/// NFKC casefold of a piece of well-formed UTF-8, restricted to characters of Unicode 15.0.
[[nodiscard]] std::string fold_text(std::string_view utf8);

/// General category L, N or M in Unicode 15.0, for a folded code point.
[[nodiscard]] bool is_letter(char32_t code_point) noexcept;

}  // namespace wirecopy::base
