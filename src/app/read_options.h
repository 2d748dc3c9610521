/// The settings that say how inputs are read.
#pragma once

#include <atomic>
#include <string>
#include <vector>

#include "app/settings.h"
#include "wirecopy/read.h"

namespace wirecopy::app {

/// From the settings format, fields, field, aliases and max-ratio. Throws Error.
[[nodiscard]] ReadOptions read_options(const std::vector<std::string>& inputs,
                                       const Settings& settings, const std::atomic<bool>* stop);

}  // namespace wirecopy::app
