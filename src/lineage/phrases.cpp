#include "lineage/phrases.h"

#include <algorithm>

#include "base/unicode.h"
#include "base/utf8.h"

namespace wirecopy::lineage {
namespace {

constexpr std::size_t kMostSpaces = 8;  // a line break and its indentation
// From here on scripts have no spaces, or particles stick to the names (Hangul).
constexpr char32_t kFirstUnseparated = 0x1100;

char lower(char byte) noexcept {
  return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte - 'A' + 'a') : byte;
}

bool is_space(char byte) noexcept {
  return byte == ' ' || byte == '\n' || byte == '\t' || byte == '\r';
}

std::size_t first_two(char first, char second) noexcept {
  return static_cast<std::size_t>(static_cast<unsigned char>(first)) << 8U |
         static_cast<unsigned char>(second);
}

// Bytes of `text` that the phrase takes from `at` on; 0 = it does not stand there.
std::size_t length_at(std::string_view text, std::size_t at, std::string_view phrase,
                      bool any_case) noexcept {
  std::size_t i = at;
  for (const char byte : phrase) {
    if (byte == ' ') {
      const std::size_t begin = i;
      while (i < text.size() && i - begin < kMostSpaces && is_space(text[i])) ++i;
      if (i == begin) return 0;
      continue;
    }
    if (i == text.size()) return 0;
    if (text[i] != byte && !(any_case && lower(text[i]) == lower(byte))) return 0;
    ++i;
  }
  return i - at;
}

char32_t code_point_at(std::string_view text, std::size_t at) noexcept {
  return base::decode_utf8(text.data() + at, text.data() + text.size()).code_point;
}

std::size_t before(std::string_view text, std::size_t at) noexcept {
  do {
    --at;
  } while (at > 0 && !base::begins_code_point(text[at]));
  return at;
}

bool separated(char32_t code_point) {
  return code_point < kFirstUnseparated && base::is_letter(code_point);
}

// Whether [begin, end) cuts no word of the text in two.
bool stands_alone(std::string_view text, std::size_t begin, std::size_t end) {
  if (begin > 0 && separated(code_point_at(text, begin)) &&
      separated(code_point_at(text, before(text, begin)))) {
    return false;
  }
  return end == text.size() || !separated(code_point_at(text, before(text, end))) ||
         !separated(code_point_at(text, end));
}

}  // namespace

void for_each_row(std::string_view table,
                  const std::function<void(const std::vector<std::string_view>&)>& row) {
  std::vector<std::string_view> cells;
  while (!table.empty()) {
    const std::size_t newline = std::min(table.find('\n'), table.size());
    std::string_view line = table.substr(0, newline);
    table.remove_prefix(std::min(newline + 1, table.size()));
    if (line.empty() || line.front() == '#') continue;
    cells.clear();
    for (std::size_t tab = line.find('\t'); tab != std::string_view::npos; tab = line.find('\t')) {
      cells.push_back(line.substr(0, tab));
      line.remove_prefix(tab + 1);
    }
    cells.push_back(line);
    row(cells);
  }
}

void PhraseIndex::add(std::string_view phrase, bool any_case, std::uint32_t value) {
  // A phrase of one byte ends where any byte may follow; there is none in the tables.
  const char first = phrase.front();
  const char second = phrase.size() > 1 ? phrase[1] : ' ';
  const auto cases = [&](char byte) {
    const bool letter = any_case && lower(byte) >= 'a' && lower(byte) <= 'z';
    return letter ? std::vector<char>{lower(byte), static_cast<char>(lower(byte) - 'a' + 'A')}
                  : std::vector<char>{byte};
  };
  for (const char a : cases(first)) {
    for (const char b : cases(second)) begins_.set(first_two(a, b));
    std::vector<Entry>& entries = by_first_byte_[static_cast<unsigned char>(a)];
    const auto place = std::find_if(entries.begin(), entries.end(), [&](const Entry& entry) {
      return entry.phrase.size() < phrase.size();
    });
    entries.insert(place, {phrase, any_case, value});
  }
}

PhraseIndex::Match PhraseIndex::at(std::string_view text, std::size_t at) const {
  if (at + 1 >= text.size() || !begins_[first_two(text[at], text[at + 1])]) return {};
  for (const Entry& entry : by_first_byte_[static_cast<unsigned char>(text[at])]) {
    const std::size_t length = length_at(text, at, entry.phrase, entry.any_case);
    if (length > 0 && stands_alone(text, at, at + length)) {
      return {static_cast<std::uint32_t>(length), entry.value};
    }
  }
  return {};
}

}  // namespace wirecopy::lineage
