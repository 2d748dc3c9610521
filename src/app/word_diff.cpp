// The longest common subsequence of the words (Wagner & Fischer 1974, "The string-to-string
// correction problem"), read off from the front.
#include "app/word_diff.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/plain_words.h"
#include "wirecopy/normalize.h"

namespace wirecopy::app {
namespace {

using base::printable;

constexpr std::size_t kMostWords = 600;
constexpr std::size_t kLongStretch = 24;  // common words in a row that are shown whole
constexpr std::size_t kShownAround = 8;   // of a longer one, at either end

struct Words {
  std::vector<std::string_view> written;
  std::vector<std::string> letters;
  bool whole = true;
};

Words words_of(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n\f\v";
  Words words;
  for (std::size_t begin = text.find_first_not_of(kSpace); begin != std::string_view::npos;) {
    const std::size_t end = std::min(text.find_first_of(kSpace, begin), text.size());
    if (words.written.size() == kMostWords) {
      words.whole = false;
      break;
    }
    words.written.push_back(text.substr(begin, end - begin));
    words.letters.emplace_back(normalize(words.written.back()).letters());
    begin = text.find_first_not_of(kSpace, end);
  }
  return words;
}

// longest[i][j]: of the words from i on in a and from j on in b.
std::vector<std::vector<std::uint16_t>> common_lengths(const Words& a, const Words& b) {
  std::vector<std::vector<std::uint16_t>> longest(a.letters.size() + 1,
                                                  std::vector<std::uint16_t>(b.letters.size() + 1));
  for (std::size_t i = a.letters.size(); i-- > 0;) {
    for (std::size_t j = b.letters.size(); j-- > 0;) {
      longest[i][j] = a.letters[i] == b.letters[j]
                          ? static_cast<std::uint16_t>(longest[i + 1][j + 1] + 1)
                          : std::max(longest[i + 1][j], longest[i][j + 1]);
    }
  }
  return longest;
}

class Line {
 public:
  explicit Line(const DiffMarks& marks) : marks_(marks) {}

  void add_common(std::string_view word) {
    flush_differing();
    common_.push_back(word);
  }
  void add_a(std::string_view word) { differ(a_, word); }
  void add_b(std::string_view word) { differ(b_, word); }

  std::string finish(bool whole) {
    flush_common();
    flush_differing();
    if (!whole) add("…");
    return std::move(line_);
  }

 private:
  void differ(std::string& side, std::string_view word) {
    flush_common();
    side += side.empty() ? "" : " ";
    side += printable(word);
  }

  void add(std::string_view piece) {
    if (!line_.empty()) line_ += ' ';
    line_ += piece;
  }

  void flush_common() {
    if (common_.size() <= kLongStretch) {
      for (const std::string_view word : common_) add(printable(word));
    } else {
      for (std::size_t i = 0; i < kShownAround; ++i) add(printable(common_[i]));
      add(fmt::format("… ({} words alike) …", common_.size() - 2 * kShownAround));
      for (std::size_t i = common_.size() - kShownAround; i < common_.size(); ++i) {
        add(printable(common_[i]));
      }
    }
    common_.clear();
  }

  void flush_differing() {
    if (!a_.empty()) add(fmt::format("{}{}{}", marks_.a_begin, a_, marks_.a_end));
    if (!b_.empty()) add(fmt::format("{}{}{}", marks_.b_begin, b_, marks_.b_end));
    a_.clear();
    b_.clear();
  }

  DiffMarks marks_;
  std::vector<std::string_view> common_;
  std::string a_;
  std::string b_;
  std::string line_;
};

}  // namespace

std::string word_diff(std::string_view a_text, std::string_view b_text, const DiffMarks& marks) {
  const Words a = words_of(a_text);
  const Words b = words_of(b_text);
  const auto longest = common_lengths(a, b);
  Line line(marks);
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.written.size() || j < b.written.size()) {
    if (i < a.written.size() && j < b.written.size() && a.letters[i] == b.letters[j]) {
      line.add_common(b.written[j]);
      ++i;
      ++j;
    } else if (j == b.written.size() ||
               (i < a.written.size() && longest[i + 1][j] >= longest[i][j + 1])) {
      line.add_a(a.written[i++]);
    } else {
      line.add_b(b.written[j++]);
    }
  }
  return line.finish(a.whole && b.whole);
}

}  // namespace wirecopy::app
