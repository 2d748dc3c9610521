/// Texts with marks around what is repeated, as the tests of clean write them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/utf8.h"
#include "wirecopy/repeats.h"

namespace wirecopy::test {

/// "A. ⟦B.⟧ C." → its text, and a repeat of the letters between each pair of marks.
struct MarkedText {
  std::string utf8;
  std::vector<Span> marks;  // in code points of utf8

  explicit MarkedText(std::string_view marked) {
    constexpr std::string_view kBegin = "⟦";
    constexpr std::string_view kEnd = "⟧";
    while (!marked.empty()) {
      const std::size_t begin = marked.find(kBegin);
      utf8 += marked.substr(0, begin);
      if (begin == std::string_view::npos) break;
      marked.remove_prefix(begin + kBegin.size());
      const std::size_t end = marked.find(kEnd);
      const std::uint64_t place = base::count_code_points(utf8);
      utf8 += marked.substr(0, end);
      marks.push_back({place, base::count_code_points(utf8)});
      marked.remove_prefix(end + kEnd.size());
    }
  }

  [[nodiscard]] static LetterRange letters_in(const NormalizedText& text, Span span) {
    return {static_cast<std::uint32_t>(text.letters_before(span.begin)),
            static_cast<std::uint32_t>(text.letters_before(span.end))};
  }

  [[nodiscard]] std::vector<Repeat> repeats(const NormalizedText& text, RepeatKind kind) const {
    std::vector<Repeat> repeats;
    for (const Span mark : marks) repeats.push_back({kind, {}, letters_in(text, mark), 0});
    return repeats;
  }
};

}  // namespace wirecopy::test
