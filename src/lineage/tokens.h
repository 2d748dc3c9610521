/// The opening or closing of a text as tokens: what the machine that finds credits reads.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "lineage/agency_names.h"

namespace wirecopy::lineage {

enum class TokenKind : std::uint8_t {
  word,  ///< Letters, digits and marks; an apostrophe inside belongs to it.
  number,
  open,
  close,
  dash,
  colon,
  comma,
  period,
  slash,
  newline,  ///< Any white space with a line break in it.
  other,
};

struct Token {
  std::uint32_t begin = 0;  ///< In bytes of the text.
  std::uint32_t end = 0;
  TokenKind kind = TokenKind::other;
  bool capital = false;        ///< A word that begins with a capital, or of a script without them.
  bool capitals = false;       ///< All capitals, two or more.
  bool after_space = false;    ///< White space before it.
  bool ends_sentence = false;  ///< A period, question mark or the like.
  /// Of a newline: what follows begins a new block. Not where a wrapped line goes on.
  bool opens_block = false;
};

/// A name as a range of tokens [first, last]; it may be a part of one token only.
struct NamedTokens {
  NameHit hit;
  std::size_t first = 0;
  std::size_t last = 0;
  bool used = false;  ///< Found to be a credit.
};

/// A stretch of a text with the names in it.
struct Stretch {
  std::string_view text;  ///< All of the text: bytes of tokens and names count from its begin.
  std::vector<Token> tokens;
  std::vector<NamedTokens> names;

  [[nodiscard]] std::string_view text_of(std::size_t token) const {
    return text.substr(tokens[token].begin, tokens[token].end - tokens[token].begin);
  }
  /// The name that begins at this token, or null.
  [[nodiscard]] NamedTokens* name_at(std::size_t token);
  [[nodiscard]] bool is(std::size_t token, TokenKind kind) const {
    return token < tokens.size() && tokens[token].kind == kind;
  }
};

/// Tokens of [begin, end) of `text`, and the names of `hits` (ascending) that lie inside.
[[nodiscard]] Stretch read_stretch(std::string_view text, std::size_t begin, std::size_t end,
                                   const std::vector<NameHit>& hits);

}  // namespace wirecopy::lineage
