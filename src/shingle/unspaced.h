/// Words of scripts that are written without spaces: runs of one writing, cut into overlapping
/// grams.
#pragma once

#include <array>
#include <cstddef>
#include <limits>
#include <string_view>

#include "base/unicode.h"

namespace wirecopy {

/// One run of a word. Units are characters with their marks (Han, Kana) or single code points
/// (Thai, Lao, Khmer, Myanmar); a gram is as many units as the writing says.
class UnspacedRun {
 public:
  UnspacedRun(base::Writing writing, const char* begin) noexcept
      : writing_(writing), gram_(gram_of(writing)), begin_(begin) {}

  [[nodiscard]] base::Writing writing() const noexcept { return writing_; }

  /// A code point at `at` that belongs to the run. Gives `take` the gram that ends before it.
  template <typename Take>
  void step(const char* at, bool mark, Take&& take) {
    if (mark && writing_ != base::Writing::southeast_asian && units_ != 0) return;
    if (units_ >= gram_) take(last_gram(at));
    starts_[units_++ % kLongestGram] = at;
  }

  /// The run ends before `end`. Gives `take` its last gram; of a shorter or a spaced run, all of
  /// it.
  template <typename Take>
  void finish(const char* end, Take&& take) {
    if (units_ >= gram_) {
      take(last_gram(end));
    } else if (begin_ != end) {
      take(between(begin_, end));
    }
  }

 private:
  static constexpr std::size_t kLongestGram = 4;

  static constexpr std::size_t gram_of(base::Writing writing) noexcept {
    switch (writing) {
      case base::Writing::han_kana:
        return 2;
      case base::Writing::southeast_asian:
        return kLongestGram;
      case base::Writing::spaced:
        break;
    }
    return std::numeric_limits<std::size_t>::max();
  }
  static std::string_view between(const char* begin, const char* end) noexcept {
    return {begin, static_cast<std::size_t>(end - begin)};
  }
  [[nodiscard]] std::string_view last_gram(const char* end) const noexcept {
    return between(starts_[(units_ - gram_) % kLongestGram], end);
  }

  base::Writing writing_;
  std::size_t gram_;
  const char* begin_;
  std::array<const char*, kLongestGram> starts_{};  // of the last units, by number
  std::size_t units_ = 0;
};

/// Gives `take` what counts as words in one word of letters: the word itself if it is spaced. A
/// mark goes with the character before it, whatever its script.
template <typename Take>
void cut_unspaced(std::string_view word, Take&& take) {
  const char* at = word.data();
  const char* const end = at + word.size();
  UnspacedRun run(base::Writing::spaced, at);
  while (at != end) {
    const base::Decoded decoded = base::decode_utf8(at, end);
    const base::Character character = base::Character::of(decoded.code_point);
    const bool goes_on =
        at != word.data() && (character.mark() || character.writing() == run.writing());
    if (!goes_on) {
      run.finish(at, take);
      run = UnspacedRun(character.writing(), at);
    }
    run.step(at, character.mark(), take);
    at += decoded.length;
  }
  run.finish(end, take);
}

}  // namespace wirecopy
