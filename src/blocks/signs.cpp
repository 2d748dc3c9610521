#include "blocks/signs.h"

#include <cstddef>

#include "base/utf8.h"

namespace wirecopy::blocks {
namespace {

constexpr std::u32string_view kSentenceEnds =
    U".!?…‥‼⁇⁈⁉"
    U"。！？．｡"              // Chinese, Japanese
    U"؟۔।॥။።፧፨։՜՞᙮᠃᠉៕᱾᱿꓿꘎꘏";  // Arabic, Urdu, Devanagari, Myanmar, Ethiopic, Armenian, …
constexpr std::u32string_view kClosers = U"\"'’”»›)]}」』）］】〉》〕";
constexpr std::u32string_view kOpenEnds = U":,;-–—：，、；،؛";
constexpr std::u32string_view kBullets = U"•‣⁃◦∙·●○■□▪▫◆◇▶►▸▲▼△▽★☆✓✔➤➢❖・※◾◼";
constexpr std::u32string_view kItemDashes = U"-*–";

bool is_digit(char32_t c) noexcept { return c >= '0' && c <= '9'; }

bool among(std::u32string_view set, char32_t code_point) noexcept {
  // What most texts begin and end with is in no set.
  if (is_digit(code_point) || ((code_point | 0x20U) >= 'a' && (code_point | 0x20U) <= 'z')) {
    return false;
  }
  return set.find(code_point) != set.npos;
}

bool is_space(char32_t c) noexcept {
  return c <= 0x20 || c == 0x7f || c == 0x85 || c == 0xa0 || (c >= 0x2000 && c <= 0x200f) ||
         (c >= 0x2028 && c <= 0x202f) || (c >= 0x205f && c <= 0x2069) || c == 0x3000 || c == 0xfeff;
}

base::Decoded first_of(std::string_view utf8) noexcept {
  return base::decode_utf8(utf8.data(), utf8.data() + utf8.size());
}

// A sequence that is cut off reads as its last byte, which is no character.
base::Decoded last_of(std::string_view utf8) noexcept {
  const char* const end = utf8.data() + utf8.size();
  for (std::size_t length = 1; length <= base::kMaxUtf8 && length <= utf8.size(); ++length) {
    if (!base::begins_code_point(end[-static_cast<std::ptrdiff_t>(length)])) continue;
    const base::Decoded decoded = base::decode_utf8(end - length, end);
    if (decoded.length == length) return decoded;
    break;
  }
  return {};
}

// What is left of a trimmed text without quotes and brackets at its end.
std::string_view without_closers(std::string_view utf8) noexcept {
  while (!utf8.empty()) {
    const base::Decoded last = last_of(utf8);
    if (!among(kClosers, last.code_point) && !is_space(last.code_point)) break;
    utf8.remove_suffix(last.length);
  }
  return utf8;
}

// Up to three digits, then a full stop or bracket, then a space.
bool begins_number(std::string_view utf8) noexcept {
  if (utf8.front() == '(') utf8.remove_prefix(1);
  std::size_t digits = 0;
  while (digits < utf8.size() && is_digit(static_cast<unsigned char>(utf8[digits]))) ++digits;
  if (digits == 0 || digits > 3 || digits + 1 >= utf8.size()) return false;
  return (utf8[digits] == '.' || utf8[digits] == ')') && utf8[digits + 1] == ' ';
}

}  // namespace

std::string_view trimmed(std::string_view utf8) noexcept {
  while (!utf8.empty()) {
    const base::Decoded first = first_of(utf8);
    if (!is_space(first.code_point)) break;
    utf8.remove_prefix(first.length);
  }
  while (!utf8.empty()) {
    const base::Decoded last = last_of(utf8);
    if (!is_space(last.code_point)) break;
    utf8.remove_suffix(last.length);
  }
  return utf8;
}

bool ends_sentence(std::string_view utf8) noexcept {
  const std::string_view rest = without_closers(utf8);
  return !rest.empty() && among(kSentenceEnds, last_of(rest).code_point);
}

bool ends_open(std::string_view utf8) noexcept {
  return !utf8.empty() && among(kOpenEnds, last_of(utf8).code_point);
}

bool begins_item(std::string_view utf8) noexcept {
  if (utf8.empty()) return false;
  const base::Decoded first = first_of(utf8);
  if (among(kBullets, first.code_point)) return true;
  if (among(kItemDashes, first.code_point)) return is_space(code_point_at(utf8, 1));
  return begins_number(utf8);
}

bool begins_copyright(std::string_view utf8) noexcept {
  return !utf8.empty() && (first_of(utf8).code_point == U'©' || utf8.starts_with("(c) ") ||
                           utf8.starts_with("(C) "));
}

char32_t code_point_at(std::string_view utf8, std::size_t count) noexcept {
  for (; !utf8.empty(); --count) {
    const base::Decoded first = first_of(utf8);
    if (count == 0) return first.code_point;
    utf8.remove_prefix(first.length);
  }
  return 0;
}

}  // namespace wirecopy::blocks
