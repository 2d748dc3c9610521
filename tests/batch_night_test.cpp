// Runs beside a stored corpus: nights, in an archive of plain maps.
#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "batch/run_night.h"
#include "catch.h"
#include "memory_archive.h"
#include "runs.h"
#include "stories.h"
#include "temporary_folder.h"
#include "wirecopy/error.h"

using namespace wirecopy;
using batch::Stored;
using test::Article;
using test::MemoryArchive;
using test::Run;
using test::TemporaryFolder;

namespace {

using IdPair = std::pair<std::string, std::string>;

// A stored corpus over nights: each reads what the last one left.
struct Nights {
  MemoryArchive now;
  MemoryArchive then;

  void commit() {
    ++then.night;
    now = then;
  }
  // The next night writes all anew.
  void begin_fresh() {
    then = {};
    then.night = now.night;
  }
  [[nodiscard]] std::vector<Stored> all() const {
    std::vector<Stored> documents;
    for (const auto& [document, head] : now.stored_heads) documents.push_back(document);
    return documents;
  }
  [[nodiscard]] std::set<std::set<std::string>> partition() const {
    std::map<base::Hash128, std::set<std::string>> clusters;
    for (const auto& [document, cluster] : now.clusters) {
      clusters[cluster].insert(now.articles.at(document).id);
    }
    std::set<std::set<std::string>> sets;
    for (auto& [cluster, ids] : clusters) sets.insert(std::move(ids));
    return sets;
  }
  // Proposed pairs by the ids of both, with what they say for one cluster.
  [[nodiscard]] std::map<IdPair, std::uint32_t> proposed() const {
    std::map<IdPair, std::uint32_t> found;
    for (const auto& [numbers, pair] : now.pairs) {
      if (!pair.proposed) continue;
      const std::string& a = now.articles.at(pair.first).id;
      const std::string& b = now.articles.at(pair.second).id;
      found[std::minmax(a, b)] = pair.link_score;
    }
    return found;
  }
};

constexpr std::size_t kWords = 300;

std::string part(std::uint64_t seed, std::size_t begin, std::size_t end) {
  const std::vector<std::string> all = test::story_words(seed, kWords);
  return test::joined({all.begin() + static_cast<std::ptrdiff_t>(begin),
                       all.begin() + static_cast<std::ptrdiff_t>(end)});
}

std::string day(std::size_t day) {
  return "2024-03-" + std::string(day < 10 ? "0" : "") + std::to_string(day) + "T10:00:00Z";
}

// Stories as outlets print them: whole, again, abridged, re-led, stitched with the next story, one
// text word for word in several outlets, and articles of their own.
std::vector<Article> mixed_corpus(std::size_t stories, std::uint64_t seed) {
  test::Random random(seed);
  std::vector<Article> articles;
  const auto add = [&](const std::string& id, const std::string& text, const std::string& outlet) {
    articles.push_back({id, text, outlet, random() % 5 == 0 ? "" : day(1 + random() % 28), ""});
  };
  for (std::uint64_t s = 0; s < stories; ++s) {
    const std::string name = "s" + std::to_string(s) + "-";
    const std::size_t copies = 1 + random() % 9;
    for (std::size_t c = 0; c < copies; ++c) {
      const std::string id = name + std::to_string(c);
      const std::string outlet = "outlet" + std::to_string(random() % 6);
      const std::size_t begin = random() % 120;
      switch (random() % 6) {
        case 0:
          add(id, part(s, 0, kWords), outlet);
          break;
        case 1:
          add(id, test::edited_story(s, 12, 100 * s + c, kWords), outlet);
          break;
        case 2:
          add(id, part(s, 0, 120 + random() % 150), outlet);
          break;
        case 3:
          add(id, part(90'000 + s, 0, 60) + "\n" + part(s, begin, kWords), outlet);
          break;
        case 4:
          add(id, part(s, begin, begin + 80) + "\n" + part(s + 1, 0, 150), outlet);
          break;
        default:
          add(id, part(s, 20, 200), outlet);  // the same in all outlets that print it
          break;
      }
    }
  }
  std::shuffle(articles.begin(), articles.end(), random);
  return articles;
}

MatchRule rule_with(const Model& model) {
  MatchRule rule = MatchRule::of(Preset::news);
  rule.model = model;
  return rule;
}

struct NightSettings {
  std::vector<Stored> gone;
  bool ids_from_texts = false;
  std::uint32_t threads = 2;
};

// One night over rows; the archive is committed.
Run night(const TemporaryFolder& folder, Nights& archive, const std::string& rows,
          const NightSettings& settings = {}) {
  static int number = 0;
  Run result;
  result.folder = folder.path("night" + std::to_string(++number));
  ReadOptions options;
  options.inputs = {folder.file("rows" + std::to_string(number) + ".jsonl", rows)};
  Reader reader(options);
  RunFolder sink(result.folder, OutputSet::all(), false, reader.inputs());
  Limits limits;
  limits.threads = settings.threads;
  limits.memory_bytes = std::uint64_t{1} << 30U;
  limits.work_folder = result.folder;
  result.summary =
      batch::run_night(reader, Recipe::of(Preset::news), rule_with(archive.now.known), limits, sink,
                       {archive.now,
                        archive.then,
                        archive.now.night - 1,
                        settings.gone,
                        settings.ids_from_texts,
                        false,
                        {}});
  archive.commit();
  return result;
}

Run night(const TemporaryFolder& folder, Nights& archive, const std::vector<Article>& articles,
          const NightSettings& settings = {}) {
  return night(folder, archive, test::rows_of(articles), settings);
}

// Articles dealt out over nights, in order.
std::vector<std::vector<Article>> deal(const std::vector<Article>& articles, std::size_t nights,
                                       test::Random& random) {
  std::vector<std::vector<Article>> dealt(nights);
  for (const Article& article : articles) dealt[random() % nights].push_back(article);
  return dealt;
}

Stored number_of(const Nights& archive, const std::string& id) {
  return archive.now.identity(id)->document;
}

using Events = std::map<std::string, std::vector<std::string>>;  // by event, the clusters

Events events_of(const Run& run) {
  Events events;
  const std::vector<std::string> names = run.values("changes.jsonl", "event");
  const std::vector<std::string> clusters = run.values("changes.jsonl", "cluster");
  for (std::size_t i = 0; i < names.size(); ++i) events[names[i]].push_back(clusters[i]);
  return events;
}

}  // namespace

TEST_CASE("a first night writes the files that dedup writes", "[batch]") {
  const TemporaryFolder folder;
  const std::vector<Article> articles = mixed_corpus(25, 1);
  test::RunSettings settings;
  settings.preset = Preset::news;
  settings.outputs = OutputSet::all();
  settings.change = [](MatchRule& rule) { rule.model = Model(); };
  const Run alone = test::run_articles(folder, articles, settings);
  Nights archive;
  const Run first = night(folder, archive, articles);
  for (const char* file : {"clusters.jsonl", "pairs.jsonl", "passages.jsonl", "repeats.jsonl",
                           "kept.jsonl", "outlets.csv", "model.jsonl"}) {
    CAPTURE(file);
    CHECK(first.file(file) == alone.file(file));
  }
  CHECK(first.summary.clusters > 10);
  CHECK(first.summary.digest == alone.summary.digest);
  CHECK(first.summary.night->events[0] == first.summary.clusters);
}

TEST_CASE("any split into nights gives the pairs and the partition of one run", "[batch]") {
  const auto seed = GENERATE(range(2U, 10U));
  test::Random random(seed);
  const TemporaryFolder folder;
  const std::vector<Article> articles = mixed_corpus(25, seed);
  Nights at_once;
  night(folder, at_once, articles);
  const std::size_t nights = 2 + seed % 5;
  Nights over_nights;
  std::uint64_t told = 0;
  for (const auto& some : deal(articles, nights, random)) {
    const Run run = night(folder, over_nights, some);
    CHECK(run.summary.conserved());
    told += run.summary.rows.read;
  }
  CHECK(told == articles.size());
  CHECK(over_nights.proposed() == at_once.proposed());
  CHECK(over_nights.partition() == at_once.partition());
  CHECK(at_once.partition().size() > 10);
}

TEST_CASE("the same night again changes nothing", "[batch]") {
  const TemporaryFolder folder;
  const std::vector<Article> articles = mixed_corpus(12, 20);
  Nights archive;
  night(folder, archive, articles);
  const auto before = archive.partition();
  const auto documents = archive.all();
  const Run again = night(folder, archive, articles);
  CHECK(again.summary.rows.repeated == articles.size());
  CHECK(again.summary.rows.kept == 0);
  CHECK(again.lines("changes.jsonl").empty());
  CHECK(again.lines("clusters.jsonl").empty());
  CHECK(archive.all() == documents);
  CHECK(archive.partition() == before);
}

TEST_CASE("taking articles out leaves what a run without them finds", "[batch]") {
  const auto seed = GENERATE(range(30U, 36U));
  test::Random random(seed);
  const TemporaryFolder folder;
  const std::vector<Article> articles = mixed_corpus(20, seed);
  Nights archive;
  for (const auto& some : deal(articles, 2, random)) night(folder, archive, some);
  std::vector<Article> left;
  NightSettings settings;
  for (const Article& article : articles) {
    if (random() % 3 == 0) {
      settings.gone.push_back(number_of(archive, article.id));
    } else {
      left.push_back(article);
    }
  }
  const Run run = night(folder, archive, std::vector<Article>(), settings);
  CHECK(run.summary.night->gone == settings.gone.size());
  Nights without;
  night(folder, without, left);
  CHECK(archive.proposed() == without.proposed());
  CHECK(archive.partition() == without.partition());
  for (const Article& article : left) CHECK(archive.now.identity(article.id));
}

TEST_CASE("another text of an id is a new version, and takes the place of the old one", "[batch]") {
  const TemporaryFolder folder;
  Nights archive;
  night(folder, archive,
        {{"a", part(1, 0, 300), "A", day(1), ""},
         {"b", part(1, 0, 280), "B", day(2), ""},
         {"c", part(2, 0, 300), "C", day(1), ""}});
  CHECK(archive.partition() == std::set<std::set<std::string>>{{"a", "b"}});
  const std::vector<Article> later = {{"b", part(2, 0, 280), "B", day(3), ""}};
  const Run run = night(folder, archive, later);
  CHECK(run.summary.night->versions == 1);
  CHECK(run.summary.night->gone == 0);
  CHECK(archive.partition() == std::set<std::set<std::string>>{{"b", "c"}});
  CHECK(archive.all().size() == 3);
  CHECK(archive.now.identity("b")->texts.size() == 2);
  const Events events = events_of(run);
  CHECK(events.at("new").size() == 1);
  CHECK(events.at("retired").size() == 1);

  SECTION("both texts are known from then on") {
    const Run again =
        night(folder, archive, {{"b", part(1, 0, 280), "B", day(2), ""}, later.front()});
    CHECK(again.summary.rows.repeated == 2);
    CHECK(archive.partition() == std::set<std::set<std::string>>{{"b", "c"}});
  }
}

TEST_CASE("a cluster keeps its name while the first of its oldest night stays", "[batch]") {
  const TemporaryFolder folder;
  Nights archive;
  night(folder, archive,
        {{"m", part(1, 0, 300), "M", day(5), ""}, {"n", part(1, 0, 290), "N", day(6), ""}});
  const base::Hash128 name = *archive.now.cluster_of(number_of(archive, "m"));
  const Run grown = night(folder, archive, {{"e", part(1, 5, 300), "E", day(1), ""}});
  CHECK(archive.now.cluster_of(number_of(archive, "e")) == name);
  CHECK(events_of(grown).at("grew").size() == 1);
  CHECK(grown.lines("clusters.jsonl").size() == 1);
  NightSettings settings;
  settings.gone = {number_of(archive, "m")};
  const Run renamed = night(folder, archive, std::vector<Article>(), settings);
  CHECK(archive.now.cluster_of(number_of(archive, "n")) == base::hash128("n"));
  CHECK(archive.now.cluster_of(number_of(archive, "e")) == base::hash128("n"));
  CHECK(events_of(renamed).at("merged_into").size() == 1);
}

TEST_CASE("what was kept stays kept, whatever comes", "[batch]") {
  const TemporaryFolder folder;
  Nights archive;
  const std::vector<Article> first = {{"late", part(1, 0, 300), "L", day(20), ""}};
  CHECK(night(folder, archive, first).summary.rows.kept == 1);
  const Run second = night(
      folder, archive,
      {{"early", part(1, 0, 299), "E", day(1), ""}, {"equal", part(1, 0, 300), "Q", day(2), ""}});
  CHECK(second.summary.rows.dropped == 2);
  CHECK(second.lines("ledger.jsonl").size() == 2);
  CHECK(second.file("ledger.jsonl").find("\"kept\":\"late\"") != std::string::npos);
}

TEST_CASE("a row with neither id nor url is refused, or known by its text", "[batch]") {
  const TemporaryFolder folder;
  const std::string rows = "{\"text\":\"" + part(1, 0, 300) + "\"}\n{\"id\":\"x\",\"text\":\"" +
                           part(2, 0, 300) + "\"}\n{\"text\":7}\n";
  Nights archive;
  const Run refused = night(folder, archive, rows);
  CHECK(refused.summary.rows.kept == 1);
  CHECK(refused.values("rejected.jsonl", "reason") == std::vector<std::string>{"no_id", "no_text"});
  NightSettings settings;
  settings.ids_from_texts = true;
  CHECK(night(folder, archive, rows, settings).summary.rows.kept == 1);
  CHECK(night(folder, archive, rows, settings).summary.rows.repeated == 2);
}

TEST_CASE("an archive written anew under its Model holds what it held", "[batch]") {
  const TemporaryFolder folder;
  const std::vector<Article> articles = mixed_corpus(15, 50);
  test::Random random(50);
  Nights archive;
  for (const auto& some : deal(articles, 3, random)) night(folder, archive, some);
  const auto partition = archive.partition();
  const auto proposed = archive.proposed();
  const std::vector<Stored> all = archive.all();
  archive.begin_fresh();
  ReadOptions options;
  options.inputs = {folder.file("none.jsonl", "")};
  Reader reader(options);
  RunFolder sink(folder.path("fresh"), OutputSet::all(), false, reader.inputs());
  Limits limits;
  limits.work_folder = folder.path();
  const Summary summary =
      batch::run_night(reader, Recipe::of(Preset::news), rule_with({}), limits, sink,
                       {archive.now, archive.then, archive.now.night - 1, {}, false, true, all});
  archive.commit();
  CHECK(summary.night->gone == 0);
  CHECK(archive.partition() == partition);
  CHECK(archive.proposed() == proposed);
  for (const Article& article : articles) CHECK(archive.now.identity(article.id));
}

TEST_CASE("an index needs a preset that aligns", "[batch]") {
  const TemporaryFolder folder;
  Nights archive;
  ReadOptions options;
  options.inputs = {folder.file("none.jsonl", "")};
  Reader reader(options);
  RunFolder sink(folder.path("out"), OutputSet::all(), false, reader.inputs());
  CHECK_THROWS_AS(
      batch::run_night(reader, Recipe::of(Preset::corpus), MatchRule::of(Preset::corpus), {}, sink,
                       {archive.now, archive.then, archive.now.night - 1, {}, false, false, {}}),
      Error);
}
