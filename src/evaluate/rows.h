/// Rows of the files of a run and of truth files, one after the other.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/json.h"

namespace wirecopy::evaluate {

/// The file `name` of a run, or `run` itself if that is no folder: its opening says what is wrong.
[[nodiscard]] std::string run_file(const std::string& run, std::string_view name);

/// Hands every row to `take`; blank lines are no rows. A line that is no JSON object, or that
/// `take` returns false for, throws Error(input) naming file, line and what was expected.
void read_rows(const std::string& path, std::string_view expected,
               const std::function<bool(const base::JsonObject&)>& take);

/// Hands every member of every cluster of a clusters.jsonl to `take`: the number of its cluster in
/// the file, its id, its row.
void read_members(
    const std::string& path,
    const std::function<void(std::uint32_t, std::string_view, const base::JsonObject&)>& take);

/// Whether a row of pairs.jsonl ties texts with equal letters, which is transitive. A verdict of
/// identical alone is not: it allows for a few letters.
[[nodiscard]] bool says_equal(const base::JsonObject& pair);

}  // namespace wirecopy::evaluate
