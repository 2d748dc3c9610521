/// Lines of a text, and whether it is hard-wrapped.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace wirecopy::blocks {

/// The lines of a text. A line ends at LF, CR, CR LF, U+2028 or U+2029; a text that ends in one of
/// these has no line after it.
class Lines {
 public:
  struct Line {
    std::string_view text;  ///< Without what ends it.
    const char* past;       ///< Where the next one begins.
  };

  explicit Lines(std::string_view utf8);

  [[nodiscard]] auto begin() const noexcept { return lines_.begin(); }
  [[nodiscard]] auto end() const noexcept { return lines_.end(); }
  /// Whether all of the text is ASCII.
  [[nodiscard]] bool ascii() const noexcept { return ascii_; }

 private:
  void add(const char* begin, const char* end, const char* past);
  // The lines of a stretch that end in others than LF. Returns where the last one begins.
  const char* add_before_line_feed(const char* begin, const char* end);

  std::vector<Line> lines_;
  bool ascii_;
};

/// Spaces and tabs before the first other byte.
[[nodiscard]] std::uint32_t indent_of(std::string_view line) noexcept;

/// Whether a line has neither ASCII letters and digits nor other characters than ASCII.
[[nodiscard]] bool is_blank(std::string_view line) noexcept;

/// How the lines of a text are meant.
struct Layout {
  bool wrapped = false;      ///< Newlines stand inside paragraphs.
  bool parted = false;       ///< Else: blank lines part nearly all lines; others may be broken.
  std::uint32_t indent = 0;  ///< Of the line that is indented least.
  /// Where the last line need not be a part of the paragraph before it, for it was not broken for
  /// want of room; else nothing.
  const char* last_line = nullptr;
};
[[nodiscard]] Layout layout_of(const Lines& lines);

/// Whether a line looks as if it was broken for want of room, so that the next one belongs to it.
[[nodiscard]] bool is_broken(std::string_view line, std::string_view next, bool ascii) noexcept;

}  // namespace wirecopy::blocks
