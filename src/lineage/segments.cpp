#include "lineage/segments.h"

#include <algorithm>

namespace wirecopy::lineage {
namespace {

// A period ends a sentence unless it belongs to an abbreviation or initial: "Lolita C. Baldor".
bool ends_here(const Stretch& stretch, std::size_t token) {
  const Token& stop = stretch.tokens[token];
  if (!stop.ends_sentence || token + 1 >= stretch.tokens.size()) return false;
  const Token& next = stretch.tokens[token + 1];
  if (!next.after_space || next.kind == TokenKind::newline) return false;
  if (stop.kind != TokenKind::period) return true;
  if (token == 0 || next.kind == TokenKind::comma) return false;
  const Token& word = stretch.tokens[token - 1];
  const bool abbreviation =
      word.kind == TokenKind::word && word.capital && word.end - word.begin <= 3;
  return !abbreviation;
}

}  // namespace

std::vector<Segment> segments_of(const Stretch& stretch) {
  std::vector<Segment> segments;
  const std::size_t count = stretch.tokens.size();
  std::size_t begin = 0;
  bool opens = true;
  const auto close = [&](std::size_t end, bool closes) {
    if (end > begin) segments.push_back({begin, end, opens && closes});
  };
  for (std::size_t i = 0; i < count; ++i) {
    const Token& token = stretch.tokens[i];
    if (token.kind == TokenKind::newline && token.opens_block) {
      close(i, true);
      begin = i + 1;
      opens = true;
    } else if (ends_here(stretch, i)) {
      close(i + 1, false);
      begin = i + 1;
      opens = false;
    }
  }
  close(count, true);
  return segments;
}

std::span<NamedTokens> names_in(Stretch& stretch, const Segment& segment) {
  const auto from = [&](std::size_t token) {
    return std::lower_bound(
        stretch.names.begin(), stretch.names.end(), token,
        [](const NamedTokens& name, std::size_t wanted) { return name.first < wanted; });
  };
  return {from(segment.begin), from(segment.end)};
}

}  // namespace wirecopy::lineage
