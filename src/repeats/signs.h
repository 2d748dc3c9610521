/// What the signs of a text tell: characters that are no letters.
#pragma once

#include <cstddef>
#include <string_view>

namespace wirecopy::repeats {

/// Whether a stretch ends as a sentence does, spaces and closing quotes apart.
[[nodiscard]] bool ends_sentence(std::string_view utf8) noexcept;

/// Whether a stretch breaks off with three dots or an ellipsis.
[[nodiscard]] bool breaks_off(std::string_view utf8) noexcept;

/// Whether a sign that is no letter or digit stands at the end of a stretch, spaces apart.
[[nodiscard]] bool is_parted(std::string_view utf8) noexcept;

/// Whether a line begins with a small letter, as the rest of a sentence does.
[[nodiscard]] bool begins_small(std::string_view line) noexcept;

/// Whether a line looks like one that repeats on purpose: it begins with a sign of quotation (">"),
/// as the row of a table ("|", "+--"), with a speaker or a stamp in front of a colon ("Q:",
/// "SMITH:", "10:45"), or with a small letter, as the rest of a sentence does; or it has columns,
/// or is short and has an address, as a signature.
[[nodiscard]] bool is_on_purpose(std::string_view line) noexcept;

}  // namespace wirecopy::repeats
