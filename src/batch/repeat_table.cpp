#include "batch/repeat_table.h"

#include <algorithm>
#include <utility>

namespace wirecopy::batch {
namespace {

constexpr std::uint32_t kLeastCaption = 25;  // letters, in bytes

template <typename Row>
std::span<const Row> rows_of(const std::vector<Row>& rows, std::uint32_t document) {
  const auto before = [](const Row& row, std::uint32_t number) { return row.document < number; };
  const auto begin = std::lower_bound(rows.begin(), rows.end(), document, before);
  auto end = begin;
  while (end != rows.end() && end->document == document) ++end;
  return {begin, end};
}

Span original(const NormalizedText& text, LetterRange letters) {
  return text.original_span(letters.begin, letters.end);
}

// Sorts, and joins what overlaps or touches.
void unite(std::vector<LetterRange>& ranges) {
  std::sort(ranges.begin(), ranges.end());
  std::size_t last = 0;
  for (std::size_t i = 1; i < ranges.size(); ++i) {
    if (ranges[i].begin <= ranges[last].end) {
      ranges[last].end = std::max(ranges[last].end, ranges[i].end);
    } else {
      ranges[++last] = ranges[i];
    }
  }
  ranges.resize(last + 1);
}

}  // namespace

void RepeatTable::add(std::uint32_t document, const NormalizedText& text,
                      std::span<const Block> blocks, std::span<const Repeat> found) {
  for (const Repeat& repeat : found) {
    FoundRepeat& row = repeats_.emplace_back();
    row.document = document;
    row.found = repeat;
    row.repeat = original(text, repeat.repeat);
    if (repeat.first) row.first = original(text, *repeat.first);
    row.cut_first = row.first && row.repeat < *row.first;
    if (row.cut_first) std::swap(*row.first, row.repeat);
  }
  for (const Block& block : blocks) {
    if (block.kind != BlockKind::caption) continue;
    if (block.letters.end - block.letters.begin < kLeastCaption) continue;
    const std::string_view letters =
        text.letters().substr(block.letters.begin, block.letters.end - block.letters.begin);
    captions_.push_back({document, block_hash(text, block), grams_of(letters)});
  }
}

void RepeatTable::add(const RepeatTable& other, std::uint32_t of, std::uint32_t document) {
  for (const FoundRepeat& row : other.of(of)) {
    repeats_.push_back(row);
    repeats_.back().document = document;
  }
  for (const CaptionSighting& caption : rows_of(other.captions_, of)) {
    captions_.push_back({document, caption.block, caption.grams});
  }
}

std::span<const FoundRepeat> RepeatTable::of(std::uint32_t document) const noexcept {
  return rows_of(repeats_, document);
}

void mask_repeats(std::span<const FoundRepeat> repeats, std::vector<LetterRange>& masked) {
  const std::size_t before = masked.size();
  for (const FoundRepeat& row : repeats) {
    if (is_silent(row.found.kind)) masked.push_back(row.found.repeat);
  }
  if (masked.size() != before) unite(masked);
}

void mask_repeats(const Document& document, const MarkedText& marked, RepeatFinder& finder,
                  std::vector<LetterRange>& masked) {
  std::vector<Repeat> repeats;
  finder.find(document.title, document.text, marked.text, marked.blocks, repeats);
  RepeatTable table;
  table.add(0, marked.text, marked.blocks, repeats);
  mask_repeats(table.all(), masked);
}

}  // namespace wirecopy::batch
