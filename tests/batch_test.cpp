#include "wirecopy/batch.h"

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/compression_block.h"
#include "base/json.h"
#include "batch/column.h"
#include "batch/identity.h"
#include "catch.h"
#include "runs.h"
#include "stories.h"
#include "temporary_folder.h"
#include "wirecopy/error.h"
#include "wirecopy/normalize.h"

using namespace wirecopy;
using test::Article;
using test::planted_corpus;
using test::run;
using test::Run;
using test::run_articles;
using test::RunSettings;
using test::TemporaryFolder;

TEST_CASE("a run accounts for every row") {
  const TemporaryFolder folder;
  std::string rows = test::rows_of(planted_corpus(5, 4, 20));
  rows += "not json\n\n[]\n{\"id\":\"x\"}\n";
  rows += test::row_of({"o1", test::story(100'001), "", "", ""}) + "\n";
  rows += "{\"id\":\"bad\",\"text\":\"caf\xe9 society\"}\n";
  const Run result = run(folder, {folder.file("a.jsonl", rows)});
  REQUIRE(result.summary.conserved());
  REQUIRE(result.summary.rows.read == 45);
  REQUIRE(result.summary.rows.rejected == 3);
  REQUIRE(result.summary.rows.repeated == 1);
  REQUIRE(result.summary.rows.repaired == 1);
  REQUIRE(result.lines("kept.jsonl").size() == result.summary.rows.kept);
  REQUIRE(result.lines("rejected.jsonl").size() == 3);
}

TEST_CASE("the digest does not depend on threads, memory or the order of the input", "[threads]") {
  const TemporaryFolder folder;
  std::vector<Article> articles = planted_corpus(60, 6, 600);
  const Run first = run_articles(folder, articles, {.threads = 1});
  REQUIRE(first.summary.clusters == 60);
  for (const std::uint32_t threads : {2U, 4U}) {
    const Run again = run_articles(folder, articles, {.threads = threads});
    REQUIRE(again.summary.digest == first.summary.digest);
    REQUIRE(again.file("clusters.jsonl") == first.file("clusters.jsonl"));
    REQUIRE(again.file("pairs.jsonl") == first.file("pairs.jsonl"));
    REQUIRE(again.file("kept.jsonl") == first.file("kept.jsonl"));
  }
  const Run small = run_articles(folder, articles, {.memory = std::uint64_t{256} << 20U});
  REQUIRE(small.summary.digest == first.summary.digest);
  for (std::uint64_t seed = 0; seed < 3; ++seed) {
    test::Random random(seed);
    std::shuffle(articles.begin(), articles.end(), random);
    const Run shuffled = run_articles(folder, articles);
    REQUIRE(shuffled.file("clusters.jsonl") == first.file("clusters.jsonl"));
    REQUIRE(shuffled.file("pairs.jsonl") == first.file("pairs.jsonl"));
    REQUIRE(shuffled.summary.digest == first.summary.digest);
  }
}

TEST_CASE("a compressed stream gives the findings of the plain file") {
  const TemporaryFolder folder;
  const std::vector<Article> articles = planted_corpus(20, 5, 300);
  const std::string rows = test::rows_of(articles);
  const Run plain = run(folder, {folder.file("a.jsonl", rows)});
  const Run spooled = run(folder, {folder.file("a.jsonl.zst", base::compress_block(rows))});
  REQUIRE(spooled.summary.digest == plain.summary.digest);
  REQUIRE(spooled.file("kept.jsonl") == plain.file("kept.jsonl"));
  REQUIRE(spooled.undone() == rows);
}

TEST_CASE("reported pairs are those of brute force, with the exact Jaccard") {
  const TemporaryFolder folder;
  const std::vector<Article> articles = planted_corpus(12, 8, 40);
  const Run result = run_articles(folder, articles, {.threshold = 0.5, .recall = 0.999});

  std::map<std::pair<std::string, std::string>, double> expected;
  for (std::size_t i = 0; i < articles.size(); ++i) {
    for (std::size_t j = 0; j < articles.size(); ++j) {
      const Similarity similarity =
          compare(shingle(normalize(articles[i].text)), shingle(normalize(articles[j].text)));
      if (i != j && similarity.jaccard() >= 0.5) {
        expected[{articles[i].id, articles[j].id}] = similarity.jaccard();
      }
    }
  }
  const std::vector<std::string> lines = result.lines("pairs.jsonl");
  base::JsonRowReader row;
  for (const std::string& line : lines) {
    REQUIRE(row.parse(line));
    const auto found =
        expected.find({std::string(*row.string("a")), std::string(*row.string("b"))});
    REQUIRE(found != expected.end());
    REQUIRE(*row.number("jaccard") == Approx(found->second).margin(1e-6));
  }
  REQUIRE(lines.size() * 2 >= expected.size() * 99 / 100);
}

TEST_CASE("a document without an id takes its url, else its file and row number") {
  const TemporaryFolder folder;
  const std::string rows =
      "\n{\"url\":\"https://www.example.org/a\",\"text\":\"one two three four five six\"}\n"
      "{\"id\":null,\"text\":\"one two three four five six\"}\n"
      "{\"id\":17,\"text\":\"one two three four five six\"}\n";
  const Run result = run(folder, {folder.file("night.jsonl", rows)});
  REQUIRE(result.values("ledger.jsonl", "id") ==
          std::vector<std::string>{"https://www.example.org/a", "night.jsonl:2"});
  REQUIRE(result.values("ledger.jsonl", "kept") == std::vector<std::string>(2, "(none)"));
}

TEST_CASE("however many ids there are, each is found again") {
  batch::Identities identities;
  constexpr std::uint32_t kCount = 20000;
  for (std::uint32_t i = 0; i < kCount; ++i) {
    REQUIRE_FALSE(identities.identify(std::to_string(i), i % 7, i).repeats);
  }
  for (std::uint32_t i = 0; i < kCount; ++i) {
    REQUIRE(identities.identify(std::to_string(i), i % 7, kCount).repeats == i);
  }
}

TEST_CASE("equal ids with equal texts are repeats, with other texts they are renamed") {
  batch::Identities identities;
  REQUIRE_FALSE(identities.identify("x", 1, 0).repeats);
  REQUIRE(identities.identify("x", 1, 1).repeats == 0);
  REQUIRE(identities.identify("x", 2, 1).renamed == "x#2");
  REQUIRE(identities.identify("x", 2, 2).repeats == 1);
  REQUIRE(identities.identify("x", 3, 2).renamed == "x#3");
  REQUIRE(identities.identify("x#2", 2, 3).repeats == 1);
  REQUIRE(identities.identify("x#2", 9, 3).renamed == "x#2#2");
  REQUIRE(identities.identify("x#4", 5, 4).renamed.empty());
  REQUIRE(identities.identify("x", 6, 5).renamed == "x#5");
}

TEST_CASE("a million texts under one id stay linear") {
  batch::Identities identities;
  for (std::uint32_t i = 0; i < 1'000'000; ++i) (void)identities.identify("same", i, i);
  REQUIRE(identities.identify("same", 1'000'000, 1'000'000).renamed == "same#1000001");
}

TEST_CASE("of equal copies the one that the keep rule prefers is kept") {
  const TemporaryFolder folder;
  const std::string text = test::story(1);
  const std::vector<Article> articles = {
      {"late", text, "Gazette", "2024-05-03", ""},
      {"early", text + "!", "Herald", "2024-05-01", ""},
      {"undated", text + "?", "Echo", "", ""},
      {"longer", text + " end", "Echo", "2024-06-01", ""},
  };
  const auto kept = [&](const std::string& rule) {
    return run_articles(folder, articles, {.keep = rule}).values("kept.jsonl", "id");
  };
  REQUIRE(kept("first") == std::vector<std::string>{"early"});
  REQUIRE(kept("longest") == std::vector<std::string>{"longer"});
  REQUIRE(kept("sources=Gazette,Herald") == std::vector<std::string>{"late"});
  REQUIRE(kept("sources=Echo") == std::vector<std::string>{"longer"});
}

TEST_CASE("every member of a cluster hangs on a pair that was compared") {
  const TemporaryFolder folder;
  for (const char* keep : {"first", "longest", "sources=outlet3,outlet1"}) {
    const Run result = run_articles(folder, planted_corpus(30, 7, 50), {.keep = keep});
    std::set<std::string> pairs;
    base::JsonRowReader row;
    for (const std::string& line : result.lines("pairs.jsonl")) {
      REQUIRE(row.parse(line));
      pairs.insert(std::string(*row.string("a")) + " " + std::string(*row.string("b")));
    }
    for (const std::string& cluster : result.lines("clusters.jsonl")) {
      // Members are small objects inside the row; each names its id before its parent.
      std::size_t roots = 0;
      for (std::size_t at = cluster.find("{\"id\":\""); at != std::string::npos;
           at = cluster.find("{\"id\":\"", at + 1)) {
        const std::string member = cluster.substr(at, cluster.find('}', at) - at + 1);
        REQUIRE(row.parse(member));
        const std::string id(*row.string("id"));
        if (!row.string("parent")) {
          ++roots;
          continue;
        }
        const std::string parent(*row.string("parent"));
        REQUIRE((pairs.contains(id + " " + parent) || pairs.contains(parent + " " + id)));
      }
      REQUIRE(roots == 1);
    }
  }
}

TEST_CASE("undo gives back the accepted rows byte for byte, in order") {
  const TemporaryFolder folder;
  for (std::uint64_t seed = 0; seed < 8; ++seed) {
    test::Random random(seed);
    std::string accepted;
    std::vector<std::string> files;
    for (int f = 0; f < 3; ++f) {
      std::string contents = f == 1 ? "\xef\xbb\xbf" : "";
      for (int i = 0; i < 60; ++i) {
        const std::uint64_t story = test::below(random, 20);
        std::string row = test::row_of(
            {std::to_string(test::below(random, 40)),
             test::edited_story(story, test::below(random, 3), static_cast<std::uint64_t>(i)), "",
             "", "T\xc3\xa9st"});
        switch (test::below(random, 8)) {
          case 0:
            contents += "{\"broken\n";  // rejected: not part of what comes back
            continue;
          case 1:
            contents += "   \n";  // no row at all
            continue;
          case 2:
            row += "\r";
            break;
          case 3:
            row.insert(row.size() - 2, "\xff\xc0");  // repaired inside the text
            break;
          case 4:
            row.insert(row.size() - 2, "\\ud83d");
            break;
          case 5:
            row = "  " + row + " ";
            break;
          default:
            break;
        }
        accepted += row + "\n";
        contents += row + "\n";
      }
      files.push_back(
          folder.file("s" + std::to_string(seed) + "-" + std::to_string(f) + ".jsonl", contents));
    }
    const Run result = run(folder, files);
    REQUIRE(result.summary.conserved());
    REQUIRE(result.summary.rows.repaired > 0);
    REQUIRE(result.summary.rows.dropped > 0);
    REQUIRE(result.undone() == accepted);
  }
}

TEST_CASE("a chain of half-likenesses does not drop its far end") {
  const TemporaryFolder folder;
  std::vector<std::string> words = test::story_words(3, 200);
  std::vector<Article> chain;
  for (int step = 0; step < 4; ++step) {  // each differs from the last in five words of 200
    chain.push_back({"c" + std::to_string(step), test::joined(words), "",
                     "2024-01-0" + std::to_string(step + 1), ""});
    for (int i = 0; i < 5; ++i) {
      words[static_cast<std::size_t>(10 + 50 * step / 2 + 9 * i) % 200] =
          "new" + std::to_string(step) + std::to_string(i);
    }
  }
  const Run result = run_articles(folder, chain);
  const std::vector<std::string> kept = result.values("kept.jsonl", "id");
  const auto shingles = [&](std::size_t i) { return shingle(normalize(chain[i].text)); };
  for (const std::string& line : result.lines("ledger.jsonl")) {
    REQUIRE(line.find("\"jaccard\":0.") != std::string::npos);
  }
  // By hand: c1 joins c0; c2 resembles c1 but not c0, so it is kept.
  REQUIRE(compare(shingles(0), shingles(1)).jaccard() >= 0.75);
  REQUIRE(compare(shingles(0), shingles(3)).jaccard() < 0.8);
  REQUIRE(std::find(kept.begin(), kept.end(), "c3") != kept.end());
}

TEST_CASE("texts without a letter match nothing, not even each other") {
  const TemporaryFolder folder;
  std::string rows;
  for (int i = 0; i < 5000; ++i) {
    rows +=
        "{\"id\":" + std::to_string(i) + R"(,"text":")" + (i % 2 == 0 ? "" : "... - !") + "\"}\n";
  }
  const Run result = run(folder, {folder.file("empty.jsonl", rows)});
  REQUIRE(result.summary.rows.kept == 5000);
  REQUIRE(result.summary.pairs == 0);
}

TEST_CASE("inputs with nothing in them make empty results, not errors") {
  const TemporaryFolder folder;
  const Run none = run(folder, {folder.file("none.jsonl", "")});
  REQUIRE(none.summary.rows.read == 0);
  REQUIRE(std::filesystem::exists(none.folder + "/clusters.jsonl"));
  const Run one = run_articles(folder, {{"only", test::story(1), "", "", ""}});
  REQUIRE(one.summary.rows.kept == 1);
  REQUIRE(one.summary.clusters == 0);
  const Run missing = run(folder, {folder.file("fields.jsonl", "{\"title\":\"x\"}\n{}\n")});
  REQUIRE(missing.summary.rows.rejected == 2);
}

TEST_CASE("thousands of equal articles become one cluster with linear work") {
  const TemporaryFolder folder;
  std::vector<Article> articles;
  for (int i = 0; i < 20'000; ++i) {
    articles.push_back({std::to_string(i), test::story(5, 60), "", "", ""});
  }
  const Run result = run_articles(folder, articles);
  REQUIRE(result.summary.clusters == 1);
  REQUIRE(result.summary.rows.dropped == 19'999);
  REQUIRE(result.summary.candidates == 0);
}

TEST_CASE("thousands of articles equal but for one word become one cluster with linear work") {
  const TemporaryFolder folder;
  std::vector<Article> articles;
  for (std::uint64_t i = 0; i < 20'000; ++i) {
    articles.push_back({std::to_string(i), test::edited_story(5, 1, i, 200), "", "", ""});
  }
  const Run result = run_articles(folder, articles);
  REQUIRE(result.summary.clusters == 1);
  REQUIRE(result.summary.rows.kept == 1);
  REQUIRE(result.summary.candidates < 20 * articles.size());
  REQUIRE(result.summary.capped_buckets > 0);
  REQUIRE(result.summary.left_out_pairs > 0);
}

TEST_CASE("a run that is stopped leaves nothing behind") {
  const TemporaryFolder folder;
  std::atomic<bool> stop{false};
  RunSettings settings{.stop = &stop};
  settings.on_progress = [&](const Progress& progress) {
    if (progress.documents > 100) stop = true;
  };
  const std::string input = folder.file("a.jsonl", test::rows_of(planted_corpus(300, 3, 2000)));
  try {
    (void)run(folder, {input}, settings);
    FAIL("the run was not stopped");
  } catch (const Error& error) {
    REQUIRE(error.code() == ErrorCode::interrupted);
  }
  std::vector<std::string> left;
  for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
    left.push_back(entry.path().filename());
  }
  REQUIRE(left == std::vector<std::string>{"a.jsonl"});
}

TEST_CASE("an input that changes during the run is an error, and nothing is written") {
  const TemporaryFolder folder;
  const std::string input = folder.file("a.jsonl", test::rows_of(planted_corpus(10, 3, 50)));
  RunSettings settings;
  bool changed = false;
  settings.on_progress = [&](const Progress&) {
    if (!std::exchange(changed, true)) (void)folder.file("a.jsonl", "{\"text\":\"gone\"}\n");
  };
  try {
    (void)run(folder, {input}, settings);
    FAIL("the change was not noticed");
  } catch (const Error& error) {
    REQUIRE(error.code() == ErrorCode::input);
    REQUIRE(std::string(error.what()).find("a.jsonl") != std::string::npos);
  }
}

TEST_CASE("less than 256 MiB of memory is refused") {
  const TemporaryFolder folder;
  REQUIRE_THROWS_AS(run_articles(folder, {}, {.memory = 1000}), Error);
}

TEST_CASE("values that went to the work folder read as those in memory") {
  const TemporaryFolder folder;
  batch::Column<std::uint64_t> spilled(0, folder.path());
  batch::Column<std::uint64_t> held(std::uint64_t{1} << 30U, folder.path());
  for (std::uint64_t i = 0; i < 500'000; ++i) {
    spilled.push_back(i * i);
    held.push_back(i * i);
  }
  spilled.finish();
  held.finish();
  REQUIRE(spilled.size() == 500'000);
  REQUIRE(std::ranges::equal(spilled.values(), held.values()));
}
