#include "repeats/signs.h"

#include <algorithm>

#include "base/utf8.h"
#include "wirecopy/blocks.h"

namespace wirecopy::repeats {
namespace {

bool is_lower(char c) noexcept { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) noexcept { return c >= 'A' && c <= 'Z'; }
bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
bool is_space(char c) noexcept { return static_cast<unsigned char>(c) <= 0x20; }

base::Decoded decode(std::string_view utf8, std::size_t at) noexcept {
  return base::decode_utf8(utf8.data() + at, utf8.data() + utf8.size());
}

}  // namespace

bool ends_sentence(std::string_view utf8) noexcept {
  while (!utf8.empty() && is_space(utf8.back())) utf8.remove_suffix(1);
  // Not more signs than a sentence ends with.
  constexpr std::size_t kMostSigns = 16;
  std::size_t at = utf8.size() - std::min(utf8.size(), kMostSigns);
  while (at < utf8.size() && !base::begins_code_point(utf8[at])) ++at;
  for (; at < utf8.size(); at += decode(utf8, at).length) {
    if (sentence_end_at(utf8, 0, at) == utf8.size() - at) return true;
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

bool begins_small(std::string_view line) noexcept {
  while (!line.empty() && is_space(line.front())) line.remove_prefix(1);
  return !line.empty() && is_lower(line.front());
}

bool is_on_purpose(std::string_view line) noexcept {
  while (!line.empty() && is_space(line.front())) line.remove_prefix(1);
  if (line.empty()) return false;
  if (std::string_view(">|+=_#").find(line.front()) != std::string_view::npos) return true;
  if (begins_small(line)) return true;
  if (line.find("   ") != line.npos || line.find('\t') != line.npos) return true;
  constexpr std::size_t kLongestSignature = 200;
  if (line.size() <= kLongestSignature && line.find('@') != line.npos) return true;
  // A name in capitals, a letter or a time, and what parts it from what is said.
  constexpr std::size_t kLongestName = 30;
  for (std::size_t at = 0; at < std::min(line.size(), kLongestName); ++at) {
    if (line[at] == ':' || line[at] == '|') return true;
    if (is_lower(line[at])) return false;
  }
  return false;
}

}  // namespace wirecopy::repeats
