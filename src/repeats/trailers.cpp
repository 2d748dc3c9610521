// "Read more at …": blocks of that kind, and sentences glued to the end of a text.

#include <algorithm>

#include "base/utf8.h"
#include "repeats/search.h"
#include "repeats/signs.h"

namespace wirecopy::repeats {

/// Phrases of credits that only claim rights. Compiled in.
extern const std::string_view kRights;
/// Phrases that say who publishes a paper: with a phrase of trailers in a later sentence, an
/// imprint.
extern const std::string_view kPublishers;

namespace {

// A trailer and what follows it in its block are of so many words, and letters, at most.
constexpr std::uint32_t kMostWords = 40;
constexpr std::uint32_t kMostLetters = 1000;
// A block of so few words is a trailer as a whole.
constexpr std::uint32_t kFewWords = 12;
// A shorter paragraph has no room for a sentence and a trailer.
constexpr std::uint32_t kLeastWords = 4;
// The last letters of a short text, where a percentage is next to nothing.
constexpr std::uint32_t kLeastLetters = 150;

// Whether one of the phrases in the rows of a table stands in letters.
class AnyPhrase {
 public:
  explicit AnyPhrase(std::string_view rows) {
    while (!rows.empty()) {
      const std::size_t end = std::min(rows.find('\n'), rows.size() - 1);
      phrases_.emplace_back(normalize(rows.substr(0, end)).letters());
      rows.remove_prefix(end + 1);
    }
  }
  [[nodiscard]] bool in(std::string_view letters) const {
    return std::any_of(phrases_.begin(), phrases_.end(), [&](const std::string& phrase) {
      return letters.find(phrase) != letters.npos;
    });
  }

 private:
  std::vector<std::string> phrases_;
};

// Whether letters say that rights are reserved.
bool claims_rights(std::string_view letters) {
  static const AnyPhrase kClaims(kRights);
  return kClaims.in(letters);
}

// Whether letters say who publishes something.
bool says_publisher(std::string_view letters) {
  static const AnyPhrase kSays(kPublishers);
  return kSays.in(letters);
}

bool is_first_of_any(const Search& search, LetterRange range) {
  return std::any_of(search.found->begin(), search.found->end(), [&](const Repeat& repeat) {
    return repeat.first && repeat.first->begin < range.end && range.begin < repeat.first->end;
  });
}

// The letter at which the end of a text begins.
std::uint32_t tail_begin(const Search& search, std::uint32_t letters) {
  const std::uint32_t tail = std::max(
      kLeastLetters,
      static_cast<std::uint32_t>(std::uint64_t{letters} * search.rule.trailer_percent / 100));
  return letters - std::min(letters, tail);
}

bool is_trailer(const Search& search, const Stretch& sentence) {
  const auto kind = kind_by_phrases(search.article.text(), sentence);
  return kind == BlockKind::trailer ||
         (kind == BlockKind::credit && claims_rights(search.article.letters_in(sentence.letters)));
}

// Where credits begin in the rest of a text ("(Reporting by …"), else its end.
std::uint32_t credit_in(const Search& search, std::span<const Stretch> sentences,
                        LetterRange rest) {
  const NormalizedText& text = search.article.text();
  for (const Stretch& sentence : sentences) {
    if (sentence.letters.begin < rest.begin) continue;
    const std::string_view original = sentence.original;
    for (std::size_t at = original.find('('); at != original.npos;
         at = original.find('(', at + 1)) {
      const std::uint64_t code_point =
          sentence.original_begin + base::count_code_points(original.substr(0, at));
      const auto begin = static_cast<std::uint32_t>(text.letters_before(code_point));
      if (begin <= rest.begin || begin >= sentence.letters.end) continue;
      const Stretch credit{original.substr(at), code_point, {begin, sentence.letters.end}};
      if (kind_by_phrases(text, credit) == BlockKind::credit) return begin;
    }
  }
  return rest.end;
}

void take(Search& search, LetterRange rest) {
  const Words& words = search.article.words();
  const std::uint32_t first = words.at(rest.begin);
  const std::size_t unit = search.article.unit_of(first);
  const std::size_t last = search.article.unit_of(words.at(rest.end, first) - 1);
  for (std::size_t each = unit; each <= last; ++each) {
    if (search.unit(each).fate == Unit::Fate::repeat) return;
  }
  for (std::size_t each = unit; each <= last; ++each) search.unit(each).fate = Unit::Fate::repeat;
  search.add(RepeatKind::trailer, std::nullopt, rest, search.article.count_letters(rest));
}

// Takes the first sentence of the end, but that with which a unit begins, that is told a trailer,
// and all behind it.
void find_in_tail(Search& search, std::span<const Stretch> sentences, std::uint32_t tail) {
  const Words& words = search.article.words();
  if (sentences.empty()) return;
  LetterRange rest{0, sentences.back().letters.end};
  bool told = false;
  for (std::size_t i = sentences.size(); i-- > 1;) {
    const std::uint32_t begin = sentences[i].letters.begin;
    if (begin < tail || rest.end - begin > kMostLetters) break;
    if (!is_trailer(search, sentences[i])) continue;
    const std::uint32_t first = words.at(begin);
    if (words.worth(first, words.at(rest.end, first) - first) > kMostWords) break;
    rest.begin = begin;
    told = true;
  }
  if (!told) return;
  rest.end = credit_in(search, sentences, rest);
  if (rest.begin < rest.end && !is_first_of_any(search, rest)) take(search, rest);
}

// The sentences of a block from a letter on, which begins a word of it.
void cut_block(Search& search, std::size_t number, std::uint32_t letter) {
  // So many letters before the end are near it.
  constexpr std::uint32_t kNear = 4096;
  Article& article = search.article;
  const std::vector<Unit>& units = article.units();
  const auto place_of = [&](std::uint32_t each) {
    return each + kNear > units.back().letters.end ? article.places().near_end(each)
                                                   : article.places().of(each);
  };
  const Places::Place begin = place_of(letter);
  const bool last = number + 1 == units.size();
  const std::size_t end = last ? article.utf8().size() : place_of(units[number].letters.end).byte;
  search.sentences.clear();
  SentenceCutter(article.text())
      .cut(article.utf8().substr(begin.byte, end - begin.byte), begin.code_point, letter,
           search.sentences);
}

// Whether a block begins with a small letter on the line below a block of prose that ends no
// sentence.
bool is_rest_of_sentence(Search& search, std::size_t number) {
  constexpr std::uint32_t kLeastWordsOfProse = 6;
  const Unit& before = search.unit(number - 1);
  if (before.sentence || before.worth < kLeastWordsOfProse) return false;
  if (!begins_small(line_of(search, number))) return false;
  Article& article = search.article;
  const std::size_t begin = article.places().byte_of(before.letters.end - 1);
  const std::size_t end = article.places().byte_of(search.unit(number).letters.begin);
  const std::string_view between = article.utf8().substr(begin, end - begin);
  return std::count(between.begin(), between.end(), '\n') == 1;
}

// What of a block with a phrase of trailers is one: all, from a later sentence on, or, where no
// sentence tells by itself and there is too much to lose, nothing.
std::optional<LetterRange> trailer_in(Search& search, std::size_t number) {
  const Unit& unit = search.unit(number);
  if (unit.worth <= kFewWords) return unit.letters;
  cut_block(search, number, unit.letters.begin);
  const auto& sentences = search.sentences;
  const auto told = std::find_if(sentences.begin(), sentences.end(), [&](const Stretch& sentence) {
    return is_trailer(search, sentence);
  });
  if (told == sentences.end()) return std::nullopt;
  if (told == sentences.begin()) return unit.letters;
  const LetterRange rest{told->letters.begin, unit.letters.end};
  return LetterRange{rest.begin, credit_in(search, sentences, rest)};
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
    const bool short_end = at_end && unit.worth <= kMostWords;
    const bool rights = short_end && unit.kind == BlockKind::credit &&
                        claims_rights(article.letters_in(unit.letters));
    if (unit.kind != BlockKind::trailer && !rights) continue;
    if (!at_end && is_rest_of_sentence(search, i)) continue;
    const bool whole = rights || (short_end && says_publisher(article.letters_in(unit.letters)));
    if (const auto range = whole ? std::optional(unit.letters) : trailer_in(search, i)) {
      take(search, *range);
    }
  }
}

void find_glued_trailers(Search& search) {
  if (search.rule.trailer_percent == 0) return;
  Article& article = search.article;
  const std::vector<Unit>& units = article.units();
  const std::uint32_t tail = tail_begin(search, units.back().letters.end);
  if (article.one_line()) return find_in_tail(search, article.sentences(), tail);
  // The last paragraph, whatever stands behind it.
  std::size_t number = units.size() - 1;
  while (number > 0 && units[number].kind != BlockKind::paragraph) --number;
  const Unit& unit = units[number];
  const bool whole = unit.kind != BlockKind::paragraph || unit.fate == Unit::Fate::repeat;
  if (whole || unit.letters.end <= tail || unit.worth < kLeastWords) return;
  // From the sentence on in which the end begins.
  const Words& words = article.words();
  const std::uint32_t word = std::min(words.at(tail, unit.first), unit.first + unit.count - 1);
  const std::uint32_t letter = std::max(words.all()[word].begin, unit.letters.begin);
  cut_block(search, number, letter);
  find_in_tail(search, search.sentences, tail);
}

}  // namespace wirecopy::repeats
