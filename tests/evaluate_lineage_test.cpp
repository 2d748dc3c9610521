#include <functional>
#include <string>
#include <vector>

#include "catch.h"
#include "temporary_folder.h"
#include "wirecopy/error.h"
#include "wirecopy/evaluate.h"

using namespace wirecopy;
using test::TemporaryFolder;

namespace {

std::string quoted(const std::string& text) { return text.empty() ? "null" : "\"" + text + "\""; }

std::string truth_row(const std::string& id, const std::string& parent, const std::string& lag,
                      const std::string& title = "same", const std::string& credit = "kept") {
  return R"({"id":")" + id + R"(","parent":)" + quoted(parent) + R"(,"lag_seconds":)" + lag +
         R"(,"title":)" + quoted(title) + R"(,"credit":)" + quoted(credit) + "}\n";
}

std::string original(const std::string& id) { return truth_row(id, "", "null", "", ""); }

std::string member(const std::string& id, const std::string& parent,
                   const std::string& lags = "null,null", const std::string& more = "") {
  const std::size_t comma = lags.find(',');
  return R"({"id":")" + id + R"(","parent":)" + quoted(parent) + R"(,"lag_min_seconds":)" +
         lags.substr(0, comma) + R"(,"lag_max_seconds":)" + lags.substr(comma + 1) + more + "}";
}

std::string cluster(const std::vector<std::string>& members) {
  std::string row = R"({"cluster":"x","members":[)";
  for (const std::string& one : members) row += (row.back() == '[' ? "" : ",") + one;
  return row + "]}\n";
}

LineageScores scores_of(const std::string& clusters, const std::string& truth,
                        const std::string& pairs = "", const Bootstrap& bootstrap = {0, 1}) {
  const TemporaryFolder folder;
  static_cast<void>(folder.file("run/clusters.jsonl", clusters));
  if (!pairs.empty()) static_cast<void>(folder.file("run/pairs.jsonl", pairs));
  const std::string path = folder.file("truth.lineage.jsonl", truth);
  return evaluate_lineage(folder.path("run"), truth_files({path}), bootstrap);
}

}  // namespace

TEST_CASE("each copy has its parent, another of the story, one of another story, or none") {
  const std::string truth = original("o") + truth_row("a", "o", "10") + truth_row("b", "a", "10") +
                            truth_row("c", "o", "10") + truth_row("d", "o", "10") + original("p") +
                            truth_row("q", "p", "10") + original("single");
  const LineageScores scores = scores_of(
      cluster({member("o", ""), member("a", "o"), member("b", "o"), member("c", "single")}) +
          cluster({member("p", "q"), member("q", "")}),
      truth);
  CHECK(scores.copies == 5);
  CHECK(scores.right == 1);      // a
  CHECK(scores.in_story == 1);   // b was made from a
  CHECK(scores.elsewhere == 1);  // c
  CHECK(scores.none == 2);       // d is in no cluster, q is said to be the first
  CHECK(scores.parents.value == 0.2);
}

TEST_CASE("a parent with the text of the true one is right, if the run found the texts equal") {
  const std::string truth = original("o") + truth_row("a", "o", "10") + truth_row("b", "a", "10");
  const std::string found = cluster({member("o", ""), member("a", "o"), member("b", "o", "1,99")});
  const auto pair = [](const std::string& rest) {
    return R"({"a":"o","b":"a","verdict":"identical","jaccard":1,"score":65536)" + rest + "}\n";
  };
  const LineageScores equal = scores_of(found, truth, pair(""));
  CHECK(equal.right == 2);
  CHECK(equal.lags == Share{0, 0});  // a's own lag was not told, and o is not b's parent
  CHECK(equal.unknown_lags == 1);
  CHECK(scores_of(found, truth).right == 1);
  // Identical by the passages, but for a few letters.
  CHECK(scores_of(found, truth, pair(R"(,"coverage_a":0.995,"coverage_b":1,"identity":0.999)"))
            .right == 1);
  CHECK(scores_of(found, truth, pair(R"(,"coverage_a":1,"coverage_b":1,"identity":1)")).right == 2);
}

TEST_CASE("a lag is right if the true one lies in the interval told, bounds included") {
  const std::string truth = original("o") + truth_row("a", "o", "100") +
                            truth_row("b", "o", "100") + truth_row("c", "o", "100") +
                            truth_row("d", "o", "100");
  const LineageScores scores =
      scores_of(cluster({member("o", ""), member("a", "o", "100,100"), member("b", "o", "101,200"),
                         member("c", "o", "0,100"), member("d", "o")}),
                truth);
  CHECK(scores.right == 4);
  CHECK(scores.lags == Share{2, 3});
  CHECK(scores.unknown_lags == 1);
}

TEST_CASE("titles and credits are judged where the run speaks of them") {
  const std::string truth = original("o") + truth_row("a", "o", "1", "edited", "removed") +
                            truth_row("b", "o", "1", "new", "kept") +
                            truth_row("c", "o", "1", "same", "changed");
  const auto told = [](const std::string& title, const std::string& removed) {
    return R"(,"title_change":")" + title + R"(","credit_removed":)" + removed;
  };
  const LineageScores scores =
      scores_of(cluster({member("o", ""), member("a", "o", "1,1", told("edited", "true")),
                         member("b", "o", "1,1", told("edited", "true")), member("c", "o", "1,1")}),
                truth);
  CHECK(scores.titles == Share{1, 2});
  CHECK(scores.credits == Share{1, 2});
  CHECK(scores_of(cluster({member("o", ""), member("a", "o")}), truth).titles == Share{0, 0});
}

TEST_CASE("intervals of right parents come from draws of stories, not of copies") {
  // One story of 30 copies, all right, and 10 of one copy, all wrong: by stories all is open.
  std::string truth = original("o");
  std::vector<std::string> members{member("o", "")};
  for (int i = 0; i < 30; ++i) {
    const std::string id = "c" + std::to_string(i);
    truth += truth_row(id, "o", "1");
    members.push_back(member(id, "o"));
  }
  for (int i = 0; i < 10; ++i) {
    const std::string id = std::to_string(i);
    truth += original("o" + id) + truth_row("x" + id, "o" + id, "1");
  }
  const LineageScores scores = scores_of(cluster(members), truth, "", {500, 1});
  CHECK(scores.parents.value == 0.75);
  REQUIRE(scores.parents.interval);
  CHECK(scores.parents.interval->low == 0);
  CHECK(scores.parents.interval->high > 0.85);
}

TEST_CASE("bad rows of lineage are named by file and line") {
  for (const std::string bad : {R"({"id":"a","parent":"o","lag_seconds":null})",
                                R"({"id":"a","parent":null,"lag_seconds":4})",
                                R"({"id":"o","parent":null,"lag_seconds":null})", "{}"}) {
    CAPTURE(bad);
    std::string message;
    try {
      static_cast<void>(scores_of(cluster({member("o", "")}), original("o") + bad));
    } catch (const Error& error) {
      CHECK(error.code() == ErrorCode::input);
      message = error.what();
    }
    CHECK(message.find("truth.lineage.jsonl:2:") != std::string::npos);
  }
}
