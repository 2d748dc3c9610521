#include "verify/ranges.h"

#include <algorithm>

#include "base/utf8.h"

namespace wirecopy::judging {
namespace {

// The first range that ends after `place`.
std::span<const LetterRange> from(std::span<const LetterRange> ranges, std::uint32_t place) {
  const auto first =
      std::partition_point(ranges.begin(), ranges.end(),
                           [place](const LetterRange& range) { return range.end <= place; });
  return {first, ranges.end()};
}

}  // namespace

void unite(Ranges& ranges) {
  std::sort(ranges.begin(), ranges.end());
  std::size_t kept = 0;
  for (const LetterRange& range : ranges) {
    if (kept != 0 && range.begin <= ranges[kept - 1].end) {
      ranges[kept - 1].end = std::max(ranges[kept - 1].end, range.end);
    } else {
      ranges[kept++] = range;
    }
  }
  ranges.resize(kept);
}

void subtract(std::span<const LetterRange> ranges, std::span<const LetterRange> others,
              Ranges& into) {
  into.clear();
  for (const LetterRange& range : ranges) {
    std::uint32_t begin = range.begin;
    others = from(others, begin);
    for (const LetterRange& other : others) {
      if (other.begin >= range.end) break;
      if (other.begin > begin) into.push_back({begin, other.begin});
      begin = std::max(begin, other.end);
    }
    if (begin < range.end) into.push_back({begin, range.end});
  }
}

void intersect(std::span<const LetterRange> ranges, std::span<const LetterRange> others,
               Ranges& into) {
  into.clear();
  for (const LetterRange& range : ranges) {
    others = from(others, range.begin);
    for (const LetterRange& other : others) {
      if (other.begin >= range.end) break;
      into.push_back({std::max(range.begin, other.begin), std::min(range.end, other.end)});
    }
  }
}

std::uint64_t count_letters(const NormalizedText& text, LetterRange range) noexcept {
  if (text.ascii()) return range.end - range.begin;
  const std::string_view letters = text.letters().substr(range.begin, range.end - range.begin);
  return static_cast<std::uint64_t>(
      std::count_if(letters.begin(), letters.end(), base::begins_code_point));
}

std::uint64_t count_letters(const NormalizedText& text,
                            std::span<const LetterRange> ranges) noexcept {
  std::uint64_t letters = 0;
  for (const LetterRange& range : ranges) letters += count_letters(text, range);
  return letters;
}

}  // namespace wirecopy::judging
