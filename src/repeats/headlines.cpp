// The title or the headline again, as it is or longer.

#include <algorithm>

#include "base/utf8.h"
#include "repeats/search.h"
#include "repeats/signs.h"

namespace wirecopy::repeats {
namespace {

// A headline that goes on has at most so many words more than the title …
constexpr std::uint32_t kMostMore = 16;
// … and a title of fewer words can only be repeated as it is.
constexpr std::uint32_t kLeastToExtend = 3;
constexpr std::uint32_t kMostWords = 40;

// Words of a unit that `line` could stand at the head of.
std::uint32_t head_of(const Unit& unit, std::size_t line_words) noexcept {
  return std::min(unit.count, static_cast<std::uint32_t>(line_words) + 2);
}

// Whether a unit says `line` again, or begins with it and goes on for a little.
bool says(Search& search, const Side& line, std::uint32_t line_worth, const Unit& unit) {
  const bool equal_count = unit.count == line.words.size();
  if (line_worth == 0 || unit.count == 0 || unit.worth > kMostWords) return false;
  if (!equal_count && line_worth < kLeastToExtend) return false;
  if (unit.worth > line_worth + kMostMore || (unit.sentence && unit.worth > line_worth + 2)) {
    return false;
  }
  search.overlap.measure(line, search.side_of(unit.first, head_of(unit, line.words.size())));
  return reaches(search.overlap.letters(), count_letters(line), search.rule.headline_percent);
}

bool may_be_headline(const Unit& unit) noexcept {
  return unit.fate == Unit::Fate::open &&
         (unit.kind == BlockKind::headline || unit.kind == BlockKind::paragraph);
}

void add(Search& search, std::optional<std::size_t> first, const Side& line, std::size_t repeat) {
  search.overlap.measure(line, search.side_of(search.unit(repeat)));
  const std::uint32_t letters = search.article.count_letters(search.unit(repeat).letters);
  search.add_unit(RepeatKind::headline, first, repeat, letters - search.overlap.letters());
}

// A text without newlines may begin with its title.
void find_title_in_line(Search& search) {
  const NormalizedText& text = search.article.text();
  const auto title = search.title_words.all();
  constexpr std::size_t kLeastWords = 4;
  const std::string_view letters = search.title.letters();
  if (title.size() < kLeastWords || !text.letters().starts_with(letters)) return;
  const auto end = static_cast<std::uint32_t>(letters.size());
  const std::uint32_t behind = search.article.words().at(end);
  const auto words = search.article.words().all();
  if (behind >= words.size() || words[behind].begin != end) return;
  // What follows begins a sentence of its own: a sign parts them.
  Places places(search.article.utf8(), text);
  if (!is_parted(search.article.utf8().substr(0, places.byte_of(end)))) return;
  search.unit(0).fate = Unit::Fate::repeat;
  search.add(RepeatKind::headline, std::nullopt, {0, end}, 0);
}

}  // namespace

void find_headlines(Search& search) {
  std::vector<Unit>& units = search.article.units();
  if (search.article.one_line()) return find_title_in_line(search);
  const std::size_t among = std::min<std::size_t>(units.size(), search.rule.headline_blocks);
  const Side title{search.title.letters(), search.title_words.all()};
  const std::uint32_t title_worth =
      search.title_words.worth(0, static_cast<std::uint32_t>(title.words.size()));
  bool told = false;
  for (std::size_t i = 0; i < among; ++i) {
    if (!may_be_headline(units[i]) || !says(search, title, title_worth, units[i])) continue;
    add(search, std::nullopt, title, i);
    told = true;
  }
  if (told || among < 2) return;
  // No block says the title: the first block itself may be a headline.
  const Unit& headline = units.front();
  if (!may_be_headline(headline) || headline.kind != BlockKind::headline) return;
  const Side line = search.side_of(headline);
  if (title_worth != 0) {
    search.overlap.measure(title, line);
    if (!reaches(search.overlap.letters(), count_letters(title), 50)) return;
  }
  for (std::size_t i = 1; i < among; ++i) {
    if (may_be_headline(units[i]) && says(search, line, headline.worth, units[i])) {
      add(search, 0, line, i);
    }
  }
}

}  // namespace wirecopy::repeats
