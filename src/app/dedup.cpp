#include "app/dedup.h"

#include <fmt/format.h>

#include "app/match_settings.h"
#include "app/read_options.h"
#include "base/plain_words.h"
#include "wirecopy/error.h"

namespace wirecopy::app {
namespace {

using base::counted;

// The corpus preset aligns nothing and learns nothing; repeats and cuts are not always sought.
OutputSet told(OutputSet outputs, const Recipe& recipe, const MatchRule& rule) {
  if (!recipe.winnowing) {
    for (const Output output : {Output::passages, Output::outlets, Output::model}) {
      outputs.remove(output);
    }
  }
  if (!rule.repeats) outputs.remove(Output::repeats);
  if (!rule.cut) outputs.remove(Output::cuts);
  outputs.remove(Output::changes);
  return outputs;
}

OutputSet outputs_of(const Settings& settings) {
  OutputSet outputs =
      settings.given("outputs") ? OutputSet::parse(settings.text("outputs")) : OutputSet::all();
  if (settings.given("save-model")) outputs.add(Output::model);
  return outputs;
}

}  // namespace

Limits limits_of(const Settings& settings, const Hooks& hooks) {
  Limits limits;
  limits.threads = static_cast<std::uint32_t>(settings.count("threads"));
  limits.memory_bytes = settings.size("memory");
  limits.work_folder = settings.text("work-folder");
  limits.on_progress = hooks.on_progress;
  limits.stop = hooks.stop;
  return limits;
}

DedupResult run_into_folder(const std::vector<std::string>& inputs, const Recipe& recipe,
                            const MatchRule& rule, OutputSet outputs, const Settings& settings,
                            const Hooks& hooks) {
  const std::string folder = settings.text("out");
  if (folder.empty()) throw Error(ErrorCode::usage, "name a folder for the results: --out DIR");
  Reader reader = open_inputs(inputs, settings, hooks);
  RunFolder sink(folder, told(outputs, recipe, rule), settings.flag("replace"), reader.inputs());
  if (settings.given("dolma-attributes")) sink.add_attributes(settings.text("dolma-attributes"));
  Limits limits = limits_of(settings, hooks);
  if (limits.work_folder.empty()) limits.work_folder = folder;

  DedupResult result;
  result.summary = wirecopy::dedup(reader, recipe, rule, limits, sink);
  result.files = sink.files();
  result.too_many_bad_rows = too_many_bad_rows(result.summary, settings);
  return result;
}

bool too_many_bad_rows(const Summary& summary, const Settings& settings) {
  return summary.archives_damaged > 0 ||
         (settings.given("max-bad") && summary.rows.rejected > settings.count("max-bad"));
}

DedupResult dedup(const std::vector<std::string>& inputs, const Settings& settings,
                  const Hooks& hooks) {
  const Recipe recipe = recipe_of(settings);
  MatchRule rule = match_rule_of(settings);
  refuse_idle_repeat_settings(settings, rule);
  rule.keep = KeepRule::parse(settings.text("keep"));
  DedupResult result = run_into_folder(inputs, recipe, rule, outputs_of(settings), settings, hooks);
  if (settings.given("save-model")) {
    const std::string path = settings.text("save-model");
    Model::load(settings.text("out") + "/" + std::string(file_name_of(Output::model))).save(path);
    result.files.push_back(path);
  }
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
