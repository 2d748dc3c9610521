#include "lineage/phrases.h"

#include <algorithm>
#include <bit>
#include <cstring>

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

char upper(char byte) noexcept {
  return byte >= 'a' && byte <= 'z' ? static_cast<char>(byte - 'a' + 'A') : byte;
}

bool is_small(char byte) noexcept { return byte >= 'a' && byte <= 'z'; }

// A letter or digit of ASCII.
bool is_plain(char byte) noexcept { return is_small(lower(byte)) || (byte >= '0' && byte <= '9'); }

bool is_space(char byte) noexcept {
  return byte == ' ' || byte == '\n' || byte == '\t' || byte == '\r';
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

// The first byte lowest; zeros behind the end of the text.
std::uint64_t first_eight(std::string_view text) noexcept {
  static_assert(std::endian::native == std::endian::little);
  std::uint64_t bytes = 0;
  if (text.size() >= sizeof bytes) {
    std::memcpy(&bytes, text.data(), sizeof bytes);
  } else {
    std::memcpy(&bytes, text.data(), text.size());
  }
  return bytes;
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

PhraseIndex::Entry PhraseIndex::entry_of(std::string_view phrase, bool any_case,
                                         std::uint32_t value) noexcept {
  constexpr unsigned kCase = 0x20;  // the bit in which a letter and its capital differ
  Entry entry{phrase, any_case, value, 0, 0};
  const std::size_t length = std::min({phrase.size(), phrase.find(' '), sizeof entry.head});
  for (std::size_t i = 0; i < length; ++i) {
    const unsigned bits = any_case && is_small(lower(phrase[i])) ? 0xffU & ~kCase : 0xffU;
    const unsigned byte = static_cast<unsigned char>(phrase[i]);
    entry.head |= std::uint64_t{byte & bits} << (8 * i);
    entry.head_bits |= std::uint64_t{bits} << (8 * i);
  }
  return entry;
}

void PhraseIndex::add(std::string_view phrase, bool any_case, std::uint32_t value) {
  const bool any_first = any_case && is_small(phrase[0]);
  const bool any_second = any_case && lower(phrase[1]) >= 'a' && lower(phrase[1]) <= 'z';
  const auto insert = [&](char first, char second) {
    firsts_.insert(static_cast<unsigned char>(first));
    begins_.set(first_two(first, second));
    let_go_on(first, second, phrase, any_case);
    std::vector<Entry>& entries = by_first_two_[first_two(first, second)];
    const auto place = std::find_if(entries.begin(), entries.end(), [&](const Entry& entry) {
      return entry.phrase.size() < phrase.size();
    });
    entries.insert(place, entry_of(phrase, any_case, value));
  };
  for (const char first : {phrase[0], upper(phrase[0])}) {
    insert(first, any_second ? lower(phrase[1]) : phrase[1]);
    if (any_second) insert(first, upper(phrase[1]));
    if (!any_first) break;
  }
}

// Anything may stand behind two bytes that are a phrase, or a word of one.
void PhraseIndex::let_go_on(char first, char second, std::string_view phrase, bool any_case) {
  const char third = phrase.size() > 2 ? phrase[2] : ' ';
  if (third == ' ' || second == ' ') {
    for (unsigned byte = 0; byte < 256; ++byte) {
      goes_on_.set(first_three(first, second, static_cast<char>(byte)));
    }
    return;
  }
  goes_on_.set(first_three(first, second, third));
  if (any_case) {
    goes_on_.set(first_three(first, second, lower(third)));
    goes_on_.set(first_three(first, second, upper(third)));
  }
}

PhraseIndex::Match PhraseIndex::longest_at(std::string_view text, std::size_t at) const {
  if (at > 0 && is_plain(text[at]) && is_plain(text[at - 1])) return {};
  const std::uint64_t head = first_eight(text.substr(at));
  for (const Entry& entry : by_first_two_.at(first_two(text[at], text[at + 1]))) {
    if ((head & entry.head_bits) != entry.head) continue;
    const std::size_t length = length_at(text, at, entry.phrase, entry.any_case);
    if (length > 0 && stands_alone(text, at, at + length)) {
      return {static_cast<std::uint32_t>(length), entry.value};
    }
  }
  return {};
}

}  // namespace wirecopy::lineage
