// Reading an index.
#include "wirecopy/index.h"

#include <fmt/format.h>

#include <set>
#include <utility>

#include "base/folders.h"
#include "batch/settings.h"
#include "index/check.h"
#include "index/families.h"
#include "index/harvest.h"
#include "index/opened.h"
#include "index/query.h"
#include "wirecopy/error.h"

namespace wirecopy {
namespace index {

MatchRule Opened::rule() const {
  MatchRule rule = sealed.rule;
  if (archive->has_model()) rule.model = archive->model();
  return rule;
}

Opened open_current(const std::string& folder, const std::optional<std::string>& key_file,
                    std::uint64_t cache_bytes) {
  const Generations generations(folder);
  Opened opened{folder, unseal(folder, key_file), std::nullopt, nullptr, nullptr};
  opened.generation = generations.open_current([&](const Generation& generation) {
    opened.store = std::make_unique<base::StoreReader>(generation.folder, families(), cache_bytes);
  });
  opened.archive = std::make_unique<StoreArchive>(opened.store.get(), generations.next_number());
  return opened;
}

}  // namespace index

using index::FamilyId;
using index::Generations;
using index::place_of;

struct Index::State {
  explicit State(index::Opened found)
      : opened(std::move(found)),
        rule(opened.rule()),
        searcher(*opened.archive, opened.sealed.recipe, rule) {}

  index::Opened opened;
  MatchRule rule;
  index::Searcher searcher;
};

void Index::create(const std::string& folder, Recipe recipe, const MatchRule& rule) {
  if (!recipe.winnowing) {
    throw Error(ErrorCode::usage,
                "the preset corpus aligns nothing and has no index: choose news, fast, broad or "
                "ocr");
  }
  if (recipe.shingling.key == Key()) {
    recipe.shingling.key = recipe.winnowing->key = index::draw_key();
  }
  const Generations generations(folder);
  generations.found();
  index::Sealed sealed{recipe, rule};
  sealed.rule.model.reset();
  sealed.rule.cut.reset();
  index::seal(folder, sealed);
  if (!rule.model) return;
  const index::WriterLock lock(folder);
  base::StoreWriter writer(generations.begin(), "", index::families());
  index::StoreHarvest harvest(nullptr, writer, std::uint64_t{1} << 20U, folder);
  harvest.model(*rule.model);
  harvest.complete();
  writer.finish();
  (void)generations.commit({{{"documents", 0}}, rule.model->digest()});
}

Index::Index(std::unique_ptr<State> state) : state_(std::move(state)) {}
Index::~Index() = default;
Index::Index(Index&&) noexcept = default;
Index& Index::operator=(Index&&) noexcept = default;

Index Index::open(const std::string& folder, const Options& options) {
  return Index(
      std::make_unique<State>(index::open_current(folder, options.key_file, options.cache_bytes)));
}

std::uint32_t Index::generation() const noexcept { return state_->opened.number(); }

bool Index::is_outdated() const {
  return Generations(state_->opened.folder).current_number() != generation();
}

QueryResult Index::query(std::string_view text, const Query& query) const {
  return state_->searcher.search(text, query);
}

QueryResult Index::query_id(std::string_view id, const Query& query) const {
  return state_->searcher.search_id(id, query);
}

std::unique_ptr<const FoundArticle> Index::article(std::string_view id) const {
  const index::StoreArchive& archive = *state_->opened.archive;
  const auto identity = archive.identity(id);
  if (!identity) {
    throw Error(ErrorCode::input, fmt::format("there is no article '{}' in the index", id));
  }
  const auto stored = archive.article(identity->document);
  auto found = std::make_unique<FoundArticle>();
  found->document = stored->document;
  found->id = stored->id;
  found->document.id = found->id;
  found->memory = stored;
  return found;
}

const Recipe& Index::recipe() const noexcept { return state_->opened.sealed.recipe; }
const MatchRule& Index::rule() const noexcept { return state_->rule; }

IndexStats Index::stats() const {
  const index::Opened& opened = state_->opened;
  IndexStats stats;
  stats.generation = opened.number();
  for (const index::Generation& each : Generations(opened.folder).all()) {
    stats.generations.push_back(each.number);
  }
  stats.settings = batch::settings_of(recipe(), state_->rule);
  if (!opened.store) return stats;
  stats.model = state_->rule.model->digest();
  stats.model_number = state_->rule.model->number();
  opened.archive->for_each([&](batch::Stored, const batch::StoredHead& head) {
    ++stats.documents;
    stats.representatives += head.representative ? 1U : 0U;
  });
  const base::StoreReader& store = *opened.store;
  std::optional<base::Hash128> last;
  store.scan(place_of(FamilyId::members), {}, [&](std::string_view key, std::string_view) {
    const base::Hash128 cluster = index::parse_member_key(key).first;
    if (last != cluster) ++stats.clusters;
    last = cluster;
    ++stats.clustered;
    return true;
  });
  store.scan(place_of(FamilyId::pairs), {}, [&](std::string_view, std::string_view value) {
    stats.pairs += value.empty() ? 0U : 1U;
    return true;
  });
  for (std::size_t family = 0; family < index::kFamilies; ++family) {
    stats.bytes.emplace_back(index::families()[family].name, store.bytes(family));
  }
  return stats;
}

IndexCheck check_index(const std::string& folder, const Index::Options& options) {
  const index::Opened opened =
      index::open_current(folder, options.key_file, Index::Options().cache_bytes);
  IndexCheck check;
  if (!opened.generation) return check;
  index::check_files(*opened.generation);
  opened.store->verify();
  check.documents = index::check_corpus(*opened.store).facts.documents;
  const auto counts = index::contents_of(*opened.generation).counts;
  const auto counted = counts.find("documents");
  if (counted == counts.end() || counted->second != check.documents) {
    throw Error(ErrorCode::damaged,
                fmt::format("{} holds {} articles, and its manifest says something else",
                            opened.generation->folder, check.documents));
  }
  check.generation = opened.number();
  for (const base::FolderEntry& file : base::entries_of(opened.generation->folder)) {
    ++check.files;
    check.bytes += file.bytes;
  }
  return check;
}

}  // namespace wirecopy
