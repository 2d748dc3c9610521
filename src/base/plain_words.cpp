#include "base/plain_words.h"

#include <fmt/format.h>

#include "base/utf8.h"

namespace wirecopy::base {
namespace {

// Moves the cursor, starts an escape sequence, breaks the line, or turns the direction of what
// follows.
bool disturbs_terminal(char32_t c) {
  return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x061c || c == 0x200e || c == 0x200f ||
         (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

}  // namespace

std::string printable(std::string_view text, std::size_t most) {
  std::string safe;
  const char* const end = text.data() + text.size();
  std::size_t taken = 0;
  for (const char* at = text.data(); at != end; ++taken) {
    if (taken == most) return safe + "…";
    const base::Decoded decoded = base::decode_utf8(at, end);
    if (disturbs_terminal(decoded.code_point)) {
      safe += fmt::format("\\u{{{:x}}}", static_cast<std::uint32_t>(decoded.code_point));
    } else {
      safe += decoded.well_formed ? std::string_view(at, decoded.length) : "\ufffd";
    }
    at += decoded.length;
  }
  return safe;
}

std::string grouped(std::uint64_t number) {
  std::string text = fmt::format("{}", number);
  for (std::size_t place = text.size(); place > 3;) text.insert(place -= 3, 1, ',');
  return text;
}

std::string counted(std::uint64_t number, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", grouped(number), number == 1 ? one : many);
}

std::string file_size_text(std::uint64_t bytes) {
  if (bytes < 1000) return counted(bytes, "byte", "bytes");
  double size = static_cast<double>(bytes) / 1000;
  const char* unit = "kB";
  for (const char* larger : {"MB", "GB", "TB"}) {
    if (size < 1000) break;
    size /= 1000;
    unit = larger;
  }
  return fmt::format("{:.1f} {}", size, unit);
}

}  // namespace wirecopy::base
