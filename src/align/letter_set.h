/// A set of letters of one text, one bit a letter.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace wirecopy::align_detail {

class LetterSet {
 public:
  /// Empties the set and makes room for a text of `letters` letters.
  void reset(std::size_t letters) { words_.assign(letters / 64 + 1, 0); }

  void insert(std::size_t begin, std::size_t end) noexcept {
    for_words(begin, end, [this](std::size_t word, std::uint64_t mask) { words_[word] |= mask; });
  }
  [[nodiscard]] std::uint64_t count(std::size_t begin, std::size_t end) const noexcept {
    std::uint64_t count = 0;
    for_words(begin, end, [&](std::size_t word, std::uint64_t mask) {
      count += static_cast<std::uint64_t>(std::popcount(words_[word] & mask));
    });
    return count;
  }
  /// Letters from `from` on, at most `most`, before the first one in the set.
  [[nodiscard]] std::size_t free_ahead(std::size_t from, std::size_t most) const noexcept {
    for (std::size_t free = 0; free < most;) {
      const std::size_t bit = (from + free) % 64;
      const std::uint64_t word = words_[(from + free) / 64] >> bit;
      if (word != 0) return std::min(most, free + static_cast<std::size_t>(std::countr_zero(word)));
      free += 64 - bit;
    }
    return most;
  }
  /// The same before `from`, going back.
  [[nodiscard]] std::size_t free_behind(std::size_t from, std::size_t most) const noexcept {
    for (std::size_t free = 0; free < most;) {
      const std::size_t bits = (from - free - 1) % 64 + 1;
      const std::uint64_t word = words_[(from - free - 1) / 64] << (64 - bits);
      if (word != 0) return std::min(most, free + static_cast<std::size_t>(std::countl_zero(word)));
      free += bits;
    }
    return most;
  }

 private:
  template <typename Visit>
  static void for_words(std::size_t begin, std::size_t end, Visit&& visit) {
    while (begin < end) {
      const std::size_t in_word = std::min(end - begin, 64 - begin % 64);
      const std::uint64_t ones =
          in_word == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << in_word) - 1;
      visit(begin / 64, ones << (begin % 64));
      begin += in_word;
    }
  }

  std::vector<std::uint64_t> words_;
};

}  // namespace wirecopy::align_detail
