#include "repeats/overlap.h"

#include <algorithm>

#include "base/hash.h"
#include "base/utf8.h"

namespace wirecopy::repeats {

/// Words that captions have as cues, in the languages of src/blocks/phrases. Compiled in.
extern const std::string_view kCueWords;

namespace {

constexpr std::uint32_t kLong = 4;

std::uint32_t code_points(std::string_view letters) noexcept {
  return static_cast<std::uint32_t>(
      std::count_if(letters.begin(), letters.end(), base::begins_code_point));
}

bool is_cue(std::string_view word) {
  static const std::vector<std::string_view> kWords = [] {
    std::vector<std::string_view> words;
    for (std::string_view rows = kCueWords; !rows.empty();) {
      const std::size_t end = std::min(rows.find('\n'), rows.size() - 1);
      words.push_back(rows.substr(0, end));
      rows.remove_prefix(end + 1);
    }
    std::sort(words.begin(), words.end());
    return words;
  }();
  return std::binary_search(kWords.begin(), kWords.end(), word);
}

Side part(const Side& side, std::size_t begin, std::size_t count) noexcept {
  return {side.letters, side.words.subspan(begin, count)};
}

}  // namespace

std::uint32_t count_letters(const Side& side) noexcept {
  std::uint32_t letters = 0;
  for (std::size_t i = 0; i < side.words.size(); ++i) letters += code_points(side.word(i));
  return letters;
}

void Overlap::match(std::string_view word) {
  const std::uint32_t length = code_points(word);
  letters_ += length;
  ++words_;
  long_words_ += length >= kLong ? 1U : 0U;
}

void Overlap::leave(std::string_view word) {
  if (is_cue(word)) cue_letters_ += code_points(word);
  leaves_number_ = leaves_number_ || std::any_of(word.begin(), word.end(),
                                                 [](char c) { return c >= '0' && c <= '9'; });
}

void Overlap::measure(const Side& a, const Side& b) {
  letters_ = words_ = long_words_ = cue_letters_ = 0;
  leaves_number_ = false;
  const std::size_t most = std::min(a.words.size(), b.words.size());
  std::size_t head = 0;
  while (head < most && a.word(head) == b.word(head)) match(a.word(head++));
  std::size_t tail = 0;
  const std::size_t a_end = a.words.size() - 1;  // only used while something is left
  const std::size_t b_end = b.words.size() - 1;
  while (head + tail < most && a.word(a_end - tail) == b.word(b_end - tail)) {
    match(a.word(a_end - tail++));
  }
  measure_rest(part(a, head, a.words.size() - head - tail),
               part(b, head, b.words.size() - head - tail));
}

void Overlap::measure_rest(const Side& a, const Side& b) {
  const std::size_t rows = a.words.size();
  const std::size_t columns = b.words.size();
  if (rows == 0 || columns == 0 || rows > kMostWords || columns > kMostWords) {
    for (std::size_t i = 0; i < rows; ++i) leave(a.word(i));
    return;
  }
  names_a_.clear();
  names_b_.clear();
  lengths_.clear();
  for (std::size_t i = 0; i < rows; ++i) {
    names_a_.push_back(base::hash64(a.word(i)));
    lengths_.push_back(code_points(a.word(i)));
  }
  for (std::size_t j = 0; j < columns; ++j) names_b_.push_back(base::hash64(b.word(j)));
  // best_[i][j]: of the words from i on in a and from j on in b.
  const std::size_t width = columns + 1;
  best_.assign((rows + 1) * width, 0);
  for (std::size_t i = rows; i-- > 0;) {
    std::uint32_t* const row = best_.data() + i * width;
    const std::uint32_t* const below = row + width;
    for (std::size_t j = columns; j-- > 0;) {
      row[j] =
          names_a_[i] == names_b_[j] ? below[j + 1] + lengths_[i] : std::max(below[j], row[j + 1]);
    }
  }
  std::size_t j = 0;
  for (std::size_t i = 0; i < rows; ++i) {
    const std::uint32_t* const row = best_.data() + i * width;
    while (j < columns && names_a_[i] != names_b_[j] && row[j] == row[j + 1]) ++j;
    if (j < columns && names_a_[i] == names_b_[j]) {
      match(a.word(i));
      ++j;
    } else {
      leave(a.word(i));
    }
  }
}

}  // namespace wirecopy::repeats
