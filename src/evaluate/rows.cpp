#include "evaluate/rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "base/lines.h"
#include "wirecopy/error.h"

namespace wirecopy::evaluate {

std::string run_file(const std::string& run, std::string_view name) {
  const std::filesystem::path path(run);
  std::error_code ignored;
  return std::filesystem::is_directory(path, ignored) ? (path / name).string() : run;
}

void read_rows(const std::string& path, std::string_view expected,
               const std::function<bool(const base::JsonObject&)>& take) {
  base::JsonRowReader row;
  base::LineReader lines(path);
  while (const auto line = lines.next()) {
    if (line->find_first_not_of(" \t\r") == std::string_view::npos) continue;
    if (row.parse(*line) && take(row)) continue;
    throw Error(ErrorCode::input, fmt::format("{}:{}: expected a row of JSON with {}", path,
                                              lines.number(), expected));
  }
}

void read_members(
    const std::string& path,
    const std::function<void(std::uint32_t, std::string_view, const base::JsonObject&)>& take) {
  std::uint32_t cluster = 0;
  read_rows(path, "members and their ids, as in the clusters.jsonl of a run",
            [&](const base::JsonObject& row) {
              std::uint64_t members = 0;
              std::uint64_t named = 0;
              row.for_each_object("members", [&](const base::JsonObject& member) {
                ++members;
                const auto id = member.string("id");
                if (!id) return;
                ++named;
                take(cluster, *id, member);
              });
              ++cluster;
              return members > 0 && members == named;
            });
}

bool says_equal(const base::JsonObject& pair) {
  if (pair.string("verdict") != "identical") return false;
  constexpr std::array kShares{"coverage_a", "coverage_b", "identity"};  // null: never aligned
  return std::ranges::all_of(
      kShares, [&](const char* share) { return pair.number(share).value_or(1) == 1; });
}

}  // namespace wirecopy::evaluate
