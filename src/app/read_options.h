/// The settings that say how inputs are read.
#pragma once

#include <string>
#include <vector>

#include "app/dedup.h"
#include "app/settings.h"
#include "wirecopy/read.h"

namespace wirecopy::app {

/// Opens inputs as the settings format, fields, field, aliases and max-ratio say; what the reader
/// has to tell goes to the hooks. Throws Error.
[[nodiscard]] Reader open_inputs(const std::vector<std::string>& inputs, const Settings& settings,
                                 const Hooks& hooks);

}  // namespace wirecopy::app
