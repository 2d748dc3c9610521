/// The phrases that outlets add to copy. All written for this program; persons, firms, papers and
/// places in them are invented, so that nothing here meets real text.
///
/// Slots in braces are filled by fill (fill.h).
#pragma once

#include <span>
#include <string_view>

namespace wirecopy::generation {

/// A word and what an editor may put in its place; nothing = it may go.
struct Substitution {
  std::string_view word;
  std::string_view other;
};

/// Sorted by word, lower case.
[[nodiscard]] std::span<const Substitution> substitutions() noexcept;

[[nodiscard]] std::span<const std::string_view> stock_paragraphs() noexcept;
[[nodiscard]] std::span<const std::string_view> captions() noexcept;
/// Short tables and notices; the first line is the title.
[[nodiscard]] std::span<const std::string_view> template_texts() noexcept;

[[nodiscard]] std::span<const std::string_view> outlet_headers() noexcept;
[[nodiscard]] std::span<const std::string_view> outlet_trailers() noexcept;

[[nodiscard]] std::span<const std::string_view> agencies() noexcept;
[[nodiscard]] std::span<const std::string_view> towns() noexcept;
[[nodiscard]] std::span<const std::string_view> papers() noexcept;
[[nodiscard]] std::span<const std::string_view> first_names() noexcept;
[[nodiscard]] std::span<const std::string_view> last_names() noexcept;
[[nodiscard]] std::span<const std::string_view> firms() noexcept;
/// Real cities: datelines name where a base text may have been filed.
[[nodiscard]] std::span<const std::string_view> dateline_cities() noexcept;

}  // namespace wirecopy::generation
