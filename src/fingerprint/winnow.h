/// The choice of grams: hashes of letters in, positions out.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace wirecopy::fingerprint {

/// The cyclic polynomial has 32 rotations: in longer grams, equal letters 32 apart would cancel.
inline constexpr std::uint32_t kMostGram = 32;
inline constexpr std::uint32_t kMostWindow = 256;

/// A vector kernel may scribble on so many values behind the last one that it writes.
inline constexpr std::size_t kScribble = 16;

/// Writes hashes[letter] of each of `letters`, which are small letters and digits of ASCII.
void hash_ascii(std::string_view letters, const std::array<std::uint32_t, 128>& hashes,
                std::uint32_t* letter_hashes) noexcept;

/// Writes the positions of the chosen grams, ascending, and returns how many. There are at least
/// `gram` letters; a text of fewer than `window` grams is one window. `chosen` has room for as many
/// as there are grams, and kScribble more.
std::size_t winnow(std::span<const std::uint32_t> letter_hashes, std::uint32_t gram,
                   std::uint32_t window, std::uint32_t* chosen) noexcept;

/// The same by portable code.
void hash_ascii_portable(std::string_view letters, const std::array<std::uint32_t, 128>& hashes,
                         std::uint32_t* letter_hashes) noexcept;
std::size_t winnow_portable(std::span<const std::uint32_t> letter_hashes, std::uint32_t gram,
                            std::uint32_t window, std::uint32_t* chosen) noexcept;

}  // namespace wirecopy::fingerprint
