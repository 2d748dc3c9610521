/// Letters and digits of ASCII, and a cursor over a short text.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace wirecopy::read {

inline bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
inline bool is_letter(char c) noexcept { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
inline char lower(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

inline bool equal_ignoring_case(std::string_view a, std::string_view b) noexcept {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (lower(a[i]) != lower(b[i])) return false;
  }
  return true;
}

/// What is left to read. The readers return nothing, or false, if something else stands there, and
/// may then have moved on: there is no way back but to start anew.
class TextCursor {
 public:
  explicit TextCursor(std::string_view text) : rest_(text) {}

  [[nodiscard]] bool done() const { return rest_.empty(); }
  [[nodiscard]] char peek() const { return rest_.empty() ? '\0' : rest_.front(); }

  bool skip(char c) {
    if (peek() != c || done()) return false;
    rest_.remove_prefix(1);
    return true;
  }

  std::string_view run_of(bool (*belongs)(char)) {
    std::size_t count = 0;
    while (count < rest_.size() && belongs(rest_[count])) ++count;
    const std::string_view run = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return run;
  }

  /// Exactly `count` digits.
  std::optional<int> number(std::size_t count) {
    if (rest_.size() < count) return std::nullopt;
    int value = 0;
    for (const char c : rest_.substr(0, count)) {
      if (!is_digit(c)) return std::nullopt;
      value = value * 10 + (c - '0');
    }
    rest_.remove_prefix(count);
    return value;
  }

  /// Spaces, and comments in parentheses where RFC 2822 has them.
  void skip_spaces() {
    while (peek() == ' ' || peek() == '\t' || peek() == '(') {
      if (peek() == '(') {
        const std::size_t end = rest_.find(')');
        if (end == std::string_view::npos) return;
        rest_.remove_prefix(end);
      }
      rest_.remove_prefix(1);
    }
  }

 private:
  std::string_view rest_;
};

}  // namespace wirecopy::read
