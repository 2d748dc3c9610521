// What was found in a text, as rows to compare: "kind: repeat < first", in the words of the text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/utf8.h"
#include "wirecopy/repeats.h"

namespace wirecopy::test {

inline std::string quoted(std::string_view utf8, const NormalizedText& text, LetterRange range) {
  const Span span = text.original_span(range.begin, range.end);
  const std::size_t begin = base::byte_of_code_point(utf8, span.begin);
  return std::string(utf8.substr(begin, base::byte_of_code_point(utf8, span.end) - begin));
}

inline std::vector<std::string> told(std::string_view title, std::string_view utf8,
                                     const RepeatRule& rule = {}) {
  const NormalizedText text = normalize(utf8);
  std::vector<std::string> rows;
  for (const Repeat& each : find_repeats(title, utf8, rule)) {
    std::string row(name_of(each.kind));
    row += ": " + quoted(utf8, text, each.repeat);
    if (each.first) row += " < " + quoted(utf8, text, *each.first);
    rows.push_back(row);
  }
  return rows;
}

inline std::vector<std::string> told(std::string_view utf8) { return told("", utf8); }

using Rows = std::vector<std::string>;

}  // namespace wirecopy::test
