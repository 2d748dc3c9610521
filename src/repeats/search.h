/// One search for repeats: what its passes share. Each pass takes the units that no earlier one
/// took.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "repeats/article.h"
#include "repeats/overlap.h"
#include "repeats/runs.h"
#include "wirecopy/repeats.h"

namespace wirecopy::repeats {

/// A paragraph of fewer words is said again on purpose.
inline constexpr std::uint32_t kLeastWordsOfBlock = 8;

struct Search {
  explicit Search(const RepeatRule& a_rule) : rule(a_rule) {}

  RepeatRule rule;
  Article article;
  std::vector<Repeat>* found = nullptr;

  NormalizedText title;
  Words title_words;

  Overlap overlap;
  RunFinder runs;

  /// Hashes of letters at places that a unit is known by: from its first, second and third word on,
  /// and those at its end. Zero: it is too short for that.
  using Keys = std::array<std::uint64_t, 4>;
  std::vector<Keys> keys;  ///< By unit.
  bool keys_meet = false;  ///< Two units have a key in common: only then are any alike.

  // Memory of passes.
  struct Equals {
    std::uint32_t first = 0;  ///< Number of the first unit with the same letters.
    std::uint32_t times = 0;  ///< Of the first unit: how many there are.
  };
  std::vector<Equals> equals;
  std::vector<std::uint32_t> slots;
  std::vector<std::uint64_t> tags;
  std::vector<std::uint32_t> highlights;  ///< Units.
  std::vector<Stretch> sentences;

  [[nodiscard]] Unit& unit(std::size_t number) { return article.units()[number]; }
  [[nodiscard]] Side side_of(std::uint32_t first, std::uint32_t count) const {
    return {article.text().letters(), article.words().from(first, count)};
  }
  [[nodiscard]] Side side_of(const Unit& unit) const { return side_of(unit.first, unit.count); }

  void add(RepeatKind kind, std::optional<LetterRange> first, LetterRange repeat,
           std::uint32_t unique_letters) {
    found->push_back({kind, first, repeat, unique_letters});
  }
  /// Adds a whole unit as a repeat of another, or of nothing.
  void add_unit(RepeatKind kind, std::optional<std::size_t> first, std::size_t repeat,
                std::uint32_t unique_letters);
};

/// Whether `part` of `whole` is so many percent.
[[nodiscard]] constexpr bool reaches(std::uint64_t part, std::uint64_t whole,
                                     std::uint32_t percent) noexcept {
  return 100 * part >= percent * whole;
}

/// Trailers that are units.
void find_trailers(Search& search);
/// Trailers glued to a last sentence.
void find_glued_trailers(Search& search);
/// The title or the headline again.
void find_headlines(Search& search);
/// Fills Search::keys.
void find_keys(Search& search);
/// Units with equal letters.
void find_equal_units(Search& search);
/// Units of which one covers most of the other, known by how they begin and end.
void find_near_units(Search& search);
/// Highlights that a sentence of the body says again.
void find_highlights(Search& search);
/// Runs of words, and near units that these show.
void find_runs(Search& search);

/// Whether a unit is printed like a caption: a cue tells, or it is no sentence, or breaks off.
[[nodiscard]] bool is_like_caption(Search& search, std::size_t unit);
/// Whether two units stand among short lines, as the rows of lists, tables and poems do: both, or
/// of few words either.
[[nodiscard]] bool are_rows(const Search& search, std::size_t a, std::size_t b);
/// The original of a block, with up to two signs in front of its first letter.
[[nodiscard]] std::string_view line_of(Search& search, std::size_t unit);
/// Whether a block repeats on purpose by its looks: see signs.h; or its words are no words.
[[nodiscard]] bool is_on_purpose(Search& search, std::size_t unit);
/// Compares two units as captions and as paragraphs; takes the repeat, if one is.
bool take_near(Search& search, std::size_t a, std::size_t b);

}  // namespace wirecopy::repeats
