#include "blocks/lines.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <utility>

#include "base/utf8.h"
#include "blocks/signs.h"

namespace wirecopy::blocks {
namespace {

// Hard-wrapped lines end in a band of so many columns: a long word does not fit in the rest of it.
constexpr std::size_t kBand = 16;
// The bands looked at begin at this column and end before that one. Shorter lines are lists and
// tables, longer ones paragraphs.
constexpr std::size_t kFirstColumn = 36;
constexpr std::size_t kPastColumn = 104;
// Columns by which a first line is indented.
constexpr std::uint32_t kIndent = 2;
// Fewer lines may end in one band by chance.
constexpr std::uint32_t kLeastLines = 3;
// Where blank lines part nearly all lines, so many for each that they do not and in all, one of
// these is broken if it ends between these columns, before a word that does not fit.
constexpr std::uint32_t kGapsForEach = 2;
constexpr std::uint32_t kLeastGaps = 3;
constexpr std::size_t kUsualWidth = 66;
constexpr std::size_t kMostOfUsual = 80;
// A last line of fewer words may be the end of a ragged paragraph.
constexpr std::ptrdiff_t kLeastWordsOfLast = 4;

bool is_separator(const char* at) noexcept {
  return at[0] == '\xe2' && at[1] == '\x80' && (at[2] == '\xa8' || at[2] == '\xa9');
}

// Whether there is any U+2028 or U+2029: seldom, so all of a text is asked at once, by a loop that
// compilers turn into vector instructions.
bool has_separator(std::string_view utf8) noexcept {
  unsigned any = 0;
  for (std::size_t i = 0; i + 2 < utf8.size(); ++i) {
    const auto third = static_cast<unsigned char>(utf8[i + 2]);
    any |= static_cast<unsigned>(utf8[i] == '\xe2') & static_cast<unsigned>(utf8[i + 1] == '\x80') &
           static_cast<unsigned>((third & 0xfeU) == 0xa8);
  }
  return any != 0;
}

const char* find(const char* begin, const char* end, char byte) noexcept {
  const auto size = static_cast<std::size_t>(end - begin);
  const void* const found = size != 0 ? std::memchr(begin, byte, size) : nullptr;
  return found != nullptr ? static_cast<const char*>(found) : end;
}

bool is_letter_or_beyond(char byte) noexcept {
  const auto value = static_cast<unsigned char>(byte);
  return value >= 0x80 || static_cast<unsigned char>((value | 0x20U) - 'a') < 26 ||
         static_cast<unsigned char>(value - '0') < 10;
}

std::size_t columns_of(std::string_view line, bool ascii) noexcept {
  std::size_t columns = line.size();
  if (!ascii && columns <= base::kMaxUtf8 * kPastColumn) {
    columns = static_cast<std::size_t>(
        std::count_if(line.begin(), line.end(), [](char c) { return base::begins_code_point(c); }));
  }
  return std::min(columns, kPastColumn);
}

bool is_capital(char byte) noexcept { return byte >= 'A' && byte <= 'Z'; }

std::string_view first_word(std::string_view line) noexcept {
  return line.substr(0, line.find_first_of(" \t"));
}

// Whether a line cannot have been broken for want of room in a text so many columns wide: its first
// word would have stood on the line before, or it has no end.
bool begins_anew(std::size_t before, std::string_view line, std::size_t width, bool ascii) {
  return before + 1 + columns_of(first_word(line), ascii) <= width ||
         columns_of(line, ascii) > width + kBand;
}

// Lines that the next one may go on from, by their length.
class LineEnds {
 public:
  // Columns of a line, and the first character of the next one.
  void add(std::size_t columns, char next) noexcept {
    ++lines_;
    ++columns_[columns];
    if (is_capital(next)) ++capitals_;
  }
  void add_gap() noexcept { ++gaps_; }

  // Whether blank lines part nearly all lines.
  [[nodiscard]] bool are_parted() const noexcept {
    return lines_ != 0 && gaps_ >= std::max(kGapsForEach * lines_, kLeastGaps);
  }

  // Where lines end at most: of those in the band that has the most, else of all.
  [[nodiscard]] std::size_t width() const noexcept {
    std::size_t end = lines_ != 0 && most_in_band() ? best_band().first : columns_.size();
    while (end > 0 && columns_[end - 1] == 0) --end;
    return end == 0 ? 0 : end - 1;
  }

  // Whether there are such lines, and none is too long to be wrapped.
  [[nodiscard]] bool all_short() const noexcept { return lines_ != 0 && columns_.back() == 0; }

  // Whether most end in one band, and not most of the next lines begin as a sentence does.
  [[nodiscard]] bool most_in_band() const noexcept {
    return lines_ >= kLeastLines && 2 * capitals_ <= lines_ && 2 * best_band().second > lines_;
  }

 private:
  // The column behind the band in which most lines end, and how many do.
  [[nodiscard]] std::pair<std::size_t, std::uint32_t> best_band() const noexcept {
    std::uint32_t in_band = 0;
    for (std::size_t i = kFirstColumn; i < kFirstColumn + kBand; ++i) in_band += columns_[i];
    std::pair<std::size_t, std::uint32_t> best{kFirstColumn + kBand, in_band};
    for (std::size_t end = kFirstColumn + kBand; end < kPastColumn; ++end) {
      in_band += columns_[end] - columns_[end - kBand];
      if (in_band > best.second) best = {end + 1, in_band};
    }
    return best;
  }

  std::array<std::uint32_t, kPastColumn + 1> columns_{};
  std::uint32_t lines_ = 0;
  std::uint32_t capitals_ = 0;
  std::uint32_t gaps_ = 0;
};

}  // namespace

Lines::Lines(std::string_view utf8) : ascii_(base::ascii_prefix(utf8) == utf8.size()) {
  lines_.reserve(utf8.size() / 128 + 4);
  const char* at = utf8.data();
  const char* const end = at + utf8.size();
  const bool separators = !ascii_ && has_separator(utf8);
  const bool returns = find(at, end, '\r') != end;
  while (at != end) {
    const char* const line_feed = find(at, end, '\n');
    const char* const past = line_feed != end ? line_feed + 1 : end;
    const bool pair = line_feed != end && line_feed != at && line_feed[-1] == '\r';
    const char* const line_end = pair ? line_feed - 1 : line_feed;
    if (separators || (returns && find(at, line_end, '\r') != line_end)) {
      at = add_before_line_feed(at, line_end);
    }
    if (at != past) add(at, line_end, past);
    at = past;
  }
}

void Lines::add(const char* begin, const char* end, const char* past) {
  lines_.push_back({{begin, static_cast<std::size_t>(end - begin)}, past});
}

const char* Lines::add_before_line_feed(const char* begin, const char* end) {
  const char* line = begin;
  for (const char* at = begin; at != end;) {
    const std::ptrdiff_t length = *at == '\r' ? 1 : end - at >= 3 && is_separator(at) ? 3 : 0;
    if (length != 0) {
      add(line, at, at + length);
      line = at + length;
    }
    at += std::max<std::ptrdiff_t>(length, 1);
  }
  return line;
}

std::uint32_t indent_of(std::string_view line) noexcept {
  std::uint32_t indent = 0;
  while (indent < line.size() && (line[indent] == ' ' || line[indent] == '\t')) ++indent;
  return indent;
}

bool is_blank(std::string_view line) noexcept {
  return std::none_of(line.begin(), line.end(), is_letter_or_beyond);
}

bool is_broken(std::string_view line, std::string_view next, bool ascii) noexcept {
  const std::string_view words = trimmed(line);
  const bool goes_on = !words.empty() && static_cast<unsigned char>(words.back()) < 0x80 &&
                       (is_letter_or_beyond(words.back()) || words.back() == ',');
  if (!goes_on) return false;
  const std::size_t columns = columns_of(line, ascii);
  next.remove_prefix(indent_of(next));
  return columns <= kMostOfUsual &&
         columns + 1 + columns_of(first_word(next), ascii) >= kUsualWidth &&
         columns_of(next, ascii) < columns;
}

Layout layout_of(const Lines& lines) {
  LineEnds ends;
  std::uint32_t least = ~std::uint32_t{0};
  std::uint32_t most = 0;
  std::string_view before;
  std::uint32_t indent_before = 0;
  bool blank_before = true;
  // The last line with letters, columns of the one before, and whether it may go on from that.
  std::string_view last;
  std::size_t before_last = 0;
  bool goes_on = false;
  for (const auto& [line, past] : lines) {
    const bool blank = is_blank(line);
    const std::uint32_t indent = indent_of(line);
    if (!blank) {
      least = std::min(least, indent);
      most = std::max(most, indent);
      goes_on = !blank_before && indent <= indent_before;
      if (goes_on) {
        before_last = columns_of(before, lines.ascii());
        ends.add(before_last, line[indent]);
      } else if (blank_before && !last.empty()) {
        ends.add_gap();
      }
      last = line;
    }
    before = line;
    indent_before = indent;
    blank_before = blank;
  }
  // Few lines suffice where paragraphs are indented.
  const bool indented = most >= least + kIndent && ends.all_short();
  const bool wrapped = indented || ends.most_in_band();
  Layout layout{wrapped, !wrapped && ends.are_parted(), least, nullptr};
  if (layout.wrapped && goes_on && is_capital(last[indent_of(last)]) &&
      std::count(last.begin(), last.end(), ' ') + 1 >= kLeastWordsOfLast &&
      begins_anew(before_last, last.substr(indent_of(last)), ends.width(), lines.ascii())) {
    layout.last_line = last.data();
  }
  return layout;
}

}  // namespace wirecopy::blocks
