#include "verify/side.h"

#include <algorithm>
#include <array>

#include "base/hash.h"

namespace wirecopy::judging {
namespace {

// Calls visit for each of `parts` (Slot or Word) that lies whole in one of the ranges.
template <typename Part, typename RangeOf, typename Visit>
void for_parts_in(std::span<const LetterRange> ranges, std::span<const Part> parts,
                  RangeOf&& range_of, Visit&& visit) {
  for (const LetterRange& range : ranges) {
    auto part = std::partition_point(parts.begin(), parts.end(), [&](const Part& each) {
      return range_of(each).begin < range.begin;
    });
    for (; part != parts.end() && range_of(*part).end <= range.end; ++part) visit(*part);
  }
}

}  // namespace

void Side::measure(const MarkedText& text, const Ranges& shared) {
  text_ = &text;
  subtract(shared, text.masked, open_);
  shared_ = count_letters(text.text, shared);
  aligned_ = text.masked.empty() ? shared_ : count_letters(text.text, open_);
  intersect(open_, text.quoted, scratch_);
  quoted_ = count_letters(text.text, scratch_);
  collect_slots(shared);
}

void Side::collect_slots(const Ranges& shared) {
  slots_.clear();
  numbers_.clear();
  for_parts_in(
      std::span<const LetterRange>(shared), std::span<const Slot>(text_->slots),
      [](const Slot& slot) { return slot.letters; },
      [this](const Slot& slot) {
        slots_.push_back(slot.hash);
        if (slot.number) numbers_.push_back(slot.hash);
      });
}

std::vector<std::uint64_t> Side::other_words(const Ranges& shared) const {
  std::vector<std::uint64_t> words;
  auto slot = text_->slots.begin();
  for_parts_in(
      std::span<const LetterRange>(shared), text_->text.words(),
      [](const NormalizedText::Word& word) {
        return LetterRange{word.begin, word.end};
      },
      [&](const NormalizedText::Word& word) {
        while (slot != text_->slots.end() && slot->letters.end <= word.begin) ++slot;
        if (slot != text_->slots.end() && slot->letters.begin < word.end) return;
        words.push_back(base::hash64(text_->text.letters_of(word)));
      });
  return words;
}

// Pairs of equal values may be taken away in any order. Those that stand at about the same place go
// first, which leaves little to sort where one text follows the other.
Differing differing(std::span<const std::uint64_t> a, std::span<const std::uint64_t> b) {
  constexpr std::ptrdiff_t kLookAhead = 4;
  const auto fewer = static_cast<std::uint32_t>(std::min(a.size(), b.size()));
  std::vector<std::uint64_t> left;
  std::vector<std::uint64_t> right;
  std::uint32_t alike = 0;
  while (!a.empty() && !b.empty()) {
    std::ptrdiff_t skip = 0;
    const auto next_is = [&skip](std::span<const std::uint64_t> values, std::uint64_t value) {
      return skip < std::ssize(values) && *(values.begin() + skip) == value;
    };
    while (skip < kLookAhead && !next_is(a, b[0]) && !next_is(b, a[0])) ++skip;
    if (skip == kLookAhead) {
      left.push_back(a[0]);
      right.push_back(b[0]);
    } else {
      const bool in_a = next_is(a, b[0]);
      std::span<const std::uint64_t>& ahead = in_a ? a : b;
      std::vector<std::uint64_t>& passed = in_a ? left : right;
      passed.insert(passed.end(), ahead.begin(), ahead.begin() + skip);
      ahead = {ahead.begin() + skip, ahead.end()};
      ++alike;
    }
    a = a.subspan(1);
    b = b.subspan(1);
  }
  left.insert(left.end(), a.begin(), a.end());
  right.insert(right.end(), b.begin(), b.end());
  std::sort(left.begin(), left.end());
  std::sort(right.begin(), right.end());
  for (auto x = left.begin(), y = right.begin(); x != left.end() && y != right.end();) {
    if (*x == *y) {
      ++alike;
      ++x;
      ++y;
    } else {
      ++(*x < *y ? x : y);
    }
  }
  return {fewer - alike, fewer};
}

Differing differing_in_order(std::span<const std::uint64_t> a, std::span<const std::uint64_t> b) {
  constexpr std::size_t kMost = 256;
  if (std::max(a.size(), b.size()) > kMost) return differing(a, b);
  // Row by row the longest common subsequence of all of a so far and the first j of b.
  std::array<std::uint32_t, kMost + 1> longest{};
  for (const std::uint64_t value : a) {
    std::uint32_t diagonal = 0;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::uint32_t above = longest[j + 1];
      longest[j + 1] = value == b[j] ? diagonal + 1 : std::max(above, longest[j]);
      diagonal = above;
    }
  }
  const auto fewer = static_cast<std::uint32_t>(std::min(a.size(), b.size()));
  return {fewer - longest[b.size()], fewer};
}

}  // namespace wirecopy::judging
