// The presets that align, from rows to files.
#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/utf8.h"
#include "catch.h"
#include "runs.h"
#include "stories.h"
#include "temporary_folder.h"

using namespace wirecopy;
using test::Article;
using test::run;
using test::Run;
using test::run_articles;
using test::RunSettings;
using test::TemporaryFolder;

namespace {

constexpr std::size_t kWords = 400;

std::vector<std::string> words(std::uint64_t seed, std::size_t begin, std::size_t end) {
  const std::vector<std::string> all = test::story_words(seed, kWords);
  return {all.begin() + static_cast<std::ptrdiff_t>(begin),
          all.begin() + static_cast<std::ptrdiff_t>(end)};
}

// A stretch of a story, and then of another one.
std::string part(std::uint64_t seed, std::size_t begin, std::size_t end) {
  return test::joined(words(seed, begin, end));
}

std::string hour(int hour) {
  return "2024-03-01T" + std::string(hour < 10 ? "0" : "") + std::to_string(hour) + ":00:00Z";
}

// What outlets do to the story `seed`: as sent, reprinted, abridged, with another lead, stitched
// into an article of their own, quoted from.
std::vector<Article> syndicated(std::uint64_t seed) {
  const std::string name = "s" + std::to_string(seed) + "-";
  const std::uint64_t other = 10'000 + seed;
  return {
      {name + "sent", part(seed, 0, kWords), "Wire", hour(1), "Dam breaks above the valley"},
      {name + "reprint", part(seed, 0, kWords) + " end", "Herald", hour(2), "Dam breaks"},
      {name + "abridged", part(seed, 0, 250), "Echo", hour(3), "Dam breaks above the valley"},
      {name + "led", part(other, 0, 60) + "\n" + part(seed, 40, 330), "Post", hour(4), "Flood"},
      {name + "stitched", part(other, 100, 320) + "\n" + part(seed, 50, 110), "Mail", hour(5), ""},
  };
}

std::vector<Article> corpus(std::size_t stories, std::size_t singles) {
  std::vector<Article> articles;
  for (std::uint64_t s = 0; s < stories; ++s) {
    for (Article& article : syndicated(s)) articles.push_back(std::move(article));
  }
  for (std::uint64_t i = 0; i < singles; ++i) {
    articles.push_back({"o" + std::to_string(i), test::story(50'000 + i), "Herald", hour(6), ""});
  }
  test::Random random(11);
  std::shuffle(articles.begin(), articles.end(), random);
  return articles;
}

RunSettings news(Preset preset = Preset::news) { return {.preset = preset}; }

// Rows of pairs.jsonl by "a b".
std::map<std::string, std::string> verdicts_of(const Run& run) {
  std::map<std::string, std::string> verdicts;
  base::JsonRowReader row;
  for (const std::string& line : run.lines("pairs.jsonl")) {
    REQUIRE(row.parse(line));
    verdicts[std::string(*row.string("a")) + " " + std::string(*row.string("b"))] =
        *row.string("verdict");
  }
  return verdicts;
}

// Ids of the members of each cluster, sorted.
std::set<std::vector<std::string>> clusters_of(const Run& run) {
  std::set<std::vector<std::string>> clusters;
  base::JsonRowReader row;
  for (const std::string& line : run.lines("clusters.jsonl")) {
    REQUIRE(row.parse(line));
    std::vector<std::string> members;
    row.for_each_object("members", [&](const base::JsonObject& member) {
      members.emplace_back(*member.string("id"));
    });
    clusters.insert(members);
  }
  return clusters;
}

}  // namespace

TEST_CASE("abridged, re-led and reprinted copies are one story, a stitched paragraph is not") {
  const TemporaryFolder folder;
  const Run result = run_articles(folder, corpus(12, 200), news());
  const std::set<std::vector<std::string>> clusters = clusters_of(result);
  REQUIRE(clusters.size() == 12);
  for (int s = 0; s < 12; ++s) {
    const std::string name = "s" + std::to_string(s) + "-";
    CHECK(clusters.contains({name + "abridged", name + "led", name + "reprint", name + "sent"}));
  }
  const std::map<std::string, std::string> verdicts = verdicts_of(result);
  CHECK(verdicts.at("s3-sent s3-reprint") == "identical");
  CHECK(verdicts.at("s3-sent s3-abridged") == "abridged");
  CHECK(verdicts.at("s3-sent s3-led") == "abridged");
  CHECK(verdicts.at("s3-sent s3-stitched") == "passage_reuse");
}

TEST_CASE("the files of a run do not depend on threads, memory or the order of the input",
          "[threads]") {
  const TemporaryFolder folder;
  std::vector<Article> articles = corpus(40, 400);
  const Run first = run_articles(folder, articles, {.preset = Preset::news, .threads = 1});
  const auto same = [&](const Run& again) {
    for (const char* file :
         {"clusters.jsonl", "pairs.jsonl", "passages.jsonl", "outlets.csv", "model.jsonl"}) {
      INFO(file);
      CHECK(again.file(file) == first.file(file));
    }
    CHECK(again.summary.digest == first.summary.digest);
  };
  for (const std::uint32_t threads : {2U, 4U}) {
    same(run_articles(folder, articles, {.preset = Preset::news, .threads = threads}));
  }
  same(run_articles(folder, articles,
                    {.preset = Preset::news, .memory = std::uint64_t{256} << 20U}));
  for (std::uint64_t seed = 0; seed < 3; ++seed) {
    test::Random random(seed);
    std::shuffle(articles.begin(), articles.end(), random);
    same(run_articles(folder, articles, news()));
  }
}

TEST_CASE("every preset finds the story and says who ran it first") {
  const TemporaryFolder folder;
  for (const Preset preset : {Preset::fast, Preset::news, Preset::broad, Preset::ocr}) {
    INFO(name_of(preset));
    const Run result = run_articles(folder, corpus(3, 30), news(preset));
    REQUIRE(clusters_of(result).size() == 3);
    base::JsonRowReader row;
    for (const std::string& line : result.lines("clusters.jsonl")) {
      REQUIRE(row.parse(line));
      row.for_each_object("members", [&](const base::JsonObject& member) {
        const bool sent = member.string("source") == "Wire";
        CHECK((*member.string("role") == "first") == sent);
        if (!sent) CHECK(member.string("parent")->ends_with("-sent"));
      });
    }
  }
}

TEST_CASE("passages slice both texts to the same words") {
  const TemporaryFolder folder;
  std::vector<Article> articles = corpus(6, 20);
  std::map<std::string, std::string> texts;
  for (Article& article : articles) {
    article.text = "« Ünïcödé » " + article.text;  // code points are not bytes
    texts[article.id] = article.text;
  }
  const Run result = run_articles(folder, articles, news());
  const auto slice = [&](std::string_view id, std::uint64_t begin, std::uint64_t end) {
    const std::string& text = texts.at(std::string(id));
    const std::size_t from = base::byte_of_code_point(text, begin);
    return text.substr(from, base::byte_of_code_point(text, end) - from);
  };
  const std::vector<std::string> lines = result.lines("passages.jsonl");
  REQUIRE(lines.size() > 20);
  base::JsonRowReader row;
  for (const std::string& line : lines) {
    REQUIRE(row.parse(line));
    if (*row.number("identity") < 1) continue;
    const std::string in_a =
        slice(*row.string("a"), *row.unsigned_integer("a_begin"), *row.unsigned_integer("a_end"));
    const std::string in_b =
        slice(*row.string("b"), *row.unsigned_integer("b_begin"), *row.unsigned_integer("b_end"));
    CHECK(normalize(in_a).letters() == normalize(in_b).letters());
  }
}

TEST_CASE("only copies by which little is lost are dropped, and undo brings them back") {
  const TemporaryFolder folder;
  const std::vector<Article> articles = corpus(8, 40);
  const Run result = run_articles(folder, articles, news());
  REQUIRE(result.summary.conserved());
  const std::vector<std::string> dropped = result.values("ledger.jsonl", "id");
  REQUIRE(dropped.size() == 8);
  for (const std::string& id : dropped) CHECK(id.ends_with("-reprint"));
  CHECK(result.undone() == test::rows_of(articles));

  // "end" is lost with the reprint.
  RunSettings strict = news();
  strict.change = [](MatchRule& rule) { rule.max_lost = 2; };
  CHECK(run_articles(folder, articles, strict).summary.rows.dropped == 0);
}

TEST_CASE("a passage below a copy helps to hold a story together, and merges nothing by itself") {
  const TemporaryFolder folder;
  const Article whole{"whole", part(3, 0, 150), "Wire", hour(1), ""};
  const Article front{"front", part(3, 0, 85) + " " + part(4, 0, 75), "Echo", hour(2), ""};
  const Article back{"back", part(3, 55, 140) + " " + part(5, 0, 75), "Post", hour(3), ""};
  const Run story = run_articles(folder, {whole, front, back}, news());
  REQUIRE(verdicts_of(story).at("front back") == "passage_reuse");
  CHECK(clusters_of(story) == std::set<std::vector<std::string>>{{"back", "front", "whole"}});
  CHECK(clusters_of(run_articles(folder, {front, back}, news())).empty());
  // The row says no copy, whatever the link counted.
  CHECK(story.file("pairs.jsonl").find(R"("verdict":"passage_reuse","score":0,)") !=
        std::string::npos);
}

TEST_CASE("words that differ inside a passage are lost too") {
  const TemporaryFolder folder;
  std::vector<std::string> notice = words(3, 0, 60);
  std::vector<Article> articles{{"one", test::joined(notice), "Herald", hour(1), ""}};
  for (std::size_t w = 4; w < notice.size(); w += 5) notice[w] = test::word(6'000 + w);
  articles.push_back({"other", test::joined(notice), "Echo", hour(2), ""});
  const Run result = run_articles(folder, articles, news());
  CHECK(verdicts_of(result).at("one other") == "near_duplicate");
  CHECK(result.summary.rows.dropped == 0);

  RunSettings noisy = news();
  noisy.change = [](MatchRule& rule) { rule.least_identity = 0; };
  CHECK(run_articles(folder, articles, noisy).summary.rows.dropped == 1);
}

TEST_CASE("a story of 500 edited copies stays whole under every cap") {
  const TemporaryFolder folder;
  std::vector<Article> articles;
  for (std::uint64_t i = 0; i < 500; ++i) {
    std::vector<std::string> copy = words(7, 0, 120 + (i * 37) % 280);
    for (std::size_t w = i % 40; w < copy.size(); w += 40) copy[w] = test::word(5'000 + i);
    articles.push_back({"m" + std::to_string(i), test::joined(copy), "outlet" + std::to_string(i),
                        "2024-03-0" + std::to_string(1 + i % 9), ""});
  }
  for (std::uint64_t i = 0; i < 200; ++i) {
    articles.push_back({"o" + std::to_string(i), test::story(90'000 + i), "", "", ""});
  }
  for (const std::uint32_t cap : {8U, 32U, 200U, 65'535U}) {
    INFO(cap);
    RunSettings settings = news();
    settings.change = [cap](MatchRule& rule) { rule.probing.list_cap = cap; };
    const Run result = run_articles(folder, articles, settings);
    const std::set<std::vector<std::string>> clusters = clusters_of(result);
    REQUIRE(clusters.size() == 1);
    CHECK(clusters.begin()->size() == 500);
  }
}

TEST_CASE("what an outlet prints under everything neither joins nor hides") {
  const TemporaryFolder folder;
  std::vector<Article> articles;
  const std::string trailer = test::story(1, 50);
  for (std::uint64_t i = 0; i < 60; ++i) {
    articles.push_back({"b" + std::to_string(i),
                        test::story(1000 + i, 120) + ".\n\n" + trailer + ".", "Herald",
                        "2024-03-0" + std::to_string(1 + i % 9), ""});
  }
  const Run masked = run_articles(folder, articles, news());
  CHECK(clusters_of(masked).empty());
  CHECK(masked.lines("model.jsonl").size() > 1);
  RunSettings blind = news();
  blind.change = [](MatchRule& rule) { rule.model = Model(); };
  const Run unmasked = run_articles(folder, articles, blind);
  CHECK_FALSE(verdicts_of(unmasked).empty());
}

TEST_CASE("a time window keeps articles apart that a run without one compares") {
  const TemporaryFolder folder;
  const std::vector<Article> articles = {
      {"early", part(1, 0, 300), "Herald", "2024-01-01", ""},
      {"late", part(1, 50, 350), "Echo", "2024-03-01", ""},
      {"undated", part(1, 0, 280), "Mail", "", ""},
  };
  CHECK(clusters_of(run_articles(folder, articles, news())).begin()->size() == 3);
  RunSettings window = news();
  window.change = [](MatchRule& rule) { rule.window_seconds = 86'400; };
  const std::map<std::string, std::string> verdicts =
      verdicts_of(run_articles(folder, articles, window));
  CHECK(verdicts.contains("early undated"));
  CHECK_FALSE(verdicts.contains("early late"));
}

TEST_CASE("bands and fingerprints can propose alone, and stars and components can be asked for") {
  const TemporaryFolder folder;
  const std::vector<Article> articles = corpus(6, 60);
  const auto with = [&](auto change) {
    RunSettings settings = news();
    settings.change = change;
    return run_articles(folder, articles, settings);
  };
  const Run band = with([](MatchRule& rule) { rule.proposers = Proposers::band; });
  const Run probe = with([](MatchRule& rule) { rule.proposers = Proposers::probe; });
  CHECK(band.summary.proposed < probe.summary.proposed);
  CHECK(clusters_of(probe).size() == 6);
  const Run star = with([](MatchRule& rule) { rule.clustering = Clustering::star; });
  CHECK(clusters_of(star).size() == 6);
  const Run joined = with([](MatchRule& rule) { rule.clustering = Clustering::components; });
  CHECK(clusters_of(joined).size() == 6);
}

TEST_CASE("hostile texts go through every preset") {
  const TemporaryFolder folder;
  std::string repeated;
  for (int i = 0; i < 60'000; ++i) repeated += "word ";
  std::string no_spaces(300'000, 'x');
  std::string mixed;
  for (int i = 0; i < 3'000; ++i) mixed += "Ελλάδα россия 中文字 ไทย עברית عربي हिन्दी ";
  std::vector<Article> articles;
  int number = 0;
  for (const std::string& text : {std::string("one"), std::string(""), repeated, no_spaces, mixed,
                                  std::string("\u0301\u0301"), std::string("。。。")}) {
    for (int copy = 0; copy < 2; ++copy) {
      const std::string end = copy == 0 || text.empty() ? "" : " more";
      articles.push_back({"h" + std::to_string(number++), text + end, "Herald", hour(1), ""});
    }
  }
  for (const Preset preset : {Preset::fast, Preset::news, Preset::broad, Preset::ocr}) {
    INFO(name_of(preset));
    const Run result = run_articles(folder, articles, news(preset));
    CHECK(result.summary.conserved());
    CHECK(result.summary.rows.read == articles.size());
  }
}

TEST_CASE("explain sees what the run saw") {
  const TemporaryFolder folder;
  const std::vector<Article> articles = syndicated(1);
  ReadOptions options;
  options.inputs = {folder.file("articles.jsonl", test::rows_of(articles))};
  const auto explained = [&](const std::string& a, const std::string& b) {
    Reader reader(options);
    const auto found = find_articles(reader, {a, b});
    REQUIRE(found[0]);
    REQUIRE(found[1]);
    return explain(found[0]->document, found[1]->document, Recipe::of(Preset::news),
                   MatchRule::of(Preset::news));
  };
  const Explanation abridged = explained("s1-sent", "s1-abridged");
  CHECK(abridged.comparison.verdict == Verdict::abridged);
  CHECK(abridged.proposal.by_fingerprints);
  CHECK(abridged.time.earlier == Earlier::a);
  CHECK(abridged.title_change == TitleChange::same);
  const Explanation stitched = explained("s1-led", "s1-stitched");
  CHECK(stitched.comparison.score == 0);
  Reader reader(options);
  CHECK_FALSE(find_articles(reader, {"nobody"}).front());
}
