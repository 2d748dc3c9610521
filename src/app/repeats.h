/// repeats as one call: what articles say twice, and what stands in several of them.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "app/dedup.h"
#include "app/settings.h"
#include "wirecopy/batch.h"

namespace wirecopy::app {

/// Searches the articles of `inputs` and hands what is found to `write`, piece by piece: lines of
/// JSON as in repeats.jsonl if the setting "json" asks for them, else words for people. Writes the
/// file of the setting "export-rules" too. Throws Error.
Summary repeats(const std::vector<std::string>& inputs, const Settings& settings,
                const Hooks& hooks, const std::function<void(std::string_view)>& write);

/// How many of each kind, one line, and what else is to be said at the end.
[[nodiscard]] std::string repeats_in_words(const Summary& summary);

}  // namespace wirecopy::app
