/// Fills a NormalizedText from left to right.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/utf8.h"
#include "normalize/appender.h"
#include "normalize/ascii_block.h"

#include "wirecopy/normalize.h"

namespace wirecopy {

/// Letters and word ends in the order of the text; `original` counts code points of it.
class LetterWriter {
 public:
  /// Empties `into`, which is complete after `finish`.
  explicit LetterWriter(NormalizedText& into);
  void finish();

  /// The next letter, made of the one code point at `original`.
  void letter(char32_t letter, std::uint32_t original) {
    continue_or_begin_origin(original);
    append(letter);
    next_original_ = original + 1;
  }

  /// `whole_letter`s between these two come from [original, original_end) all together.
  void begin_whole(std::uint32_t original);
  void whole_letter(char32_t letter) { append(letter); }
  void end_whole(std::uint32_t original_end);

  /// Whether letters were written after the last separator.
  [[nodiscard]] bool in_word() const noexcept { return letters_end() != word_begin_; }

  /// A separator. Several are like one.
  void end_word() {
    if (!in_word()) return;
    words_.push({word_begin_, letters_end()});
    word_begin_ = letters_end();
  }

  /// ASCII, of which letters and digits are letters and all else separates. `readable` more bytes
  /// follow in memory. The fastest way on this machine.
  void ascii(std::string_view text, std::uint32_t original, std::size_t readable);
  /// The same by portable code.
  void ascii_portable(std::string_view text, std::uint32_t original, std::size_t readable);

 private:
  // Letters of one origin, in bytes: original_span counts through them.
  static constexpr std::uint32_t kLongestOrigin = 512;

  [[nodiscard]] std::uint32_t letters_end() const noexcept {
    return static_cast<std::uint32_t>(letters_.size());
  }
  void append(char32_t letter) {
    if (letter >= 0x80) into_.ascii_ = false;
    letters_.take(base::write_utf8(letter, letters_.room(base::kMaxUtf8)));
  }
  void continue_or_begin_origin(std::uint32_t original) {
    const std::uint32_t end = letters_end();
    if (original == next_original_ && end - origin_begin_ < kLongestOrigin) return;
    origins_.push({end, original});
    origin_begin_ = end;
  }

  // A block of at most kBlock bytes of ASCII at `original`.
  struct Block {
    const char* bytes;
    std::uint32_t length;
    std::uint32_t original;
    std::uint64_t letters;  // one bit a byte
  };
  // The runs of letters of a block, but for one that goes on with the word before it: the first
  // byte of each in `begins`, the last one in `ends`.
  struct Runs {
    std::uint64_t begins;
    std::uint64_t ends;
  };
  Runs enter(const Block& block);
  void write(const Block& block, const Runs& runs);
  void leave(const Block& block, const Runs& runs);
  void ascii_avx512(std::string_view text, std::uint32_t original);

  NormalizedText& into_;
  Appender<std::string> letters_;
  Appender<std::vector<NormalizedText::Word>> words_;
  Appender<std::vector<NormalizedText::Origin>> origins_;
  std::uint32_t word_begin_ = 0;
  // A letter made of this code point would continue the last origin.
  std::uint32_t next_original_ = NormalizedText::Origin::kWhole;
  std::uint32_t origin_begin_ = 0;
};

}  // namespace wirecopy
