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
  /// `off` sends ASCII through ICU like everything else: the oracle of the fast path.
  enum class AsciiPath : std::uint8_t { on, off };

  Normalizer(std::string_view utf8, NormalizedText& into, AsciiPath ascii_path = AsciiPath::on)
      : at_(utf8.data()), end_(utf8.data() + utf8.size()), writer_(into), ascii_path_(ascii_path) {}

  void run();

 private:
  struct Character {
    base::Decoded decoded;
    base::Folded folded;
  };

  [[nodiscard]] std::size_t left() const { return static_cast<std::size_t>(end_ - at_); }
  [[nodiscard]] Character character() const;
  void step(const Character& character);
  [[nodiscard]] bool ascii_ahead() const;

  void take_ascii();
  void take_segments();
  Character take_segment(const Character& first);
  void write(const Character& character, const char* at, std::uint32_t position);
  void write_folded(std::string_view piece, std::uint32_t position, std::uint32_t count);

  const char* at_;
  const char* end_;
  std::uint32_t position_ = 0;  // of at_, in code points
  LetterWriter writer_;
  AsciiPath ascii_path_;
  std::string folded_;  // scratch
};

}  // namespace wirecopy
