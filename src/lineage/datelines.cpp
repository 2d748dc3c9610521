// A dateline is a place, perhaps a date, the agency in brackets and a mark:
//
//   LONDON, March 5 (Reuters) -     Madrid, 5 mar (EFE).-      (ANSA) - ROMA, 05 MAR -
//   MOSCOW, March 5. /TASS/.        Riyadh, March 5, SPA --    新华社北京3月5日电
//
// The machine starts at the agency, walks back over what may be a place and a date to the start of
// the line, looks at the mark behind, and then decides: an agency that is known needs little, one
// that is not needs the whole form.
#include "lineage/datelines.h"

#include <algorithm>
#include <array>

#include "lineage/name_groups.h"

namespace wirecopy::lineage {
namespace {

constexpr std::size_t kMostPlaceTokens = 16;
constexpr std::size_t kMostInitials = 8;

// Small words inside names of places and in dates: "Rio de Janeiro, le 5 mars".
constexpr auto kSmallWords = std::to_array<std::string_view>(
    {"de",  "del", "da",  "do",  "di",  "du", "des", "la", "le", "el",  "am", "an",  "der",
     "den", "im",  "sur", "and", "und", "et", "y",   "e",  "of", "the", "al", "bin", "upon"});

// What stands before the agency.
struct Left {
  bool line_start = false;   ///< The walk reached the start of a line.
  bool block_start = false;  ///< And a block begins there.
  bool date = false;
  bool place_in_capitals = false;  ///< The word nearest to the agency, or to its date.
  std::size_t words = 0;
  std::size_t begin = 0;  ///< First token of it.
};

bool small_word(const Stretch& stretch, std::size_t token) {
  const std::string_view word = stretch.text_of(token);
  if (std::find(kSmallWords.begin(), kSmallWords.end(), word) != kSmallWords.end()) return true;
  // A month beside its day: "5 mars", "5. märz", "mars 5".
  if (stretch.is(token + 1, TokenKind::number)) return true;
  if (token > 0 && stretch.is(token - 1, TokenKind::number)) return true;
  return token > 1 && stretch.is(token - 2, TokenKind::number) &&
         (stretch.is(token - 1, TokenKind::period) || stretch.text_of(token - 1) == "de");
}

// Whether the walk may pass this token; notes what it says.
bool passes(const Stretch& stretch, std::size_t token, Left& left) {
  const Token& at = stretch.tokens[token];
  switch (at.kind) {
    case TokenKind::number:
      left.date = true;
      return true;
    case TokenKind::comma:
    case TokenKind::period:
    case TokenKind::slash:
    case TokenKind::open:
    case TokenKind::close:
      return true;
    case TokenKind::dash:
      return !at.after_space && at.end - at.begin == 1;
    case TokenKind::word:
      if (!at.capital) return small_word(stretch, token);
      if (left.words++ == 0) left.place_in_capitals = at.capitals;
      return true;
    default:
      return false;
  }
}

Left look_left(const Stretch& stretch, std::size_t agency) {
  Left left;
  left.begin = agency;
  for (std::size_t steps = 0; steps < kMostPlaceTokens; ++steps) {
    if (left.begin == 0) {
      left.line_start = left.block_start = true;
      break;
    }
    const Token& before = stretch.tokens[left.begin - 1];
    if (before.kind == TokenKind::newline) {
      left.line_start = true;
      left.block_start = before.opens_block;
      break;
    }
    if (!passes(stretch, left.begin - 1, left)) break;
    --left.begin;
  }
  return left;
}

// What stands behind the closing bracket.
struct Right {
  bool mark = false;      ///< A dash or a colon,
  bool dash = false;      ///< a dash.
  bool sentence = false;  ///< No mark, and a sentence begins.
};

Right look_right(const Stretch& stretch, std::size_t close) {
  std::size_t next = close + 1;
  if (stretch.is(next, TokenKind::period)) ++next;  // "(EFE).-"
  Right right;
  right.dash = stretch.is(next, TokenKind::dash);
  right.mark = right.dash || stretch.is(next, TokenKind::colon);
  if (!right.mark && next == close + 1 && next < stretch.tokens.size()) {
    const Token& token = stretch.tokens[next];
    right.sentence = token.capital || token.kind == TokenKind::number || token.ends_sentence;
  }
  return right;
}

// Whether the agency is named before its brackets: "The Press Trust of India (PTI) …".
bool spelled_out(Stretch& stretch, const Left& left, std::size_t open, std::string_view agency) {
  for (std::size_t i = left.begin; i < open; ++i) {
    const NamedTokens* name = stretch.name_at(i);
    if (name != nullptr && name->hit.name.agency == agency) return true;
  }
  return false;
}

bool known_dateline(const Left& left, const Right& right) {
  const bool bare = left.words == 0 && !left.date;
  if (bare && left.line_start) return right.mark || (left.block_start && right.sentence);
  if (!left.line_start) return right.mark && (left.date || left.place_in_capitals);
  return right.mark ||
         (right.sentence && (left.date || left.place_in_capitals || left.block_start));
}

// Whether an unknown name there is a credit, and for certain.
struct Judgment {
  bool credit = false;
  bool certain = false;
};

Judgment unknown_dateline(const Left& left, const Right& right, bool capitals, bool like_agency) {
  if (!right.dash) return {};
  if (left.line_start && left.words == 0 && !left.date) return {capitals, left.block_start};
  if (left.line_start && left.date) return {true, true};
  if (left.line_start && left.place_in_capitals) return {true, capitals || like_agency};
  return {left.date && left.words > 0, left.place_in_capitals};
}

void judge_group(Stretch& opening, std::size_t open, std::vector<FoundCredit>& found) {
  const NameGroup group = read_group(opening, open);
  if (group.close == 0) return;
  const Left left = look_left(opening, open);
  Right right = look_right(opening, group.close);
  if (opening.is(open, TokenKind::slash)) {
    if (group.names.empty() || !left.line_start || !left.date) return;
    right.mark = true;  // the slashes are mark enough
  }
  if (group.names.empty()) {
    const std::string_view name = opening.text_of(open + 1);
    const bool capitals = group.close - open == 2 && opening.tokens[open + 1].capitals &&
                          name.size() <= kMostInitials;
    const Judgment judgment =
        unknown_dateline(left, right, capitals, agency_like(opening, open + 1, group.close));
    if (!judgment.credit) return;
    found.push_back(
        unknown_credit(opening, open + 1, group.close, CreditForm::dateline, judgment.certain));
    return;
  }
  // （ワシントン共同）: no mark, and no capitals to tell a place by.
  const bool bracket_opens_block =
      left.block_start && without_spaces(opening, *group.names.front());
  if (!known_dateline(left, right) && !bracket_opens_block) return;
  for (NamedTokens* name : group.names) {
    const NameHit& hit = name->hit;
    if (name->used || hit.name.naming == Naming::photo ||
        spelled_out(opening, left, open, hit.name.agency)) {
      continue;
    }
    name->used = true;
    found.push_back({hit.name.agency, hit.begin, hit.end, CreditForm::dateline, true});
  }
}

// "Riyadh, March 5, 2020, SPA --"
bool after_comma(const Stretch& opening, const NamedTokens& name) {
  if (name.first == 0 || !opening.is(name.last + 1, TokenKind::dash)) return false;
  if (!opening.tokens[name.last + 1].after_space) return false;  // "PA-28 Warrior"
  const TokenKind before = opening.tokens[name.first - 1].kind;
  if (before != TokenKind::comma && before != TokenKind::period && before != TokenKind::dash) {
    return false;
  }
  const std::size_t end = name.first - (before == TokenKind::dash ? 1 : 0);
  const Left left = look_left(opening, end);
  return left.line_start && left.date && left.words > 0;
}

// "新华社北京3月5日电": the name opens a block and "dispatch" follows soon.
bool dispatch(const Stretch& opening, const NamedTokens& name) {
  constexpr std::size_t kNear = 60;
  const std::size_t begin = name.hit.begin;
  if (!without_spaces(opening, name)) return false;
  std::size_t first = name.first;
  if (opening.tokens[first].begin != begin) return false;
  if (first > 0 && opening.is(first - 1, TokenKind::open)) --first;
  if (first > 0 && !opening.tokens[first - 1].opens_block) return false;
  const std::string_view near = opening.text.substr(name.hit.end, kNear);
  const std::string_view line = near.substr(0, near.find('\n'));
  return line.find("电") != line.npos || line.find("電") != line.npos ||
         line.find("讯") != line.npos || line.find("訊") != line.npos;
}

}  // namespace

void find_datelines(Stretch& opening, std::vector<FoundCredit>& found) {
  for (std::size_t i = 0; i < opening.tokens.size(); ++i) {
    const TokenKind kind = opening.tokens[i].kind;
    if (kind == TokenKind::open || kind == TokenKind::slash) judge_group(opening, i, found);
  }
  for (NamedTokens& name : opening.names) {
    if (name.used || name.hit.name.naming == Naming::photo) continue;
    if (!after_comma(opening, name) && !dispatch(opening, name)) continue;
    name.used = true;
    found.push_back(
        {name.hit.name.agency, name.hit.begin, name.hit.end, CreditForm::dateline, true});
  }
}

}  // namespace wirecopy::lineage
