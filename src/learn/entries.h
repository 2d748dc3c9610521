/// What a Model is made of.
#pragma once

#include <bit>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "wirecopy/learn.h"

namespace wirecopy {

struct BoilerplateEntry {
  std::uint64_t outlet = 0;
  std::uint64_t block = 0;
  friend auto operator<=>(const BoilerplateEntry&, const BoilerplateEntry&) = default;
};

struct Model::Entries {
  /// Entries ascending, none twice.
  Entries(std::vector<BoilerplateEntry> entries, std::uint32_t model_number,
          const BoilerplateRule& learned_by, const std::optional<StockRule>& stock_learned_by);

  [[nodiscard]] bool has(std::uint64_t key) const noexcept {
    for (std::size_t at = key >> shift; table[at] != 0; at = (at + 1) & (table.size() - 1)) {
      if (table[at] == key) return true;
    }
    return false;
  }

  std::vector<BoilerplateEntry> sorted;  // those of every outlet, whose hash is 0, come first
  std::uint32_t number;
  BoilerplateRule rule;
  std::optional<StockRule> stock_rule;  // nothing: none was learned for every outlet
  std::string digest;
  // Keys by their upper bits, at most half full, 0 where there is none.
  std::vector<std::uint64_t> table;
  unsigned shift = 0;
};

/// Both hashes as one: equal for other pairs with probability 2^-64. Never 0.
[[nodiscard]] inline std::uint64_t boilerplate_key(std::uint64_t outlet,
                                                   std::uint64_t block) noexcept {
  const std::uint64_t key = outlet ^ block;
  return key != 0 ? key : 1;
}

/// Who may make Models.
struct ModelAccess {
  [[nodiscard]] static Model make(std::vector<BoilerplateEntry> entries, std::uint32_t number,
                                  const BoilerplateRule& rule,
                                  const std::optional<StockRule>& stock_rule = std::nullopt) {
    return Model(
        std::make_shared<const Model::Entries>(std::move(entries), number, rule, stock_rule));
  }
};

}  // namespace wirecopy
