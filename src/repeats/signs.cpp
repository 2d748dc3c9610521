#include "repeats/signs.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/unicode.h"
#include "base/utf8.h"

namespace wirecopy::repeats {
namespace {

constexpr std::u32string_view kStops = U".!?…‥。！？．｡؟۔।॥።";
constexpr std::u32string_view kFullWidth = U"。！？．｡";
constexpr std::u32string_view kClosers = U"\"'’”»›)]}」』）］】〉》〕";

// Words before a full stop that ends no sentence. Of one letter, none does.
constexpr auto kAbbreviations = std::to_array<std::string_view>(
    {"mr",   "mrs",  "ms",  "dr",  "st",  "sen", "rep",  "gov", "gen", "col", "lt",  "sgt",  "capt",
     "prof", "rev",  "hon", "no",  "vs",  "jr",  "sr",   "nr",  "bzw", "ca",  "mme", "mlle", "sra",
     "dra",  "srta", "etc", "jan", "feb", "aug", "sept", "oct", "nov", "dec", "fig", "vol",  "ph"});

bool is_lower(char c) noexcept { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) noexcept { return c >= 'A' && c <= 'Z'; }
bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
bool is_space(char c) noexcept { return static_cast<unsigned char>(c) <= 0x20; }

base::Decoded decode(std::string_view utf8, std::size_t at) noexcept {
  return base::decode_utf8(utf8.data() + at, utf8.data() + utf8.size());
}

std::size_t past_closers(std::string_view utf8, std::size_t at) noexcept {
  while (at < utf8.size()) {
    const base::Decoded sign = decode(utf8, at);
    if (kClosers.find(sign.code_point) == kClosers.npos &&
        kStops.find(sign.code_point) == kStops.npos) {
      break;
    }
    at += sign.length;
  }
  return at;
}

// The ASCII word that ends before a byte, in small letters; empty if it is long or something else.
bool is_abbreviation(std::string_view utf8, std::size_t begin, std::size_t end) noexcept {
  constexpr std::size_t kLongest = 4;
  std::array<char, kLongest> word{};
  std::size_t length = 0;
  std::size_t at = end;
  while (at > begin && (is_lower(utf8[at - 1]) || is_upper(utf8[at - 1]))) {
    if (++length > kLongest) return false;
    --at;
    word[kLongest - length] = static_cast<char>(utf8[at] | 0x20);
  }
  if (length == 0 || (at > begin && static_cast<unsigned char>(utf8[at - 1]) >= 0x80)) return false;
  const std::string_view letters(word.data() + kLongest - length, length);
  return length == 1 ||
         std::find(kAbbreviations.begin(), kAbbreviations.end(), letters) != kAbbreviations.end();
}

// Whether a sentence may begin at a byte; `glued`: without a space before it.
bool may_begin(std::string_view utf8, std::size_t at, bool glued, char before) noexcept {
  const char next = utf8[at];
  if (is_lower(next)) return false;
  if (!glued) return true;
  // "U.S.A", "3.50", "example.Com": only behind a small letter or a closed quotation.
  if (is_digit(next)) return false;
  return (is_upper(next) || next == '"' || static_cast<unsigned char>(next) >= 0x80) &&
         !is_upper(before) && !is_digit(before);
}

}  // namespace

std::size_t sentence_end_at(std::string_view utf8, std::size_t begin, std::size_t at) noexcept {
  const base::Decoded stop = decode(utf8, at);
  if (kStops.find(stop.code_point) == kStops.npos) return 0;
  const std::size_t past = past_closers(utf8, at + stop.length);
  if (past >= utf8.size() || kFullWidth.find(stop.code_point) != kFullWidth.npos) return past - at;
  const char before = at > begin ? utf8[at - 1] : ' ';
  std::size_t next = past;
  while (next < utf8.size() && is_space(utf8[next])) ++next;
  if (next == utf8.size()) return past - at;
  if (!may_begin(utf8, next, next == past, past == at + 1 ? before : 'a')) return 0;
  const bool abbreviation = stop.code_point == '.' && is_abbreviation(utf8, begin, at);
  return abbreviation ? 0 : past - at;
}

bool ends_sentence(std::string_view utf8) noexcept {
  while (!utf8.empty() && is_space(utf8.back())) utf8.remove_suffix(1);
  // Not more signs than a sentence ends with.
  constexpr std::size_t kMostSigns = 16;
  std::size_t at = utf8.size() - std::min(utf8.size(), kMostSigns);
  while (at < utf8.size() && !base::begins_code_point(utf8[at])) ++at;
  for (; at < utf8.size(); at += decode(utf8, at).length) {
    if (kStops.find(decode(utf8, at).code_point) == kStops.npos) continue;
    if (past_closers(utf8, at) == utf8.size()) return true;
  }
  return false;
}

bool breaks_off(std::string_view utf8) noexcept {
  while (!utf8.empty() && is_space(utf8.back())) utf8.remove_suffix(1);
  return utf8.ends_with("...") || utf8.ends_with("…") || utf8.ends_with("[…]");
}

bool is_parted(std::string_view utf8) noexcept {
  while (!utf8.empty() && utf8.back() == ' ') utf8.remove_suffix(1);
  return !utf8.empty() && !is_lower(utf8.back()) && !is_upper(utf8.back()) &&
         !is_digit(utf8.back());
}

bool begins_on_purpose(std::string_view line) noexcept {
  while (!line.empty() && is_space(line.front())) line.remove_prefix(1);
  if (line.empty()) return false;
  if (std::string_view(">|+=_#").find(line.front()) != std::string_view::npos) return true;
  // A name in capitals, a letter or a time, and what parts it from what is said.
  constexpr std::size_t kLongestName = 30;
  for (std::size_t at = 0; at < std::min(line.size(), kLongestName); ++at) {
    if (line[at] == ':' || line[at] == '\t' || line[at] == '|') return true;
    if (is_lower(line[at])) return false;
  }
  return false;
}

}  // namespace wirecopy::repeats
