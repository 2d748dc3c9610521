/// The parts of the JSON grammar (RFC 8259) that must be checked beside simdjson, and the repair of
/// rows that are not Unicode.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace wirecopy::base {

/// Whether `text` is a number by section 6 of RFC 8259, of any size.
[[nodiscard]] bool is_json_number(std::string_view text) noexcept;

/// Whether `text` is true, false or null.
[[nodiscard]] bool is_json_word(std::string_view text) noexcept;

[[nodiscard]] constexpr bool is_json_space(char c) noexcept {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// Whether `row` is empty or white space only.
[[nodiscard]] bool is_blank(std::string_view row) noexcept;

struct EscapeCheck {
  const char* invalid = nullptr;  ///< The first backslash that begins no escape.
  bool lone_surrogate = false;    ///< Some \u escape is half of a pair.
};

/// Checks the escapes between the quotes of a string, from `from` on.
[[nodiscard]] EscapeCheck check_escapes(std::string_view string, std::size_t from) noexcept;

/// A copy in which every maximal subpart of ill-formed UTF-8 is one U+FFFD and every escape of a
/// lone surrogate is \ufffd.
[[nodiscard]] std::string repair_row(std::string_view row);

}  // namespace wirecopy::base
