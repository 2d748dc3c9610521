/// Two wordings of a passage as one line of text, with what differs marked.
#pragma once

#include <string>
#include <string_view>

namespace wirecopy::app {

/// What stands before and after words of a alone, and of b alone.
struct DiffMarks {
  std::string_view a_begin = "[-";
  std::string_view a_end = "-]";
  std::string_view b_begin = "{+";
  std::string_view b_end = "+}";
};

/// The words of both in order: common ones once, as b writes them; case and punctuation do not make
/// a difference. Of a stretch of more than 24 common words the middle is left out and counted. Only
/// the first 600 words of each are looked at. Control characters are spelled out. Cost: quadratic
/// in those words.
[[nodiscard]] std::string word_diff(std::string_view a, std::string_view b,
                                    const DiffMarks& marks = {});

}  // namespace wirecopy::app
