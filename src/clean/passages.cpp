#include "clean/passages.h"

#include <algorithm>
#include <tuple>

#include "base/utf8.h"

namespace wirecopy::clean {
namespace {

bool is_empty(LetterRange range) { return range.begin >= range.end; }

// Disjoint ranges, ascending, that cover the same letters.
std::vector<LetterRange> merged(std::vector<LetterRange> ranges) {
  std::sort(ranges.begin(), ranges.end());
  std::vector<LetterRange> apart;
  for (const LetterRange range : ranges) {
    if (!apart.empty() && range.begin <= apart.back().end) {
      apart.back().end = std::max(apart.back().end, range.end);
    } else {
      apart.push_back(range);
    }
  }
  return apart;
}

class Choice {
 public:
  Choice(const NormalizedText& text, std::span<const Block> blocks, const CutRule& rule)
      : text_(text), blocks_(blocks), rule_(rule) {}

  std::vector<Passage> of(std::span<const Repeat> repeats) {
    for (const Repeat& repeat : repeats) {
      if (!rule_.kinds.has(repeat.kind) || is_empty(repeat.repeat) ||
          repeat.unique_letters > rule_.max_lost) {
        continue;
      }
      candidates_.push_back(&repeat);
      if (repeat.first && !is_empty(*repeat.first)) stays_.push_back(*repeat.first);
    }
    stays_ = merged(std::move(stays_));
    std::stable_sort(candidates_.begin(), candidates_.end(),
                     [](const Repeat* left, const Repeat* right) {
                       return std::tuple(left->repeat.begin, ~left->repeat.end) <
                              std::tuple(right->repeat.begin, ~right->repeat.end);
                     });
    for (const Repeat* candidate : candidates_) consider(*candidate);
    return std::move(chosen_);
  }

 private:
  void consider(const Repeat& repeat) {
    const LetterRange whole = widened(repeat.repeat);
    const Passage wide{&repeat, whole, repeat.unique_letters + count(whole) - count(repeat.repeat)};
    if (wide.unique_letters <= rule_.max_lost && fits(whole)) {
      chosen_.push_back(wide);
    } else if (fits(repeat.repeat)) {
      chosen_.push_back({&repeat, repeat.repeat, repeat.unique_letters});
    }
  }

  // Whether it leaves alone what goes already and what has to stay. What was chosen ends, all of
  // it, before or where the last one ends.
  [[nodiscard]] bool fits(LetterRange range) const {
    const LetterRange first = block_of(range.begin);
    const LetterRange last = block_of(range.end - 1);
    if (first != last && range.begin != first.begin && range.end != last.end) return false;
    if (!chosen_.empty() && range.begin < chosen_.back().letters.end) return false;
    const auto next =
        std::upper_bound(stays_.begin(), stays_.end(), range.begin,
                         [](std::uint32_t begin, LetterRange other) { return begin < other.end; });
    return next == stays_.end() || next->begin >= range.end;
  }

  // With the rest of the blocks at both ends, where nearly all of them is in the range.
  [[nodiscard]] LetterRange widened(LetterRange range) const {
    const LetterRange first = block_of(range.begin);
    const LetterRange last = block_of(range.end - 1);
    LetterRange whole = range;
    if (nearly_all({range.begin, std::min(range.end, first.end)}, first)) whole.begin = first.begin;
    if (nearly_all({std::max(range.begin, last.begin), range.end}, last)) whole.end = last.end;
    return whole;
  }

  [[nodiscard]] LetterRange block_of(std::uint32_t letter) const {
    const auto after = std::upper_bound(
        blocks_.begin(), blocks_.end(), letter,
        [](std::uint32_t at, const Block& block) { return at < block.letters.begin; });
    return (after - 1)->letters;
  }

  [[nodiscard]] bool nearly_all(LetterRange part, LetterRange block) const {
    // A letter has one to four bytes: most parts need no counting, so that many parts of one huge
    // block take no quadratic time.
    const std::uint64_t least = rule_.whole_block_percent;
    const std::uint64_t bytes = part.end - part.begin;
    if (400 * bytes < least * (block.end - block.begin)) return false;
    return 100 * count(part) >= least * count(block);
  }

  [[nodiscard]] std::uint64_t count(LetterRange range) const {
    const std::uint64_t bytes = range.end - range.begin;
    return text_.ascii() ? bytes
                         : base::count_code_points(text_.letters().substr(range.begin, bytes));
  }

  const NormalizedText& text_;
  std::span<const Block> blocks_;
  const CutRule& rule_;
  std::vector<const Repeat*> candidates_;
  std::vector<LetterRange> stays_;  // disjoint, ascending
  std::vector<Passage> chosen_;
};

}  // namespace

std::vector<Passage> choose_passages(const NormalizedText& text, std::span<const Block> blocks,
                                     std::span<const Repeat> repeats, const CutRule& rule) {
  return Choice(text, blocks, rule).of(repeats);
}

}  // namespace wirecopy::clean
