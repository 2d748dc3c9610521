/// JSON rows made of CSV records and .txt files.
///
/// The JSON writer of base/json.h wants well-formed UTF-8; here bytes pass as they are, so that
/// what is ill-formed reaches the repair like that of any other row.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/text_arena.h"

namespace wirecopy::read {

/// {"column":"cell",…}, in the order of the columns. Requires as many cells as columns.
[[nodiscard]] std::string_view row_of_cells(std::span<const std::string> columns,
                                            std::span<const std::string_view> cells,
                                            base::TextArena& arena);

/// {"id":…,"text":…}
[[nodiscard]] std::string_view row_of_text(std::string_view id, std::string_view text,
                                           base::TextArena& arena);

}  // namespace wirecopy::read
