/// The settings that say what a copy is.
#pragma once

#include "app/settings.h"
#include "wirecopy/batch.h"

namespace wirecopy::app {

/// From the settings preset, threshold, recall and key-file. Throws Error.
[[nodiscard]] Recipe recipe_of(const Settings& settings);

/// From all settings that say what is compared, which verdict a pair gets and what merges; those of
/// other presets than the one asked for are refused. Throws Error.
[[nodiscard]] MatchRule match_rule_of(const Settings& settings);

}  // namespace wirecopy::app
