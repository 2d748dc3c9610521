/// The hash of each word: XXH3-64 under the key.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "wirecopy/normalize.h"

namespace wirecopy::shingling {

/// Writes the hashes of `words` of `letters`, in their order. The lengths of words are what a
/// branch predictor cannot tell, so a word of up to 16 bytes is hashed as 16, filled up with zeros:
/// no letter is a zero.
void hash_words(std::string_view letters, std::span<const NormalizedText::Word> words,
                std::uint64_t seed, std::uint64_t* hashes) noexcept;

}  // namespace wirecopy::shingling
