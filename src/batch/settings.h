/// The settings of a run as its summary tells them.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "wirecopy/batch.h"

namespace wirecopy::batch {

/// Names of the command line with their values as JSON, in a fixed order.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> settings_of(const Recipe& recipe,
                                                                           const MatchRule& rule);

[[nodiscard]] std::vector<std::pair<std::string, std::string>> settings_of(const StreamRule& rule);

}  // namespace wirecopy::batch
