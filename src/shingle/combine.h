/// The inner loop of shingling: hashes of words → hashes of their shingles.
#pragma once

#include <cstdint>
#include <span>

namespace wirecopy::shingling {

/// One shingle for every `multipliers.size()` consecutive words of `hashes`, of which there are as
/// many more as shingles: the sum of hashes times multipliers, mixed.
void combine(const std::uint64_t* hashes, std::span<const std::uint64_t> multipliers,
             std::span<std::uint64_t> shingles) noexcept;

/// The same by portable code.
void combine_portable(const std::uint64_t* hashes, std::span<const std::uint64_t> multipliers,
                      std::span<std::uint64_t> shingles) noexcept;

}  // namespace wirecopy::shingling
