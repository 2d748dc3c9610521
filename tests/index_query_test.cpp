#include "wirecopy/index_query.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "catch.h"
#include "index/query.h"
#include "random_text.h"
#include "stored_articles.h"
#include "stories.h"
#include "wirecopy/error.h"

namespace wirecopy::index {
namespace {

using batch::Stored;
using test::below;
using test::MemoryArchive;
using test::OwnedArticle;
using test::story;

const Recipe kRecipe = Recipe::of(Preset::news);
const MatchRule kRule = MatchRule::of(Preset::news);

OwnedArticle article(std::string id, std::string text, std::string source = "",
                     std::string published = "") {
  OwnedArticle made;
  made.id = std::move(id);
  made.text = std::move(text);
  made.source = std::move(source);
  made.published_text = std::move(published);
  return made;
}

MemoryArchive archive_of(const std::vector<OwnedArticle>& articles) {
  MemoryArchive archive;
  for (const OwnedArticle& each : articles) test::store(each, kRecipe, archive);
  return archive;
}

QueryResult ask(const MemoryArchive& archive, std::string_view text, const Query& query = {}) {
  return Searcher(archive, kRecipe, kRule).search(text, query);
}

std::vector<std::string> ids(const QueryResult& result) {
  std::vector<std::string> found;
  for (const QueryMatch& match : result.matches) found.push_back(match.id);
  return found;
}
using Ids = std::vector<std::string>;

// Letters of the code points of a span.
std::string letters_of(std::string_view text, Span span) {
  const std::u32string all = test::code_points(text);
  return std::string(
      normalize(test::utf8(all.substr(span.begin, span.end - span.begin))).letters());
}

// Words of a story that have so many letters, or a few more.
std::string passage_of(std::uint64_t seed, std::size_t first, std::size_t letters) {
  const std::vector<std::string> words = test::story_words(seed, 400);
  std::string passage;
  std::size_t count = 0;
  for (std::size_t i = first; i < words.size() && count < letters; ++i) {
    passage += words[i] + " ";
    count += words[i].size();
  }
  return passage;
}

TEST_CASE("a pasted passage of a hundred letters finds its article") {
  MemoryArchive archive;
  constexpr std::uint64_t kStories = 300;
  for (std::uint64_t seed = 0; seed < kStories; ++seed) {
    test::store(article(std::to_string(seed), story(seed, 400)), kRecipe, archive);
  }
  const Searcher searcher(archive, kRecipe, kRule);
  test::Random random(1);
  constexpr int kQueries = 3000;
  int found = 0;
  for (int i = 0; i < kQueries; ++i) {
    const std::uint64_t seed = below(random, kStories);
    const std::string passage = passage_of(seed, below(random, 350), 100);
    const QueryResult result = searcher.search(passage, {});
    const auto match = std::find_if(result.matches.begin(), result.matches.end(),
                                    [&](auto& each) { return each.id == std::to_string(seed); });
    if (match == result.matches.end()) continue;
    ++found;
    REQUIRE(!match->passages.empty());
    for (const QueryPassage& each : match->passages) {
      if (each.columns != each.equal_columns) continue;
      REQUIRE(letters_of(passage, each.in_query) == letters_of(match->text, each.in_match));
    }
  }
  CAPTURE(found);
  CHECK(found >= kQueries * 99 / 100);
}

TEST_CASE("a passage inside a long text finds its article") {
  MemoryArchive archive;
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    test::store(article(std::to_string(seed), story(seed, 400)), kRecipe, archive);
  }
  const Searcher searcher(archive, kRecipe, kRule);
  test::Random random(9);
  constexpr int kQueries = 1000;
  int found = 0;
  for (int i = 0; i < kQueries; ++i) {
    const std::uint64_t seed = below(random, 100);
    const std::uint64_t alien = 1000 + static_cast<std::uint64_t>(i);
    const std::string text = story(alien, 200) + "\n" + passage_of(seed, below(random, 350), 100) +
                             "\n" + story(2 * alien, 200);
    const Ids all = ids(searcher.search(text, {}));
    found += std::count(all.begin(), all.end(), std::to_string(seed)) == 1 ? 1 : 0;
  }
  CAPTURE(found);
  CHECK(found >= kQueries * 98 / 100);
}

TEST_CASE("what a query says of an article is what explain says") {
  test::Random random(2);
  MemoryArchive archive;
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    test::store(article(std::to_string(seed), story(seed) + "\n\n" + story(seed + 1, 150)), kRecipe,
                archive);
  }
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    const std::string text = test::edited_story(seed, below(random, 30), seed);
    const QueryResult result = ask(archive, text);
    REQUIRE(!result.matches.empty());
    for (const QueryMatch& match : result.matches) {
      Document asked;
      asked.text = text;
      const OwnedArticle& stored = archive.articles.at(archive.identity(match.id)->document);
      const Explanation told = explain(asked, stored.document(), kRecipe, kRule);
      CHECK(match.verdict == told.comparison.verdict);
      CHECK(match.score == told.comparison.score);
      CHECK(match.query == told.comparison.a);
      CHECK(match.match == told.comparison.b);
      CHECK(match.passages.size() == told.comparison.passages.size());
    }
  }
}

TEST_CASE("a query finds every pair that a run would propose and hold") {
  MemoryArchive archive;
  std::vector<OwnedArticle> articles;
  test::Random random(3);
  for (std::uint64_t i = 0; i < 60; ++i) {
    std::string text = test::edited_story(i % 15, below(random, 60), i, 80 + below(random, 300));
    if (i % 4 == 0) text += "\n" + passage_of((i + 1) % 15, below(random, 100), 300);
    articles.push_back(article(std::to_string(i), text));
    test::store(articles.back(), kRecipe, archive);
  }
  const Searcher searcher(archive, kRecipe, kRule);
  std::size_t proposed = 0;
  for (const OwnedArticle& a : articles) {
    const Ids found = ids(searcher.search_id(a.id, {}));
    CHECK(std::find(found.begin(), found.end(), a.id) == found.end());
    for (const OwnedArticle& b : articles) {
      if (a.id == b.id) continue;
      const Explanation told = explain(a.document(), b.document(), kRecipe, kRule);
      if (!told.proposal.by_fingerprints || told.comparison.passages.empty()) continue;
      ++proposed;
      CAPTURE(a.id, b.id);
      CHECK(std::find(found.begin(), found.end(), b.id) != found.end());
    }
  }
  CHECK(proposed > 200);
}

TEST_CASE("every equal copy of an article is a match with places of its own") {
  const std::string text = story(7);
  std::string shouted = "\n\n  " + text;
  std::transform(shouted.begin(), shouted.end(), shouted.begin(),
                 [](unsigned char each) { return static_cast<char>(std::toupper(each)); });
  const MemoryArchive archive =
      archive_of({article("a", text), article("b", shouted), article("c", story(8))});
  const std::string asked = passage_of(7, 20, 200);
  const QueryResult result = ask(archive, asked);
  REQUIRE(ids(result) == Ids{"a", "b"});
  const QueryPassage& in_a = result.matches[0].passages.at(0);
  const QueryPassage& in_b = result.matches[1].passages.at(0);
  CHECK(in_a.in_query == in_b.in_query);
  CHECK(in_b.in_match.begin == in_a.in_match.begin + 4);
  CHECK(ids(ask(archive, text)) == Ids{"a", "b"});
  CHECK(ask(archive, text).matches[1].verdict == Verdict::identical);
  CHECK(ids(Searcher(archive, kRecipe, kRule).search_id("a", {})) == Ids{"b"});
}

TEST_CASE("an equal text is found however short it is") {
  const MemoryArchive archive =
      archive_of({article("short", "Markets closed."), article("other", "Nothing of the kind.")});
  CHECK(ids(ask(archive, "MARKETS closed")) == Ids{"short"});
  CHECK(ids(ask(archive, "")).empty());
  CHECK(ids(ask(archive, "... !")).empty());
}

TEST_CASE("short captions, bullets and trailers are found as whole blocks") {
  const std::string body = story(11);
  const MemoryArchive archive = archive_of(
      {article("caption", body + "\n\nPictured: the mayor at the gate of the old harbour\n"),
       article("trailer", story(12) + "\nRead more: dogs\n"), article("neither", story(13))});
  const QueryResult caption = ask(archive, "Pictured: The mayor at the gate of the old harbour");
  REQUIRE(ids(caption) == Ids{"caption"});
  CHECK(letters_of(caption.matches[0].text, caption.matches[0].passages.at(0).in_match) ==
        "picturedthemayoratthegateoftheoldharbour");
  const QueryResult trailer = ask(archive, "read more -- DOGS");
  REQUIRE(ids(trailer) == Ids{"trailer"});
  const QueryMatch& match = trailer.matches[0];
  CHECK(match.verdict == Verdict::passage_reuse);
  CHECK(match.query == Coverage{12, 12});
  CHECK(letters_of(match.text, match.passages.at(0).in_match) == "readmoredogs");
  CHECK(match.passages.at(0).in_query == Span{0, 17});
  CHECK(ids(ask(archive, "Read more")).empty());
}

TEST_CASE("filters leave only the articles that are asked for") {
  const std::string text = story(20);
  const MemoryArchive archive =
      archive_of({article("a", text, "Herald", "2020-01-10"),
                  article("b", test::edited_story(20, 3, 1), "Post", "2020-02-01"),
                  article("c", passage_of(20, 0, 500) + "\n\n" + story(21), "Post"),
                  article("d", story(22), "Herald", "2020-01-10")});
  Query query;
  CHECK(ids(ask(archive, text, query)) == Ids{"a", "b", "c"});
  query.sources = {"Post"};
  CHECK(ids(ask(archive, text, query)) == Ids{"b", "c"});
  query = {};
  query.published_from = parse_published("2020-01-15")->earliest;
  CHECK(ids(ask(archive, text, query)) == Ids{"b"});
  query.published_from.reset();
  query.published_to = parse_published("2020-01-15")->earliest;
  CHECK(ids(ask(archive, text, query)) == Ids{"a"});
  query = {};
  query.verdicts = {Verdict::identical};
  CHECK(ids(ask(archive, text, query)) == Ids{"a"});
  query = {};
  query.least_coverage = Millionths(900'000);
  CHECK(ids(ask(archive, text, query)) == Ids{"a", "b"});
  query = {};
  query.source = "Herald";
  query.same_outlet = SameOutlet::only;
  CHECK(ids(ask(archive, text, query)) == Ids{"a"});
  query.same_outlet = SameOutlet::exclude;
  CHECK(ids(ask(archive, text, query)) == Ids{"b", "c"});
  query.source.clear();
  CHECK_THROWS_AS(ask(archive, text, query), Error);
  query = {};
  query.limit = 2;
  CHECK(ids(ask(archive, text, query)) == Ids{"a", "b"});
  CHECK(ask(archive, text, query).truncated.matches == 1);
  query.most_compared = 1;
  CHECK(ids(ask(archive, text, query)) == Ids{"a"});
  CHECK(ask(archive, text, query).truncated.candidates == 2);
}

TEST_CASE("a copy passes a filter that the first of its group does not pass") {
  const std::string text = story(25);
  const MemoryArchive archive = archive_of(
      {article("a", text, "Herald", "2020-01-10"), article("b", text, "Post", "2021-01-10")});
  Query query;
  query.sources = {"Post"};
  CHECK(ids(ask(archive, passage_of(25, 9, 200), query)) == Ids{"b"});
  query = {};
  query.published_from = parse_published("2020-06-01")->earliest;
  CHECK(ids(ask(archive, passage_of(25, 9, 200), query)) == Ids{"b"});
}

TEST_CASE("matches of equal coverage are told by time, those without last, then by id") {
  const std::string text = story(30);
  const MemoryArchive archive =
      archive_of({article("z", text), article("b", text), article("late", text, "", "2021-01-01"),
                  article("early", text, "", "2020-01-01")});
  CHECK(ids(ask(archive, passage_of(30, 5, 300))) == Ids{"early", "late", "b", "z"});
}

TEST_CASE("documents that are gone are no matches though postings name them") {
  MemoryArchive archive = archive_of({article("a", story(40)), article("b", story(41))});
  archive.remove(Stored{0}, *archive.head(Stored{0}), "a");
  CHECK(ids(ask(archive, story(40))).empty());
  CHECK_THROWS_AS(Searcher(archive, kRecipe, kRule).search_id("a", {}), Error);
}

TEST_CASE("what stands in very many articles is cut and counted") {
  MemoryArchive archive;
  const std::string stock = passage_of(50, 0, 150);
  for (std::uint64_t i = 0; i < CandidateFinder::kLongList + 50; ++i) {
    test::store(article(std::to_string(i), stock + "\n" + story(1000 + i, 30)), kRecipe, archive);
  }
  const QueryResult result = ask(archive, stock + "\n" + story(1700, 30));
  CHECK(result.truncated.lists > 0);
  CHECK(result.truncated.candidates > 0);
  CHECK(result.compared == Query().most_compared);
  REQUIRE(!result.matches.empty());
  CHECK(result.matches[0].id == "700");
}

TEST_CASE("of very many equal copies the earliest are told and the others counted") {
  MemoryArchive archive;
  for (int i = 0; i < 1100; ++i) {
    const std::string year = std::to_string(i < 100 ? 2021 : 2020);
    test::store(article(std::to_string(i), story(70), "", year + "-01-01"), kRecipe, archive);
  }
  Query query;
  query.limit = 2000;
  const QueryResult result = ask(archive, passage_of(70, 3, 150), query);
  CHECK(result.matches.size() == 1000);
  CHECK(result.truncated.matches == 100);
  for (const QueryMatch& match : result.matches) CHECK(match.published == "2020-01-01");
}

TEST_CASE("boilerplate of an outlet is masked in a query as in a run") {
  const std::string stock =
      "Subscribe to our newsletter for the best stories of the week, and follow "
      "us on every network that there is, day and night and at the weekend.";
  MemoryArchive archive = archive_of(
      {article("a", story(60) + "\n\n" + stock, "Post"), article("b", story(61), "Post")});
  archive.known = Model().with(std::vector<StockText>{{"Post", stock}});
  const QueryResult result = ask(archive, stock);
  REQUIRE(ids(result) == Ids{"a"});
  CHECK(result.matches[0].verdict == Verdict::boilerplate_only);
  CHECK(result.model == archive.known.digest());
}

TEST_CASE("an index without fingerprints takes no query") {
  const MemoryArchive archive;
  CHECK_THROWS_AS(Searcher(archive, Recipe::of(Preset::corpus), kRule), Error);
}

}  // namespace
}  // namespace wirecopy::index
