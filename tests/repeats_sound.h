// What holds for the repeats of any text, for tests and the fuzzer.
#pragma once

#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "wirecopy/repeats.h"

namespace wirecopy::test {

inline bool can_be_cut(RepeatKind kind) {
  return kind != RepeatKind::phrase && kind != RepeatKind::structural;
}

inline bool overlap(LetterRange a, LetterRange b) { return a.begin < b.end && b.begin < a.end; }

// The first rule that does not hold; empty: all do.
inline std::string unsound(const NormalizedText& text, const std::vector<Repeat>& found) {
  const auto is_range = [&](LetterRange range) {
    return range.begin < range.end && range.end <= text.letters().size();
  };
  std::uint32_t end = 0;
  const Repeat* last = nullptr;
  std::vector<LetterRange> cut;
  for (const Repeat& each : found) {
    if (!is_range(each.repeat) || (each.first && !is_range(*each.first))) return "inside the text";
    if (each.unique_letters > each.repeat.end - each.repeat.begin) return "unique letters";
    if (each.first && overlap(*each.first, each.repeat)) return "first and repeat apart";
    if (last != nullptr &&
        std::tuple(last->repeat, last->kind) >= std::tuple(each.repeat, each.kind)) {
      return "ascending";
    }
    if (each.repeat.begin < end) return "no overlap";
    end = each.repeat.end;
    last = &each;
    if (can_be_cut(each.kind)) cut.push_back(each.repeat);
  }
  for (const Repeat& each : found) {
    if (!each.first) continue;
    // `cut` is ascending and free of overlap: the first that ends behind the beginning decides.
    std::size_t low = 0;
    std::size_t high = cut.size();
    while (low < high) {
      const std::size_t middle = (low + high) / 2;
      if (cut[middle].end > each.first->begin) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    if (low < cut.size() && overlap(cut[low], *each.first)) return "one copy stays";
  }
  return "";
}

}  // namespace wirecopy::test
