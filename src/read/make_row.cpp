#include "read/make_row.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace wirecopy::read {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";

// The letter behind the backslash; 'u' for \u00xx, 0 for bytes that stand for themselves.
constexpr std::array<char, 256> kEscapes = [] {
  std::array<char, 256> escapes{};
  for (std::size_t c = 0; c < 0x20; ++c) escapes[c] = 'u';
  escapes['\b'] = 'b';
  escapes['\t'] = 't';
  escapes['\n'] = 'n';
  escapes['\f'] = 'f';
  escapes['\r'] = 'r';
  escapes['"'] = '"';
  escapes['\\'] = '\\';
  return escapes;
}();

char escape_of(char c) { return kEscapes[static_cast<unsigned char>(c)]; }

std::size_t quoted_size(std::string_view text) {
  std::size_t size = text.size() + 2;
  for (const char c : text) {
    const char escape = escape_of(c);
    if (escape != 0) size += escape == 'u' ? 5 : 1;
  }
  return size;
}

char* write(char* to, std::string_view text) { return std::copy(text.begin(), text.end(), to); }

char* write_quoted(char* to, std::string_view text) {
  *to++ = '"';
  for (const char c : text) {
    const char escape = escape_of(c);
    if (escape == 0) {
      *to++ = c;
      continue;
    }
    *to++ = '\\';
    *to++ = escape;
    if (escape == 'u') {
      const auto byte = static_cast<unsigned char>(c);
      to = write(to, "00");
      *to++ = kHex[byte >> 4U];
      *to++ = kHex[byte & 15U];
    }
  }
  *to++ = '"';
  return to;
}

}  // namespace

std::string_view row_of_cells(std::span<const std::string> columns,
                              std::span<const std::string_view> cells, base::TextArena& arena) {
  std::size_t size = 2;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    size += quoted_size(columns[i]) + quoted_size(cells[i]) + 2;
  }
  char* const begin = arena.room(size);
  char* to = begin;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    *to++ = i == 0 ? '{' : ',';
    to = write_quoted(to, columns[i]);
    *to++ = ':';
    to = write_quoted(to, cells[i]);
  }
  *to++ = '}';
  return arena.keep_row(static_cast<std::size_t>(to - begin));
}

std::string_view row_of_text(std::string_view id, std::string_view text, base::TextArena& arena) {
  static const std::array<std::string, 2> kColumns{"id", "text"};
  return row_of_cells(kColumns, std::array<std::string_view, 2>{id, text}, arena);
}

}  // namespace wirecopy::read
