/// The choice of grams with AVX-512; for winnow.cpp alone.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "base/avx512.h"

#if WIRECOPY_HAS_AVX512
namespace wirecopy::fingerprint {

void hash_ascii_avx512(std::string_view letters, const std::array<std::uint32_t, 128>& hashes,
                       std::uint32_t* letter_hashes) noexcept;
std::size_t winnow_avx512(std::span<const std::uint32_t> letter_hashes, std::uint32_t gram,
                          std::uint32_t window, std::uint32_t* chosen) noexcept;

}  // namespace wirecopy::fingerprint
#endif
