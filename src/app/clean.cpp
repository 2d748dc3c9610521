#include "app/clean.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "app/match_settings.h"
#include "app/read_options.h"
#include "app/rules.h"
#include "base/plain_words.h"
#include "wirecopy/error.h"

namespace wirecopy::app {
namespace {

using base::counted;
using base::grouped;

CutRule cut_rule_of(const Settings& settings) {
  CutRule rule;
  rule.kinds = RepeatKinds::parse(settings.text("cut"));
  for (const RepeatKind kind :
       {RepeatKind::phrase, RepeatKind::structural, RepeatKind::stock_caption}) {
    if (!rule.kinds.has(kind)) continue;
    throw Error(ErrorCode::usage,
                fmt::format("--cut: {} is never cut; cut trailer, caption_exact, caption_near, "
                            "block, summary, headline or boilerplate{}",
                            name_of(kind),
                            kind == RepeatKind::stock_caption
                                ? " (a rules file can make a stock caption boilerplate)"
                                : ""));
  }
  rule.max_lost = settings.count("max-lost");
  rule.repeats = repeat_rule_of(settings);
  return rule;
}

// Kept rows go down the pipe, what went to the folder, if there is one.
class StreamSink : public Sink {
 public:
  StreamSink(const std::function<void(std::string_view)>& write, RunFolder* folder)
      : write_(write), folder_(folder) {}

  [[nodiscard]] bool wants(Output output) const override {
    return output == Output::kept || (folder_ != nullptr && folder_->wants(output));
  }
  void kept(std::string_view row) override {
    write_(row);
    write_("\n");
  }
  void ledger(const LedgerRow& row) override {
    if (folder_ != nullptr) folder_->ledger(row);
  }
  void cuts(const CutsRow& row) override {
    if (folder_ != nullptr) folder_->cuts(row);
  }
  void rejected(const Rejected& row, std::string_view input) override {
    if (folder_ != nullptr) folder_->rejected(row, input);
  }
  void finish(Summary& summary) override {
    if (folder_ != nullptr) folder_->finish(summary);
  }

  void cluster(const ClusterRow& /*row*/) override {}
  void pair(const PairRow& /*row*/) override {}
  void passage(const PassageRow& /*row*/) override {}
  void repeat(const RepeatRow& /*row*/) override {}
  void stock(const StockRow& /*row*/) override {}
  void whole(Output /*output*/, std::string_view /*contents*/) override {}

 private:
  const std::function<void(std::string_view)>& write_;
  RunFolder* folder_;
};

// A setting of a run over all rows would be believed to say something of a stream.
void refuse_whole_run_settings(const Settings& settings) {
  for (const std::string_view name : {"preset", "keep", "model", "save-model", "dry-run"}) {
    if (!settings.given(name)) continue;
    throw Error(ErrorCode::usage,
                fmt::format("--{} says nothing with --stream, which looks at every row once; leave "
                            "one of them out",
                            name));
  }
}

StreamRule stream_rule_of(const Settings& settings) {
  StreamRule rule;
  if (settings.given("key-file")) rule.shingling.key = Key::from_file(settings.text("key-file"));
  rule.threshold = Millionths::from(settings.share("threshold"));
  rule.banding = Banding::plan(settings.share("threshold"), settings.share("recall"));
  rule.drop = DropRule::parse(settings.text("drop"));
  rule.cut = cut_rule_of(settings);
  if (settings.given("rules")) rule.known_stock = read_rules(settings.text("rules"));
  rule.window = static_cast<std::uint32_t>(settings.count("window-rows"));
  return rule;
}

std::string cuts_in_words(const Summary& summary, bool dry_run) {
  if (summary.cut_documents == 0) return "nothing to cut\n";
  std::string words = fmt::format("{} from {}:\n", dry_run ? "would cut" : "cut",
                                  counted(summary.cut_documents, "article", "articles"));
  for (std::size_t kind = 0; kind < kRepeatKindCount; ++kind) {
    const Summary::Cuts& cuts = summary.cuts[kind];
    if (cuts.count == 0) continue;
    words += fmt::format("  {:<14} {:>9} of {:>10} characters; {:>9} letters stand nowhere else\n",
                         name_of(static_cast<RepeatKind>(kind)), grouped(cuts.count),
                         grouped(cuts.characters), grouped(cuts.unique_letters));
  }
  return words;
}

}  // namespace

DedupResult clean(const std::vector<std::string>& inputs, const Settings& settings,
                  const Hooks& hooks) {
  if (inputs.empty()) {
    throw Error(ErrorCode::usage,
                "name what is to be cleaned, or give --stream to clean standard input row by row");
  }
  const Recipe recipe = recipe_of(settings);
  MatchRule rule = match_rule_of(settings);
  rule.keep = KeepRule::parse(settings.text("keep"));
  rule.drop = DropRule::parse(settings.text("drop"));
  rule.cut = cut_rule_of(settings);
  rule.repeats = rule.cut->repeats;
  OutputSet outputs = OutputSet::all();
  if (settings.flag("dry-run")) {
    outputs = OutputSet();
    outputs.add(Output::ledger);
  }
  return run_into_folder(inputs, recipe, rule, outputs, settings, hooks);
}

DedupResult clean_stream(const std::vector<std::string>& inputs, const Settings& settings,
                         const Hooks& hooks, const std::function<void(std::string_view)>& write) {
  refuse_whole_run_settings(settings);
  const StreamRule rule = stream_rule_of(settings);
  Reader reader =
      open_inputs(inputs.empty() ? std::vector<std::string>{"-"} : inputs, settings, hooks);
  std::optional<RunFolder> folder;
  if (settings.given("out")) {
    OutputSet outputs;
    for (const Output output : {Output::ledger, Output::cuts, Output::rejected, Output::summary}) {
      outputs.add(output);
    }
    folder.emplace(settings.text("out"), outputs, settings.flag("replace"), reader.inputs());
    if (settings.given("dolma-attributes")) {
      folder->add_attributes(settings.text("dolma-attributes"));
    }
  } else if (settings.given("dolma-attributes")) {
    throw Error(ErrorCode::usage, "--dolma-attributes needs a folder: --out DIR");
  }
  StreamSink sink(write, folder ? &*folder : nullptr);
  DedupResult result;
  result.summary = wirecopy::clean_stream(reader, rule, limits_of(settings, hooks), sink);
  if (folder) result.files = folder->files();
  result.too_many_bad_rows = too_many_bad_rows(result.summary, settings);
  return result;
}

std::string clean_in_words(const DedupResult& result, bool dry_run) {
  const Summary& summary = result.summary;
  const Summary::Rows& rows = summary.rows;
  const bool has_kept = std::any_of(
      result.files.begin(), result.files.end(),
      [](const std::string& file) { return file.ends_with(file_name_of(Output::kept)); });
  std::string words =
      fmt::format("{} rows read = {} kept + {} dropped + {} rejected + {} repeated\n", rows.read,
                  rows.kept, rows.dropped, rows.rejected, rows.repeated);
  if (rows.dropped > 0) {
    const std::string lost =
        summary.lost_letters ? fmt::format("{} of them stand in no kept copy",
                                           counted(*summary.lost_letters, "letter", "letters"))
                             : "how many of their letters stand in no kept copy was not measured";
    words += fmt::format("{} {}; {}\n", dry_run ? "would drop" : "dropped",
                         counted(rows.dropped, "copy", "copies"), lost);
  }
  words += cuts_in_words(summary, dry_run);
  for (const std::string& file : result.files) words += fmt::format("wrote {}\n", file);
  if (dry_run) {
    words += "nothing else was written: leave --dry-run out to clean\n";
  } else if (has_kept) {
    const std::string& file = result.files.front();
    words += fmt::format("the way back: wirecopy undo {}\n", file.substr(0, file.rfind('/')));
  }
  return words;
}

}  // namespace wirecopy::app
