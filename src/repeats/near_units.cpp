// Units of which one covers most of the other: captions that were cut short or got a cue, and
// paragraphs with a word changed.

#include <algorithm>
#include <bit>
#include <tuple>

#include "repeats/search.h"
#include "repeats/signs.h"

namespace wirecopy::repeats {
namespace {

// Words of weight that the shorter caption may have of its own: with more it is another one in the
// same form. The last one may have been cut short.
constexpr std::uint32_t kMostLeft = 1;
// The shorter caption is so many percent of the longer one: less is a part that stands there by
// chance.
constexpr std::uint32_t kLeastShare = 40;
// So much of both paragraphs is the same.
constexpr std::uint32_t kBlockPercent = 95;
constexpr std::uint32_t kMostWordsOfBlock = 500;

bool takes_part(const Search& search, const Unit& unit) noexcept {
  return unit.fate != Unit::Fate::repeat && unit.worth >= search.rule.least_words &&
         unit.worth <= search.rule.caption_words &&
         (unit.kind == BlockKind::caption || unit.kind == BlockKind::paragraph ||
          unit.kind == BlockKind::headline);
}

// Takes the unit with fewer letters as a near caption of the other one.
bool take_near_caption(Search& search, std::size_t a, std::size_t b) {
  const std::uint32_t letters_a = search.article.count_letters(search.unit(a).letters);
  const std::uint32_t letters_b = search.article.count_letters(search.unit(b).letters);
  const bool first_is_a = letters_a != letters_b ? letters_a > letters_b : a < b;
  const std::size_t first = first_is_a ? a : b;
  const std::size_t repeat = first_is_a ? b : a;
  const std::uint32_t letters = std::min(letters_a, letters_b);
  if (!reaches(letters, std::max(letters_a, letters_b), kLeastShare)) return false;
  const Unit& longer = search.unit(first);
  const Unit& shorter = search.unit(repeat);
  if (shorter.fate != Unit::Fate::open || longer.fate == Unit::Fate::repeat) return false;
  search.overlap.measure(search.side_of(shorter), search.side_of(longer));
  const std::uint32_t unique_letters = letters - search.overlap.letters();
  // What only tells where to look is nothing that the other one should say.
  const std::uint32_t telling = letters - search.overlap.cue_letters();
  if (!reaches(search.overlap.letters(), telling, search.rule.near_percent) ||
      search.overlap.left_long_words() > kMostLeft || search.overlap.leaves_number() ||
      search.overlap.words() + 1 < search.rule.least_words) {
    return false;
  }
  if (shorter.kind != BlockKind::caption) {
    if (!is_like_caption(search, first) || !is_like_caption(search, repeat)) return false;
    if (longer.kind != BlockKind::caption &&
        (are_rows(search, first, repeat) || is_on_purpose(search, repeat))) {
      return false;
    }
  }
  search.add_unit(RepeatKind::caption_near, first, repeat, unique_letters);
  return true;
}

bool take_near_block(Search& search, std::size_t first, std::size_t repeat) {
  const Unit& unit = search.unit(first);
  const Unit& again = search.unit(repeat);
  if (again.fate != Unit::Fate::open || unit.fate == Unit::Fate::repeat) return false;
  if (unit.kind != BlockKind::paragraph || again.kind != BlockKind::paragraph) return false;
  if (unit.worth < kLeastWordsOfBlock || unit.count > kMostWordsOfBlock || !unit.sentence ||
      !again.sentence)
    return false;
  const std::uint32_t letters = search.article.count_letters(unit.letters);
  const std::uint32_t letters_again = search.article.count_letters(again.letters);
  const std::uint32_t most = std::max(letters, letters_again);
  if (!reaches(std::min(letters, letters_again), most, kBlockPercent)) return false;
  search.overlap.measure(search.side_of(again), search.side_of(unit));
  if (!reaches(search.overlap.letters(), most, kBlockPercent) || search.overlap.leaves_number()) {
    return false;
  }
  if (are_rows(search, first, repeat) || is_on_purpose(search, repeat)) return false;
  search.add_unit(RepeatKind::block, first, repeat, letters_again - search.overlap.letters());
  return true;
}

}  // namespace

bool is_like_caption(Search& search, std::size_t number) {
  const Article& article = search.article;
  const Unit& unit = article.units()[number];
  if (unit.kind == BlockKind::caption) return true;
  if (unit.kind != BlockKind::paragraph && unit.kind != BlockKind::headline) return false;
  if (!unit.sentence) return true;
  if (article.one_line()) return breaks_off(article.stretch_of(number).original);
  return breaks_off(line_of(search, number));
}

bool take_near(Search& search, std::size_t a, std::size_t b) {
  const bool captions = search.unit(a).worth <= search.rule.caption_words &&
                        search.unit(b).worth <= search.rule.caption_words &&
                        search.unit(a).worth >= search.rule.least_words &&
                        search.unit(b).worth >= search.rule.least_words;
  if (captions && take_near_caption(search, a, b)) return true;
  return !search.article.one_line() && take_near_block(search, std::min(a, b), std::max(a, b));
}

void find_near_units(Search& search) {
  if (search.article.one_line() || !search.keys_meet) return;
  const std::vector<Unit>& units = search.article.units();
  const std::size_t size = std::bit_ceil(2 * std::tuple_size_v<Search::Keys> * units.size() + 1);
  search.slots.assign(size, 0);
  search.tags.assign(size, 0);
  for (std::uint32_t i = 0; i < units.size(); ++i) {
    if (!takes_part(search, units[i])) continue;
    std::uint32_t compared = ~std::uint32_t{0};
    for (const std::uint64_t key : search.keys[i]) {
      if (key == 0) continue;
      std::size_t slot = key >> 32U & (size - 1);
      while (search.slots[slot] != 0 && search.tags[slot] != key) slot = (slot + 1) & (size - 1);
      const std::uint32_t other = search.slots[slot];
      if (other != 0 && other - 1 != i && other != compared && units[i].fate == Unit::Fate::open) {
        compared = other;
        take_near(search, other - 1, i);
      }
      // The latest one is known by the key, unless it was cut.
      if (units[i].fate != Unit::Fate::repeat) {
        search.slots[slot] = i + 1;
        search.tags[slot] = key;
      }
    }
  }
}

}  // namespace wirecopy::repeats
