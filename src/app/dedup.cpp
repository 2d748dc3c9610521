#include "app/dedup.h"

#include <fmt/format.h>

#include "app/match_settings.h"
#include "app/read_options.h"
#include "base/plain_words.h"
#include "wirecopy/error.h"

namespace wirecopy::app {
namespace {

using base::counted;

// Nothing is cut here, and the corpus preset aligns nothing and learns nothing.
OutputSet outputs_of(const Settings& settings, const Recipe& recipe) {
  OutputSet outputs =
      settings.given("outputs") ? OutputSet::parse(settings.text("outputs")) : OutputSet::all();
  outputs.remove(Output::cuts);
  if (settings.given("save-model")) outputs.add(Output::model);
  if (!recipe.winnowing) {
    for (const Output output : {Output::passages, Output::outlets, Output::model}) {
      outputs.remove(output);
    }
  }
  return outputs;
}

}  // namespace

DedupResult dedup(const std::vector<std::string>& inputs, const Settings& settings,
                  const Hooks& hooks) {
  const Recipe recipe = recipe_of(settings);
  MatchRule rule = match_rule_of(settings);
  rule.keep = KeepRule::parse(settings.text("keep"));
  const OutputSet outputs = outputs_of(settings, recipe);
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
  if (settings.given("save-model")) {
    const std::string path = settings.text("save-model");
    Model::load(folder + "/" + std::string(file_name_of(Output::model))).save(path);
    result.files.push_back(path);
  }
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
  if (rows.rejected > 0 && rows.rejected == rows.read) {
    words += "no row is an article; rejected.jsonl says why (--field text=NAME says where it is)\n";
  }
  words += fmt::format(
      "{} of {}; {} {}, {} of different texts compared\n",
      counted(summary.clusters, "cluster", "clusters"),
      counted(summary.clustered, "article", "articles"), counted(summary.pairs, "pair", "pairs"),
      summary.model.empty() ? "at or above the threshold" : "with a passage in common",
      counted(summary.candidates, "pair", "pairs"));
  if (summary.capped_buckets > 0) {
    words += fmt::format(
        "{} crowded buckets were compared through their centers only ({} pairs left out)\n",
        summary.capped_buckets, summary.left_out_pairs);
  }
  if (summary.capped_lists > 0) {
    words += fmt::format("{} fingerprints stand in so many articles that these met in groups\n",
                         summary.capped_lists);
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
