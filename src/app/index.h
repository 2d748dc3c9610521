/// The verbs of an index, each as one call.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/dedup.h"
#include "app/settings.h"
#include "wirecopy/index.h"

namespace wirecopy::app {

/// Whether a folder holds an index.
[[nodiscard]] bool is_index(const std::string& folder);

/// Makes an index as the settings of `dedup` say what a copy is. Throws Error.
void create_index(const std::string& folder, const Settings& settings);

/// What a night did. Files are written if the setting "out" is given.
struct NightResult {
  DedupResult run;
  std::vector<std::string> unknown;  ///< Ids that were to go and are not there.
};
[[nodiscard]] NightResult add_to_index(const std::string& folder,
                                       const std::vector<std::string>& inputs,
                                       const Settings& settings, const Hooks& hooks);
/// `ids` and those in the file of the setting "ids".
[[nodiscard]] NightResult remove_from_index(const std::string& folder, std::vector<std::string> ids,
                                            const Settings& settings, const Hooks& hooks);
[[nodiscard]] NightResult forget_in_index(const std::string& folder, std::vector<std::string> ids,
                                          const Settings& settings, const Hooks& hooks);
/// What was published before the setting "before".
[[nodiscard]] NightResult expire_in_index(const std::string& folder, const Settings& settings,
                                          const Hooks& hooks);
[[nodiscard]] NightResult relearn_index(const std::string& folder, const Settings& settings,
                                        const Hooks& hooks);
/// To the generation of the setting "to"; returns it.
std::uint32_t roll_back_index(const std::string& folder, const Settings& settings);
[[nodiscard]] IndexCheck check_index(const std::string& folder, const Settings& settings);
[[nodiscard]] IndexStats index_stats(const std::string& folder, const Settings& settings);

/// How an index is opened: by the setting "key-file".
[[nodiscard]] Index::Options index_options(const Settings& settings);

/// What a verb ("add") did: "41,203 in, 12,880 copies, 310 grew, 2 weak; generation 7 holds …".
[[nodiscard]] std::string night_counts_in_words(std::string_view verb, const Summary& summary);
/// The same as a line, then the files, a line each.
[[nodiscard]] std::string night_in_words(std::string_view verb, const NightResult& result);
[[nodiscard]] std::string stats_in_words(const IndexStats& stats);
[[nodiscard]] std::string stats_as_json(const IndexStats& stats);
[[nodiscard]] std::string check_in_words(const IndexCheck& check);
[[nodiscard]] std::string check_as_json(const IndexCheck& check);

}  // namespace wirecopy::app
