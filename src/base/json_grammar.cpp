#include "base/json_grammar.h"

#include <algorithm>
#include <cstring>

#include "base/utf8.h"

namespace wirecopy::base {
namespace {

constexpr std::size_t kUnicodeEscape = 6;  // \u0000

std::size_t digits_at(std::string_view text, std::size_t at) noexcept {
  std::size_t count = 0;
  while (at + count < text.size() && text[at + count] >= '0' && text[at + count] <= '9') ++count;
  return count;
}

int hex_value(char c) noexcept {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// The UTF-16 unit of the \u escape at `at`, or -1 if there is none.
int unit_at(std::string_view text, std::size_t at) noexcept {
  if (at + kUnicodeEscape > text.size() || text[at] != '\\' || text[at + 1] != 'u') return -1;
  int unit = 0;
  for (std::size_t i = at + 2; i < at + kUnicodeEscape; ++i) {
    const int digit = hex_value(text[i]);
    if (digit < 0) return -1;
    unit = unit * 16 + digit;
  }
  return unit;
}

bool is_high(int unit) noexcept { return unit >= 0xD800 && unit <= 0xDBFF; }
bool is_low(int unit) noexcept { return unit >= 0xDC00 && unit <= 0xDFFF; }

struct Escape {
  std::size_t length = 0;  // 0: not an escape
  bool lone_surrogate = false;
};

Escape escape_at(std::string_view text, std::size_t at) noexcept {
  if (at + 1 >= text.size()) return {};
  if (text[at + 1] != 'u') {
    const bool known = std::string_view("\"\\/bfnrt").find(text[at + 1]) != std::string_view::npos;
    return {known ? 2U : 0U, false};
  }
  const int unit = unit_at(text, at);
  if (unit < 0) return {};
  if (is_high(unit) && is_low(unit_at(text, at + kUnicodeEscape))) {
    return {2 * kUnicodeEscape, false};
  }
  return {kUnicodeEscape, is_high(unit) || is_low(unit)};
}

}  // namespace

bool is_json_number(std::string_view text) noexcept {
  std::size_t at = text.starts_with('-') ? 1 : 0;
  const std::size_t whole = digits_at(text, at);
  if (whole == 0 || (whole > 1 && text[at] == '0')) return false;
  at += whole;
  if (at < text.size() && text[at] == '.') {
    const std::size_t fraction = digits_at(text, at + 1);
    if (fraction == 0) return false;
    at += 1 + fraction;
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
    const std::size_t exponent = digits_at(text, at);
    if (exponent == 0) return false;
    at += exponent;
  }
  return at == text.size();
}

bool is_json_word(std::string_view text) noexcept {
  return text == "true" || text == "false" || text == "null";
}

bool is_blank(std::string_view row) noexcept {
  return std::all_of(row.begin(), row.end(), is_json_space);
}

EscapeCheck check_escapes(std::string_view string, std::size_t from) noexcept {
  EscapeCheck check;
  for (std::size_t at = string.find('\\', from); at != std::string_view::npos;
       at = string.find('\\', at)) {
    const Escape escape = escape_at(string, at);
    if (escape.length == 0) {
      check.invalid = string.data() + at;
      return check;
    }
    check.lone_surrogate = check.lone_surrogate || escape.lone_surrogate;
    at += escape.length;
  }
  return check;
}

std::string repair_row(std::string_view row) {
  std::string repaired = valid_utf8(row) ? std::string(row) : repair_utf8(row);
  for (std::size_t at = repaired.find('\\'); at != std::string::npos;
       at = repaired.find('\\', at)) {
    const Escape escape = escape_at(repaired, at);
    if (escape.lone_surrogate) repaired.replace(at, kUnicodeEscape, "\\ufffd");
    // What is no escape makes the row invalid, wherever it is resumed.
    at += std::max<std::size_t>(escape.length, 1);
  }
  return repaired;
}

}  // namespace wirecopy::base
