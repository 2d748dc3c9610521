// Units with equal letters: captions and paragraphs printed twice, and what repeats on purpose.

#include <algorithm>
#include <bit>

#include "base/hash.h"
#include "repeats/search.h"
#include "repeats/signs.h"

namespace wirecopy::repeats {
namespace {

bool takes_part(const Unit& unit) noexcept {
  return unit.fate != Unit::Fate::repeat && unit.count != 0;
}

// Fills Search::equals. Returns whether any two units are equal.
bool find_groups(Search& search) {
  const std::vector<Unit>& units = search.article.units();
  const std::size_t size = std::bit_ceil(2 * units.size() + 1);
  search.slots.assign(size, 0);
  bool any = false;
  for (std::uint32_t i = 0; i < units.size(); ++i) {
    if (!takes_part(units[i])) continue;
    const std::string_view letters = search.article.letters_in(units[i].letters);
    std::size_t slot = base::hash64(letters) & (size - 1);
    while (search.slots[slot] != 0 &&
           search.article.letters_in(units[search.slots[slot] - 1].letters) != letters) {
      slot = (slot + 1) & (size - 1);
    }
    if (search.slots[slot] == 0) {
      search.slots[slot] = i + 1;
      continue;
    }
    const std::uint32_t first = search.slots[slot] - 1;
    search.equals[i].first = first;
    ++search.equals[first].times;
    any = true;
  }
  return any;
}

bool is_short_line(const Unit& unit) noexcept {
  constexpr std::uint32_t kMostWords = 12;
  return unit.worth <= kMostWords && !unit.sentence && unit.kind != BlockKind::caption;
}

// What two equal units are to each other; nothing: not worth telling.
std::optional<RepeatKind> kind_of(Search& search, std::size_t first, std::size_t repeat,
                                  bool on_purpose) {
  const Unit& unit = search.unit(repeat);
  const Unit& twin = search.unit(first);
  const std::uint32_t times = search.equals[first].times;
  const bool often = times >= search.rule.structural_times;
  if (unit.worth < search.rule.least_words) {
    return often ? std::optional(RepeatKind::structural) : std::nullopt;
  }
  const bool caption = unit.kind == BlockKind::caption || twin.kind == BlockKind::caption;
  const bool is_short = unit.worth <= search.rule.caption_words;
  if (caption && is_short) return RepeatKind::caption_exact;
  if (unit.kind == BlockKind::bullet || unit.kind == BlockKind::credit || on_purpose ||
      (often && is_short)) {
    return RepeatKind::structural;
  }
  if (are_rows(search, first, repeat)) return RepeatKind::structural;
  if (is_short && !unit.sentence && !twin.sentence) return RepeatKind::caption_exact;
  return unit.worth < kLeastWordsOfBlock ? RepeatKind::structural : RepeatKind::block;
}

void take_blocks(Search& search) {
  for (std::size_t i = 0; i < search.equals.size(); ++i) {
    const std::size_t first = search.equals[i].first;
    if (first == i) continue;
    const auto kind = kind_of(search, first, i, is_on_purpose(search, i));
    if (kind) search.add_unit(*kind, first, i, 0);
  }
}

// Sentences are captions only if a cue tells, or if they are printed twice at once.
void take_sentences(Search& search) {
  for (std::size_t i = 0; i < search.equals.size(); ++i) {
    const std::size_t first = search.equals[i].first;
    const Unit& unit = search.unit(i);
    if (first == i || unit.worth < search.rule.least_words ||
        unit.worth > search.rule.caption_words ||
        search.equals[first].times >= search.rule.structural_times) {
      continue;
    }
    const bool cue =
        kind_by_phrases(search.article.text(), search.article.stretch_of(i)) == BlockKind::caption;
    const bool adjacent = i == first + 1 && unit.worth > search.rule.least_words;
    if (cue || adjacent) search.add_unit(RepeatKind::caption_exact, first, i, 0);
  }
}

// No letter, and no end of a line.
bool is_sign(char c) noexcept {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x20 && byte < 0x80 && (byte < '0' || byte > '9') &&
         ((byte | 0x20U) < 'a' || (byte | 0x20U) > 'z');
}

// Whether the nearest other lines on both sides of a unit are short.
bool is_row(const Search& search, std::size_t number) {
  constexpr std::uint32_t kMostWords = 25;
  const std::vector<Unit>& units = search.article.units();
  if (units[number].worth > kMostWords) return false;
  const std::uint32_t own = search.equals[number].first;
  // Of many equal lines not all are passed: they are rows by themselves.
  constexpr std::size_t kMostPassed = 8;
  std::size_t before = number;
  while (before > 0 && search.equals[before].first == own && number - before < kMostPassed)
    --before;
  std::size_t behind = number;
  while (behind + 1 < units.size() && search.equals[behind].first == own &&
         behind - number < kMostPassed) {
    ++behind;
  }
  return (before == 0 || is_short_line(units[before])) &&
         (behind + 1 == units.size() || is_short_line(units[behind]));
}

}  // namespace

std::string_view line_of(Search& search, std::size_t number) {
  const std::vector<Unit>& units = search.article.units();
  const std::string_view utf8 = search.article.utf8();
  Places& places = search.article.places();
  const std::size_t begin = places.byte_of(units[number].letters.begin);
  const bool last = number + 1 == units.size();
  const std::size_t end = last ? utf8.size() : places.byte_of(units[number].letters.end);
  const std::string_view line = utf8.substr(begin, end - begin);
  // The next block may have signs in front of its letters, too.
  const std::size_t line_end = line.find_last_of('\n');
  constexpr std::size_t kMostFront = 2;
  std::size_t front = 0;
  while (front < std::min(begin, kMostFront) && is_sign(utf8[begin - front - 1])) ++front;
  return utf8.substr(begin - front, front + (last ? line.size() : std::min(line_end, line.size())));
}

bool is_on_purpose(Search& search, std::size_t number) {
  const Unit& unit = search.article.units()[number];
  // Letters a word: encoded files have fewer than any language.
  constexpr std::uint32_t kFewLetters = 5;
  const bool words = !search.article.words().spaced() ||
                     2 * (unit.letters.end - unit.letters.begin) >= kFewLetters * unit.count;
  return !words || is_on_purpose(line_of(search, number));
}

bool are_rows(const Search& search, std::size_t a, std::size_t b) {
  constexpr std::uint32_t kFewWords = 6;
  if (search.article.one_line()) return false;
  const bool row_a = is_row(search, a);
  if (row_a && search.article.units()[a].worth < kFewWords) return true;
  return row_a == is_row(search, b) ? row_a : search.article.units()[b].worth < kFewWords;
}

void find_equal_units(Search& search) {
  search.equals.resize(search.article.units().size());
  for (std::uint32_t i = 0; i < search.equals.size(); ++i) search.equals[i] = {i, 1};
  if (!search.keys_meet || !find_groups(search)) return;
  if (search.article.one_line()) {
    take_sentences(search);
  } else {
    take_blocks(search);
  }
}

}  // namespace wirecopy::repeats
