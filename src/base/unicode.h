/// The door to ICU: NFKC casefold pinned to Unicode 15.0, word classes and ways of writing.
///
/// Only characters that Unicode 15.0 has are folded; others stay as they are and are no letters, so
/// a newer ICU gives the same answers (tests/golden/word_classes.tsv pins them). ICU's data is
/// loaded when a function here is first called. All functions may be called from any thread, and
/// throw Error(input) if ICU cannot load its data.
#pragma once

#include <array>
#include <atomic>
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

/// What is asked of one code point, in 32 bits.
class Character {
 public:
  /// What it becomes when it is folded on its own.
  enum class Fold : std::uint8_t {
    separator,  ///< Ends a word and leaves nothing.
    ignorable,  ///< Vanishes and does not end a word.
    letter,     ///< Becomes the single letter `letter()`.
    complex,    ///< Must be folded as text: it becomes several code points.
  };

  /// Cost: one table look-up; about a microsecond the first time for a code point. Requires
  /// code_point ≤ U+10FFFF.
  [[nodiscard]] static Character of(char32_t code_point) {
    const Character character(std::atomic_ref(known_[code_point]).load(std::memory_order_relaxed));
    return character.bits_ != 0 ? character : find(code_point);
  }

  [[nodiscard]] Fold fold() const noexcept { return static_cast<Fold>(bits_ >> kFoldShift & 3U); }
  /// The letter it becomes, if it becomes one.
  [[nodiscard]] char32_t letter() const noexcept { return bits_ & kLetter; }
  /// A normalization boundary stands before it: what comes earlier does not change what it becomes.
  [[nodiscard]] bool starts_segment() const noexcept { return (bits_ & kStarts) != 0; }
  /// General category M: belongs to the character before it.
  [[nodiscard]] bool mark() const noexcept { return (bits_ & kMark) != 0; }
  /// General category Lu or Lt: upper or title case.
  [[nodiscard]] bool capital() const noexcept { return (bits_ & kCapital) != 0; }
  /// General category Nd: a decimal digit of any script.
  [[nodiscard]] bool digit() const noexcept { return (bits_ & kDigit) != 0; }
  /// Decided by the script, and for characters that several scripts share by their script
  /// extensions (the Japanese long-vowel mark is `han_kana`). Marks and digits of no script are
  /// `spaced`.
  [[nodiscard]] Writing writing() const noexcept {
    return static_cast<Writing>(bits_ >> kWritingShift & 3U);
  }

 private:
  static constexpr std::uint32_t kLetter = 0x1fffff;
  static constexpr unsigned kFoldShift = 21;
  static constexpr unsigned kWritingShift = 23;
  static constexpr std::uint32_t kStarts = 1U << 25U;
  static constexpr std::uint32_t kMark = 1U << 26U;
  static constexpr std::uint32_t kCapital = 1U << 27U;
  static constexpr std::uint32_t kDigit = 1U << 28U;
  static constexpr std::uint32_t kKnown = 1U << 29U;

  constexpr explicit Character(std::uint32_t bits) noexcept : bits_(bits) {}
  static Character find(char32_t code_point);

  // Zero until asked for. Pages of scripts that no text holds are never touched, so they take no
  // memory. Read and written as atomics: threads that fill an entry at once write the same value.
  static std::array<std::uint32_t, 0x110000> known_;

  std::uint32_t bits_;
};

/// General category L, N or M in Unicode 15.0, but not the modifier letters U+02BB and U+02BC: they
/// stand for an apostrophe, which separates words however it is typed.
[[nodiscard]] bool is_letter(char32_t code_point);

/// Appends the NFKC casefold of well-formed UTF-8. Cost: about 0.2 µs a call and 10 ns a byte.
void fold_text(std::string_view utf8, std::string& to);

}  // namespace wirecopy::base
