/// plan: what a threshold and a recall mean in bands and rows, and what they will miss.
#pragma once

#include <string>

#include "wirecopy/band.h"

namespace wirecopy::app {

/// The S-curve of a banding as a table with bars, and its expected recall in plain words.
[[nodiscard]] std::string plan_in_words(const Banding& banding, double threshold);

/// The same as one line of JSON.
[[nodiscard]] std::string plan_as_json(const Banding& banding, double threshold);

}  // namespace wirecopy::app
