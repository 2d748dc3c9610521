// A text and a row without their cuts. Both are walked once, code point by code point, the row in
// the spelling of JSON (RFC 8259 section 7).
#include <algorithm>

#include "base/utf8.h"
#include "wirecopy/clean.h"

namespace wirecopy {
namespace {

constexpr std::size_t kUnicodeEscape = 6;  // \u0000

// Bytes of the code point at the head of a text.
std::size_t size_in_text(std::string_view utf8) noexcept {
  return base::decode_utf8(utf8.data(), utf8.data() + utf8.size()).length;
}

// The same in the source of a JSON string. A pair of surrogates is one code point; a valid string
// has no half of one.
std::size_t size_in_json(std::string_view source) noexcept {
  if (source.front() != '\\' || source.size() < 2) return size_in_text(source);
  if (source[1] != 'u') return 2;
  const bool surrogate = source.size() > 3 && (source[2] == 'd' || source[2] == 'D') &&
                         std::string_view("89abAB").find(source[3]) != std::string_view::npos;
  return std::min(source.size(), surrogate ? 2 * kUnicodeEscape : kUnicodeEscape);
}

// Calls visit(begin, end) with the bytes of each cut.
template <typename Size, typename Visit>
void for_each_cut(std::string_view source, std::span<const Cut> cuts, Size size, Visit visit) {
  std::size_t byte = 0;
  std::uint64_t point = 0;
  const auto byte_of = [&](std::uint64_t place) {
    for (; point < place && byte < source.size(); ++point) byte += size(source.substr(byte));
    return byte;
  };
  for (const Cut& cut : cuts) {
    const std::size_t begin = byte_of(cut.span.begin);
    visit(begin, byte_of(cut.span.end));
  }
}

}  // namespace

std::string cut_text(std::string_view utf8, std::span<const Cut> cuts) {
  std::string rest;
  rest.reserve(utf8.size());
  std::size_t past = 0;
  for_each_cut(utf8, cuts, size_in_text, [&](std::size_t begin, std::size_t end) {
    rest += utf8.substr(past, begin - past);
    past = end;
  });
  rest += utf8.substr(past);
  return rest;
}

std::vector<std::string_view> removed_texts(std::string_view utf8, std::span<const Cut> cuts) {
  std::vector<std::string_view> removed;
  removed.reserve(cuts.size());
  for_each_cut(utf8, cuts, size_in_text, [&](std::size_t begin, std::size_t end) {
    removed.push_back(utf8.substr(begin, end - begin));
  });
  return removed;
}

std::string cut_row(std::string_view row, std::string_view text_json, std::span<const Cut> cuts,
                    std::vector<RemovedBytes>& removed) {
  const auto offset = static_cast<std::size_t>(text_json.data() - row.data());
  removed.clear();
  std::string rest;
  rest.reserve(row.size());
  std::size_t past = 0;
  for_each_cut(text_json, cuts, size_in_json, [&](std::size_t begin, std::size_t end) {
    rest += row.substr(past, offset + begin - past);
    past = offset + end;
    removed.push_back({offset + begin, std::string(text_json.substr(begin, end - begin))});
  });
  rest += row.substr(past);
  return rest;
}

}  // namespace wirecopy
