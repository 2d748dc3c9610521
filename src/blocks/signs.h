/// What the signs at the edges of a text tell: characters that are no letters, and therefore not in
/// NormalizedText.
#pragma once

#include <string_view>

namespace wirecopy::blocks {

/// Without spaces and invisible characters (byte-order and writing-direction marks) at its ends.
[[nodiscard]] std::string_view trimmed(std::string_view utf8) noexcept;

/// Whether a sentence may end at the end of a trimmed text: a full stop, question or exclamation
/// mark, ellipsis or their like in any script, behind it perhaps quotes and brackets.
[[nodiscard]] bool ends_sentence(std::string_view utf8) noexcept;

/// Whether a trimmed text breaks off for something else to follow: colon, comma, dash.
[[nodiscard]] bool ends_open(std::string_view utf8) noexcept;

/// Whether a trimmed text begins as the item of a list: with a bullet, with a hyphen, asterisk or
/// en dash and a space, or with a number of up to three digits and a full stop or bracket.
[[nodiscard]] bool begins_item(std::string_view utf8) noexcept;

/// Whether a trimmed text begins with a copyright sign.
[[nodiscard]] bool begins_copyright(std::string_view utf8) noexcept;

/// The code point after `count` others; U+0000 if there are no more.
[[nodiscard]] char32_t code_point_at(std::string_view utf8, std::size_t count) noexcept;

}  // namespace wirecopy::blocks
