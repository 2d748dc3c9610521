#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "base/files.h"
#include "report/cuts.h"
#include "report/digest.h"
#include "report/rows.h"
#include "wirecopy/error.h"

namespace wirecopy {
namespace {

namespace fs = std::filesystem;

constexpr std::array kDigested{Output::clusters, Output::pairs, Output::passages, Output::repeats};

Output output_at(std::size_t index) { return static_cast<Output>(index); }

// Makes the folder and what is missing above it; returns what was made, deepest first.
std::vector<fs::path> make_folders(const fs::path& folder) {
  std::vector<fs::path> made;
  std::error_code error;
  for (fs::path path = folder; !path.empty() && !fs::exists(path, error) && !error;
       path = path.parent_path()) {
    made.push_back(path);
  }
  fs::create_directories(folder, error);
  if (!error && !fs::is_directory(folder, error)) {
    error = std::make_error_code(std::errc::not_a_directory);
  }
  if (error) {
    throw Error(ErrorCode::output,
                fmt::format("cannot create the folder {}: {}", folder.string(), error.message()));
  }
  return made;
}

// The files of a run that are in the folder already.
std::vector<Output> former_files(const fs::path& folder) {
  std::vector<Output> former;
  for (std::size_t i = 0; i < kOutputCount; ++i) {
    const fs::path path = folder / file_name_of(output_at(i));
    std::error_code ignored;
    const fs::file_status status = fs::symlink_status(path, ignored);
    if (!fs::exists(status)) continue;
    if (fs::is_directory(status)) {
      throw Error(ErrorCode::output, fmt::format("{} is a folder where a file is to be written; "
                                                 "choose another folder for the results",
                                                 path.string()));
    }
    former.push_back(output_at(i));
  }
  return former;
}

void refuse_inputs_among(const fs::path& folder, const std::vector<Output>& former,
                         const std::vector<InputInfo>& inputs) {
  for (const InputInfo& input : inputs) {
    for (const Output output : former) {
      const fs::path path = folder / file_name_of(output);
      std::error_code ignored;  // standard input, or a link to nothing
      if (!fs::equivalent(input.path, path, ignored)) continue;
      throw Error(ErrorCode::output,
                  fmt::format("the input {} is {} itself, which this run would replace; inputs are "
                              "never edited: choose another folder for the results",
                              input.path, path.string()));
    }
  }
}

// Attributes of a former run, but for inputs, which are never edited.
std::vector<fs::path> stale_attributes_of(const fs::path& folder,
                                          const std::vector<InputInfo>& inputs) {
  std::vector<fs::path> stale = report::former_attributes(folder);
  std::erase_if(stale, [&](const fs::path& path) {
    return std::any_of(inputs.begin(), inputs.end(), [&](const InputInfo& input) {
      std::error_code ignored;  // standard input
      return fs::equivalent(input.path, path, ignored);
    });
  });
  return stale;
}

void refuse_former_run(const fs::path& folder, const std::vector<Output>& former) {
  std::vector<std::string_view> names;
  names.reserve(former.size());
  for (const Output output : former) names.push_back(file_name_of(output));
  throw Error(ErrorCode::output,
              fmt::format("{} holds files of a former run ({}); choose another folder, or replace "
                          "them with --replace",
                          folder.string(), fmt::join(names, ", ")));
}

}  // namespace

struct RunFolder::State {
  explicit State(const std::string& name) : folder(name) {}
  ~State() {
    for (auto& file : files) file.reset();
    attributes.reset();
    if (finished) return;
    std::error_code ignored;  // a folder that is not empty is somebody's and stays
    for (const fs::path& path : made) fs::remove(path, ignored);
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  // Nothing happens if the file is not wanted.
  void write_line(Output output, std::string_view line) {
    const auto index = static_cast<std::size_t>(output);
    if (!files[index]) return;
    files[index]->write_line(line);
    ++rows[index];
  }

  // The row's JSON stays in `json` until the next one.
  template <typename... Row>
  void write(Output output, const Row&... row) {
    json.clear();
    report::write(json, row...);
    write_line(output, json.text());
  }

  template <typename Row>
  void write_digested(Output output, const Row& row) {
    write(output, row);
    digests[static_cast<std::size_t>(output)].add(json.text());
  }

  // Whole lines.
  void write_whole(Output output, std::string_view contents) {
    const auto index = static_cast<std::size_t>(output);
    if (!files[index]) return;
    files[index]->write(contents);
    rows[index] += static_cast<std::uint64_t>(std::count(contents.begin(), contents.end(), '\n'));
  }

  void fill(Summary& summary) {
    summary.file_rows.clear();
    for (std::size_t i = 0; i < kOutputCount; ++i) {
      if (!files[i] || output_at(i) == Output::summary) continue;
      summary.file_rows.emplace_back(file_name_of(output_at(i)), rows[i]);
    }
    report::RowDigest all;
    summary.file_digests.clear();
    for (const Output output : kDigested) {
      report::RowDigest& digest = digests[static_cast<std::size_t>(output)];
      summary.file_digests.emplace_back(file_name_of(output), digest.hex());
      all.add(digest);
    }
    summary.digest = all.hex();
  }

  void remove_stale_files() const {
    for (const Output output : former) {
      if (!outputs.has(output)) remove_stale(folder / file_name_of(output));
    }
    const std::vector<std::string> written =
        attributes ? attributes->paths() : std::vector<std::string>();
    for (const fs::path& path : stale_attributes) {
      if (std::find(written.begin(), written.end(), path.string()) != written.end()) continue;
      remove_stale(path);
      std::error_code ignored;  // a folder that is not empty stays
      fs::remove(path.parent_path(), ignored);
      fs::remove(path.parent_path().parent_path(), ignored);
    }
  }

  static void remove_stale(const fs::path& path) {
    std::error_code error;
    fs::remove(path, error);
    if (!error) return;
    throw Error(ErrorCode::output, fmt::format("cannot remove {}, which is of a former run: {}",
                                               path.string(), error.message()));
  }

  fs::path folder;
  OutputSet outputs;
  bool replace = false;
  std::vector<InputInfo> inputs;
  std::vector<fs::path> made;  // folders that were not there before, deepest first
  std::vector<Output> former;  // files of a former run
  std::vector<fs::path> stale_attributes;
  std::array<std::optional<base::OutputFile>, kOutputCount> files;
  std::array<std::uint64_t, kOutputCount> rows{};  // written to each
  std::optional<report::AttributeFiles> attributes;
  base::JsonWriter json;
  std::array<report::RowDigest, kOutputCount> digests;  // of kDigested
  bool finished = false;
};

RunFolder::RunFolder(const std::string& folder, OutputSet outputs, bool replace,
                     const std::vector<InputInfo>& inputs)
    : state_(std::make_unique<State>(folder)) {
  state_->outputs = outputs;
  state_->replace = replace;
  state_->inputs = inputs;
  state_->made = make_folders(state_->folder);
  state_->former = former_files(state_->folder);
  refuse_inputs_among(state_->folder, state_->former, inputs);
  if (replace) state_->stale_attributes = stale_attributes_of(state_->folder, inputs);
  if (!replace && !state_->former.empty()) refuse_former_run(state_->folder, state_->former);
  for (std::size_t i = 0; i < kOutputCount; ++i) {
    if (!outputs.has(output_at(i))) continue;
    state_->files[i].emplace(folder, std::string(file_name_of(output_at(i))));
  }
  state_->write_whole(Output::cuts, report::cuts_header());
}

RunFolder::~RunFolder() = default;

void RunFolder::add_attributes(std::string_view name) {
  state_->attributes.emplace(state_->folder, name, state_->replace, state_->inputs);
}

bool RunFolder::wants(Output output) const {
  if (output == Output::cuts && state_->attributes) return true;
  return std::find(kDigested.begin(), kDigested.end(), output) != kDigested.end() ||
         state_->outputs.has(output);
}

void RunFolder::cluster(const ClusterRow& row) { state_->write_digested(Output::clusters, row); }
void RunFolder::pair(const PairRow& row) { state_->write_digested(Output::pairs, row); }
void RunFolder::passage(const PassageRow& row) { state_->write_digested(Output::passages, row); }
void RunFolder::repeat(const RepeatRow& row) { state_->write_digested(Output::repeats, row); }
void RunFolder::stock(const StockRow& row) { state_->write_digested(Output::repeats, row); }
void RunFolder::whole(Output output, std::string_view contents) {
  state_->write_whole(output, contents);
}

void RunFolder::kept(std::string_view row) { state_->write_line(Output::kept, row); }

void RunFolder::ledger(const LedgerRow& row) {
  if (wants(Output::ledger)) state_->write(Output::ledger, row);
}

void RunFolder::cuts(const CutsRow& row) {
  state_->write_whole(Output::cuts, report::to_tsv(row));
  if (state_->attributes) state_->attributes->add(row);
}

void RunFolder::change(const ChangeRow& row) {
  if (wants(Output::changes)) state_->write(Output::changes, row);
}

void RunFolder::rejected(const Rejected& row, std::string_view input) {
  if (wants(Output::rejected)) state_->write(Output::rejected, row, input);
}

void RunFolder::finish(Summary& summary) {
  State& state = *state_;
  state.fill(summary);
  state.write_line(Output::summary, to_json(summary));

  // From here on nothing but a failing file system can stop the run: first all bytes reach the
  // disk, then all names change, summary.json last, so that a folder with a summary is whole.
  for (auto& file : state.files) {
    if (file) file->complete();
  }
  if (state.attributes) {
    state.attributes->complete();
    state.attributes->commit();
  }
  for (auto& file : state.files) {
    if (file) file->commit();
  }
  state.finished = true;
  state.remove_stale_files();
}

std::vector<std::string> RunFolder::files() const {
  std::vector<std::string> paths;
  for (const auto& file : state_->files) {
    if (file) paths.push_back(file->path());
  }
  if (state_->attributes) {
    for (std::string& path : state_->attributes->paths()) paths.push_back(std::move(path));
  }
  return paths;
}

}  // namespace wirecopy
