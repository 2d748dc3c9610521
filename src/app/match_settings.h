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

/// From the settings that say what counts as said twice.
[[nodiscard]] RepeatRule repeat_rule_of(const Settings& settings);

/// Throws Error(usage) if one of these was given and the rule does not look for repeats.
void refuse_idle_repeat_settings(const Settings& settings, const MatchRule& rule);

}  // namespace wirecopy::app
