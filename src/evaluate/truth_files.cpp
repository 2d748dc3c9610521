#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>

#include "base/json.h"
#include "base/lines.h"
#include "wirecopy/error.h"
#include "wirecopy/evaluate.h"

namespace wirecopy {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void throw_unknown(const std::string& path, std::uint64_t line) {
  throw Error(
      ErrorCode::input,
      fmt::format("{}:{}: expected a truth: rows of JSON with a and b (pairs; passages with "
                  "a_begin … b_end or a_off … b_len), members (clusters), or id and parent "
                  "(lineage)",
                  path, line));
}

std::optional<TruthKind> kind_of_row(const base::JsonObject& row) {
  const auto keys = row.keys();
  const auto has = [&](std::string_view key) { return std::ranges::find(keys, key) != keys.end(); };
  if (has("members")) return TruthKind::clusters;
  if (has("a") && has("b")) {
    return has("a_begin") || has("a_off") ? TruthKind::passages : TruthKind::pairs;
  }
  if (!has("id")) return std::nullopt;
  if (has("parent")) return TruthKind::lineage;
  if (has("repeat") || has("repeats")) return TruthKind::repeats;
  return std::nullopt;
}

// Of an empty file.
TruthKind kind_of_name(const std::string& path) {
  constexpr std::array<std::pair<std::string_view, TruthKind>, 5> kNames{
      {{"clusters", TruthKind::clusters},
       {"stories", TruthKind::clusters},
       {"passages", TruthKind::passages},
       {"lineage", TruthKind::lineage},
       {"repeats", TruthKind::repeats}}};
  const std::string name = fs::path(path).filename().string();
  for (const auto& [part, kind] : kNames) {
    if (name.find(part) != std::string::npos) return kind;
  }
  return TruthKind::pairs;
}

TruthKind kind_of_truth(const std::string& path) {
  base::JsonRowReader row;
  base::LineReader lines(path);
  while (const auto line = lines.next()) {
    if (line->find_first_not_of(" \t\r") == std::string_view::npos) continue;
    const auto kind = row.parse(*line) ? kind_of_row(row) : std::nullopt;
    if (!kind) throw_unknown(path, lines.number());
    return *kind;
  }
  return kind_of_name(path);
}

std::vector<std::string> files_of(const std::string& folder) {
  std::vector<std::string> files;
  std::error_code unreadable;  // then it has no files
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, unreadable)) {
    const std::string name = entry.path().filename().string();
    const bool rows =
        name.ends_with(".jsonl") || name.ends_with(".jsonl.gz") || name.ends_with(".jsonl.zst");
    if (name.starts_with("truth") && rows) files.push_back(entry.path().string());
  }
  if (files.empty()) {
    throw Error(ErrorCode::input,
                fmt::format("{}: there is no truth*.jsonl in this folder", folder));
  }
  std::ranges::sort(files);
  return files;
}

}  // namespace

TruthFiles truth_files(const std::vector<std::string>& files_or_folders) {
  TruthFiles truth;
  for (const std::string& path : files_or_folders) {
    std::error_code ignored;
    const bool is_folder = fs::is_directory(path, ignored);
    for (const std::string& file : is_folder ? files_of(path) : std::vector{path}) {
      truth[kind_of_truth(file)].push_back(file);
    }
  }
  return truth;
}

}  // namespace wirecopy
