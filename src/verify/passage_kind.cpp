#include "verify/passage_kind.h"

#include <algorithm>

#include "verify/ranges.h"

namespace wirecopy::judging {
namespace {

constexpr std::uint32_t kMostPercent = 50;

// A dateline or credit may stand before what is copied.
constexpr std::uint64_t kLeadInLetters = 40;

// Bytes stand for letters here: both are of one text.
std::uint32_t size_of(LetterRange range) noexcept { return range.end - range.begin; }

std::uint32_t overlap(LetterRange a, LetterRange b) noexcept {
  const std::uint32_t begin = std::max(a.begin, b.begin);
  const std::uint32_t end = std::min(a.end, b.end);
  return end > begin ? end - begin : 0;
}

bool reaches(std::uint64_t part, LetterRange whole, std::uint32_t percent) noexcept {
  return 100 * part >= std::uint64_t{percent} * size_of(whole);
}

// The first of `ranges` (of Block or LetterRange) that ends after `place`.
template <typename Range, typename EndOf>
auto first_after(const std::vector<Range>& ranges, std::uint32_t place, EndOf&& end_of) {
  return std::partition_point(ranges.begin(), ranges.end(),
                              [&](const Range& each) { return end_of(each) <= place; });
}

bool is_in(const std::vector<LetterRange>& ranges, LetterRange passage, std::uint32_t percent) {
  std::uint64_t inside = 0;
  auto at = first_after(ranges, passage.begin, [](const LetterRange& each) { return each.end; });
  for (; at != ranges.end() && at->begin < passage.end; ++at) inside += overlap(*at, passage);
  return reaches(inside, passage, percent);
}

auto first_block(const MarkedText& text, LetterRange passage) {
  return first_after(text.blocks, passage.begin,
                     [](const Block& block) { return block.letters.end; });
}

bool is_in(BlockKind kind, const MarkedText& text, LetterRange passage) {
  std::uint64_t inside = 0;
  auto block = first_block(text, passage);
  for (; block != text.blocks.end() && block->letters.begin < passage.end; ++block) {
    if (block->kind == kind) inside += overlap(block->letters, passage);
  }
  return reaches(inside, passage, kMostPercent);
}

// The first paragraph of a text; empty if it has none.
LetterRange first_paragraph(const MarkedText& text) {
  const auto paragraph =
      std::find_if(text.blocks.begin(), text.blocks.end(),
                   [](const Block& block) { return block.kind == BlockKind::paragraph; });
  return paragraph == text.blocks.end() ? LetterRange{} : paragraph->letters;
}

bool begins(LetterRange paragraph, const MarkedText& text, LetterRange passage) {
  return overlap(paragraph, passage) > 0 &&
         (passage.begin <= paragraph.begin ||
          count_letters(text.text, {paragraph.begin, passage.begin}) <= kLeadInLetters);
}

}  // namespace

std::vector<PassageKind> kinds_of(std::span<const Passage> passages, const MarkedText& a,
                                  const MarkedText& b, const JudgeRule& rule) {
  const LetterRange first_a = first_paragraph(a);
  const LetterRange first_b = first_paragraph(b);
  const auto kind_of = [&](const Passage& passage) {
    if (is_in(a.masked, passage.a, kMostPercent) || is_in(b.masked, passage.b, kMostPercent))
      return PassageKind::boilerplate;
    if (is_in(a.quoted, passage.a, rule.quote_percent) ||
        is_in(b.quoted, passage.b, rule.quote_percent))
      return PassageKind::quote;
    const auto both_in = [&](BlockKind kind) {
      return is_in(kind, a, passage.a) && is_in(kind, b, passage.b);
    };
    if (both_in(BlockKind::caption)) return PassageKind::caption;
    if (both_in(BlockKind::headline)) return PassageKind::headline;
    return begins(first_a, a, passage.a) && begins(first_b, b, passage.b) ? PassageKind::lead
                                                                          : PassageKind::body;
  };
  std::vector<PassageKind> kinds;
  kinds.reserve(passages.size());
  for (const Passage& passage : passages) kinds.push_back(kind_of(passage));
  return kinds;
}

bool holds_block(const MarkedText& text, LetterRange range, std::uint32_t letters) {
  auto block = first_block(text, range);
  for (; block != text.blocks.end() && block->letters.end <= range.end; ++block) {
    if (block->letters.begin >= range.begin && count_letters(text.text, block->letters) >= letters)
      return true;
  }
  return false;
}

}  // namespace wirecopy::judging
