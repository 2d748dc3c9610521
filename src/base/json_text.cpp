#include "base/json_text.h"

#include <bit>
#include <cstring>
#include <utility>

namespace wirecopy::base {
namespace {

// For each of eight bytes its upper bit, if it has to be escaped: a control character, a quote or a
// backslash. Bits above the lowest of them may be wrong.
std::uint64_t to_escape(std::uint64_t bytes) noexcept {
  constexpr std::uint64_t kOnes = 0x0101010101010101ULL;
  constexpr std::uint64_t kHigh = 0x80 * kOnes;
  const auto zeros = [](std::uint64_t each) { return (each - kOnes) & ~each; };
  const std::uint64_t control = (bytes - 0x20 * kOnes) & ~bytes;
  return (control | zeros(bytes ^ '"' * kOnes) | zeros(bytes ^ '\\' * kOnes)) & kHigh;
}

bool is_escaped(char byte) noexcept {
  return static_cast<unsigned char>(byte) < 0x20 || byte == '"' || byte == '\\';
}

// The first byte from `at` on that has to be escaped, or the end.
std::size_t next_escaped(std::string_view text, std::size_t at) noexcept {
  static_assert(std::endian::native == std::endian::little);
  for (; at + sizeof(std::uint64_t) <= text.size(); at += sizeof(std::uint64_t)) {
    std::uint64_t bytes;
    std::memcpy(&bytes, text.data() + at, sizeof bytes);
    const std::uint64_t found = to_escape(bytes);
    if (found != 0) return at + static_cast<std::size_t>(std::countr_zero(found)) / 8;
  }
  while (at < text.size() && !is_escaped(text[at])) ++at;
  return at;
}

}  // namespace

void JsonText::new_line() {
  if (!indented_) return;
  text_ += '\n';
  text_.append(std::size_t{2} * level_, ' ');
}

void JsonText::begin_value() {
  if (std::exchange(after_key_, false) || level_ == 0) return;
  if (!std::exchange(empty_, false)) text_ += ',';
  new_line();
}

void JsonText::open(char bracket) {
  begin_value();
  text_ += bracket;
  ++level_;
  empty_ = true;
}

void JsonText::close(char bracket) {
  --level_;
  if (!std::exchange(empty_, false)) new_line();
  text_ += bracket;
}

void JsonText::key(std::string_view name) {
  begin_value();
  quote(name);
  text_ += indented_ ? ": " : ":";
  after_key_ = true;
}

void JsonText::string(std::string_view utf8) {
  begin_value();
  quote(utf8);
}

void JsonText::value(std::string_view json) {
  begin_value();
  text_ += json;
}

void JsonText::quote(std::string_view utf8) {
  text_ += '"';
  for (std::size_t at = 0; at < utf8.size();) {
    const std::size_t plain_end = next_escaped(utf8, at);
    text_.append(utf8, at, plain_end - at);
    if (plain_end < utf8.size()) escape(utf8[plain_end]);
    at = plain_end + 1;
  }
  text_ += '"';
}

void JsonText::escape(char byte) {
  constexpr std::string_view kNamed = "\"\\\b\f\n\r\t";
  constexpr std::string_view kNames = "\"\\bfnrt";
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  text_ += '\\';
  if (const std::size_t name = kNamed.find(byte); name != kNamed.npos) {
    text_ += kNames[name];
    return;
  }
  const auto code = static_cast<unsigned char>(byte);
  text_ += "u00";
  text_ += kDigits[code >> 4U];
  text_ += kDigits[code & 15U];
}

void JsonText::clear() {
  text_.clear();
  level_ = 0;
  empty_ = true;
  after_key_ = false;
}

}  // namespace wirecopy::base
