// "Read more at …": blocks of that kind, and sentences glued to the end of a text.

#include <algorithm>

#include "base/utf8.h"
#include "repeats/search.h"

namespace wirecopy::repeats {

/// Phrases of credits that only claim rights. Compiled in.
extern const std::string_view kRights;

namespace {

// A glued trailer and what follows it in its block are of so many words at most.
constexpr std::uint32_t kMostWords = 40;
// The last letters of a short text, where a percentage is next to nothing.
constexpr std::size_t kLeastBytes = 200;

// Whether letters say that rights are reserved.
bool claims_rights(std::string_view letters) {
  static const std::vector<std::string> kPhrases = [] {
    std::vector<std::string> phrases;
    for (std::string_view rows = kRights; !rows.empty();) {
      const std::size_t end = std::min(rows.find('\n'), rows.size() - 1);
      phrases.emplace_back(normalize(rows.substr(0, end)).letters());
      rows.remove_prefix(end + 1);
    }
    return phrases;
  }();
  return std::any_of(kPhrases.begin(), kPhrases.end(), [&](const std::string& phrase) {
    return letters.find(phrase) != letters.npos;
  });
}

bool is_first_of_any(const Search& search, LetterRange range) {
  return std::any_of(search.found->begin(), search.found->end(), [&](const Repeat& repeat) {
    return repeat.first && repeat.first->begin < range.end && range.begin < repeat.first->end;
  });
}

// Where the end of a text begins, by bytes.
std::size_t tail_begin(const Search& search) {
  const std::string_view utf8 = search.article.utf8();
  const std::size_t bytes =
      std::max(kLeastBytes, utf8.size() / 100 * search.rule.trailer_percent + 1);
  std::size_t begin = utf8.size() - std::min(utf8.size(), bytes);
  while (begin < utf8.size() && !base::begins_code_point(utf8[begin])) ++begin;
  return begin;
}

// The first sentence behind the first one that is told a trailer, to the end of the unit.
void find_in_tail(Search& search, LetterRange unit) {
  for (std::size_t i = 1; i < search.sentences.size(); ++i) {
    const Stretch& sentence = search.sentences[i];
    const LetterRange rest{sentence.letters.begin, unit.end};
    const Words& words = search.article.words();
    const std::uint32_t first = words.at(rest.begin);
    if (words.worth(first, words.at(rest.end) - first) > kMostWords) continue;
    const auto kind = kind_by_phrases(search.article.text(), sentence);
    const bool rights =
        kind == BlockKind::credit && claims_rights(search.article.letters_in(sentence.letters));
    if (kind != BlockKind::trailer && !rights) continue;
    if (is_first_of_any(search, rest)) continue;
    for (Unit& each : search.article.units()) {
      if (each.letters.end <= rest.begin || each.letters.begin >= rest.end) continue;
      if (each.fate == Unit::Fate::repeat) return;
      each.fate = Unit::Fate::repeat;
    }
    search.add(RepeatKind::trailer, std::nullopt, rest, search.article.count_letters(rest));
    return;
  }
}

}  // namespace

void find_trailers(Search& search) {
  const Article& article = search.article;
  if (article.one_line()) return;
  const std::uint32_t all = article.units().back().letters.end;
  // What a text begins with trails nothing.
  for (std::size_t i = 1; i < article.units().size(); ++i) {
    const Unit& unit = search.unit(i);
    const bool at_end = reaches(unit.letters.end, all, 100 - search.rule.trailer_percent);
    const bool rights = unit.kind == BlockKind::credit && at_end && unit.worth <= kMostWords &&
                        claims_rights(article.letters_in(unit.letters));
    if (unit.kind != BlockKind::trailer && !rights) continue;
    search.add_unit(RepeatKind::trailer, std::nullopt, i, article.count_letters(unit.letters));
  }
}

void find_glued_trailers(Search& search) {
  if (search.rule.trailer_percent == 0) return;
  const Article& article = search.article;
  SentenceCutter cutter(article.utf8(), article.text());
  std::size_t byte = tail_begin(search);
  const std::uint32_t tail = cutter.places().letters_before(byte);
  const std::vector<Unit>& units = article.units();
  if (article.one_line()) {
    search.sentences.clear();
    cutter.cut(byte, article.utf8().size(), search.sentences);
    return find_in_tail(search, {0, units.back().letters.end});
  }
  std::size_t number = units.size();
  while (number > 0 && units[number - 1].letters.end > tail) --number;
  for (; number < units.size(); ++number) {
    const Unit& unit = units[number];
    if (unit.letters.begin > tail) byte = cutter.places().byte_of(unit.letters.begin);
    if (unit.kind != BlockKind::paragraph || unit.fate == Unit::Fate::repeat || unit.count < 8)
      continue;
    const bool last = number + 1 == units.size();
    const std::size_t end =
        last ? article.utf8().size() : cutter.places().byte_of(unit.letters.end);
    search.sentences.clear();
    cutter.cut(byte, end, search.sentences);
    find_in_tail(search, unit.letters);
  }
}

}  // namespace wirecopy::repeats
