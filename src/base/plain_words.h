/// Small pieces of the plain-words report.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace wirecopy::base {

/// Foreign text made safe to print on a terminal: control and invisible direction characters are
/// spelled out as \u{1b}, bytes that are not UTF-8 are repaired, and more than `most` characters
/// are cut with an ellipsis.
[[nodiscard]] std::string printable(std::string_view text, std::size_t most = 100);

/// 41203 → "41,203".
[[nodiscard]] std::string grouped(std::uint64_t number);

/// "1 row", "2 rows".
[[nodiscard]] std::string counted(std::uint64_t number, std::string_view one,
                                  std::string_view many);

/// "512 bytes", "1.2 MB".
[[nodiscard]] std::string file_size_text(std::uint64_t bytes);

}  // namespace wirecopy::base
