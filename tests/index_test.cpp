// The index as its users meet it: nights, queries, going back, leaving no trace.
#include "wirecopy/index.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "catch.h"
#include "runs.h"
#include "stories.h"
#include "temporary_folder.h"
#include "wirecopy/error.h"

using namespace wirecopy;
using test::Article;
using test::TemporaryFolder;

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kWords = 300;

std::string part(std::uint64_t seed, std::size_t begin, std::size_t end) {
  const std::vector<std::string> all = test::story_words(seed, kWords);
  return test::joined({all.begin() + static_cast<std::ptrdiff_t>(begin),
                       all.begin() + static_cast<std::ptrdiff_t>(end)});
}

// Stories of three articles, in order: sent, abridged, led by another text.
std::vector<Article> stories(std::size_t count, std::size_t first = 0) {
  std::vector<Article> articles;
  for (std::size_t s = first; s < first + count; ++s) {
    const std::string name = "s" + std::to_string(s);
    articles.push_back({name + "-sent", part(s, 0, kWords), "Wire", "2024-03-01", "Dam breaks"});
    articles.push_back({name + "-cut", part(s, 0, 200), "Echo", "2024-03-02", "Dam breaks"});
    articles.push_back({name + "-led", part(70'000 + s, 0, 60) + "\n" + part(s, 30, kWords), "Post",
                        "2024-03-03", "Flood"});
  }
  return articles;
}

// An index in a folder that goes away, under a fixed key.
class TestIndex {
 public:
  explicit TestIndex(Preset preset = Preset::news) : folder_("index") {
    MatchRule rule = MatchRule::of(preset);
    rule.model = Model();
    Index::create(
        path(),
        Recipe::of(preset, Key::from_file(home_.file("key", "000102030405060708090a0b0c0d0e0f\n"))),
        rule);
  }

  [[nodiscard]] std::string path() const { return home_.path(folder_); }
  [[nodiscard]] const TemporaryFolder& home() const { return home_; }

  Summary add(const std::vector<Article>& articles) {
    ReadOptions options;
    options.inputs = {
        home_.file("rows" + std::to_string(++runs_) + ".jsonl", test::rows_of(articles))};
    Reader reader(options);
    RunFolder sink(out(), OutputSet::all(), false, reader.inputs());
    return IndexWriter(path()).add(reader, KeepRule::parse("first"), limits(), sink);
  }
  // What `work` does with a writer.
  template <typename Work>
  Summary change(Work&& work) {
    ++runs_;
    RunFolder sink(out(), OutputSet::all(), false, {});
    IndexWriter writer(path());
    return work(writer, limits(), sink);
  }
  // Folder of the files of the last run.
  [[nodiscard]] std::string out() const { return home_.path("out" + std::to_string(runs_)); }

 private:
  [[nodiscard]] Limits limits() const {
    Limits limits;
    limits.threads = 2;
    limits.memory_bytes = std::uint64_t{256} << 20U;
    limits.work_folder = home_.path();
    return limits;
  }

  TemporaryFolder home_;
  std::string folder_;
  int runs_ = 0;
};

std::set<std::string> ids_of(const QueryResult& result) {
  std::set<std::string> ids;
  for (const QueryMatch& match : result.matches) ids.insert(match.id);
  return ids;
}

// All bytes of all files below a folder, one behind the other.
std::string all_bytes(const std::string& folder) {
  std::string bytes;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) bytes += test::contents_of(entry.path().string());
  }
  return bytes;
}

std::uint64_t events(const Summary& summary, ClusterEvent event) {
  return summary.night->events[static_cast<std::size_t>(event)];
}

}  // namespace

TEST_CASE("an index finds where a passage ran, and says so of the day's generation", "[index]") {
  TestIndex index;
  CHECK(Index::open(index.path()).generation() == 1);  // it was made with a Model
  const Summary first = index.add(stories(5));
  CHECK(first.night->articles == 15);
  CHECK(events(first, ClusterEvent::born) == 5);
  const Index before = Index::open(index.path());
  const std::string passage = part(3, 100, 130);
  CHECK(ids_of(before.query(passage)) == std::set<std::string>{"s3-cut", "s3-led", "s3-sent"});
  CHECK(ids_of(before.query_id("s3-cut")) == std::set<std::string>{"s3-led", "s3-sent"});
  CHECK(before.query(part(4242, 0, 100)).matches.empty());

  const Summary second = index.add({{"late", part(3, 90, 250), "Mail", "2024-03-09", ""}});
  CHECK(events(second, ClusterEvent::grew) == 1);
  CHECK(before.is_outdated());
  CHECK(ids_of(before.query(passage)).size() == 3);  // it reads the generation that it opened
  CHECK(ids_of(Index::open(index.path()).query(passage)).size() == 4);
  CHECK(check_index(index.path()).documents == 16);
}

TEST_CASE("nights give the clusters that one night gives", "[index]") {
  const std::vector<Article> articles = stories(12);
  TestIndex at_once;
  at_once.add(articles);
  TestIndex over_nights;
  test::Random random(5);
  std::vector<std::vector<Article>> nights(4);
  for (const Article& article : articles) nights[random() % 4].push_back(article);
  for (const auto& night : nights) over_nights.add(night);
  const IndexStats one = Index::open(at_once.path()).stats();
  const IndexStats many = Index::open(over_nights.path()).stats();
  CHECK(one.clusters == 12);
  CHECK(many.clusters == one.clusters);
  CHECK(many.clustered == one.clustered);
  CHECK(many.documents == one.documents);
  CHECK(check_index(over_nights.path()).documents == articles.size());
}

TEST_CASE("the same night again makes no generation", "[index]") {
  TestIndex index;
  index.add(stories(3));
  const Summary again = index.add(stories(3));
  CHECK(again.rows.repeated == 9);
  CHECK(again.night->generation == 2);
  CHECK(Index::open(index.path()).generation() == 2);
  CHECK_FALSE(fs::exists(index.path() + "/work"));
}

TEST_CASE("there is one writer", "[index]") {
  TestIndex index;
  const IndexWriter writer(index.path());
  try {
    const IndexWriter second(index.path());
    FAIL("a second writer was let in");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::locked);
    CHECK_THAT(error.what(), Catch::Contains(std::to_string(::getpid())));
  }
}

TEST_CASE("going back brings an earlier generation back, and the next night goes on from it",
          "[index]") {
  TestIndex index;
  index.add(stories(2));
  index.add(stories(2, 2));
  IndexWriter(index.path()).roll_back(2);
  CHECK(Index::open(index.path()).stats().documents == 6);
  CHECK(check_index(index.path()).documents == 6);
  const Summary next = index.add(stories(1, 8));
  CHECK(next.night->generation == 4);
  CHECK(next.night->articles == 9);
  CHECK_THROWS_AS(IndexWriter(index.path()).roll_back(77), Error);
}

TEST_CASE("articles that are taken out are not found any more", "[index]") {
  TestIndex index;
  index.add(stories(3));
  std::vector<std::string> unknown;
  const Summary removed = index.change([&](IndexWriter& writer, const Limits& limits, Sink& sink) {
    return writer.remove({"s1-sent", "nobody"}, limits, sink, unknown);
  });
  CHECK(unknown == std::vector<std::string>{"nobody"});
  CHECK(removed.night->gone == 1);
  CHECK(removed.night->articles == 8);
  CHECK(ids_of(Index::open(index.path()).query(part(1, 100, 150))) ==
        std::set<std::string>{"s1-cut", "s1-led"});
  CHECK(check_index(index.path()).documents == 8);

  const Summary expired = index.change([](IndexWriter& writer, const Limits& limits, Sink& sink) {
    return writer.expire(*parse_published("2024-03-03"), limits, sink);
  });
  CHECK(expired.night->articles == 3);
  CHECK(check_index(index.path()).documents == 3);
}

TEST_CASE("what is forgotten is in no file any more", "[index]") {
  TestIndex index;
  std::vector<Article> articles = stories(2);
  articles.push_back({"secret-id-of-them", "quetzalcoatlus " + part(7, 0, 200), "Echo", "", ""});
  index.add(articles);
  index.add(stories(1, 4));
  // Values are compressed, keys and short ones are not.
  REQUIRE(all_bytes(index.path()).find("secret-id-of-them") != std::string::npos);
  std::vector<std::string> unknown;
  index.change([&](IndexWriter& writer, const Limits& limits, Sink& sink) {
    return writer.forget({"secret-id-of-them"}, limits, sink, unknown);
  });
  CHECK(unknown.empty());
  const Index left = Index::open(index.path());
  CHECK(left.query(part(7, 50, 120)).matches.empty());
  CHECK(left.stats().generations.size() == 1);
  CHECK(all_bytes(index.path()).find("secret-id-of-them") == std::string::npos);
  CHECK(check_index(index.path()).documents == 9);
}

TEST_CASE("a first night without a Model learns one, and relearn makes the next", "[index]") {
  const TemporaryFolder home;
  const std::string path = home.path("index");
  Index::create(path, Recipe::of(Preset::news), MatchRule::of(Preset::news));
  CHECK(Index::open(path).generation() == 0);
  CHECK(Index::open(path).query(part(1, 0, 100)).matches.empty());
  std::vector<Article> articles = stories(10);
  const std::string stock = "Subscribe to the Echo for less than a cup of coffee and read on.";
  for (std::size_t i = 0; i < articles.size(); ++i) {
    if (articles[i].source == "Echo") articles[i].text += "\n" + stock;
    articles[i].published = "2024-03-" + std::to_string(10 + i % 9);
  }
  ReadOptions options;
  options.inputs = {home.file("rows.jsonl", test::rows_of(articles))};
  Reader reader(options);
  RunFolder sink(home.path("out"), OutputSet::all(), false, reader.inputs());
  Limits limits;
  limits.work_folder = home.path();
  const Summary first = IndexWriter(path).add(reader, KeepRule::parse("first"), limits, sink);
  CHECK(first.model_number == 1);
  CHECK(Index::open(path).rule().model->size() == 1);
  RunFolder again(home.path("again"), OutputSet::all(), false, {});
  const Summary second = IndexWriter(path).relearn(limits, again);
  CHECK(second.model_number == 2);
  CHECK(second.night->articles == articles.size());
  CHECK(Index::open(path).rule().model->digest() == first.model);
  CHECK(check_index(path).documents == articles.size());
}

TEST_CASE("a folder that holds an index is not made one again", "[index]") {
  TestIndex index;
  CHECK_THROWS_AS(
      Index::create(index.path(), Recipe::of(Preset::news), MatchRule::of(Preset::news)), Error);
  CHECK_THROWS_AS(Index::create(index.home().path("corpus"), Recipe::of(Preset::corpus),
                                MatchRule::of(Preset::corpus)),
                  Error);
  CHECK_THROWS_AS(Index::open(index.home().path("nothing")), Error);
}
