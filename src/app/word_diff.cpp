// The longest common subsequence of the words (Wagner & Fischer 1974, "The string-to-string
// correction problem"), read off from the front.
#include "app/word_diff.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <vector>

#include "base/plain_words.h"
#include "base/unicode.h"
#include "base/utf8.h"

namespace wirecopy::app {
namespace {

constexpr std::size_t kMostWords = 2'000;
constexpr std::size_t kLongStretch = 24;   // common words in a row that are shown whole
constexpr std::size_t kShownAround = 8;    // of a longer one, at either end
constexpr std::size_t kLongestWord = 120;  // bytes; what is longer has no spaces in it
constexpr std::string_view kSpace = " \t\r\n\f\v";

// One word, or one letter of a script without spaces.
struct Word {
  std::string letters;
  std::size_t begin = 0;  // in the text as written, in bytes
  std::size_t end = 0;
};

struct Words {
  std::string_view text;
  std::vector<Word> words;
  bool cut = false;
  bool unspaced = false;  // some words are single letters
};

// Bytes of the piece of `letters` that is compared as one: all of it, or one letter with its marks.
std::size_t piece_length(std::string_view letters) {
  const char* const end = letters.data() + letters.size();
  base::Decoded decoded = base::decode_utf8(letters.data(), end);
  if (base::Character::of(decoded.code_point).writing() == base::Writing::spaced) {
    return letters.size();
  }
  std::size_t length = decoded.length;
  while (length < letters.size()) {
    decoded = base::decode_utf8(letters.data() + length, end);
    if (!base::Character::of(decoded.code_point).mark()) break;
    length += decoded.length;
  }
  return length;
}

Words words_of(std::string_view text) {
  const NormalizedText normalized = normalize(text);
  Words found;
  found.text = text;
  Span last;               // in code points
  std::size_t at_end = 0;  // the byte at which it ends
  for (const NormalizedText::Word& word : normalized.words()) {
    std::string_view rest = normalized.letters_of(word);
    for (std::size_t begin = word.begin; !rest.empty();) {
      const std::size_t length = piece_length(rest);
      found.unspaced = found.unspaced || length < rest.size();
      const Span span = normalized.original_span(begin, begin + length);
      if (!found.words.empty() && span.begin < last.end) {  // ½ makes two words
        found.words.back().letters += rest.substr(0, length);
      } else if (found.words.size() == kMostWords) {
        found.cut = true;
        return found;
      } else {
        found.words.push_back(
            {std::string(rest.substr(0, length)),
             at_end + base::byte_of_code_point(text.substr(at_end), span.begin - last.end), 0});
      }
      if (span.end > last.end) {
        at_end += base::byte_of_code_point(text.substr(at_end), span.end - last.end);
        last = span;
      }
      found.words.back().end = at_end;
      begin += length;
      rest.remove_prefix(length);
    }
  }
  return found;
}

// Words from begin to end of either text, alike or not.
struct Stretch {
  bool common = false;
  std::size_t a_begin = 0;
  std::size_t a_end = 0;
  std::size_t b_begin = 0;
  std::size_t b_end = 0;
};

// longest[i][j]: of the words from i on in a and from j on in b.
std::vector<std::vector<std::uint16_t>> common_lengths(const std::vector<Word>& a,
                                                       const std::vector<Word>& b) {
  std::vector<std::vector<std::uint16_t>> longest(a.size() + 1,
                                                  std::vector<std::uint16_t>(b.size() + 1));
  for (std::size_t i = a.size(); i-- > 0;) {
    for (std::size_t j = b.size(); j-- > 0;) {
      longest[i][j] = a[i].letters == b[j].letters
                          ? static_cast<std::uint16_t>(longest[i + 1][j + 1] + 1)
                          : std::max(longest[i + 1][j], longest[i][j + 1]);
    }
  }
  return longest;
}

std::string letters_between(const std::vector<Word>& words, std::size_t begin, std::size_t end) {
  std::string letters;
  for (std::size_t i = begin; i < end; ++i) letters += words[i].letters;
  return letters;
}

// The same letters, with spaces or hyphens in other places. Not in numbers: 3.5 is not 35.
bool only_spaced_otherwise(const Words& a, const Words& b, const Stretch& stretch) {
  const std::string letters = letters_between(a.words, stretch.a_begin, stretch.a_end);
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  return letters == letters_between(b.words, stretch.b_begin, stretch.b_end) &&
         std::none_of(letters.begin(), letters.end(), is_digit);
}

// Alternately common and not.
std::vector<Stretch> stretches_of(const Words& a, const Words& b) {
  const auto longest = common_lengths(a.words, b.words);
  std::vector<Stretch> stretches;
  const auto add = [&](const Stretch& stretch) {
    if (!stretches.empty() && stretches.back().common == stretch.common) {
      stretches.back().a_end = stretch.a_end;
      stretches.back().b_end = stretch.b_end;
    } else {
      stretches.push_back(stretch);
    }
  };
  std::size_t i = 0;
  std::size_t j = 0;
  const auto both_left = [&] { return i < a.words.size() && j < b.words.size(); };
  while (i < a.words.size() || j < b.words.size()) {
    Stretch stretch{false, i, i, j, j};
    while (both_left() && a.words[i].letters == b.words[j].letters) ++i, ++j;
    stretch.common = i > stretch.a_begin;
    while (!stretch.common && (i < a.words.size() || j < b.words.size()) &&
           !(both_left() && a.words[i].letters == b.words[j].letters)) {
      const bool from_a =
          j == b.words.size() || (i < a.words.size() && longest[i + 1][j] >= longest[i][j + 1]);
      ++(from_a ? i : j);
    }
    stretch.a_end = i;
    stretch.b_end = j;
    if (!stretch.common) stretch.common = only_spaced_otherwise(a, b, stretch);
    add(stretch);
  }
  return stretches;
}

// What differs at the ends and is not to be shown: behind the words looked at it may stand in the
// other text further on, and at either end of a passage the other text may have a piece of the
// word.
void drop_ends(const Words& a, const Words& b, std::vector<Stretch>& stretches) {
  const auto differs_in_one = [](const Stretch& stretch) {
    return !stretch.common &&
           (stretch.a_begin == stretch.a_end || stretch.b_begin == stretch.b_end);
  };
  const bool cut = a.cut || b.cut;
  if (!stretches.empty() && cut && !stretches.back().common) stretches.pop_back();
  if (stretches.size() > 1 && !cut && differs_in_one(stretches.back())) stretches.pop_back();
  if (stretches.size() > 1 && differs_in_one(stretches.front())) stretches.erase(stretches.begin());
}

// Bytes as one line that is safe to print.
std::string in_line(std::string_view bytes) {
  std::string line;
  for (const char c : bytes) {
    if (kSpace.find(c) == std::string_view::npos) {
      line += c;
    } else if (line.empty() || line.back() != ' ') {
      line += ' ';
    }
  }
  return base::printable(line, std::numeric_limits<std::size_t>::max());
}

class Line {
 public:
  Line(const Words& a, const Words& b, const DiffMarks& marks) : a_(a), b_(b), marks_(marks) {}

  void add(const Stretch& stretch) {
    if (line_.empty() && stretch.b_begin > 0) done_ = b_.words[stretch.b_begin - 1].end;
    next_ = stretch.b_end;
    if (stretch.common) {
      add_common(stretch.b_begin, stretch.b_end);
      return;
    }
    const bool in_b = stretch.b_begin < stretch.b_end;
    if (in_b) add_b_up_to(b_.words[stretch.b_begin].begin);
    if (stretch.a_begin < stretch.a_end) {
      if (!in_b && !line_.empty() && line_.back() != ' ') line_ += ' ';
      add_marked(marks_.a_begin, written(a_, stretch.a_begin, stretch.a_end), marks_.a_end);
      if (in_b) line_ += ' ';
    }
    if (in_b) {
      add_marked(marks_.b_begin, written(b_, stretch.b_begin, stretch.b_end), marks_.b_end);
      done_ = b_.words[stretch.b_end - 1].end;
    }
  }

  std::string finish() {
    if (a_.cut || b_.cut) {
      line_ += " …";
    } else {
      add_b_up_to(next_ < b_.words.size() ? b_.words[next_].begin : b_.text.size());
    }
    const std::size_t begin = std::min(line_.find_first_not_of(' '), line_.size());
    return line_.substr(begin, line_.find_last_not_of(' ') + 1 - begin);
  }

 private:
  static std::string written(const Words& side, std::size_t begin, std::size_t end) {
    const std::size_t from = side.words[begin].begin;
    return in_line(side.text.substr(from, side.words[end - 1].end - from));
  }

  void add_marked(std::string_view begin, const std::string& words, std::string_view end) {
    line_ += fmt::format("{}{}{}", begin, words, end);
  }

  void add_b_up_to(std::size_t byte) {
    line_ += in_line(b_.text.substr(done_, byte - done_));
    done_ = byte;
  }

  void add_common(std::size_t begin, std::size_t end) {
    const std::size_t count = end - begin;
    if (count > kLongStretch) {
      add_b_up_to(b_.words[begin + kShownAround - 1].end);
      line_ += fmt::format(" … ({} {} alike) … ", base::grouped(count - 2 * kShownAround),
                           b_.unspaced ? "letters" : "words");
      done_ = b_.words[end - kShownAround].begin;
    }
    add_b_up_to(b_.words[end - 1].end);
  }

  const Words& a_;
  const Words& b_;
  DiffMarks marks_;
  std::string line_;
  std::size_t done_ = 0;  // bytes of b that are in the line, or left out
  std::size_t next_ = 0;  // the word of b behind them
};

bool has_letters(std::string_view text) { return !normalize(text).letters().empty(); }

}  // namespace

std::string_view whole_words(std::string_view text, Span span) {
  const std::size_t first = base::byte_of_code_point(text, span.begin);
  const std::size_t last =
      first + base::byte_of_code_point(text.substr(first), span.end - span.begin);
  const auto before = [&](std::size_t at) {  // where what stands around this place begins
    const std::size_t space = text.substr(0, at).find_last_of(kSpace);
    return space == std::string_view::npos ? 0 : space + 1;
  };
  const auto behind = [&](std::size_t at) {
    return std::min(text.find_first_of(kSpace, at), text.size());
  };
  std::size_t begin = before(first);
  if (has_letters(text.substr(begin, first - begin))) begin = behind(first);
  std::size_t end = behind(last);
  if (has_letters(text.substr(last, end - last))) end = before(last);
  const auto far = [](std::size_t x, std::size_t y) {
    return std::max(x, y) - std::min(x, y) > kLongestWord;
  };
  if (far(begin, first)) begin = first;
  if (far(end, last)) end = last;
  if (begin >= end) return text.substr(first, last - first);
  begin = std::min(text.find_first_not_of(kSpace, begin), end);
  end = text.substr(0, end).find_last_not_of(kSpace) + 1;
  return begin < end ? text.substr(begin, end - begin) : text.substr(first, last - first);
}

std::string word_diff(std::string_view a_text, std::string_view b_text, const DiffMarks& marks) {
  const Words a = words_of(a_text);
  const Words b = words_of(b_text);
  Line line(a, b, marks);
  std::vector<Stretch> stretches = stretches_of(a, b);
  drop_ends(a, b, stretches);
  for (const Stretch& stretch : stretches) line.add(stretch);
  return line.finish();
}

}  // namespace wirecopy::app
