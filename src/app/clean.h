/// clean as one call: which copies go, what is cut from the rest, and what that loses.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "app/dedup.h"
#include "app/settings.h"

namespace wirecopy::app {

/// Cleans the articles of `inputs` into the folder of the setting "out"; with "dry-run" the ledger
/// alone is written. Throws Error.
[[nodiscard]] DedupResult clean(const std::vector<std::string>& inputs, const Settings& settings,
                                const Hooks& hooks);

/// Cleans `inputs` (none: standard input) row by row within the window of the setting
/// "window-rows"; kept rows go to `write`, a piece at a time. With the setting "out" the ledger,
/// rejected rows and summary are written to that folder; without, what goes is gone. Throws Error.
[[nodiscard]] DedupResult clean_stream(const std::vector<std::string>& inputs,
                                       const Settings& settings, const Hooks& hooks,
                                       const std::function<void(std::string_view)>& write);

/// What went, or would go, and how many letters that stand nowhere else went with it.
[[nodiscard]] std::string clean_in_words(const DedupResult& result, bool dry_run);

}  // namespace wirecopy::app
