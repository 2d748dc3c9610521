#include "verify/in_place.h"

#include <algorithm>

namespace wirecopy::judging {
namespace {

auto first_slot(const MarkedText& text, LetterRange range) {
  return std::partition_point(text.slots.begin(), text.slots.end(),
                              [&](const Slot& slot) { return slot.letters.end <= range.begin; });
}

// 5 and 17th and 2.5, but not the digit in 0f.
bool is_number(const MarkedText& text, const Slot& slot) {
  if (!slot.number) return false;
  if (slot.letters.end - slot.letters.begin > 1) return true;
  const std::span<const NormalizedText::Word> words = text.text.words();
  const auto word = std::partition_point(
      words.begin(), words.end(),
      [&](const NormalizedText::Word& each) { return each.end <= slot.letters.begin; });
  return word != words.end() && word->end - word->begin == 1;
}

void append_digits(const MarkedText& text, LetterRange range, std::string& to) {
  for (auto slot = first_slot(text, range);
       slot != text.slots.end() && slot->letters.begin < range.end; ++slot) {
    if (!is_number(text, *slot)) continue;
    const std::uint32_t begin = std::max(slot->letters.begin, range.begin);
    to += text.text.letters().substr(begin, std::min(slot->letters.end, range.end) - begin);
  }
}

void append_form(const MarkedText& text, LetterRange range, std::string& to) {
  auto slot = first_slot(text, range);
  for (std::uint32_t begin = range.begin; begin < range.end;) {
    const bool more = slot != text.slots.end() && slot->letters.begin < range.end;
    const std::uint32_t end = more ? std::max(slot->letters.begin, begin) : range.end;
    to += text.text.letters().substr(begin, end - begin);
    begin = more ? slot->letters.end : range.end;
    if (more) ++slot;
  }
}

std::uint32_t size_of(const std::string& letters) noexcept {
  return static_cast<std::uint32_t>(letters.size());
}

}  // namespace

void InPlace::take(const MarkedText& a, const MarkedText& b, std::span<const Passage> passages,
                   std::span<const Gap> gaps) noexcept {
  a_ = &a;
  b_ = &b;
  passages_ = passages;
  gaps_ = gaps;
}

// Levenshtein, row by row.
std::uint32_t InPlace::edit_distance() {
  if (in_a_.empty() || in_b_.empty()) return size_of(in_a_) + size_of(in_b_);
  row_.resize(in_b_.size() + 1);
  for (std::uint32_t j = 0; j < row_.size(); ++j) row_[j] = j;
  for (const char letter : in_a_) {
    std::uint32_t diagonal = row_[0]++;
    for (std::size_t j = 0; j < in_b_.size(); ++j) {
      const std::uint32_t above = row_[j + 1];
      const std::uint32_t changed = diagonal + (letter == in_b_[j] ? 0 : 1);
      row_[j + 1] = std::min({above + 1, row_[j] + 1, changed});
      diagonal = above;
    }
  }
  return row_.back();
}

// Letters in matches are alike. Those of a gap, on the side with fewer, are so but for the edits;
// with `extra_counts` the edits count themselves, so that what one side has more is no less.
Differing InPlace::compare(Append append, bool extra_counts) {
  std::uint32_t all_a = 0;
  std::uint32_t all_b = 0;
  std::uint32_t in_gaps_a = 0;
  std::uint32_t in_gaps_b = 0;
  std::uint32_t alike = 0;
  std::uint32_t edits = 0;
  const auto take = [&](LetterRange a, LetterRange b) {
    in_a_.clear();
    in_b_.clear();
    append(*a_, a, in_a_);
    append(*b_, b, in_b_);
  };
  for (const Passage& passage : passages_) {
    take(passage.a, passage.b);
    all_a += size_of(in_a_);
    all_b += size_of(in_b_);
    for (const Gap& gap :
         gaps_.subspan(passage.gaps_begin, passage.gaps_end - passage.gaps_begin)) {
      take(gap.a, gap.b);
      in_gaps_a += size_of(in_a_);
      in_gaps_b += size_of(in_b_);
      const std::uint32_t distance = edit_distance();
      edits += distance;
      alike += std::max(size_of(in_a_), size_of(in_b_)) - distance;
    }
  }
  const std::uint32_t differing = std::min(in_gaps_a, in_gaps_b) - alike;
  return {extra_counts ? edits : differing, std::min(all_a, all_b)};
}

Differing InPlace::digits() { return compare(append_digits, false); }

Differing InPlace::form() { return compare(append_form, true); }

}  // namespace wirecopy::judging
