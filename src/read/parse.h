/// Rows → documents.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "read/block.h"
#include "read/outlet.h"

namespace wirecopy::read {

struct RowRules {
  std::uint64_t max_text_bytes = 0;
  std::uint64_t max_row_bytes = 0;
  const Outlets* outlets = nullptr;
};

/// All rows of a block, which must have a plan. Pure.
[[nodiscard]] ParsedBlock parse_block(std::uint32_t input, std::shared_ptr<BlockMemory> block,
                                      const RowRules& rules);

/// `row` as the only row of a block.
[[nodiscard]] ParsedBlock parse_single(std::uint32_t input, std::string_view row,
                                       std::shared_ptr<BlockMemory> block, const RowRules& rules);

/// The first rows of a block as JSON, at most `count`; views into the block.
[[nodiscard]] std::vector<std::string_view> first_rows(BlockMemory& block, std::size_t count);

}  // namespace wirecopy::read
