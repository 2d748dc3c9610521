/// Sentences of a part of a text, and places in it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "wirecopy/blocks.h"
#include "wirecopy/normalize.h"

namespace wirecopy::repeats {

/// Where letters stand in the original, in bytes. Cost: a walk to the farthest place asked for,
/// once; then up to 256 code points a question.
class Places {
 public:
  void take(std::string_view utf8, const NormalizedText& text);

  /// Where the original of a letter begins.
  struct Place {
    std::size_t byte = 0;
    std::uint64_t code_point = 0;
  };
  [[nodiscard]] Place of(std::uint32_t letter);
  [[nodiscard]] std::size_t byte_of(std::uint32_t letter) { return of(letter).byte; }
  /// The same for a letter near the end of the text, without a walk from the front if all behind it
  /// is ASCII.
  [[nodiscard]] Place near_end(std::uint32_t letter);

 private:
  std::string_view utf8_;
  const NormalizedText* text_ = nullptr;
  std::optional<bool> ascii_;  // all of it is; known once asked
  Place known_;
  std::vector<Place> marks_;  // of every so many code points, as far as it was walked
};

/// Cuts parts of a text into sentences. A sentence ends at a full stop, question or exclamation
/// mark, or their like in other scripts, if what follows may begin one; also where the next one is
/// glued to it ("… the mayor.Read more"). A full stop behind a title, an initial or a number ends
/// none.
class SentenceCutter {
 public:
  explicit SentenceCutter(const NormalizedText& text) : text_(text) {}

  /// Appends the sentences of a part of the original that have letters; they tile its letters.
  /// `code_point` and `letters` say what stands before the part. Parts come in ascending order.
  /// Cost: about 0.5 ns a byte.
  void cut(std::string_view part, std::uint64_t code_point, std::uint32_t letters,
           std::vector<Stretch>& into);

 private:
  const NormalizedText& text_;
  std::size_t hint_ = 0;
};

}  // namespace wirecopy::repeats
