/// One pass over a text, by two paths that agree: blocks of ASCII, and segments looked up or folded
/// through ICU.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/unicode.h"
#include "normalize/letter_writer.h"

namespace wirecopy {

class Normalizer {
 public:
  /// `off` sends ASCII through ICU like everything else: the oracle of the fast paths.
  enum class AsciiPath : std::uint8_t { on, portable, off };

  Normalizer(std::string_view utf8, NormalizedText& into, AsciiPath ascii_path = AsciiPath::on)
      : end_(utf8.data() + utf8.size()), at_{utf8.data()}, writer_(into), ascii_path_(ascii_path) {}

  void run();

 private:
  /// A place in the text, in bytes and in code points.
  struct Place {
    const char* byte = nullptr;
    std::uint32_t original = 0;
  };
  /// The code point at a place; at the end a NUL of length 0.
  struct Item {
    base::Character character;
    char32_t code_point;
    std::uint32_t length;

    [[nodiscard]] Place after(Place place) const {
      return {place.byte + length, place.original + 1};
    }
  };

  [[nodiscard]] std::size_t bytes_after(Place place) const {
    return static_cast<std::size_t>(end_ - place.byte);
  }
  [[nodiscard]] Item item_at(const char* byte) const {
    if (byte == end_) return {base::Character::of(0), 0, 0};
    const base::Decoded decoded = base::decode_utf8(byte, end_);
    return {base::Character::of(decoded.code_point), decoded.code_point, decoded.length};
  }
  [[nodiscard]] bool ascii_ahead(Place place) const;

  void take_ascii();
  void take_segments();
  Place take_joined(Place begin);
  void write(base::Character character, Place begin, Place end);
  // A mark cannot begin a word.
  [[nodiscard]] bool stands(char32_t letter) const {
    return writer_.in_word() || !base::Character::of(letter).mark();
  }
  void write_folded(Place begin, Place end);

  const char* end_;
  Place at_;
  LetterWriter writer_;
  AsciiPath ascii_path_;
  std::string folded_;  // scratch
};

}  // namespace wirecopy
