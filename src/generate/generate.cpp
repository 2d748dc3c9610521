#include "wirecopy/generate.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <memory>
#include <system_error>
#include <utility>

#include "base/files.h"
#include "base/parallel.h"
#include "generate/settings_row.h"
#include "generate/truth.h"
#include "generate/world.h"
#include "wirecopy/error.h"

namespace wirecopy {
namespace {

namespace fs = std::filesystem;
using namespace generation;

enum File { kArticles, kClusters, kPairs, kLineage, kPassages, kRepeats, kSettings, kFiles };
constexpr std::array<std::string_view, kFiles> kNames = {
    "articles.jsonl",       "truth.clusters.jsonl", "truth.pairs.jsonl", "truth.lineage.jsonl",
    "truth.passages.jsonl", "truth.repeats.jsonl",  "generate.json"};

void check_limit(bool holds, std::string_view message) {
  if (!holds) throw Error(ErrorCode::usage, std::string(message));
}

void check(const GenerateOptions& o) {
  check_limit(o.outlets >= 1 && o.outlets <= kMaxOutlets, "outlets must be 1 to 500");
  check_limit(o.days >= 1 && o.days <= 100'000, "days must be 1 to 100,000");
  check_limit(o.spread >= 0 && o.spread <= 0.95, "spread must be 0 to 0.95");
  check_limit(o.max_articles >= 2 && o.max_articles <= 100'000,
              "max-articles must be 2 to 100,000");
  check_limit(o.mega_articles != 1 && o.mega_articles <= 100'000,
              "a mega story has 2 to 100,000 articles, or 0 for none");
  check_limit(o.stock_blocks >= 1 && o.stock_blocks <= 10'000, "stock-blocks must be 1 to 10,000");
  check_limit(o.stock_share >= 0 && o.stock_share <= 0.99, "stock-share must be 0 to 0.99");
  check_limit(o.stock_copies >= 0 && o.stock_copies <= 0.5, "stock-copies must be 0 to 0.5");
  check_limit(o.kept_least <= o.kept_most, "kept-least must not be above kept-most");
  check_limit(o.credit_removed + o.credit_changed <= 1,
              "credit-removed and credit-changed must not exceed 1 together");
  check_limit(o.title_edited + o.title_new <= 1,
              "title-edited and title-new must not exceed 1 together");
  for (const double share :
       {o.second_hand,    o.verbatim,      o.abridged,        o.kept_least,     o.kept_most,
        o.inner_loss,     o.alien_lead,    o.alien_sentences, o.replaced_words, o.credit_removed,
        o.credit_changed, o.title_edited,  o.title_new,       o.boilerplate,    o.stock,
        o.captions,       o.headline_lead, o.paragraph_twice, o.noise,          o.date_only,
        o.no_date}) {
    check_limit(share >= 0 && share <= 1, "shares must lie in 0 to 1");
  }
}

void refuse_inputs_at(const fs::path& path, const Reader& reader) {
  for (const InputInfo& input : reader.inputs()) {
    std::error_code ignored;  // standard input, or no such file yet
    if (!fs::equivalent(input.path, path, ignored)) continue;
    throw Error(ErrorCode::output,
                fmt::format("the input {} is {} itself, which would be replaced; inputs are never "
                            "edited: choose another folder",
                            input.path, path.string()));
  }
}

void prepare_folder(const GenerateTarget& target, const Reader& reader) {
  std::error_code error;
  fs::create_directories(target.folder, error);
  if (error) {
    throw Error(ErrorCode::output,
                fmt::format("cannot create the folder {}: {}", target.folder, error.message()));
  }
  for (const std::string_view name : kNames) {
    const fs::path path = fs::path(target.folder) / name;
    refuse_inputs_at(path, reader);
    if (target.replace || !fs::exists(fs::symlink_status(path, error))) continue;
    throw Error(ErrorCode::output,
                fmt::format("{} is there already; choose another folder, or replace it with "
                            "--replace",
                            path.string()));
  }
}

// Where a row of articles.jsonl stands in the scratch file.
struct Place {
  std::int64_t time = 0;
  std::uint64_t id = 0;
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
};

class Writer {
 public:
  Writer(const GenerateTarget& target, const std::string& scratch_folder)
      : scratch_(scratch_folder) {
    for (const std::string_view name : kNames)
      files_.emplace_back(target.folder, std::string(name));
  }

  void add(const UnitRows& rows) {
    for (const ArticleRow& row : rows.articles) {
      places_.push_back({row.time, std::stoull(row.id, nullptr, 16), 0, row.json.size()});
      places_.back().offset = scratch_.append(row.json);
    }
    files_[kClusters].write(rows.clusters);
    files_[kPairs].write(rows.pairs);
    files_[kLineage].write(rows.lineage);
    files_[kPassages].write(rows.passages);
    files_[kRepeats].write(rows.repeats);
  }

  // A feed is in the order of time.
  void write_articles() {
    base::sort(places_.begin(), places_.end(), [](const Place& a, const Place& b) {
      return a.time != b.time ? a.time < b.time : a.id < b.id;
    });
    const base::MappedScratch rows(scratch_);
    for (const Place& place : places_) {
      const auto row = rows.bytes().subspan(place.offset, place.length);
      files_[kArticles].write_line(std::string_view(row.data(), row.size()));
    }
  }

  void finish(const std::string& settings) {
    files_[kSettings].write(settings);
    for (base::OutputFile& file : files_) file.complete();
    for (base::OutputFile& file : files_) file.commit();
  }

  [[nodiscard]] std::vector<std::string> paths() const {
    std::vector<std::string> paths;
    for (const base::OutputFile& file : files_) paths.push_back(file.path());
    return paths;
  }

 private:
  std::vector<base::OutputFile> files_;
  base::ScratchFile scratch_;
  std::vector<Place> places_;
};

struct Unit {
  std::uint32_t number = 0;
};

void count(UnitKind kind, std::uint64_t articles, GenerateCounts& counts) {
  counts.articles += articles;
  if (kind == UnitKind::single) {
    counts.singles += articles;
  } else if (kind == UnitKind::template_family) {
    counts.templates += articles;
  } else if (kind == UnitKind::boilerplate) {
    counts.boilerplate += articles;
  } else {
    counts.originals += 1;
    counts.copies += articles - 1;
  }
}

GenerateCounts run(Reader& reader, const GenerateOptions& options, const GenerateTarget& target) {
  GenerateCounts counts;
  const std::string scratch = target.work_folder.empty() ? target.folder : target.work_folder;
  const BaseTexts base_texts(reader, options.min_words, scratch, target.stop, counts);
  const World world(options, base_texts, target.stop);
  Writer writer(target, scratch);

  std::uint32_t next = 0;
  const auto produce = [&]() -> std::shared_ptr<Unit> {
    check_stop(target.stop);
    return next < world.units() ? std::make_shared<Unit>(Unit{next++}) : nullptr;
  };
  const auto work = [&](std::shared_ptr<Unit> unit) {
    return std::make_shared<UnitRows>(rows_of(world, unit->number, world.make(unit->number)));
  };
  std::uint32_t done = 0;
  const auto collect = [&](std::shared_ptr<UnitRows> rows) {
    count(world.kind_of(done++), rows->articles.size(), counts);
    writer.add(*rows);
  };
  base::ordered_pipeline<Unit, UnitRows>(4 * base::current_threads(), produce, work, collect);
  writer.write_articles();
  counts.files = writer.paths();
  writer.finish(settings_row(options, counts));
  return counts;
}

}  // namespace

GenerateCounts generate(Reader& base_texts, const GenerateOptions& options,
                        const GenerateTarget& target) {
  check(options);
  prepare_folder(target, base_texts);
  base::Threads threads(target.threads);
  return threads.run([&] { return run(base_texts, options, target); });
}

}  // namespace wirecopy
