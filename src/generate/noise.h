/// Errors of optical character recognition.
#pragma once

#include <string>
#include <string_view>

#include "generate/random.h"

namespace wirecopy::generation {

/// A copy in which about `rate` of the characters are misread: look-alikes (rn for m, 0 for o, 1
/// for l, c for e), dropped and doubled letters, split and joined words. Never empty if `text` is
/// not.
[[nodiscard]] std::string with_noise(std::string_view text, Rate rate, Random& random);

}  // namespace wirecopy::generation
