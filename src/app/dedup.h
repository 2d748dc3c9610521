/// dedup as one call: settings in, finished run out.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/settings.h"
#include "wirecopy/batch.h"

namespace wirecopy::app {

/// How an edge watches a run; all may be empty.
struct Hooks {
  std::function<void(const std::string&)> on_message;  ///< One plain sentence at a time.
  std::function<void(const Progress&)> on_progress;
  const std::atomic<bool>* stop = nullptr;
};

struct DedupResult {
  Summary summary;
  std::vector<std::string> files;  ///< Paths written.
  bool too_many_bad_rows = false;  ///< More rejected rows than max-bad, or a damaged archive.
};

/// Threads, memory and work folder (empty: not given).
[[nodiscard]] Limits limits_of(const Settings& settings, const Hooks& hooks);
/// Whether the settings say that a run with so many bad rows fails.
[[nodiscard]] bool too_many_bad_rows(const Summary& summary, const Settings& settings);

/// A run over `inputs` into the folder of the setting "out", with those of `outputs` of which the
/// recipe and rule have something to say. Throws Error.
[[nodiscard]] DedupResult run_into_folder(const std::vector<std::string>& inputs,
                                          const Recipe& recipe, const MatchRule& rule,
                                          OutputSet outputs, const Settings& settings,
                                          const Hooks& hooks);

/// Runs dedup over `inputs` into the folder of the setting "out". Throws Error.
[[nodiscard]] DedupResult dedup(const std::vector<std::string>& inputs, const Settings& settings,
                                const Hooks& hooks);

/// The result in plain words, one line each, for the end of a run.
[[nodiscard]] std::string closing_words(const DedupResult& result);

}  // namespace wirecopy::app
