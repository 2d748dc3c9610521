/// What generate.json says.
#pragma once

#include <string>

#include "wirecopy/generate.h"

namespace wirecopy::generation {

/// Settings and counts as indented JSON, keys as on the command line.
[[nodiscard]] std::string settings_row(const GenerateOptions& options,
                                       const GenerateCounts& counts);

}  // namespace wirecopy::generation
