#include "read/fields.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "wirecopy/error.h"

namespace wirecopy {
namespace {

constexpr std::array<std::string_view, kFieldCount> kFieldNames{
    "id", "text", "title", "source", "url", "canonical_url", "published", "byline"};

// Paths are separated by spaces, the preferred one first. An input is taken to be of the first
// preset, after wirecopy, of whose keys it has all of `needs`, one of `any` (if there are some) and
// none of `without`; else of wirecopy.
struct Preset {
  std::string_view name;
  std::array<std::string_view, kFieldCount> paths;  // in the order of Field
  std::string_view needs;
  std::string_view any;
  std::string_view without;
};

constexpr std::array<Preset, 7> kPresets{{
    {"wirecopy",
     {"id", "text", "title", "source", "url", "canonical_url", "published", "byline"},
     "",
     "",
     ""},
    // CC-News as published on Hugging Face.
    {"cc-news",
     {"id", "text", "title", "domain", "url", "", "date", "author authors"},
     "text domain date",
     "",
     "published"},
    {"news-please",
     {"id", "maintext", "title", "source_domain", "url", "", "date_publish", "authors"},
     "maintext",
     "",
     ""},
    // `source` is the address of the page in older versions of trafilatura.
    {"trafilatura",
     {"id", "text raw_text", "title", "hostname sitename", "url source", "", "date", "author"},
     "",
     "hostname fingerprint raw_text",
     "published domain"},
    {"dolma",
     {"id", "text", "metadata.title", "source", "metadata.url", "", "created", "metadata.author"},
     "id text source",
     "added created metadata",
     "published title url"},
    {"datatrove",
     {"id data_id", "text", "metadata.title", "metadata.domain metadata.hostname", "metadata.url",
      "", "metadata.date", "metadata.author"},
     "text metadata",
     "",
     "published title url source"},
    // What corpora on Hugging Face usually call these fields.
    {"hf",
     {"id", "text content article body", "title headline", "source domain publisher", "url link",
      "canonical_url", "published date publish_date publication_date timestamp",
      "byline author authors"},
     "",
     "content article body headline domain publisher link date publish_date publication_date "
     "timestamp author authors",
     "published"},
}};

constexpr std::array<std::string_view, kPresets.size()> kPresetNames = [] {
  std::array<std::string_view, kPresets.size()> names;
  for (std::size_t i = 0; i < kPresets.size(); ++i) names[i] = kPresets[i].name;
  return names;
}();

std::vector<std::string> words(std::string_view list) {
  std::vector<std::string> found;
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(' '), list.size());
    found.emplace_back(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return found;
}

std::vector<std::string> paths_of_all_presets() {
  std::set<std::string> paths;
  for (const Preset& preset : kPresets) {
    for (const std::string_view list : preset.paths) {
      for (std::string& path : words(list)) paths.insert(std::move(path));
    }
    for (const std::string_view list : {preset.needs, preset.any, preset.without}) {
      for (std::string& path : words(list)) paths.insert(std::move(path));
    }
  }
  return {paths.begin(), paths.end()};
}

}  // namespace

std::string_view name_of(Field field) noexcept {
  return kFieldNames[static_cast<std::size_t>(field)];
}

std::optional<Field> field_named(std::string_view name) noexcept {
  const auto place = std::find(kFieldNames.begin(), kFieldNames.end(), name);
  if (place == kFieldNames.end()) return std::nullopt;
  return static_cast<Field>(place - kFieldNames.begin());
}

std::span<const std::string_view> field_presets() noexcept { return kPresetNames; }

FieldPaths field_preset(std::string_view name) {
  const auto preset = std::find_if(kPresets.begin(), kPresets.end(),
                                   [&](const Preset& known) { return known.name == name; });
  if (preset == kPresets.end()) {
    throw Error(ErrorCode::usage, fmt::format("there is no field preset \"{}\"; known are {}", name,
                                              fmt::join(kPresetNames, ", ")));
  }
  FieldPaths fields;
  fields.preset = name;
  for (std::size_t i = 0; i < kFieldCount; ++i) fields.paths[i] = words(preset->paths[i]);
  return fields;
}

namespace read {

FieldPlan::FieldPlan(FieldPaths given) : fields(std::move(given)) {
  std::vector<std::string> all;
  for (std::size_t field = 0; field < kFieldCount; ++field) {
    for (const std::string& path : fields.paths[field]) {
      if (path.empty()) continue;
      const auto known = std::find(all.begin(), all.end(), path);
      places[field].push_back(static_cast<std::size_t>(known - all.begin()));
      if (known == all.end()) all.push_back(path);
    }
  }
  paths = base::JsonPaths(all);
}

FieldPaths with_overrides(FieldPaths fields,
                          std::span<const std::pair<Field, std::string>> overrides) {
  std::array<bool, kFieldCount> replaced{};
  for (const auto& [field, path] : overrides) {
    const auto place = static_cast<std::size_t>(field);
    if (!replaced[place]) fields.paths[place].clear();
    replaced[place] = true;
    if (!path.empty()) fields.paths[place].push_back(path);
  }
  if (fields.paths[static_cast<std::size_t>(Field::text)].empty()) {
    throw Error(ErrorCode::usage, "the field text cannot be switched off: give it a path");
  }
  return fields;
}

PresetFinder::PresetFinder()
    : paths_(paths_of_all_presets()),
      compiled_(paths_),
      found_(paths_.size()),
      seen_(paths_.size()) {}

bool PresetFinder::look_at(std::string_view row, base::RowWalker& walker, base::TextArena& arena) {
  if (walker.walk(row, compiled_, arena, found_) != base::RowFault::none) return false;
  for (std::size_t i = 0; i < found_.size(); ++i) {
    if (found_[i].kind != base::JsonFound::Kind::absent) seen_[i] = true;
  }
  return true;
}

bool PresetFinder::has(std::string_view path) const {
  const auto place = std::lower_bound(paths_.begin(), paths_.end(), path);
  return place != paths_.end() && *place == path &&
         seen_[static_cast<std::size_t>(place - paths_.begin())];
}

std::string_view PresetFinder::preset() const {
  const auto is_there = [&](const std::string& path) { return has(path); };
  for (const Preset& preset : std::span(kPresets).subspan(1)) {
    const auto needs = words(preset.needs);
    const auto any = words(preset.any);
    const auto without = words(preset.without);
    if (std::all_of(needs.begin(), needs.end(), is_there) &&
        (any.empty() || std::any_of(any.begin(), any.end(), is_there)) &&
        std::none_of(without.begin(), without.end(), is_there)) {
      return preset.name;
    }
  }
  return kPresets.front().name;
}

std::string PresetFinder::describe(const FieldPaths& fields) const {
  std::vector<std::string> parts;
  for (std::size_t field = 0; field < kFieldCount; ++field) {
    for (const std::string& path : fields.paths[field]) {
      const std::string_view name = kFieldNames[field];
      // Paths of the user's own were not looked for: they are named in any case.
      const bool known = std::binary_search(paths_.begin(), paths_.end(), path);
      if (known && !has(path)) continue;
      parts.push_back(path == name ? path : fmt::format("{} → {}", path, name));
      break;
    }
  }
  return fmt::format("{}", fmt::join(parts, ", "));
}

}  // namespace read
}  // namespace wirecopy
