/// Finds a number by a pair of numbers, where the owner knows which pair a number belongs to.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "base/hash.h"

namespace wirecopy::cluster_detail {

/// An unordered pair as one word, the smaller first: pairs are ordered as their words are.
[[nodiscard]] inline std::uint64_t pair_word(std::uint32_t a, std::uint32_t b) noexcept {
  if (b < a) std::swap(a, b);
  return std::uint64_t{a} << 32U | b;
}

/// Open addressing with linear probing. Holds nothing but the numbers: `word_of(number)` tells the
/// pair_word that a number belongs to now, or kGone. So a number may come to another pair, by
/// inserting it anew, and may leave, by its word, and nothing needs to be erased.
class NumbersByPair {
 public:
  static constexpr std::uint64_t kGone = ~std::uint64_t{0};
  static constexpr std::uint32_t kNotFound = ~std::uint32_t{0};

  explicit NumbersByPair(std::size_t expected)
      : slots_(std::bit_ceil(2 * expected + 2), kNotFound) {}

  template <typename WordOf>
  [[nodiscard]] std::uint32_t find(std::uint64_t word, const WordOf& word_of) const noexcept {
    for (std::size_t i = base::mix64(word);; ++i) {
      const std::uint32_t number = slots_[i & (slots_.size() - 1)];
      if (number == kNotFound || word_of(number) == word) return number;
    }
  }

  /// Requires that no other number belongs to the same pair.
  template <typename WordOf>
  void insert(std::uint32_t number, const WordOf& word_of) {
    if (2 * (used_ + 1) > slots_.size()) grow(word_of);
    put(number, word_of(number));
  }

 private:
  void put(std::uint32_t number, std::uint64_t word) noexcept {
    std::size_t i = base::mix64(word);
    while (slots_[i & (slots_.size() - 1)] != kNotFound) ++i;
    slots_[i & (slots_.size() - 1)] = number;
    ++used_;
  }

  // Into a table with twice the room that is needed; former places of numbers are left behind.
  template <typename WordOf>
  void grow(const WordOf& word_of) {
    const std::vector<std::uint32_t> before =
        std::exchange(slots_, std::vector<std::uint32_t>(2 * slots_.size(), kNotFound));
    used_ = 0;
    for (const std::uint32_t number : before) {
      if (number == kNotFound) continue;
      const std::uint64_t word = word_of(number);
      if (word != kGone && find(word, word_of) == kNotFound) put(number, word);
    }
  }

  std::vector<std::uint32_t> slots_;  // a power of two of them, at most half of them used
  std::size_t used_ = 0;
};

}  // namespace wirecopy::cluster_detail
