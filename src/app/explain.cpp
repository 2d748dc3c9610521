#include "app/explain.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <filesystem>
#include <utility>

#include "app/match_settings.h"
#include "app/read_options.h"
#include "base/files.h"
#include "base/json.h"
#include "wirecopy/error.h"

namespace wirecopy::app {
namespace {

namespace fs = std::filesystem;

bool is_run(const std::string& path) {
  std::error_code ignored;
  return fs::is_regular_file(fs::path(path) / file_name_of(Output::summary), ignored);
}

// The inputs of a finished run; its preset, thresholds and Model where the caller gives none.
std::vector<std::string> inputs_of_run(const std::string& folder, Settings& settings) {
  const std::string path = fs::path(folder) / file_name_of(Output::summary);
  base::JsonRowReader summary;
  const bool parsed = summary.parse(base::read_file(path));
  const auto run_settings = parsed ? summary.object("settings") : std::nullopt;
  if (!run_settings) {
    throw Error(ErrorCode::damaged,
                fmt::format("{} is not the summary of a run; run dedup again", path));
  }
  if (!settings.given("preset")) {
    settings.set("preset", run_settings->string("preset").value_or("corpus"));
  }
  const std::string model = fs::path(folder) / file_name_of(Output::model);
  std::error_code ignored;
  if (!settings.given("model") && settings.text("preset") != "corpus" &&
      fs::is_regular_file(model, ignored)) {
    settings.set("model", model);
  }
  const std::vector<std::string_view> named = summary.strings("inputs");
  const std::vector<std::string> inputs(named.begin(), named.end());
  for (const std::string& input : inputs) {
    if (input != "-") continue;
    throw Error(ErrorCode::input,
                fmt::format("{} was read from standard input, which is gone: name a file that "
                            "holds the articles",
                            folder));
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

  Reader reader(read_options(inputs, settings, hooks.stop));
  if (hooks.on_message) reader.on_message(hooks.on_message);
  Explained explained;
  explained.recipe = recipe_of(settings);
  explained.rule = match_rule_of(settings);
  explained.model_known = explained.rule.model.has_value();
  std::vector<std::unique_ptr<const FoundArticle>> found = find_articles(reader, ids);
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (found[i]) continue;
    throw Error(ErrorCode::input,
                fmt::format("there is no article '{}' in {}; ids are as in the files of a run",
                            ids[i], fmt::join(inputs, ", ")));
  }
  explained.a = std::move(found[0]);
  explained.b = std::move(found[1]);
  order(explained);
  explained.explanation = wirecopy::explain(explained.a->document, explained.b->document,
                                            explained.recipe, explained.rule);
  return explained;
}

}  // namespace wirecopy::app
