/// Fills a NormalizedText from left to right.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/utf8.h"
#include "normalize/ascii_block.h"
#include "normalize/tray.h"
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

  /// `length` ≤ 64 bytes of ASCII, of which those with their bit in `mask` are letters and the
  /// others separators. The block must be readable for kBlockSlack bytes more than 64.
  void ascii_block(const char* block, std::uint32_t length, std::uint64_t mask,
                   std::uint32_t original);

 private:
  // Letters of one origin, in bytes: original_span counts through them.
  static constexpr std::uint32_t kLongestOrigin = 512;

  static NormalizedText& emptied(NormalizedText& text);

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
  void ascii_run(const char* letters, std::uint32_t length, std::uint32_t original);

  NormalizedText& into_;
  Tray<std::string, 2048> letters_;
  Tray<std::vector<NormalizedText::Word>, 256> words_;
  Tray<std::vector<NormalizedText::Origin>, 256> origins_;
  std::uint32_t word_begin_ = 0;
  // A letter made of this code point would continue the last origin.
  std::uint32_t next_original_ = NormalizedText::Origin::kWhole;
  std::uint32_t origin_begin_ = 0;
};

}  // namespace wirecopy
