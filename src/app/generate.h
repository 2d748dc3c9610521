/// generate as one call: settings in, corpus out.
#pragma once

#include <string>
#include <vector>

#include "app/dedup.h"
#include "app/settings.h"
#include "wirecopy/generate.h"

namespace wirecopy::app {

/// Makes a corpus from the base texts of `inputs` in the folder of the setting "out". Throws Error.
[[nodiscard]] GenerateCounts generate(const std::vector<std::string>& inputs,
                                      const Settings& settings, const Hooks& hooks);

/// What was made, in plain words, for the end of a run.
[[nodiscard]] std::string counts_in_words(const GenerateCounts& counts);

}  // namespace wirecopy::app
