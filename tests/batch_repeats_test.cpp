// What articles repeat, in whole runs: told, silent where articles are compared, cut on request.
#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "catch.h"
#include "runs.h"
#include "stories.h"
#include "temporary_folder.h"

using namespace wirecopy;
using test::Article;
using test::Run;
using test::run_articles;
using test::RunSettings;
using test::TemporaryFolder;

namespace {

const std::string kCaption =
    "The new bridge over the Lorne, pictured from the east bank shortly before the mayor opened it "
    "to traffic on Sunday. File photo: Herald archive";

RunSettings news() { return {.preset = Preset::news}; }

RunSettings clean(DropRule drop = {}) {
  RunSettings settings = news();
  settings.change = [drop](MatchRule& rule) {
    rule.drop = drop;
    rule.cut.emplace();
  };
  return settings;
}

// Paragraphs of unequal length, as articles have them.
std::string sentences(std::uint64_t seed, std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    text += test::story(1000 * seed + i).substr(0, 110 + 90 * (i % 3)) + ".\n";
  }
  return text;
}

// An article that prints its second paragraph and its caption twice, and a trailer.
Article repeating(const std::string& id, std::uint64_t seed) {
  const std::string twice = "The " + test::story(seed).substr(0, 300) + ".\n";
  return {id,
          sentences(seed, 3) + twice + kCaption + "\n" + sentences(seed + 1, 2) + twice + kCaption +
              "\nRead more at herald.example\n",
          "Herald", "2024-03-01T10:00:00Z", "Title " + id};
}

std::vector<std::string> kinds(const Run& run) { return run.values("repeats.jsonl", "kind"); }

std::string text_of(const std::string& row) {
  base::JsonRowReader json;
  REQUIRE(json.parse(row));
  return std::string(*json.string("text"));
}

}  // namespace

TEST_CASE("what an article says twice is told by id and place, with its words") {
  const TemporaryFolder folder;
  const Run run = run_articles(folder, {repeating("b", 7), repeating("a", 90)}, news());
  CHECK(run.values("repeats.jsonl", "id") ==
        std::vector<std::string>{"a", "a", "a", "b", "b", "b", "(none)"});
  CHECK(kinds(run) == std::vector<std::string>{"block", "caption_exact", "trailer", "block",
                                               "caption_exact", "trailer", "stock_caption"});
  CHECK(text_of(run.lines("repeats.jsonl")[2]) == "Read more at herald.example");
  CHECK(run.summary.with_repeats == 2);
  CHECK(run.summary.repeats[static_cast<std::size_t>(RepeatKind::block)] == 2);
}

TEST_CASE("two articles that share a stock caption alone never cluster and are both kept whole") {
  const TemporaryFolder folder;
  std::vector<Article> articles;
  for (std::uint64_t i = 0; i < 6; ++i) {
    articles.push_back({"a" + std::to_string(i), sentences(10 * i, 2) + kCaption + "\n",
                        "Outlet " + std::to_string(i), "2024-03-01T10:00:00Z", ""});
  }
  const Run run = run_articles(folder, articles, clean());
  CHECK(run.summary.clusters == 0);
  CHECK(run.summary.rows.kept == articles.size());
  CHECK(run.summary.cut_documents == 0);
  REQUIRE(kinds(run) == std::vector<std::string>{"stock_caption"});
  base::JsonRowReader row;
  REQUIRE(row.parse(run.lines("repeats.jsonl").front()));
  CHECK(row.unsigned_integer("articles") == articles.size());
  CHECK(row.string("text") == kCaption);
}

TEST_CASE("a long caption under two short notices is a passage, not a story") {
  const TemporaryFolder folder;
  const std::string caption =
      "Pictured: the new bridge over the Lorne, seen from the east bank "
      "shortly before the mayor opened it to traffic on Sunday, with the "
      "old ferry at its last berth, the band of the fire brigade on the "
      "quay and half of the town behind them in the rain";
  const Run run = run_articles(folder,
                               {{"a", sentences(1, 1) + caption + "\n", "A", "", ""},
                                {"b", sentences(2, 1) + caption + "\n", "B", "", ""}},
                               clean(DropRule::parse("identical,near_duplicate,abridged")));
  CHECK(run.values("pairs.jsonl", "verdict") == std::vector<std::string>{"passage_reuse"});
  CHECK(run.summary.clusters == 0);
  CHECK(run.summary.rows.kept == 2);
}

TEST_CASE("captions that say nearly the same are one stock caption") {
  const TemporaryFolder folder;
  const std::string other = "Photo: Ada Morrow, who mends the nets of half the fleet, at her loft";
  std::vector<Article> articles;
  const std::vector<std::string> captions{kCaption, "Pictured: " + kCaption,
                                          "Photo: " + kCaption.substr(0, kCaption.size() - 16),
                                          other};
  for (std::uint64_t i = 0; i < captions.size(); ++i) {
    articles.push_back(
        {"a" + std::to_string(i), sentences(10 * i, 8) + captions[i] + "\n", "", "", ""});
  }
  const Run run = run_articles(folder, articles, news());
  REQUIRE(kinds(run) == std::vector<std::string>{"stock_caption"});
  base::JsonRowReader row;
  REQUIRE(row.parse(run.lines("repeats.jsonl").front()));
  CHECK(row.unsigned_integer("articles") == 3);
}

TEST_CASE("a caption of one story in many outlets is no stock caption") {
  const TemporaryFolder folder;
  std::vector<Article> articles;
  for (int i = 0; i < 5; ++i) {
    articles.push_back({"a" + std::to_string(i), test::story(3) + "\n" + kCaption + "\n",
                        "Outlet " + std::to_string(i), "2024-03-01T10:00:00Z", ""});
  }
  const Run run = run_articles(folder, articles, news());
  CHECK(run.summary.clusters == 1);
  CHECK(run.lines("repeats.jsonl").empty());
}

TEST_CASE("a paragraph that an article prints twice does not vote twice") {
  const TemporaryFolder folder;
  const std::string shared = test::story(1).substr(0, 420) + ".\n";
  // Once, the shared paragraph is a third of the text; counted twice it would be half of it.
  const std::vector<Article> articles{
      {"twice", shared + test::story(2).substr(0, 800) + ".\n" + shared, "A", "", ""},
      {"other", shared + test::story(5).substr(0, 900) + ".\n", "B", "", ""}};
  const Run run = run_articles(folder, articles, news());
  REQUIRE(run.values("pairs.jsonl", "verdict") == std::vector<std::string>{"passage_reuse"});
  CHECK(run.summary.clusters == 0);
}

TEST_CASE(
    "cutting loses nothing that undo does not bring back, and cutting again changes nothing") {
  const TemporaryFolder folder;
  std::vector<Article> articles;
  for (std::uint64_t i = 0; i < 30; ++i) {
    articles.push_back(repeating("r" + std::to_string(i), 10'000 * i));
    articles.push_back({"s" + std::to_string(i), test::story(i), "Echo", "", ""});
    articles.push_back({"t" + std::to_string(i), test::story(i) + " more", "Post", "", ""});
  }
  const Run once = run_articles(folder, articles, clean());
  CHECK(once.undone() == test::rows_of(articles));
  CHECK(once.summary.cut_documents == 30);
  CHECK(once.summary.rows.dropped == 30);

  const Model model = Model::load(once.folder + "/model.jsonl");
  RunSettings settings = clean();
  settings.change = [&](MatchRule& rule) {
    rule.cut.emplace();
    rule.model = model;
  };
  const Run again = test::run(folder, {once.folder + "/kept.jsonl"}, settings);
  CHECK(again.file("kept.jsonl") == once.file("kept.jsonl"));
  CHECK(again.lines("ledger.jsonl").empty());
}

TEST_CASE("a summary says what a run dropped and cut, and what it took for said twice") {
  const TemporaryFolder folder;
  const std::vector<Article> articles{{"a", test::story(1), "A", "", ""}};
  const auto settings_of = [&](const RunSettings& settings) {
    const auto& rows = run_articles(folder, articles, settings).summary.settings;
    return std::map<std::string, std::string>(rows.begin(), rows.end());
  };
  auto told = settings_of(clean(DropRule::parse("identical,abridged")));
  CHECK(told.at("drop") == "\"identical,abridged\"");
  CHECK(told.at("cut") == "\"" + CutRule().kinds.names() + "\"");
  CHECK(told.at("phrase_words") == "12");
  told = settings_of({});
  CHECK(told.at("drop") == "\"identical,near_duplicate\"");
  CHECK(told.at("cut") == "\"none\"");
  CHECK_FALSE(told.contains("phrase_words"));
}

TEST_CASE("what is dropped can be chosen") {
  const TemporaryFolder folder;
  const std::string text = test::story(1);
  const std::vector<Article> articles{
      {"a", text, "A", "2024-03-01T10:00:00Z", ""},
      {"equal", text, "B", "2024-03-02T10:00:00Z", ""},
      {"near", text + " " + test::story(2).substr(0, 120), "C", "2024-03-03T10:00:00Z", ""},
      {"short", text.substr(0, text.size() * 3 / 4), "D", "2024-03-04T10:00:00Z", ""}};
  const auto kept = [&](const char* drop, Preset preset = Preset::news) {
    RunSettings settings = clean(DropRule::parse(drop));
    settings.preset = preset;
    return run_articles(folder, articles, settings).values("kept.jsonl", "id");
  };
  CHECK(kept("none") == std::vector<std::string>{"a", "equal", "near", "short"});
  CHECK(kept("identical") == std::vector<std::string>{"a", "near", "short"});
  CHECK(kept("near_duplicate") == std::vector<std::string>{"a", "equal", "short"});
  CHECK(kept("identical,near_duplicate") == std::vector<std::string>{"a", "short"});
  CHECK(kept("identical,near_duplicate,abridged") == std::vector<std::string>{"a"});
  CHECK(kept("none", Preset::corpus) == std::vector<std::string>{"a", "equal", "near", "short"});
  CHECK(kept("identical", Preset::corpus) == std::vector<std::string>{"a", "near", "short"});
}

TEST_CASE("what somebody knows to be stock is masked, cut on request and told") {
  const TemporaryFolder folder;
  const std::string stock =
      "The Herald and the council share the cost of the ferry on market days.";
  std::vector<Article> articles;
  for (std::uint64_t i = 0; i < 3; ++i) {
    articles.push_back(
        {"a" + std::to_string(i), test::story(i) + "\n" + stock, i == 0 ? "" : "Herald", "", ""});
  }
  RunSettings settings = clean();
  settings.change = [&](MatchRule& rule) {
    rule.cut.emplace();
    rule.cut->kinds = {RepeatKind::boilerplate};
    rule.known_stock = {
        {"", "THE Herald and the council share the cost of the ferry on market days"}};
  };
  const Run run = run_articles(folder, articles, settings);
  CHECK(run.summary.cut_documents == 3);
  CHECK(run.file("kept.jsonl").find("share the cost") == std::string::npos);
  CHECK(run.undone() == test::rows_of(articles));
  const std::vector<std::string> told = kinds(run);
  CHECK(std::set<std::string>(told.begin(), told.end()) == std::set<std::string>{"boilerplate"});
}

TEST_CASE("repeats and cuts are the same for any number of threads") {
  const TemporaryFolder folder;
  std::vector<Article> articles;
  for (std::uint64_t i = 0; i < 200; ++i) articles.push_back(repeating(std::to_string(i), 99 * i));
  RunSettings one = clean();
  one.threads = 1;
  const Run first = run_articles(folder, articles, one);
  const Run second = run_articles(folder, articles, clean());
  for (const char* const file : {"repeats.jsonl", "kept.jsonl", "ledger.jsonl"}) {
    CHECK(first.file(file) == second.file(file));
  }
  CHECK(first.summary.digest == second.summary.digest);
}
