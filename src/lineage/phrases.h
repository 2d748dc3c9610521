/// Phrases of the tables of this stage, found at a place of a text.
#pragma once

#include <bitset>
#include <cstdint>
#include <functional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/byte_set.h"

namespace wirecopy::lineage {

/// Calls `row` with the cells of each row of a table: rows end with a newline, cells with a tab;
/// empty lines and those that begin with # are no rows.
void for_each_row(std::string_view table,
                  const std::function<void(const std::vector<std::string_view>&)>& row);

/// Finds the longest of its phrases that begins at a place. A space in a phrase stands for up to
/// eight white spaces of the text. A phrase that begins or ends with a letter or digit of a script
/// that separates words must do so in the text too. Immutable once filled: any thread.
class PhraseIndex {
 public:
  /// `phrase` has two bytes at least and must outlive the index. `any_case`: A to Z may be written
  /// small and the other way round, but a phrase that begins with a capital does so in the text.
  void add(std::string_view phrase, bool any_case, std::uint32_t value);

  /// The bytes that phrases begin with. None begins behind the first letter or digit of a run.
  [[nodiscard]] const base::ByteSet& first_bytes() const noexcept { return firsts_; }

  struct Match {
    std::uint32_t length = 0;  ///< In bytes; 0 = no phrase here.
    std::uint32_t value = 0;
  };
  /// Cost: about 1 ns where no phrase has these two first bytes. Requires at < text.size().
  [[nodiscard]] Match at(std::string_view text, std::size_t at) const {
    if (at + 1 >= text.size() || !begins_[first_two(text[at], text[at + 1])]) return {};
    const char third = at + 2 < text.size() ? text[at + 2] : '\0';
    if (!goes_on_[first_three(text[at], text[at + 1], third)]) return {};
    return longest_at(text, at);
  }

 private:
  struct Entry {
    std::string_view phrase;
    bool any_case;
    std::uint32_t value;
    // Its first eight bytes up to a space, and the bits of them that the text must have.
    std::uint64_t head;
    std::uint64_t head_bits;
  };
  static Entry entry_of(std::string_view phrase, bool any_case, std::uint32_t value) noexcept;
  static std::uint16_t first_two(char first, char second) noexcept {
    return static_cast<std::uint16_t>(static_cast<unsigned>(static_cast<unsigned char>(first))
                                          << 8U |
                                      static_cast<unsigned char>(second));
  }
  // Three bytes may share a number with others.
  static std::uint16_t first_three(char first, char second, char third) noexcept {
    constexpr unsigned kMultiplier = 0x9e37U;
    return static_cast<std::uint16_t>(first_two(first, second) * kMultiplier ^
                                      static_cast<unsigned char>(third));
  }
  void let_go_on(char first, char second, std::string_view phrase, bool any_case);
  [[nodiscard]] Match longest_at(std::string_view text, std::size_t at) const;

  base::ByteSet firsts_;
  std::unordered_map<std::uint16_t, std::vector<Entry>> by_first_two_;  // longest first
  // Nearly all places of a text are done with these: no phrase has the first two bytes, or three.
  std::bitset<65536> begins_;
  std::bitset<65536> goes_on_;
};

}  // namespace wirecopy::lineage
