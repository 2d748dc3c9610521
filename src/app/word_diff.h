/// Two wordings of a passage as one line of text, with what differs marked.
#pragma once

#include <string>
#include <string_view>

#include "wirecopy/normalize.h"

namespace wirecopy::app {

/// What stands before and after words of a alone, and of b alone.
struct DiffMarks {
  std::string_view a_begin = "[-";
  std::string_view a_end = "-]";
  std::string_view b_begin = "{+";
  std::string_view b_end = "+}";
};

/// What `span` covers of a text, without the pieces of words at its ends, and with the punctuation
/// that belongs to its outermost words. Where that leaves nothing, or words have no spaces between
/// them, the span as it is.
[[nodiscard]] std::string_view whole_words(std::string_view text, Span span);

/// The words of both in order: common ones once, as b writes them. Case, punctuation and the spaces
/// inside a word do not make a difference ("can not", "cannot"). Letters are compared where a
/// script has no spaces. Not shown are: of more than 24 common words in a row the middle, which is
/// counted; words of one text alone before the first or behind the last common one, as the other
/// may have a piece of them; and what is behind the first 2,000 words of either. Control characters
/// are spelled out. Cost: quadratic in those words.
[[nodiscard]] std::string word_diff(std::string_view a, std::string_view b,
                                    const DiffMarks& marks = {});

}  // namespace wirecopy::app
