/// White space, newlines, brackets and quotation marks: what a cut has to tell apart between
/// letters.
#pragma once

#include <cstdint>

namespace wirecopy::clean {

/// The newlines of blocks: LF, CR, U+2028 and U+2029.
[[nodiscard]] bool is_newline(char32_t sign) noexcept;

/// Unicode White_Space, newlines included, U+200B and U+FEFF.
[[nodiscard]] bool is_space(char32_t sign) noexcept;

/// What belongs together. All double quotation marks are one kind: which of them opens differs from
/// language to language.
enum class Bracket : std::uint8_t { none, round, square, curly, corner, quote };

struct Sign {
  Bracket bracket = Bracket::none;
  bool opens = false;  ///< For a quotation mark both are true.
  bool closes = false;
};
[[nodiscard]] Sign sign_of(char32_t sign) noexcept;

}  // namespace wirecopy::clean
