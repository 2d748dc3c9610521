/// Places in the original of a text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

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

}  // namespace wirecopy::repeats
