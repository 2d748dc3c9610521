#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "base/unicode.h"
#include "base/utf8.h"
#include "wirecopy/lineage.h"

namespace wirecopy {
namespace {

constexpr std::size_t kMostWords = 64;
constexpr std::size_t kMostTitleBytes = 4096;
constexpr std::size_t kMostOutletWords = 4;
constexpr std::size_t kLeastHeadlineWords = 3;

using Words = std::vector<std::string_view>;

bool unspaced(char32_t letter) {
  return letter >= base::kFirstUnspaced &&
         base::Character::of(letter).writing() != base::Writing::spaced;
}

// Words, of scripts without spaces letters, as views into `text`.
Words words_of(std::string_view title, NormalizedText& text) {
  std::size_t most = std::min(title.size(), kMostTitleBytes);
  while (most < title.size() && !base::begins_code_point(title[most])) --most;
  normalize(title.substr(0, most), text);
  Words words;
  for (const NormalizedText::Word& word : text.words()) {
    const std::string_view letters = text.letters_of(word);
    std::size_t begin = 0;
    for (std::size_t at = 0; at < letters.size();) {
      const base::Decoded letter =
          base::decode_utf8(letters.data() + at, letters.data() + letters.size());
      at += letter.length;
      if (unspaced(letter.code_point) || at == letters.size()) {
        words.push_back(letters.substr(begin, at - begin));
        begin = at;
      }
    }
  }
  if (words.size() > kMostWords) words.resize(kMostWords);
  return words;
}

std::size_t count_words(std::string_view text) {
  std::size_t words = 0;
  bool inside = false;
  for (const char byte : text) {
    const bool space = byte == ' ';
    if (!space && !inside) ++words;
    inside = !space;
  }
  return words;
}

// Without marks in front and without " - The Times" or " | Reuters" behind.
std::string_view headline_of(std::string_view title) {
  title.remove_prefix(version_marks(title).headline);
  std::size_t cut = std::string_view::npos;
  for (const std::string_view sign : {" | ", " - ", " – ", " — "}) {
    const std::size_t at = title.rfind(sign);
    if (at == std::string_view::npos || (cut != std::string_view::npos && at < cut)) continue;
    const std::size_t words = count_words(title.substr(at + sign.size()));
    if (words <= kMostOutletWords) cut = at;
  }
  const bool enough =
      cut != std::string_view::npos && count_words(title.substr(0, cut)) >= kLeastHeadlineWords;
  return enough ? title.substr(0, cut) : title;
}

std::size_t common_subsequence(const Words& a, const Words& b) {
  std::array<std::size_t, kMostWords + 1> lengths{};  // of a so far, by words of b
  for (const std::string_view word : a) {
    std::size_t diagonal = 0;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t above = lengths[j + 1];
      lengths[j + 1] = word == b[j] ? diagonal + 1 : std::max(above, lengths[j]);
      diagonal = above;
    }
  }
  return lengths[b.size()];
}

}  // namespace

std::string_view name_of(TitleChange change) noexcept {
  constexpr std::array<std::string_view, 4> kNames = {"same", "edited", "new", "unknown"};
  return kNames[static_cast<std::size_t>(change)];
}

TitleChange compare_titles(std::string_view a, std::string_view b) {
  NormalizedText text_a;
  NormalizedText text_b;
  const Words words_a = words_of(headline_of(a), text_a);
  const Words words_b = words_of(headline_of(b), text_b);
  const std::size_t shorter = std::min(words_a.size(), words_b.size());
  const std::size_t longer = std::max(words_a.size(), words_b.size());
  if (shorter == 0) return TitleChange::unknown;
  if (words_a == words_b) return TitleChange::same;
  const std::size_t common = common_subsequence(words_a, words_b);
  return common * 5 >= shorter * 3 && common * 3 >= longer ? TitleChange::edited
                                                           : TitleChange::fresh;
}

}  // namespace wirecopy
