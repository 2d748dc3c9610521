// Highlights that a sentence of the body says again.

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

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

// Which highlights have a word. Words with equal hashes count as one.
class Index {
 public:
  explicit Index(std::size_t words) : slots_(std::bit_ceil(4 * words + 1)) {}

  void add(std::string_view word, std::size_t highlight) {
    Slot& slot = slot_of(word);
    slot.highlights |= 1U << highlight;
  }
  [[nodiscard]] std::uint32_t having(std::string_view word) noexcept {
    return slot_of(word).highlights;
  }

 private:
  struct Slot {
    std::uint64_t name = 0;
    std::uint32_t highlights = 0;
  };

  static std::uint64_t name_of(std::string_view word) noexcept {
    std::uint64_t head = 0;
    std::uint64_t tail = 0;
    const std::size_t size = std::min(word.size(), sizeof head);
    std::memcpy(&head, word.data(), size);
    std::memcpy(&tail, word.data() + word.size() - size, size);
    const std::uint64_t sum = head * 0x9e3779b97f4a7c15ULL + tail * 0xbf58476d1ce4e5b9ULL;
    return (sum ^ sum >> 29U) * 0x94d049bb133111ebULL + word.size();
  }
  // A word that was not added finds a free slot, which stays free.
  Slot& slot_of(std::string_view word) noexcept {
    const std::uint64_t name = name_of(word);
    const std::size_t mask = slots_.size() - 1;
    std::size_t i = name >> 32U & mask;
    while (slots_[i].highlights != 0 && slots_[i].name != name) i = (i + 1) & mask;
    if (slots_[i].highlights == 0) slots_[i].name = name;
    return slots_[i];
  }

  std::vector<Slot> slots_;
};

// A sentence of the body, as words.
struct Sentence {
  std::uint32_t first = 0;
  std::uint32_t count = 0;
};

void cut_body(Search& search, std::vector<Sentence>& body) {
  const Article& article = search.article;
  const std::vector<Unit>& units = article.units();
  SentenceCutter cutter(article.text());
  Places& places = search.article.places();
  for (std::size_t i = 0; i < units.size(); ++i) {
    const bool is_body = units[i].kind == BlockKind::paragraph && units[i].sentence &&
                         units[i].fate != Unit::Fate::repeat &&
                         !std::binary_search(search.highlights.begin(), search.highlights.end(), i);
    if (!is_body) continue;
    const Places::Place begin = places.of(units[i].letters.begin);
    const std::size_t end =
        i + 1 == units.size() ? article.utf8().size() : places.byte_of(units[i].letters.end);
    search.sentences.clear();
    cutter.cut(article.utf8().substr(begin.byte, end - begin.byte), begin.code_point,
               units[i].letters.begin, search.sentences);
    std::uint32_t first = units[i].first;
    for (const Stretch& sentence : search.sentences) {
      const std::uint32_t past = article.words().at(sentence.letters.end, first);
      if (past != first) body.push_back({first, past - first});
      first = past;
    }
  }
}

class Matcher {
 public:
  explicit Matcher(Search& search) : search_(search), index_(words_of(search)) {
    for (std::size_t i = 0; i < search.highlights.size(); ++i) {
      const Side side = search.side_of(search.unit(search.highlights[i]));
      for (std::size_t w = 0; w < side.words.size(); ++w) index_.add(side.word(w), i);
    }
    best_.resize(search.highlights.size());
  }

  // Compares a sentence, window by window, with the highlights that have enough of its words.
  void look_at(const Sentence& sentence) {
    for (std::uint32_t begin = 0;; begin += kWindow / 2) {
      const Side window =
          search_.side_of(sentence.first + begin, std::min(sentence.count - begin, kWindow));
      look_at(sentence, window);
      if (begin + kWindow >= sentence.count) return;
    }
  }

  void take() {
    for (std::size_t i = 0; i < best_.size(); ++i) {
      if (best_[i].letters == 0) continue;
      Unit& unit = search_.unit(search_.highlights[i]);
      const Sentence& sentence = best_[i].sentence;
      search_.unit(search_.article.unit_of(sentence.first)).fate = Unit::Fate::stays;
      unit.fate = Unit::Fate::repeat;
      search_.add(RepeatKind::summary, search_.article.letters_of(sentence.first, sentence.count),
                  unit.letters, search_.article.count_letters(unit.letters) - best_[i].letters);
    }
  }

 private:
  struct Best {
    std::uint32_t letters = 0;
    Sentence sentence;
  };

  static std::size_t words_of(const Search& search) {
    std::size_t words = 0;
    for (const std::uint32_t each : search.highlights) words += search.article.units()[each].count;
    return words;
  }

  void look_at(const Sentence& sentence, const Side& window) {
    std::array<std::uint32_t, kMostHighlights> known{};
    for (std::size_t i = 0; i < window.words.size(); ++i) {
      for (std::uint32_t rest = index_.having(window.word(i)); rest != 0; rest &= rest - 1) {
        ++known[static_cast<std::size_t>(std::countr_zero(rest))];
      }
    }
    for (std::size_t i = 0; i < best_.size(); ++i) {
      if (known[i] < kLeastCommon) continue;
      const Side side = search_.side_of(search_.unit(search_.highlights[i]));
      if (!reaches(known[i], side.words.size(), search_.rule.summary_percent)) continue;
      const std::uint32_t letters = letters_in_common(side, window);
      if (letters > best_[i].letters) best_[i] = {letters, sentence};
    }
  }

  // Letters of a highlight that a window says in order; 0 if they are too few.
  std::uint32_t letters_in_common(const Side& side, const Side& window) {
    const std::uint32_t percent = search_.rule.summary_percent;
    search_.overlap.measure(side, window);
    const Overlap& overlap = search_.overlap;
    const bool enough = overlap.words() >= kLeastCommon && overlap.long_words() >= kLeastLong &&
                        reaches(overlap.words(), side.words.size(), percent) &&
                        reaches(overlap.letters(), count_letters(side), percent);
    return enough ? overlap.letters() : 0;
  }

  Search& search_;
  Index index_;
  std::vector<Best> best_;
};

}  // namespace

void find_highlights(Search& search) {
  if (search.article.one_line()) return;
  gather(search);
  if (search.highlights.empty()) return;
  std::vector<Sentence> body;
  cut_body(search, body);
  Matcher matcher(search);
  for (const Sentence& sentence : body) matcher.look_at(sentence);
  matcher.take();
}

}  // namespace wirecopy::repeats
