#include "app/explain.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <filesystem>
#include <utility>

#include "app/index.h"
#include "app/match_settings.h"
#include "app/read_options.h"
#include "base/files.h"
#include "base/json.h"
#include "wirecopy/error.h"

namespace wirecopy::app {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kSecondsADay = 86'400;

bool is_run(const std::string& path) {
  std::error_code ignored;
  return fs::is_regular_file(fs::path(path) / file_name_of(Output::summary), ignored);
}

// Settings by which a run judged, unless the caller gives others.
void take_settings_of_run(const base::JsonObject& run, const std::string& folder,
                          Settings& settings) {
  const std::string preset(run.string("preset").value_or("corpus"));
  if (!settings.given("preset")) settings.set("preset", preset);
  if (run.string("key") == "private" && !settings.given("key-file")) {
    throw Error(ErrorCode::usage,
                fmt::format("{} was made with a private key: name it with --key-file", folder));
  }
  if (settings.text("preset") != preset) return;
  const auto take = [&](std::string_view name, const std::string& value) {
    if (!settings.given(name)) settings.set(name, value);
  };
  const auto take_number = [&](std::string_view name, std::string_view key) {
    if (const std::optional<double> value = run.number(key)) take(name, fmt::format("{}", *value));
  };
  if (preset == "corpus") {
    take_number("threshold", "threshold");
    return;
  }
  constexpr std::array<std::array<std::string_view, 2>, 7> kNumbers{
      {{"min-share", "min_share"},
       {"merge-at", "merge_at"},
       {"near-coverage", "near_coverage"},
       {"abridged-coverage", "abridged_coverage"},
       {"derived-coverage", "derived_coverage"},
       {"passage-letters", "passage_letters"},
       {"same-outlet-bias", "same_outlet_bias"}}};
  for (const auto& [name, key] : kNumbers) take_number(name, key);
  take("candidates", std::string(run.string("candidates").value_or("both")));
  if (const auto seconds = run.unsigned_integer("window_seconds")) {
    take("window", std::to_string(*seconds / kSecondsADay));
  }
  const std::string model = fs::path(folder) / file_name_of(Output::model);
  std::error_code ignored;
  if (fs::is_regular_file(model, ignored)) take("model", model);
}

// The inputs of a finished run, and its settings.
std::vector<std::string> inputs_of_run(const std::string& folder, Settings& settings) {
  const std::string path = fs::path(folder) / file_name_of(Output::summary);
  base::JsonRowReader summary;
  const bool parsed = summary.parse(base::read_file(path));
  const auto run_settings = parsed ? summary.object("settings") : std::nullopt;
  if (!run_settings) {
    throw Error(ErrorCode::damaged,
                fmt::format("{} is not the summary of a run; run dedup again", path));
  }
  take_settings_of_run(*run_settings, folder, settings);
  const std::vector<std::string_view> named = summary.strings("inputs");
  std::vector<std::string> inputs(named.begin(), named.end());
  for (const std::string& input : inputs) {
    if (input == "-") {
      throw Error(ErrorCode::input,
                  fmt::format("the articles of {} came from standard input and are gone: name a "
                              "file that holds them instead of the folder",
                              folder));
    }
    std::error_code missing;
    if (!fs::exists(input, missing)) {
      throw Error(ErrorCode::input,
                  fmt::format("{} is not there, which the articles of {} came from: explain from "
                              "the folder where dedup ran, or name the files that hold them",
                              input, folder));
    }
  }
  return inputs;
}

void order(Explained& explained) {
  const Document& a = explained.a->document;
  const Document& b = explained.b->document;
  const Earlier earlier = order_in_time(a.published, b.published).earlier;
  if (earlier == Earlier::b || (earlier == Earlier::unknown && b.id < a.id)) {
    std::swap(explained.a, explained.b);
  }
}

// The articles of an index, which knows its own settings.
Explained find_stored(const std::vector<std::string>& ids, const std::string& folder,
                      const Settings& settings) {
  const Index index = Index::open(folder, index_options(settings));
  Explained explained;
  explained.a = index.article(ids[0]);
  explained.b = index.article(ids[1]);
  explained.recipe = index.recipe();
  explained.rule = index.rule();
  return explained;
}

// The articles of inputs.
Explained find_read(const std::vector<std::string>& ids, const std::vector<std::string>& inputs,
                    const Settings& settings, const Hooks& hooks) {
  Reader reader = open_inputs(inputs, settings, hooks);
  Explained explained;
  explained.recipe = recipe_of(settings);
  explained.rule = match_rule_of(settings);
  std::vector<std::unique_ptr<const FoundArticle>> found = find_articles(reader, ids);
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (found[i]) continue;
    throw Error(ErrorCode::input,
                fmt::format("there is no article '{}' in {}; ids are as in the files of a run",
                            ids[i], fmt::join(inputs, ", ")));
  }
  explained.a = std::move(found[0]);
  explained.b = std::move(found[1]);
  return explained;
}

}  // namespace

Explained explain(const std::vector<std::string>& arguments, Settings settings,
                  const Hooks& hooks) {
  if (arguments.size() < 3) {
    throw Error(ErrorCode::usage,
                "name the ids of two articles, then the files that hold them or the folder of a "
                "run: explain A B INPUT");
  }
  const std::vector<std::string> ids(arguments.begin(), arguments.begin() + 2);
  std::vector<std::string> inputs(arguments.begin() + 2, arguments.end());
  if (ids[0] == ids[1]) {
    throw Error(ErrorCode::usage, fmt::format("'{}' is one article; name two", ids[0]));
  }
  if (inputs.size() == 1 && is_run(inputs[0])) inputs = inputs_of_run(inputs[0], settings);

  Explained explained = inputs.size() == 1 && is_index(inputs[0])
                            ? find_stored(ids, inputs[0], settings)
                            : find_read(ids, inputs, settings, hooks);
  explained.model_known = explained.rule.model.has_value();
  order(explained);
  explained.explanation = wirecopy::explain(explained.a->document, explained.b->document,
                                            explained.recipe, explained.rule);
  return explained;
}

}  // namespace wirecopy::app
