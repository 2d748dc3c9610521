// Cleaning again, under the same Model, changes nothing.
#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "base/json.h"
#include "catch.h"
#include "runs.h"
#include "stories.h"
#include "temporary_folder.h"

using namespace wirecopy;
using test::Article;
using test::below;
using test::Random;
using test::Run;
using test::RunSettings;
using test::TemporaryFolder;

namespace {

struct Cleaning {
  Preset preset = Preset::news;
  const char* keep = "first";
  const char* drop = "identical,near_duplicate";
  const char* cut = "trailer,caption_exact,caption_near,block,summary,headline,boilerplate";
};

Run cleaned(const TemporaryFolder& folder, const std::string& input, const Cleaning& how,
            const Model* model, std::uint32_t threads = 2) {
  RunSettings settings{.preset = how.preset, .keep = how.keep, .threads = threads};
  settings.change = [&](MatchRule& rule) {
    rule.drop = DropRule::parse(how.drop);
    rule.cut.emplace().kinds = RepeatKinds::parse(how.cut);
    rule.repeats = rule.cut->repeats;
    if (model != nullptr) rule.model = *model;
  };
  return test::run(folder, {input}, settings);
}

Run cleaned(const TemporaryFolder& folder, const std::vector<Article>& articles,
            const Cleaning& how) {
  return cleaned(folder, folder.file("articles.jsonl", test::rows_of(articles)), how, nullptr);
}

Run cleaned_again(const TemporaryFolder& folder, const Run& once, const Cleaning& how) {
  if (how.preset == Preset::corpus) {
    return cleaned(folder, once.folder + "/kept.jsonl", how, nullptr);
  }
  const Model model = Model::load(once.folder + "/model.jsonl");
  return cleaned(folder, once.folder + "/kept.jsonl", how, &model);
}

// A copy that went because of a kept one.
struct Gone {
  std::string id;
  std::string kept;
  std::uint64_t lost = 0;  // letters; 0 where that was not measured
};

std::vector<Gone> dropped(const Run& run) {
  std::vector<Gone> gone;
  base::JsonRowReader row;
  for (const std::string& line : run.lines("ledger.jsonl")) {
    REQUIRE(row.parse(line));
    if (row.string("action") != "drop") continue;
    const std::size_t kept = line.find("\"kept\":\"") + 8;
    gone.push_back({std::string(*row.string("id")), line.substr(kept, line.find('"', kept) - kept),
                    row.unsigned_integer("unique_text_lost").value_or(0)});
  }
  return gone;
}

std::string number(Random& random) { return std::to_string(1000 + below(random, 9000)); }

// A notice of a company in the form that its outlet has for it: a few words, names and numbers.
std::string notice(Random& random, std::size_t form) {
  std::string text = test::story(900 + form, 12) + " " + number(random) + " ";
  text += test::story(950 + form, 8) + " " + test::word(3000 + below(random, 40)) + " ";
  for (int i = 0; i < 4; ++i) text += test::story(960 + 10 * form, 5) + " " + number(random) + " ";
  return text + ".";
}

// A notice of short lines, none of which is a passage: "Pay 1204".
std::string short_lines(Random& random) {
  std::string text;
  for (const char* const name : {"Pay", "Record", "Net"}) {
    text += name + (" " + std::to_string(1200 + below(random, 3))) + "\n";
  }
  return text;
}

// Short notices in a few forms, copies of them with other words, and lines that an outlet prints
// under everything.
std::vector<Article> world(std::uint64_t seed) {
  Random random(seed);
  std::vector<Article> articles;
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < 120; ++i) {
    std::string text;
    const std::size_t what = below(random, 12);
    if (what > 9) {
      text = short_lines(random);
    } else if (what < 3 || texts.empty()) {
      text = notice(random, below(random, 3));
    } else if (what < 5) {
      text = "The " + test::story(below(random, 30), 25 + below(random, 80)) + ".";
    } else {  // a copy
      text = texts[below(random, texts.size())];
      if (below(random, 2) == 0) text += "\n" + test::story(random(), below(random, 14)) + ".";
      if (below(random, 3) == 0) text.replace(below(random, text.size() / 2), 2, number(random));
    }
    texts.push_back(text);
    const std::size_t outlet = below(random, 3);
    if (below(random, 2) == 0) {
      text = "The " + test::story(70 + below(random, 3), 9) + " desk.\n" + text;
    }
    if (below(random, 3) == 0) {
      text += "\n" + test::story(80 + outlet, 14 + 6 * outlet) + " of the wire.";
    }
    if (below(random, 8) == 0) text += "\nRead more at wire.example\n";
    std::string day = "2024-03-0" + std::to_string(1 + below(random, 9)) + "T10:00:00Z";
    articles.push_back({"n" + std::to_string(i), std::move(text),
                        outlet == 0 ? "" : "outlet" + std::to_string(outlet),
                        below(random, 5) == 0 ? "" : std::move(day), "Title " + number(random)});
  }
  return articles;
}

void check_settled(const std::vector<Article>& articles, const Cleaning& how) {
  const TemporaryFolder folder;
  const Run once = cleaned(folder, articles, how);
  const Run again = cleaned_again(folder, once, how);
  CHECK(again.lines("ledger.jsonl").empty());
  CHECK(again.file("kept.jsonl") == once.file("kept.jsonl"));
  CHECK(once.undone() == test::rows_of(articles));
  CHECK(once.summary.rows.kept + once.summary.rows.dropped == articles.size());
  const std::vector<std::string> ids = once.values("kept.jsonl", "id");
  const std::set<std::string> kept(ids.begin(), ids.end());
  for (const Gone& gone : dropped(once)) {
    CAPTURE(gone.id, gone.kept);
    CHECK(kept.contains(gone.kept));
    CHECK(gone.lost <= 200);
  }
}

}  // namespace

TEST_CASE("cleaning what was cleaned changes nothing, whatever the corpus") {
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    CAPTURE(seed);
    check_settled(world(seed), {});
  }
}

TEST_CASE("cleaning what was cleaned changes nothing, whatever the rule") {
  const std::vector<Cleaning> rules{
      {.keep = "longest"},
      {.keep = "longest", .drop = "identical,near_duplicate,abridged"},
      {.keep = "sources=outlet2,outlet1"},
      {.drop = "near_duplicate"},
      {.drop = "identical"},
      {.drop = "none"},
      {.cut = "trailer,block"},
      {.cut = "none"},
      {.preset = Preset::corpus},
      {.preset = Preset::corpus, .keep = "longest"},
      {.preset = Preset::ocr},
  };
  for (const Cleaning& how : rules) {
    CAPTURE(name_of(how.preset), how.keep, how.drop, how.cut);
    for (std::uint64_t seed = 100; seed < 106; ++seed) {
      CAPTURE(seed);
      check_settled(world(seed), how);
    }
  }
}

TEST_CASE("notices that differ only in what is cut from them are copies") {
  // No line is long enough for a passage, so the texts as they came share none.
  const std::string notice = "Pay April 15\nRecord March 23\nNet 1204\n";
  const std::vector<Article> articles{
      {"a", notice, "Wire", "2024-03-01T10:00:00Z", ""},
      {"b", notice + "Read more at wire.example\n", "Post", "2024-03-02T10:00:00Z", ""},
      {"other", "Pay April 18\nRecord March 23\nNet 1204\n", "Wire", "", ""}};
  const TemporaryFolder folder;
  const Run run = cleaned(folder, articles, {});
  CHECK(run.values("kept.jsonl", "id") == std::vector<std::string>{"a", "other"});
  const std::vector<Gone> gone = dropped(run);
  REQUIRE(gone.size() == 1);
  CHECK(gone.front().id == "b");
  CHECK(gone.front().kept == "a");
  CHECK(run.values("ledger.jsonl", "why") == std::vector<std::string>{"identical"});
  CHECK(run.undone() == test::rows_of(articles));
}

TEST_CASE("what a cleaning settles does not depend on the number of threads") {
  const TemporaryFolder folder;
  const std::string input = folder.file("articles.jsonl", test::rows_of(world(3)));
  const Run one = cleaned(folder, input, {}, nullptr, 1);
  const Run four = cleaned(folder, input, {}, nullptr, 4);
  for (const char* const file : {"kept.jsonl", "ledger.jsonl", "clusters.jsonl"}) {
    CHECK(one.file(file) == four.file(file));
  }
}
