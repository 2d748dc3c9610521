#include <cmath>
#include <functional>
#include <set>
#include <string>
#include <tuple>

#include "base/json.h"
#include "catch.h"
#include "oracle.h"
#include "temporary_folder.h"
#include "wirecopy/error.h"
#include "wirecopy/evaluate.h"

using namespace wirecopy;
using test::TemporaryFolder;

namespace {

std::string row(const std::string& a, const std::string& b, const PassageMatch& match,
                const std::string& kind) {
  base::JsonWriter json;
  json.begin_object().key("a").string(a).key("b").string(b);
  json.key("a_begin").integer(match.a.begin).key("a_end").integer(match.a.end);
  json.key("b_begin").integer(match.b.begin).key("b_end").integer(match.b.end);
  json.key("kind").string(kind).end_object();
  return std::string(json.text()) + "\n";
}

struct Files {
  std::string found;
  std::string truth;
  std::string pairs_found = "";
  std::string pairs_truth = "";
};

PassageReport report_of(const Files& files, const Bootstrap& bootstrap = {0, 1}) {
  const TemporaryFolder folder;
  static_cast<void>(folder.file("run/passages.jsonl", files.found));
  if (!files.pairs_found.empty()) {
    static_cast<void>(folder.file("run/pairs.jsonl", files.pairs_found));
  }
  static_cast<void>(folder.file("truth/truth.passages.jsonl", files.truth));
  static_cast<void>(folder.file("truth/truth.pairs.jsonl", files.pairs_truth));
  return evaluate_passages(folder.path("run"), truth_files({folder.path("truth")}), bootstrap);
}

constexpr PassageMatch kWhole{{0, 100}, {50, 150}};

// The oracle: characters one by one.
using Character = std::tuple<std::size_t, char, std::uint64_t>;  // pair, side, place

std::set<Character> characters(std::size_t pair, const PassageMatch& match) {
  std::set<Character> all;
  for (std::uint64_t i = match.a.begin; i < match.a.end; ++i) all.insert({pair, 'a', i});
  for (std::uint64_t i = match.b.begin; i < match.b.end; ++i) all.insert({pair, 'b', i});
  return all;
}

bool detects(const PassageMatch& left, const PassageMatch& right) {
  const auto overlap = [](const Span& x, const Span& y) {
    return std::max(x.begin, y.begin) < std::min(x.end, y.end);
  };
  return overlap(left.a, right.a) && overlap(left.b, right.b);
}

std::set<Character> common(std::size_t pair, const PassageMatch& left, const PassageMatch& right) {
  std::set<Character> both;
  if (!detects(left, right)) return both;
  const std::set<Character> others = characters(pair, right);
  for (const Character& character : characters(pair, left)) {
    if (others.contains(character)) both.insert(character);
  }
  return both;
}

PassageScores expected_of(const std::vector<PassagePair>& pairs) {
  std::set<Character> in_cases;
  std::set<Character> in_detections;
  std::set<Character> in_both;
  double recall = 0, precision = 0, cases = 0, detections = 0, detected = 0, parts = 0;
  const auto share = [](std::size_t pair, const PassageMatch& one,
                        const std::vector<PassageMatch>& others) {
    std::set<Character> covered;
    for (const PassageMatch& other : others) covered.merge(common(pair, one, other));
    return static_cast<double>(covered.size()) / static_cast<double>(characters(pair, one).size());
  };
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    for (const PassageMatch& planted : pairs[i].cases) {
      cases += 1;
      recall += share(i, planted, pairs[i].detections);
      in_cases.merge(characters(i, planted));
      double here = 0;
      for (const PassageMatch& found : pairs[i].detections) {
        here += detects(planted, found) ? 1 : 0;
        in_both.merge(common(i, planted, found));
      }
      detected += here > 0 ? 1 : 0;
      parts += here;
    }
    for (const PassageMatch& found : pairs[i].detections) {
      detections += 1;
      precision += share(i, found, pairs[i].cases);
      in_detections.merge(characters(i, found));
    }
  }
  const auto ratio = [](double part, double whole) { return whole == 0 ? 0 : part / whole; };
  PassageScores scores;
  scores.recall = ratio(recall, cases);
  scores.precision = ratio(precision, detections);
  scores.granularity = detected == 0 ? 1 : parts / detected;
  const auto both = static_cast<double>(in_both.size());
  scores.micro_precision = ratio(both, static_cast<double>(in_detections.size()));
  scores.micro_recall = ratio(both, static_cast<double>(in_cases.size()));
  return scores;
}

}  // namespace

TEST_CASE("a case found whole has plagdet 1, found in two halves 1 / log2 3") {
  const std::string truth = row("a", "b", kWhole, "kept");
  CHECK(report_of({row("a", "b", kWhole, "body"), truth}).all.plagdet() == 1);
  const PassageReport halves = report_of(
      {row("a", "b", {{0, 50}, {50, 100}}, "body") + row("a", "b", {{50, 100}, {100, 150}}, "body"),
       truth});
  CHECK(halves.all.recall == 1);
  CHECK(halves.all.precision == 1);
  CHECK(halves.all.granularity == 2);
  CHECK(halves.all.plagdet() == Approx(1 / std::log2(3)));
}

TEST_CASE("a detection that meets a case in one document alone detects nothing") {
  const PassageReport report =
      report_of({row("a", "b", {{0, 100}, {200, 300}}, "body"), row("a", "b", kWhole, "kept")});
  CHECK(report.all.recall == 0);
  CHECK(report.all.precision == 0);
  CHECK(report.all.plagdet() == 0);
}

TEST_CASE("passage scores agree with counting characters one by one") {
  oracle::Random random(3);
  const auto span = [&] {
    const std::uint64_t begin = oracle::below(random, 30);
    return Span{begin, begin + 1 + oracle::below(random, 12)};
  };
  for (int round = 0; round < 200; ++round) {
    CAPTURE(round);
    std::vector<PassagePair> pairs(oracle::below(random, 4));
    for (PassagePair& pair : pairs) {
      for (std::size_t i = oracle::below(random, 4); i > 0; --i)
        pair.cases.push_back({span(), span()});
      for (std::size_t i = oracle::below(random, 4); i > 0; --i) {
        pair.detections.push_back({span(), span()});
      }
    }
    const PassageScores expected = expected_of(pairs);
    const PassageScores scores = score_passages(pairs);
    CHECK(scores.precision == Approx(expected.precision));
    CHECK(scores.recall == Approx(expected.recall));
    CHECK(scores.granularity == Approx(expected.granularity));
    CHECK(scores.micro_precision == Approx(expected.micro_precision));
    CHECK(scores.micro_recall == Approx(expected.micro_recall));
  }
}

TEST_CASE("it does not matter which document of a pair is called a") {
  const PassageReport report =
      report_of({row("x", "c", {kWhole.b, kWhole.a}, "body"), row("c", "x", kWhole, "kept")});
  CHECK(report.all.plagdet() == 1);
}

TEST_CASE("passages in pairs without a name are left out, and boilerplate is") {
  const PassageReport report =
      report_of({row("a", "b", kWhole, "body") + row("a", "other", kWhole, "body") +
                     row("a", "b", {{900, 950}, {900, 950}}, "boilerplate"),
                 row("a", "b", kWhole, "kept")});
  CHECK(report.all.plagdet() == 1);
  CHECK(report.all.detections == 1);
  CHECK(report.elsewhere == 1);
}

TEST_CASE("passages in a pair that shares nothing are false") {
  const std::string none = R"({"a":"x","b":"y","label":"none"})";
  const PassageReport report =
      report_of({row("a", "b", kWhole, "body") + row("y", "x", kWhole, "body"),
                 row("a", "b", kWhole, "kept"), "", none});
  CHECK(report.all.precision == 0.5);
  CHECK(report.all.recall == 1);
  CHECK(report.elsewhere == 0);
  CHECK(report.by_label.at("none").precision == 0);
  CHECK(report.by_label.at("kept").precision == 1);
}

TEST_CASE("truths with offsets and lengths are read, and scored by their labels") {
  const std::string truth =
      R"({"a":"s","b":"t","label":"none-at-all","a_off":0,"a_len":100,"b_off":50,"b_len":100})"
      "\n"
      R"({"a":"s","b":"u","label":"random","a_off":7,"a_len":10,"b_off":9,"b_len":10})";
  const PassageReport report = report_of({row("s", "t", kWhole, "body"), truth});
  CHECK(report.by_label.at("none-at-all").plagdet() == 1);
  CHECK(report.by_label.at("random").recall == 0);
  CHECK(report.all.recall == 0.5);
}

TEST_CASE("cases in equal copies that a run did not look at are left out") {
  const std::string truth =
      row("a", "b", kWhole, "kept") + row("b", "c", kWhole, "kept") + row("a", "d", kWhole, "kept");
  const auto pair = [](const std::string& verdict) {
    return R"({"a":"a","b":"b","verdict":")" + verdict +
           R"(","jaccard":1,"coverage_a":null,"coverage_b":null,"identity":null})";
  };
  const std::string found = row("a", "d", kWhole, "body");
  const PassageReport equal = report_of({found, truth, pair("identical")});
  CHECK(equal.equal_copies == 2);
  CHECK(equal.all.recall == 1);
  const PassageReport near = report_of({found, truth, pair("near_duplicate")});
  CHECK(near.equal_copies == 0);
  CHECK(near.all.recall == Approx(1.0 / 3));
}

TEST_CASE("intervals of plagdet come from draws of pairs") {
  std::string truth;
  std::string found;
  for (int i = 0; i < 40; ++i) {
    const std::string id = std::to_string(i);
    truth += row("a" + id, "b" + id, kWhole, "kept");
    if (i % 2 == 0) found += row("a" + id, "b" + id, kWhole, "body");
  }
  const PassageReport report = report_of({found, truth}, {300, 1});
  REQUIRE(report.plagdet);
  CHECK(report.all.recall == 0.5);
  CHECK(report.plagdet->low < report.all.plagdet());
  CHECK(report.all.plagdet() < report.plagdet->high);
  CHECK(report.plagdet->low > 0.4);  // recall .34 to .66 by the binomial
  CHECK(report.plagdet->high < 0.85);
  CHECK_FALSE(report_of({found, truth}).plagdet);
}

TEST_CASE("bad rows of passages are named by file and line") {
  const auto message = [](const Files& files) -> std::string {
    try {
      static_cast<void>(report_of(files));
    } catch (const Error& error) {
      CHECK(error.code() == ErrorCode::input);
      return error.what();
    }
    return "no error";
  };
  const std::string good = row("a", "b", kWhole, "kept");
  for (const std::string bad :
       {R"({"a":"x","b":"y","a_begin":5,"a_end":5,"b_begin":0,"b_end":9})",
        R"({"a":"x","b":"y","a_begin":5,"a_end":9})",
        R"({"a":"x","b":"x","a_begin":0,"a_end":9,"b_begin":0,"b_end":9})",
        R"({"a":"x","b":"y","a_begin":-1,"a_end":9,"b_begin":0,"b_end":9})", "[]"}) {
    CAPTURE(bad);
    CHECK(message({good, good + bad}).find("truth.passages.jsonl:2:") != std::string::npos);
  }
  for (const std::string bad :
       {R"({"a":"x","b":"y","a_begin":0,"a_end":9,"b_begin":9,"b_end":0})", R"({"a":"x"})", "x"}) {
    CAPTURE(bad);
    CHECK(message({good + bad, good}).find("passages.jsonl:2:") != std::string::npos);
  }
}
