/// An article under construction: pieces that know where they were taken from.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "generate/random.h"
#include "wirecopy/normalize.h"

namespace wirecopy::generation {

/// An article by its unit (story, single or template family) and its place in it, 0 = original.
struct ArticleKey {
  std::uint32_t unit = 0;
  std::uint32_t member = 0;
  friend bool operator==(const ArticleKey&, const ArticleKey&) = default;
};

/// How a piece is joined to the one before it.
enum class Joint : std::uint8_t {
  paragraph,
  space,
  none,  ///< Scripts without spaces, and pieces of over-long sentences.
};

enum class Part : std::uint8_t {
  body,
  alien,  ///< Body of another story.
  credit,
  stock,
  header,
  trailer,
  caption,
  headline,
  block,  ///< A paragraph printed twice.
};

/// What an outlet takes over when it copies; everything else is the former outlet's dress.
[[nodiscard]] constexpr bool is_body(Part part) noexcept {
  return part == Part::body || part == Part::alien;
}

/// The piece that a piece was copied from, as it was printed.
struct Origin {
  ArticleKey article;
  std::uint32_t piece = 0;
  Span span;
  std::uint64_t letters = 0;
};

/// A sentence, a line or a part of an over-long sentence.
struct Piece {
  std::string text;  ///< As written, before noise.
  Joint joint = Joint::paragraph;
  Part part = Part::body;
  std::optional<Origin> origin;
  Span printed;               ///< In Article::text; set by print.
  std::uint64_t letters = 0;  ///< Of the text as printed; until then as written.
  /// Pieces of one number belong together: a passage and the piece that repeats it. 0 = none.
  std::uint8_t twins = 0;
  std::string_view repeats_as;  ///< Kind of repetition that this piece is; empty = none.
};

[[nodiscard]] Piece make_piece(std::string text, Part part, Joint joint = Joint::paragraph);

enum class TitleFate : std::uint8_t { same, edited, fresh };
enum class CreditFate : std::uint8_t { kept, changed, removed, none };

struct Article {
  ArticleKey key;
  std::optional<std::uint32_t> parent;  ///< Member number.
  std::int64_t time = 0;                ///< True publication, seconds since 1970.
  std::uint32_t outlet = 0;
  std::optional<std::uint32_t> agency;  ///< Named in it.
  TitleFate title_fate = TitleFate::same;
  CreditFate credit_fate = CreditFate::none;

  std::string title;
  std::string source;
  std::string url;
  std::string published;
  std::string byline;
  std::vector<Piece> pieces;
  std::string text;  ///< Set by print.

  [[nodiscard]] std::uint64_t letters() const noexcept;
};

/// How an outlet prints.
struct Layout {
  std::string_view paragraph_break = "\n\n";
  std::uint32_t width = 0;  ///< Lines are broken at spaces before this column; 0 = not at all.
};

/// Letters (categories L, N and M) of valid UTF-8.
[[nodiscard]] std::uint64_t count_letters(std::string_view utf8);

/// Sets `text` and the spans and letters of all pieces.
void print(Article& article, const Layout& layout, Rate noise, Random& random);

}  // namespace wirecopy::generation
