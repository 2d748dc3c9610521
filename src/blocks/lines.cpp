#include "blocks/lines.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>

#include "base/utf8.h"

namespace wirecopy::blocks {
namespace {

// Hard-wrapped lines end in a band of so many columns: a long word does not fit in the rest of it.
constexpr std::size_t kBand = 16;
// The bands looked at begin at this column and end before that one. Shorter lines are lists and
// tables, longer ones paragraphs.
constexpr std::size_t kFirstColumn = 36;
constexpr std::size_t kPastColumn = 104;
// Fewer lines may end in one band by chance.
constexpr std::uint32_t kLeastLines = 3;

bool is_letter_or_beyond(char byte) noexcept {
  const auto value = static_cast<unsigned char>(byte);
  return value >= 0x80 || static_cast<unsigned char>((value | 0x20U) - 'a') < 26 ||
         static_cast<unsigned char>(value - '0') < 10;
}

std::size_t columns_of(std::string_view line) noexcept {
  if (line.size() > base::kMaxUtf8 * kPastColumn) return kPastColumn;
  return static_cast<std::size_t>(
      std::count_if(line.begin(), line.end(), [](char c) { return base::begins_code_point(c); }));
}

// Lines that the next one may go on from, by their length.
class LineEnds {
 public:
  void add(std::string_view line, std::string_view next) noexcept {
    ++lines_;
    ++columns_[std::min(columns_of(line), kPastColumn)];
    const auto first = next.find_first_not_of(" \t");
    if (first != next.npos && next[first] >= 'A' && next[first] <= 'Z') ++capitals_;
  }

  // Two thirds end in one band, and not most of the next lines begin as a sentence does.
  [[nodiscard]] bool wrapped() const noexcept {
    if (lines_ < kLeastLines || 2 * capitals_ > lines_) return false;
    std::uint32_t in_band = 0;
    for (std::size_t i = kFirstColumn; i < kFirstColumn + kBand; ++i) in_band += columns_[i];
    std::uint32_t most = in_band;
    for (std::size_t end = kFirstColumn + kBand; end < kPastColumn; ++end) {
      in_band += columns_[end] - columns_[end - kBand];
      most = std::max(most, in_band);
    }
    return std::uint64_t{most} * 3 >= std::uint64_t{lines_} * 2;
  }

 private:
  std::array<std::uint32_t, kPastColumn + 1> columns_{};
  std::uint32_t lines_ = 0;
  std::uint32_t capitals_ = 0;
};

}  // namespace

Lines::Lines(std::string_view utf8)
    : at_(utf8.data()),
      end_(utf8.data() + utf8.size()),
      line_feed_(find_byte(nullptr, '\n')),
      carriage_return_(find_byte(nullptr, '\r')),
      separator_(base::ascii_prefix(utf8) == utf8.size() ? end_ : find_separator(nullptr)) {}

const char* Lines::find_byte(const char* known, char byte) const noexcept {
  if (known != nullptr && (known >= at_ || known == end_)) return known;
  if (at_ == end_) return end_;
  const void* const found = std::memchr(at_, byte, static_cast<std::size_t>(end_ - at_));
  return found != nullptr ? static_cast<const char*>(found) : end_;
}

const char* Lines::find_separator(const char* known) const noexcept {
  if (known != nullptr && (known >= at_ || known == end_)) return known;
  const std::string_view rest(at_, static_cast<std::size_t>(end_ - at_));
  for (std::size_t at = 0; (at = rest.find("\xe2\x80", at)) != rest.npos; at += 2) {
    if (at + 2 == rest.size()) break;
    if (rest[at + 2] == '\xa8' || rest[at + 2] == '\xa9') return at_ + at;
  }
  return end_;
}

bool Lines::next() {
  if (at_ == end_) return false;
  line_feed_ = find_byte(line_feed_, '\n');
  carriage_return_ = find_byte(carriage_return_, '\r');
  separator_ = find_separator(separator_);
  const char* const line_end = std::min({line_feed_, carriage_return_, separator_});
  const char* past = line_end;
  if (past != end_) {
    if (past == separator_) past += 2;
    const bool pair = *past == '\r' && past + 1 != end_ && past[1] == '\n';
    past += pair ? 2 : 1;
  }
  line_ = {at_, static_cast<std::size_t>(line_end - at_)};
  line_and_end_ = {at_, static_cast<std::size_t>(past - at_)};
  at_ = past;
  return true;
}

std::uint32_t indent_of(std::string_view line) noexcept {
  return static_cast<std::uint32_t>(std::min(line.find_first_not_of(" \t"), line.size()));
}

bool is_blank(std::string_view line) noexcept {
  return std::none_of(line.begin(), line.end(), is_letter_or_beyond);
}

Layout layout_of(std::string_view utf8) {
  LineEnds ends;
  std::uint32_t least = ~std::uint32_t{0};
  std::string_view before;
  std::uint32_t indent_before = 0;
  bool blank_before = true;
  for (Lines lines(utf8); lines.next();) {
    const std::string_view line = lines.line();
    const bool blank = is_blank(line);
    const std::uint32_t indent = indent_of(line);
    if (!blank) {
      least = std::min(least, indent);
      if (!blank_before && indent <= indent_before) ends.add(before, line);
    }
    before = line;
    indent_before = indent;
    blank_before = blank;
  }
  return {ends.wrapped(), least};
}

}  // namespace wirecopy::blocks
