#include "lineage/name_groups.h"

#include <algorithm>
#include <string>

#include "wirecopy/lineage.h"

namespace wirecopy::lineage {
namespace {

constexpr std::size_t kMostGroupTokens = 12;
constexpr std::size_t kMostNameBytes = 40;
constexpr std::size_t kMostNameWords = 4;

}  // namespace

NameGroup read_group(Stretch& stretch, std::size_t open) {
  const TokenKind closes = stretch.is(open, TokenKind::slash) ? TokenKind::slash : TokenKind::close;
  NameGroup group;
  bool others = false;
  bool unspaced = false;
  const std::size_t end = std::min(stretch.tokens.size(), open + 1 + kMostGroupTokens);
  for (std::size_t i = open + 1; i < end; ++i) {
    const TokenKind kind = stretch.tokens[i].kind;
    if (kind == closes) {
      if (i == open + 1) return {};
      group.close = i;
      // Beside such names the place stands in the bracket too: （ワシントン共同）.
      if (others && !unspaced) group.names.clear();
      if (group.names.empty() && !plausible_name(stretch, open + 1, i)) return {};
      return group;
    }
    if (NamedTokens* name = stretch.name_at(i)) {
      group.names.push_back(name);
      unspaced = unspaced || without_spaces(stretch, *name);
      others = others || stretch.tokens[i].begin != name->hit.begin ||
               stretch.tokens[name->last].end != name->hit.end;
      i = name->last;
      // "dpa/tmn": a desk of the agency.
      if (stretch.is(i + 1, TokenKind::slash) && stretch.is(i + 2, TokenKind::word) &&
          !stretch.tokens[i + 2].capital) {
        i += 2;
      }
      continue;
    }
    if (kind == TokenKind::newline || kind == TokenKind::open) return {};
    const bool between = kind == TokenKind::comma || kind == TokenKind::slash ||
                         stretch.text_of(i) == "&" || stretch.text_of(i) == "and";
    others = others || !between;
  }
  return {};
}

bool plausible_name(const Stretch& stretch, std::size_t first, std::size_t end) {
  std::size_t words = 0;
  for (std::size_t i = first; i < end; ++i) {
    const Token& token = stretch.tokens[i];
    const bool hyphen = token.kind == TokenKind::dash && !token.after_space;
    if (token.kind == TokenKind::word && token.capital) {
      ++words;
    } else if (!hyphen || i == first || i + 1 == end) {
      return false;
    }
  }
  if (words == 0 || words > kMostNameWords) return false;
  const std::uint32_t begin = stretch.tokens[first].begin;
  const std::string_view name = stretch.text.substr(begin, stretch.tokens[end - 1].end - begin);
  if (name.size() > kMostNameBytes) return false;
  // "(REVISED) -" names nobody. A mark needs something behind it.
  return version_marks(std::string(name) + ": .").marks.empty();
}

bool agency_like(const Stretch& stretch, std::size_t first, std::size_t end) {
  for (std::size_t i = first + 1; i < end; ++i) {
    const PhraseIndex::Match match = cue(Cue::agency).at(stretch.text, stretch.tokens[i].begin);
    if (match.length > 0 && stretch.tokens[i].begin + match.length == stretch.tokens[end - 1].end) {
      return true;
    }
  }
  return false;
}

bool without_spaces(const Stretch& stretch, const NamedTokens& name) {
  constexpr unsigned char kFirst = 0xe0;  // in UTF-8
  return static_cast<unsigned char>(stretch.text[name.hit.begin]) >= kFirst;
}

FoundCredit unknown_credit(const Stretch& stretch, std::size_t first, std::size_t end,
                           CreditForm form, bool certain) {
  const std::uint32_t begin = stretch.tokens[first].begin;
  const std::uint32_t length = stretch.tokens[end - 1].end - begin;
  return {stretch.text.substr(begin, length), begin, begin + length, form, certain};
}

}  // namespace wirecopy::lineage
