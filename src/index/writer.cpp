// Writing an index: every call is a run beside what is stored, and the next generation.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/folders.h"
#include "base/parallel.h"
#include "batch/run_night.h"
#include "index/harvest.h"
#include "index/opened.h"
#include "wirecopy/error.h"
#include "wirecopy/index.h"
#include "wirecopy/sketch.h"

namespace wirecopy {

using batch::Stored;
using index::StoreHarvest;

namespace {

constexpr std::uint64_t kHarvestShare = 4;  // of the memory limit
constexpr std::uint64_t kCacheShare = 8;

// Writes the next generation of a store.
class GenerationHarvest : public StoreHarvest {
 public:
  GenerationHarvest(const base::StoreReader* before, base::StoreWriter& writer,
                    const Limits& limits, bool rewrite)
      : StoreHarvest(before, writer, limits.memory_bytes / kHarvestShare, limits.work_folder),
        writer_(writer),
        rewrite_(rewrite) {}

  void complete() override {
    StoreHarvest::complete();
    writer_.finish(rewrite_);
  }

 private:
  base::StoreWriter& writer_;
  bool rewrite_;
};

// Takes the folder away if the night fails: a full disk would stay full until the next one. What
// became a generation has another name by then.
class WorkFolder {
 public:
  explicit WorkFolder(std::string folder) : folder_(std::move(folder)) {}
  WorkFolder(const WorkFolder&) = delete;
  WorkFolder& operator=(const WorkFolder&) = delete;
  ~WorkFolder() {
    try {
      base::remove_path(folder_);
    } catch (const Error&) {  // NOLINT(bugprone-empty-catch): the next night tries again
    }
  }

 private:
  std::string folder_;
};

}  // namespace

struct IndexWriter::State {
  State(const std::string& folder, Options given)
      : options(std::move(given)), lock(folder), generations(folder), folder_(folder) {
    sealed = index::unseal(folder, options.key_file);
  }

  // What is to be done beside a run over `reader`.
  struct Order {
    std::vector<Stored> gone;
    bool relearns = false;
    bool forgets = false;
  };
  Summary run(Reader& reader, const KeepRule& keep, const Limits& limits, Sink& sink,
              const Order& order);
  void purge(const index::Opened& opened, const std::vector<Stored>& gone, StoreHarvest& harvest);

  [[nodiscard]] index::Opened open(const Limits& limits) const {
    return index::open_current(folder_, options.key_file, limits.memory_bytes / kCacheShare);
  }

  Options options;
  index::WriterLock lock;
  index::Generations generations;
  index::Sealed sealed;

 private:
  std::string folder_;
};

Summary IndexWriter::State::run(Reader& reader, const KeepRule& keep, const Limits& given,
                                Sink& sink, const Order& order) {
  Limits limits = given;
  if (limits.work_folder.empty()) limits.work_folder = folder_;
  const index::Opened opened = open(limits);
  const index::StoreArchive& archive = *opened.archive;
  MatchRule rule = opened.rule();
  rule.keep = keep;
  if (order.relearns) rule.model.reset();

  const std::string from = opened.generation && !order.relearns ? opened.generation->folder : "";
  const std::string folder = generations.begin();
  const WorkFolder until_renamed(folder);  // goes after all that has files in it
  base::StoreWriter writer(folder, from, index::families());
  GenerationHarvest harvest(order.relearns ? nullptr : opened.store.get(), writer, limits,
                            order.forgets);
  batch::NightOrder night{
      archive, harvest, opened.number(), order.gone, options.ids_from_texts, order.relearns, {}};
  if (order.relearns) {
    archive.for_each(
        [&](Stored document, const batch::StoredHead&) { night.all.push_back(document); });
  }
  if (order.forgets) purge(opened, order.gone, harvest);
  Summary summary = batch::run_night(reader, sealed.recipe, rule, limits, sink, night);
  if (summary.night->generation == opened.number()) {  // nothing changed
    base::remove_path(folder);
    return summary;
  }
  (void)generations.commit({{{"documents", summary.night->articles}}, summary.model});
  if (order.forgets) generations.forget_others();
  return summary;
}

// Names that the documents may have in postings: more than they vote with, for what was boilerplate
// is not known any more.
void IndexWriter::State::purge(const index::Opened& opened, const std::vector<Stored>& gone,
                               StoreHarvest& harvest) {
  const Fingerprinter fingerprinter(*sealed.recipe.winnowing);
  const Sketcher sketcher(sealed.recipe.shingling.key);
  for (const Stored document : gone) {
    const auto article = opened.archive->article(document);
    const NormalizedText text = normalize(article->document.text);
    std::vector<std::uint64_t> names;
    for (const Fingerprint& each : fingerprinter.fingerprint(text).values) {
      names.push_back(each.name);
    }
    harvest.purge(batch::Postings::prints, document, names);
    band_keys(sketcher.sketch(shingle(text, sealed.recipe.shingling)), sealed.recipe.banding,
              names);
    harvest.purge(batch::Postings::bands, document, names);
    harvest.purge(batch::Postings::blocks, document, batch::short_blocks(article->document.text));
  }
}

IndexWriter::IndexWriter(const std::string& folder, Options options)
    : state_(std::make_unique<State>(folder, std::move(options))) {}
IndexWriter::~IndexWriter() = default;
IndexWriter::IndexWriter(IndexWriter&&) noexcept = default;
IndexWriter& IndexWriter::operator=(IndexWriter&&) noexcept = default;

const Recipe& IndexWriter::recipe() const noexcept { return state_->sealed.recipe; }
const MatchRule& IndexWriter::rule() const noexcept { return state_->sealed.rule; }

Summary IndexWriter::add(Reader& reader, const KeepRule& keep, const Limits& limits, Sink& sink) {
  return state_->run(reader, keep, limits, sink, {});
}

namespace {

// The numbers of ids; those that are not there are named.
std::vector<Stored> numbers_of(const batch::Archive& archive, const std::vector<std::string>& ids,
                               std::vector<std::string>& unknown) {
  std::vector<Stored> numbers;
  for (const std::string& id : ids) {
    if (const auto identity = archive.identity(id)) {
      numbers.push_back(identity->document);
    } else {
      unknown.push_back(id);
    }
  }
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  return numbers;
}

}  // namespace

Summary IndexWriter::remove(const std::vector<std::string>& ids, const Limits& limits, Sink& sink,
                            std::vector<std::string>& unknown) {
  State::Order order;
  order.gone = numbers_of(*state_->open(limits).archive, ids, unknown);
  Reader nothing = Reader::of_nothing();
  return state_->run(nothing, rule().keep, limits, sink, order);
}

Summary IndexWriter::forget(const std::vector<std::string>& ids, const Limits& limits, Sink& sink,
                            std::vector<std::string>& unknown) {
  State::Order order;
  order.gone = numbers_of(*state_->open(limits).archive, ids, unknown);
  order.forgets = true;
  Reader nothing = Reader::of_nothing();
  return state_->run(nothing, rule().keep, limits, sink, order);
}

Summary IndexWriter::expire(const TimeInterval& before, const Limits& limits, Sink& sink) {
  State::Order order;
  state_->open(limits).archive->for_each([&](Stored document, const batch::StoredHead& head) {
    const TimeInterval& published = head.published;
    if (published.earliest < before.earliest && published.latest < before.latest)
      order.gone.push_back(document);
  });
  Reader nothing = Reader::of_nothing();
  return state_->run(nothing, rule().keep, limits, sink, order);
}

Summary IndexWriter::relearn(const Limits& limits, Sink& sink) {
  State::Order order;
  order.relearns = true;
  Reader nothing = Reader::of_nothing();
  return state_->run(nothing, rule().keep, limits, sink, order);
}

void IndexWriter::roll_back(std::uint32_t generation) { state_->generations.go_back(generation); }

}  // namespace wirecopy
