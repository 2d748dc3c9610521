/// What the signs of a text tell: characters that are no letters.
#pragma once

#include <cstddef>
#include <string_view>

namespace wirecopy::repeats {

/// Bytes of the sign with which a sentence may end at a byte of a text, closing quotes and brackets
/// behind it included; 0 if none does.
[[nodiscard]] std::size_t sentence_end_at(std::string_view utf8, std::size_t begin,
                                          std::size_t at) noexcept;

/// Whether a stretch ends as a sentence does, spaces and closing quotes apart.
[[nodiscard]] bool ends_sentence(std::string_view utf8) noexcept;

/// Whether a stretch breaks off with three dots or an ellipsis.
[[nodiscard]] bool breaks_off(std::string_view utf8) noexcept;

/// Whether a sign that is no letter or digit stands at the end of a stretch, spaces apart.
[[nodiscard]] bool is_parted(std::string_view utf8) noexcept;

/// Whether a line begins as one that repeats on purpose: with a sign of quotation (">"), as the row
/// of a table ("|", "+--"), with a speaker or a stamp in front of a colon ("Q:", "SMITH:",
/// "10:45").
[[nodiscard]] bool begins_on_purpose(std::string_view line) noexcept;

}  // namespace wirecopy::repeats
