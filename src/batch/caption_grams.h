/// What captions that say nearly the same have in common: grams of twelve letters.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace wirecopy::batch {

/// The eight smallest hashes of a caption's grams, ascending; a sample that two captions share
/// where they share most of their grams (bottom-k sketch; Cohen & Kaplan 2007, "Summarizing data
/// using bottom-k sketches"). Filled up with the largest number.
using CaptionGrams = std::array<std::uint32_t, 8>;

[[nodiscard]] CaptionGrams grams_of(std::string_view letters);

/// Whether one caption says nearly all that the other says: most grams of the one with fewer are
/// also in the other one.
[[nodiscard]] bool is_near_caption(std::string_view a, std::string_view b);

}  // namespace wirecopy::batch
