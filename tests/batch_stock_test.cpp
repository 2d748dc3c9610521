// What whole runs learn of stock that stands under many stories, whoever prints it.
#include <algorithm>
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

// Programmes of one show, each on one line: a lead of its own, and a page that is always the same.
std::vector<Article> programmes(std::size_t count) {
  std::vector<Article> articles;
  for (std::size_t i = 0; i < count; ++i) {
    std::string text;
    for (std::size_t k = 0; k < 3; ++k) text += "On " + test::story(10 * i + k, 22) + ". ";
    for (std::size_t k = 0; k < 7; ++k) text += "You " + test::story(9000 + k, 16 + k) + ". ";
    articles.push_back({"p" + std::to_string(100 + i), text, "", "", ""});
  }
  return articles;
}

}  // namespace

TEST_CASE(
    "programmes of a show that name no outlet do not merge, though most of their line is stock") {
  const TemporaryFolder folder;
  std::vector<Article> articles = programmes(15);
  RunSettings settings;
  settings.preset = Preset::news;
  const Run run = run_articles(folder, articles, settings);
  CHECK(run.lines("clusters.jsonl").empty());
  CHECK(run.lines("model.jsonl").size() == 8);

  SECTION("in any order, with any number of threads, and with the Model that was learned") {
    std::reverse(articles.begin(), articles.end());
    settings.threads = 1;
    CHECK(run_articles(folder, articles, settings).summary.digest == run.summary.digest);
    const Model model = Model::load(run.folder + "/model.jsonl");
    settings.change = [&](MatchRule& rule) { rule.model = model; };
    CHECK(run_articles(folder, articles, settings).summary.digest == run.summary.digest);
  }
  SECTION("a copy of one still does") {
    articles.push_back(articles[3]);
    articles.back().id = "copy";
    articles.back().text.insert(0, "Again. ");
    CHECK(run_articles(folder, articles, settings).lines("clusters.jsonl").size() == 1);
  }
  SECTION("of few programmes nothing is learned") {
    articles.resize(11);
    CHECK(run_articles(folder, articles, settings).lines("model.jsonl").size() == 1);
  }
}

TEST_CASE("stock of every outlet is one passage, cut from a line on request") {
  const TemporaryFolder folder;
  std::vector<Article> articles = programmes(15);
  for (std::size_t i = 0; i < 4; ++i) articles[i].source = i < 2 ? "Times" : "Post";
  RunSettings settings;
  settings.preset = Preset::news;
  settings.change = [&](MatchRule& rule) {
    rule.repeats.emplace();
    rule.cut.emplace();
    rule.cut->kinds = {RepeatKind::boilerplate};
  };
  const Run run = run_articles(folder, articles, settings);
  CHECK(run.lines("repeats.jsonl").size() == 7);
  CHECK(run.summary.cut_documents == 15);
  CHECK(run.file("kept.jsonl").find("You ") == std::string::npos);
  CHECK(run.undone() == test::rows_of(articles));
}
