/// Lines of a text, and whether it is hard-wrapped.
#pragma once

#include <cstdint>
#include <string_view>

namespace wirecopy::blocks {

/// One line after the other. A line ends at LF, CR, CR LF, U+2028 or U+2029. Linear: each of these
/// is looked for once.
class Lines {
 public:
  explicit Lines(std::string_view utf8);

  /// Moves to the next line; false if there is none. A text that ends in a newline has no line
  /// after it.
  [[nodiscard]] bool next();

  /// The line without what ends it, and with it; both point into the text.
  [[nodiscard]] std::string_view line() const noexcept { return line_; }
  [[nodiscard]] std::string_view line_and_end() const noexcept { return line_and_end_; }

 private:
  /// Where a character that ends lines stands next: at or behind `at_`.
  [[nodiscard]] const char* find_byte(const char* known, char byte) const noexcept;
  [[nodiscard]] const char* find_separator(const char* known) const noexcept;

  const char* at_;
  const char* end_;
  const char* line_feed_;
  const char* carriage_return_;
  const char* separator_;
  std::string_view line_;
  std::string_view line_and_end_;
};

/// Spaces and tabs before the first other byte.
[[nodiscard]] std::uint32_t indent_of(std::string_view line) noexcept;

/// Whether a line has neither ASCII letters and digits nor other characters than ASCII.
[[nodiscard]] bool is_blank(std::string_view line) noexcept;

/// How the lines of a text are meant.
struct Layout {
  bool wrapped = false;      ///< Newlines stand inside paragraphs.
  std::uint32_t indent = 0;  ///< Of the line that is indented least.
};
[[nodiscard]] Layout layout_of(std::string_view utf8);

}  // namespace wirecopy::blocks
