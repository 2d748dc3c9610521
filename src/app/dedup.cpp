#include "app/dedup.h"

#include <fmt/format.h>

#include "app/read_options.h"
#include "wirecopy/error.h"

namespace wirecopy::app {
namespace {

Recipe recipe_of(const Settings& settings) {
  const std::string preset = settings.text("preset");
  if (preset != "corpus") {
    throw Error(ErrorCode::usage,
                preset.empty()
                    ? "say how copies are to be found: --preset corpus (near-identical texts)"
                    : fmt::format("--preset is '{}', expected corpus", preset));
  }
  Recipe recipe;
  if (settings.given("key-file")) recipe.shingling.key = Key::from_file(settings.text("key-file"));
  recipe.banding = Banding::plan(settings.share("threshold"), settings.share("recall"));
  return recipe;
}

OutputSet outputs_of(const Settings& settings) {
  return settings.given("outputs") ? OutputSet::parse(settings.text("outputs")) : OutputSet::all();
}

}  // namespace

DedupResult dedup(const std::vector<std::string>& inputs, const Settings& settings,
                  const Hooks& hooks) {
  const Recipe recipe = recipe_of(settings);
  const MatchRule rule{Millionths::from(settings.share("threshold")),
                       KeepRule::parse(settings.text("keep"))};
  const OutputSet outputs = outputs_of(settings);
  const std::string folder = settings.text("out");
  if (folder.empty()) throw Error(ErrorCode::usage, "name a folder for the results: --out DIR");

  Reader reader(read_options(inputs, settings, hooks.stop));
  if (hooks.on_message) reader.on_message(hooks.on_message);
  RunFolder sink(folder, outputs, settings.flag("replace"), reader.inputs());

  Limits limits;
  limits.threads = static_cast<std::uint32_t>(settings.count("threads"));
  limits.memory_bytes = settings.size("memory");
  limits.work_folder = settings.given("work-folder") ? settings.text("work-folder") : folder;
  limits.on_progress = hooks.on_progress;
  limits.stop = hooks.stop;

  DedupResult result;
  result.summary = wirecopy::dedup(reader, recipe, rule, limits, sink);
  result.files = sink.files();
  result.too_many_bad_rows =
      result.summary.archives_damaged > 0 ||
      (settings.given("max-bad") && result.summary.rows.rejected > settings.count("max-bad"));
  return result;
}

std::string closing_words(const DedupResult& result) {
  const Summary& summary = result.summary;
  const Summary::Rows& rows = summary.rows;
  std::string words =
      fmt::format("{} rows read = {} kept + {} dropped + {} rejected + {} repeated{}\n", rows.read,
                  rows.kept, rows.dropped, rows.rejected, rows.repeated,
                  rows.repaired == 0 ? "" : fmt::format(" ({} repaired)", rows.repaired));
  words += fmt::format(
      "{} clusters of {} documents; {} pairs hold, {} were compared beside equal texts\n",
      summary.clusters, summary.clustered, summary.pairs, summary.candidates);
  if (summary.capped_buckets > 0) {
    words += fmt::format(
        "{} crowded buckets were compared through their centers only ({} pairs left out)\n",
        summary.capped_buckets, summary.left_out_pairs);
  }
  if (summary.archives_damaged > 0) {
    words += fmt::format("{} compressed inputs are damaged; what came before the damage was read\n",
                         summary.archives_damaged);
  }
  words += fmt::format("digest {}\n", summary.digest);
  for (const std::string& file : result.files) words += fmt::format("wrote {}\n", file);
  return words;
}

}  // namespace wirecopy::app
