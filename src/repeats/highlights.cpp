// Highlights that a sentence of the body says again.

#include <algorithm>

#include "base/hash.h"
#include "repeats/search.h"

namespace wirecopy::repeats {
namespace {

// More bullets are a list.
constexpr std::size_t kMostHighlights = 12;
constexpr std::uint32_t kMostWords = 40;
// Unsigned highlights stand among the first blocks.
constexpr std::size_t kNearTop = 8;
constexpr std::uint32_t kMostWordsUnsigned = 25;
// Words of four letters or more that both say, and words: fewer are common by chance.
constexpr std::uint32_t kLeastLong = 2;
constexpr std::uint32_t kLeastCommon = 4;
// A longer sentence is looked at in windows of so many words.
constexpr std::uint32_t kWindow = 60;

bool is_unsigned_highlight(const Search& search, const Unit& unit) noexcept {
  return unit.kind == BlockKind::paragraph && !unit.sentence &&
         unit.worth >= search.rule.least_words && unit.worth <= kMostWordsUnsigned;
}

// Bullets, else short lines near the top.
void gather(Search& search) {
  const std::vector<Unit>& units = search.article.units();
  std::vector<std::uint32_t>& highlights = search.highlights;
  highlights.clear();
  for (std::uint32_t i = 0; i < units.size(); ++i) {
    if (units[i].kind != BlockKind::bullet) continue;
    highlights.push_back(i);
    if (highlights.size() > kMostHighlights) return highlights.clear();
  }
  for (std::uint32_t i = 0; highlights.empty() && i < std::min(units.size(), kNearTop); ++i) {
    std::uint32_t end = i;
    while (end < units.size() && is_unsigned_highlight(search, units[end])) ++end;
    if (end - i > kMostHighlights) return;
    for (std::uint32_t each = i; end - i >= 2 && each < end; ++each) highlights.push_back(each);
  }
  std::erase_if(highlights, [&](std::uint32_t i) {
    return units[i].fate != Unit::Fate::open || units[i].worth < search.rule.least_words ||
           units[i].count > kMostWords;
  });
}

// Words of a highlight, sorted by their hashes: most sentences have too few of them.
class WordSet {
 public:
  void take(const Side& side) {
    names_.clear();
    for (std::size_t i = 0; i < side.words.size(); ++i) {
      names_.push_back(base::hash64(side.word(i)));
    }
    std::sort(names_.begin(), names_.end());
  }
  [[nodiscard]] bool has(std::string_view word) const {
    return std::binary_search(names_.begin(), names_.end(), base::hash64(word));
  }

 private:
  std::vector<std::uint64_t> names_;
};

// A sentence of the body, as words.
struct Sentence {
  std::uint32_t first = 0;
  std::uint32_t count = 0;
};

void cut_body(Search& search, std::vector<Sentence>& body) {
  const Article& article = search.article;
  const std::vector<Unit>& units = article.units();
  SentenceCutter cutter(article.utf8(), article.text());
  for (std::size_t i = 0; i < units.size(); ++i) {
    const bool is_body = units[i].kind == BlockKind::paragraph && units[i].sentence &&
                         units[i].fate != Unit::Fate::repeat &&
                         !std::binary_search(search.highlights.begin(), search.highlights.end(), i);
    if (!is_body) continue;
    const std::size_t begin = cutter.places().byte_of(units[i].letters.begin);
    const std::size_t end = i + 1 == units.size() ? article.utf8().size()
                                                  : cutter.places().byte_of(units[i].letters.end);
    search.sentences.clear();
    cutter.cut(begin, end, search.sentences);
    std::uint32_t first = units[i].first;
    for (const Stretch& sentence : search.sentences) {
      const std::uint32_t past = article.words().at(sentence.letters.end);
      if (past != first) body.push_back({first, past - first});
      first = past;
    }
  }
}

class Matcher {
 public:
  explicit Matcher(Search& search) : search_(search) {}

  void match(std::size_t highlight, const std::vector<Sentence>& body) {
    const Side side = search_.side_of(search_.unit(highlight));
    const std::uint32_t letters = count_letters(side);
    set_.take(side);
    std::uint32_t most = 0;
    const Sentence* best = nullptr;
    for (const Sentence& sentence : body) {
      const std::uint32_t common = letters_in_common(side, letters, sentence);
      if (common > most) {
        most = common;
        best = &sentence;
      }
    }
    if (best == nullptr) return;
    Unit& unit = search_.unit(highlight);
    Unit& holder = search_.unit(search_.article.unit_of(best->first));
    holder.fate = Unit::Fate::stays;
    unit.fate = Unit::Fate::repeat;
    search_.add(RepeatKind::summary, search_.article.letters_of(best->first, best->count),
                unit.letters, letters - most);
  }

 private:
  // Letters of a highlight that a sentence says in order; 0 if they are too few.
  std::uint32_t letters_in_common(const Side& side, std::uint32_t letters,
                                  const Sentence& sentence) {
    std::uint32_t most = 0;
    for (std::uint32_t begin = 0;; begin += kWindow / 2) {
      const Side window =
          search_.side_of(sentence.first + begin, std::min(sentence.count - begin, kWindow));
      most = std::max(most, letters_in_window(side, letters, window));
      if (begin + kWindow >= sentence.count) return most;
    }
  }

  std::uint32_t letters_in_window(const Side& side, std::uint32_t letters, const Side& window) {
    const std::uint32_t percent = search_.rule.summary_percent;
    std::uint32_t known = 0;
    for (std::size_t i = 0; i < window.words.size(); ++i)
      known += set_.has(window.word(i)) ? 1U : 0U;
    if (known < kLeastCommon || !reaches(known, side.words.size(), percent)) return 0;
    search_.overlap.measure(side, window);
    const Overlap& overlap = search_.overlap;
    const bool enough = overlap.words() >= kLeastCommon && overlap.long_words() >= kLeastLong &&
                        reaches(overlap.words(), side.words.size(), percent) &&
                        reaches(overlap.letters(), letters, percent);
    return enough ? overlap.letters() : 0;
  }

  Search& search_;
  WordSet set_;
};

}  // namespace

void find_highlights(Search& search) {
  if (search.article.one_line()) return;
  gather(search);
  if (search.highlights.empty()) return;
  std::vector<Sentence> body;
  cut_body(search, body);
  Matcher matcher(search);
  for (const std::uint32_t highlight : search.highlights) matcher.match(highlight, body);
}

}  // namespace wirecopy::repeats
