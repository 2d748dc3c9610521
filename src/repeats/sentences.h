/// Sentences of a part of a text, and places in it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "wirecopy/blocks.h"
#include "wirecopy/normalize.h"

namespace wirecopy::repeats {

/// Goes through the original of a text, from the front to the back; going back costs a walk from
/// the front. Cost otherwise: linear in the way.
class Places {
 public:
  Places(std::string_view utf8, const NormalizedText& text);

  /// The byte at which the original of a letter begins.
  [[nodiscard]] std::size_t byte_of(std::uint32_t letter);
  /// The number of the code point that begins at a byte.
  [[nodiscard]] std::uint64_t code_point_at(std::size_t byte);
  /// Letters that come from what stands before a byte.
  [[nodiscard]] std::uint32_t letters_before(std::size_t byte);

 private:
  std::string_view utf8_;
  const NormalizedText* text_;
  bool ascii_;
  // A place already known.
  std::size_t byte_ = 0;
  std::uint64_t code_point_ = 0;
};

/// Cuts parts of a text into sentences. A sentence ends at a full stop, question or exclamation
/// mark, or their like in other scripts, if what follows may begin one; also where the next one is
/// glued to it ("… the mayor.Read more"). A full stop behind a title, an initial or a number ends
/// none.
class SentenceCutter {
 public:
  SentenceCutter(std::string_view utf8, const NormalizedText& text)
      : utf8_(utf8), text_(text), places_(utf8, text) {}

  /// Appends the sentences of the bytes [begin, end) that have letters; they tile its letters.
  /// Parts come in ascending order. Cost: about 1 ns a byte.
  void cut(std::size_t begin, std::size_t end, std::vector<Stretch>& into);

  [[nodiscard]] Places& places() noexcept { return places_; }

 private:
  std::string_view utf8_;
  const NormalizedText& text_;
  Places places_;
  std::size_t hint_ = 0;
};

}  // namespace wirecopy::repeats
