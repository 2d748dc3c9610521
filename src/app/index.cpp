#include "app/index.h"

#include <fmt/format.h>

#include <filesystem>
#include <functional>
#include <memory>
#include <utility>

#include "app/match_settings.h"
#include "app/read_options.h"
#include "base/files.h"
#include "wirecopy/error.h"

namespace wirecopy::app {
namespace {

// Of a night that nobody wants files of.
class NoFiles : public Sink {
 public:
  [[nodiscard]] bool wants(Output) const override { return false; }
  void cluster(const ClusterRow&) override {}
  void pair(const PairRow&) override {}
  void passage(const PassageRow&) override {}
  void repeat(const RepeatRow&) override {}
  void stock(const StockRow&) override {}
  void kept(std::string_view) override {}
  void ledger(const LedgerRow&) override {}
  void cuts(const CutsRow&) override {}
  void rejected(const Rejected&, std::string_view) override {}
  void whole(Output, std::string_view) override {}
  void finish(Summary&) override {}
};

OutputSet outputs_of(const Settings& settings) {
  OutputSet outputs =
      settings.given("outputs") ? OutputSet::parse(settings.text("outputs")) : OutputSet::all();
  outputs.remove(Output::cuts);
  return outputs;
}

IndexWriter::Options writer_options(const Settings& settings) {
  IndexWriter::Options options;
  options.key_file = index_options(settings).key_file;
  const std::vector<std::string> ids = settings.list("id");
  options.ids_from_texts = !ids.empty();
  if (!ids.empty() && ids != std::vector<std::string>{"from-text"}) {
    throw Error(ErrorCode::usage,
                "--id can only be from-text here: rows with neither id nor url are then known by "
                "their text");
  }
  return options;
}

using Work = std::function<Summary(IndexWriter&, const Limits&, Sink&)>;

// The lock comes first: before a byte of an input is waited for.
IndexWriter open_writer(const std::string& folder, const Settings& settings) {
  IndexWriter::Options options = writer_options(settings);
  std::error_code ignored;
  // What has lost its index.json is told to be damaged; no LOCK is made where there was no index.
  if (!is_index(folder) && !std::filesystem::exists(folder + "/generations", ignored)) {
    throw Error(ErrorCode::input,
                fmt::format("there is no index in {}; 'wirecopy index create {}' makes one", folder,
                            folder));
  }
  return IndexWriter(folder, std::move(options));
}

// Runs `work` with the files that are wanted.
NightResult run(IndexWriter writer, const std::vector<InputInfo>& inputs, const Settings& settings,
                const Hooks& hooks, const Work& work) {
  Limits limits = limits_of(settings, hooks);
  NightResult result;
  if (!settings.given("out")) {
    NoFiles sink;
    result.run.summary = work(writer, limits, sink);
  } else {
    RunFolder sink(settings.text("out"), outputs_of(settings), settings.flag("replace"), inputs);
    if (limits.work_folder.empty()) limits.work_folder = settings.text("out");
    result.run.summary = work(writer, limits, sink);
    result.run.files = sink.files();
  }
  return result;
}

std::vector<std::string> all_ids(std::vector<std::string> ids, const Settings& settings) {
  if (settings.given("ids")) {
    const std::string lines = base::read_file(settings.text("ids"));
    for (std::size_t begin = 0; begin < lines.size();) {
      const std::size_t end = std::min(lines.find('\n', begin), lines.size());
      std::string id = lines.substr(begin, end - begin);
      if (!id.empty() && id.back() == '\r') id.pop_back();
      if (!id.empty()) ids.push_back(std::move(id));
      begin = end + 1;
    }
  }
  if (ids.empty()) {
    throw Error(ErrorCode::usage,
                "name the ids of articles, or a file that holds them, one a line: --ids FILE");
  }
  return ids;
}

}  // namespace

bool is_index(const std::string& folder) {
  std::error_code ignored;
  return std::filesystem::is_regular_file(std::filesystem::path(folder) / "index.json", ignored);
}

Index::Options index_options(const Settings& settings) {
  Index::Options options;
  if (settings.given("key-file")) options.key_file = settings.text("key-file");
  return options;
}

void create_index(const std::string& folder, const Settings& settings) {
  Index::create(folder, recipe_of(settings), match_rule_of(settings));
}

NightResult add_to_index(const std::string& folder, const std::vector<std::string>& inputs,
                         const Settings& settings, const Hooks& hooks) {
  const KeepRule keep = KeepRule::parse(settings.text("keep"));
  IndexWriter held = open_writer(folder, settings);
  Reader reader = open_inputs(inputs, settings, hooks);
  NightResult result = run(std::move(held), reader.inputs(), settings, hooks,
                           [&](IndexWriter& writer, const Limits& limits, Sink& sink) {
                             return writer.add(reader, keep, limits, sink);
                           });
  result.run.too_many_bad_rows = too_many_bad_rows(result.run.summary, settings);
  return result;
}

NightResult remove_from_index(const std::string& folder, std::vector<std::string> ids,
                              const Settings& settings, const Hooks& hooks) {
  ids = all_ids(std::move(ids), settings);
  std::vector<std::string> unknown;
  NightResult result = run(open_writer(folder, settings), {}, settings, hooks,
                           [&](IndexWriter& writer, const Limits& limits, Sink& sink) {
                             return writer.remove(ids, limits, sink, unknown);
                           });
  result.unknown = std::move(unknown);
  return result;
}

NightResult forget_in_index(const std::string& folder, std::vector<std::string> ids,
                            const Settings& settings, const Hooks& hooks) {
  ids = all_ids(std::move(ids), settings);
  std::vector<std::string> unknown;
  NightResult result = run(open_writer(folder, settings), {}, settings, hooks,
                           [&](IndexWriter& writer, const Limits& limits, Sink& sink) {
                             return writer.forget(ids, limits, sink, unknown);
                           });
  result.unknown = std::move(unknown);
  return result;
}

NightResult expire_in_index(const std::string& folder, const Settings& settings,
                            const Hooks& hooks) {
  const std::optional<TimeInterval> before = parse_published(settings.text("before"));
  if (!before) {
    throw Error(ErrorCode::usage,
                "name the date before which articles go, as in --before 2020-01-01");
  }
  return run(open_writer(folder, settings), {}, settings, hooks,
             [&](IndexWriter& writer, const Limits& limits, Sink& sink) {
               return writer.expire(*before, limits, sink);
             });
}

NightResult relearn_index(const std::string& folder, const Settings& settings, const Hooks& hooks) {
  return run(open_writer(folder, settings), {}, settings, hooks,
             [&](IndexWriter& writer, const Limits& limits, Sink& sink) {
               return writer.relearn(limits, sink);
             });
}

std::uint32_t roll_back_index(const std::string& folder, const Settings& settings) {
  if (!settings.given("to")) {
    throw Error(ErrorCode::usage,
                "name the generation to go back to: --to N ('wirecopy index stats' lists them)");
  }
  const auto generation = static_cast<std::uint32_t>(settings.count("to"));
  open_writer(folder, settings).roll_back(generation);
  return generation;
}

IndexCheck check_index(const std::string& folder, const Settings& settings) {
  return wirecopy::check_index(folder, index_options(settings));
}

IndexStats index_stats(const std::string& folder, const Settings& settings) {
  return Index::open(folder, index_options(settings)).stats();
}

}  // namespace wirecopy::app
