/// Phrases of the tables of this stage, found at a place of a text.
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

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
  /// `phrase` must outlive the index and not be empty. `any_case`: of A to Z.
  void add(std::string_view phrase, bool any_case, std::uint32_t value);

  struct Match {
    std::uint32_t length = 0;  ///< In bytes; 0 = no phrase here.
    std::uint32_t value = 0;
  };
  /// Cost: a few ns where no phrase has these two first bytes. Requires at < text.size().
  [[nodiscard]] Match at(std::string_view text, std::size_t at) const;

 private:
  struct Entry {
    std::string_view phrase;
    bool any_case;
    std::uint32_t value;
  };
  std::array<std::vector<Entry>, 256> by_first_byte_;  // longest first
  std::bitset<65536> begins_;                          // first two bytes
};

}  // namespace wirecopy::lineage
