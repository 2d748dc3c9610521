#include "wirecopy/evaluate.h"

#include <map>
#include <random>
#include <set>

#include "base/json.h"
#include "catch.h"
#include "temporary_folder.h"
#include "wirecopy/error.h"

using namespace wirecopy;
using test::TemporaryFolder;

namespace {

struct FoundRow {
  std::string a;
  std::string b;
  double jaccard = 1;  // 1 = identical
};

std::string pairs_file(const TemporaryFolder& folder, const std::vector<FoundRow>& rows) {
  std::string lines;
  for (const FoundRow& row : rows) {
    base::JsonWriter json;
    json.begin_object().key("a").string(row.a).key("b").string(row.b);
    json.key("verdict").string(row.jaccard == 1 ? "identical" : "near_duplicate");
    json.key("jaccard").share(row.jaccard).end_object();
    lines.append(json.text()).append("\n");
  }
  return folder.file("run/pairs.jsonl", lines);
}

PairScores scores_of(const std::vector<FoundRow>& found, const std::vector<TruthPair>& truth,
                     const EvaluateOptions& options = {}) {
  const TemporaryFolder folder;
  return evaluate_pairs(pairs_file(folder, found), truth, options);
}

TruthPair true_pair(const std::string& a, const std::string& b, double jaccard = -1) {
  return {a, b, jaccard, -1, ""};
}

TruthPair labelled(const std::string& a, const std::string& b, const std::string& label) {
  return {a, b, -1, -1, label};
}

std::string message_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::input);
    return error.what();
  }
  return {};
}

using IdPair = std::pair<std::string, std::string>;

IdPair ordered(const std::string& a, const std::string& b) { return std::minmax(a, b); }

// The oracle: equal copies grouped by walking, every pair of members written out.
std::map<IdPair, double> expanded(const std::vector<FoundRow>& rows) {
  std::map<std::string, std::set<std::string>> equal;
  for (const FoundRow& row : rows) {
    equal[row.a].insert(row.a);
    equal[row.b].insert(row.b);
  }
  for (bool grown = true; grown;) {
    grown = false;
    for (const FoundRow& row : rows) {
      if (row.jaccard != 1) continue;
      std::set<std::string> both = equal[row.a];
      both.insert(equal[row.b].begin(), equal[row.b].end());
      for (const std::string& id : std::set<std::string>(both)) {
        both.insert(equal[id].begin(), equal[id].end());
      }
      for (const std::string& id : both) {
        grown = grown || equal[id] != both;
        equal[id] = both;
      }
    }
  }
  std::map<IdPair, double> pairs;
  for (const auto& [id, group] : equal) {
    for (const std::string& other : group) {
      if (id != other) pairs[ordered(id, other)] = 1;
    }
  }
  for (const FoundRow& row : rows) {
    for (const std::string& a : equal[row.a]) {
      for (const std::string& b : equal[row.b]) {
        if (a == b) continue;
        double& jaccard = pairs[ordered(a, b)];
        jaccard = std::max(jaccard, row.jaccard);
      }
    }
  }
  return pairs;
}

}  // namespace

TEST_CASE("recall and precision count found and true pairs, whichever way round") {
  const PairScores scores =
      scores_of({{"a", "b", .9}, {"c", "d", .8}, {"e", "f", .7}},
                {true_pair("b", "a", .9), true_pair("c", "d", .75), true_pair("g", "h", .6)});
  CHECK(scores.recall == Share{2, 3});
  CHECK(scores.precision == Share{2, 3});
  CHECK(scores.f1 == Approx(2.0 / 3));
  CHECK(scores.max_jaccard_difference == Approx(.05));
  REQUIRE(scores.missed.size() == 1);
  CHECK(scores.missed[0].a == "g");
}

TEST_CASE("equal copies are expanded before scoring") {
  // a = b = c and x = y, and a is paired with x: 3 + 1 + 6 pairs.
  const std::vector<FoundRow> found{{"a", "b", 1}, {"a", "c", 1}, {"x", "y", 1}, {"a", "x", .8}};
  const PairScores scores =
      scores_of(found, {true_pair("b", "c", 1), true_pair("c", "y", .8), true_pair("b", "z", .9)});
  CHECK(scores.recall == Share{2, 3});
  CHECK(scores.precision == Share{2, 10});
  CHECK(scores.max_jaccard_difference == 0);
}

TEST_CASE("scores agree with pairs written out one by one") {
  std::mt19937_64 random(31);
  const auto id = [&] { return "d" + std::to_string(random() % 14); };
  for (int round = 0; round < 300; ++round) {
    CAPTURE(round);
    std::vector<FoundRow> found(random() % 12);
    for (FoundRow& row : found) {
      do row = {id(), id(), random() % 2 == 0 ? 1 : 0.1 * static_cast<double>(random() % 10)};
      while (row.a == row.b);
    }
    std::map<IdPair, TruthPair> truth;
    std::set<std::string> named;
    const bool with_labels = round % 2 == 0;
    for (std::uint64_t i = random() % 12; i > 0; --i) {
      TruthPair pair = true_pair(id(), id(), 0.05 * static_cast<double>(random() % 21));
      if (pair.a == pair.b) continue;
      if (with_labels) pair.label = random() % 2 == 0 ? "copy" : "event";
      if (truth.emplace(ordered(pair.a, pair.b), pair).second) named.insert({pair.a, pair.b});
    }
    std::vector<TruthPair> rows;
    for (const auto& [ids, pair] : truth) rows.push_back(pair);

    PairScores expected;
    const auto pairs = expanded(found);
    for (const auto& [ids, pair] : truth) {
      const auto hit = pairs.find(ids);
      Share& share = pair.label == "event" ? expected.negatives : expected.recall;
      ++share.whole;
      if (hit == pairs.end()) continue;
      ++share.part;
      expected.max_jaccard_difference =
          std::max(expected.max_jaccard_difference, std::abs(hit->second - pair.jaccard));
    }
    expected.precision.part = expected.recall.part;
    for (const auto& [ids, jaccard] : pairs) {
      const bool both_named = named.contains(ids.first) && named.contains(ids.second);
      if (!with_labels || both_named || rows.empty()) ++expected.precision.whole;
    }

    const PairScores scores = scores_of(found, rows);
    CHECK(scores.recall == expected.recall);
    CHECK(scores.negatives == expected.negatives);
    CHECK(scores.precision == expected.precision);
    CHECK(scores.missed.size() == expected.recall.whole - expected.recall.part);
    CHECK(scores.max_jaccard_difference == Approx(expected.max_jaccard_difference).margin(1e-6));
  }
}

TEST_CASE("a story of 200,000 equal copies is scored without writing out its pairs") {
  std::vector<FoundRow> found;
  constexpr std::uint64_t kCopies = 200'000;
  for (std::uint64_t i = 1; i < kCopies; ++i) found.push_back({"d0", "d" + std::to_string(i), 1});
  found.push_back({"d0", "other", .9});
  const PairScores scores =
      scores_of(found, {true_pair("d7", "d199999", 1), true_pair("d123", "other", .9)});
  CHECK(scores.recall == Share{2, 2});
  CHECK(scores.precision == Share{2, kCopies * (kCopies - 1) / 2 + kCopies});
}

TEST_CASE("labels tell positives from negatives") {
  const std::vector<TruthPair> truth{labelled("a", "b", "copy"), labelled("c", "d", "template"),
                                     labelled("e", "f", "non"), labelled("g", "h", "partial")};
  const std::vector<FoundRow> found{{"a", "b", .9}, {"c", "d", .9}, {"a", "elsewhere", .9}};
  const PairScores scores = scores_of(found, truth);
  CHECK(scores.recall == Share{1, 2});
  CHECK(scores.negatives == Share{1, 2});
  CHECK(scores.precision == Share{1, 2});  // the truth does not know "elsewhere"
  CHECK(scores.max_jaccard_difference == -1);

  EvaluateOptions options;
  options.positive_labels = {"template"};
  const PairScores others = scores_of(found, truth, options);
  CHECK(others.recall == Share{1, 1});
  CHECK(others.negatives == Share{1, 3});
}

TEST_CASE("found pairs count by their verdict, and without one asked for by their score") {
  const auto row = [](const std::string& a, const std::string& b, const std::string& verdict,
                      const std::string& rest) {
    return R"({"a":")" + a + R"(","b":")" + b + R"(","verdict":")" + verdict + "\"," + rest + "}\n";
  };
  const TemporaryFolder folder;
  const std::string path = folder.file(
      "pairs.jsonl", row("a", "b", "identical", R"("jaccard":1,"score":65536)") +
                         row("a", "c", "abridged", R"("jaccard":0.4,"score":60000)") +
                         row("a", "d", "passage_reuse", R"("jaccard":0.1,"score":0)") +
                         row("a", "e", "identical",
                             R"("jaccard":0.99,"score":65536,"coverage_a":1,"coverage_b":0.995,)"
                             R"("identity":0.999)"));
  const auto found = [&](const std::string& b, const std::vector<std::string>& verdicts) {
    EvaluateOptions options;
    options.verdicts = verdicts;
    return evaluate_pairs(path, {true_pair("a", b)}, options).recall.part;
  };
  CHECK(found("b", {}) == 1);
  CHECK(found("c", {}) == 1);
  CHECK(found("d", {}) == 0);
  CHECK(found("e", {}) == 1);
  CHECK(found("b", {"abridged"}) == 0);
  CHECK(found("c", {"abridged", "derived"}) == 1);
  CHECK(found("d", {"passage_reuse"}) == 1);
  EvaluateOptions abridged;
  abridged.verdicts = {"abridged"};
  // b has the text of a, so a-c stands for b-c.
  CHECK(evaluate_pairs(path, {true_pair("b", "c")}, abridged).recall.part == 1);
  CHECK(evaluate_pairs(path, {true_pair("b", "c")}, abridged).precision == Share{1, 2});
  // Identical but for a few letters is no equality: what holds for a may not hold for e.
  CHECK(evaluate_pairs(path, {true_pair("e", "c")}).recall.part == 0);
}

TEST_CASE("recall may be asked for above a Jaccard or a containment alone") {
  std::vector<TruthPair> truth{true_pair("a", "b", .9), true_pair("c", "d", .4),
                               true_pair("e", "f")};
  truth[1].containment = .95;
  EvaluateOptions options;
  options.min_jaccard = .5;
  CHECK(scores_of({}, truth, options).recall == Share{0, 2});
  options = {};
  options.min_containment = .96;
  CHECK(scores_of({}, truth, options).recall == Share{0, 2});
  // A found pair below the bound is still true.
  options.min_jaccard = .5;
  CHECK(scores_of({{"c", "d", .4}}, truth, options).precision == Share{1, 1});
}

TEST_CASE("buckets are closed below and open above, and exactly 1 stands alone") {
  const PairScores scores =
      scores_of({{"a", "b", .3}, {"i", "j", 1}},
                {true_pair("a", "b", .3), true_pair("c", "d", .299999), true_pair("e", "f", .7),
                 true_pair("g", "h", .999999), true_pair("i", "j", 1), true_pair("k", "l")});
  REQUIRE(scores.buckets.size() == 9);
  const std::vector<Share> expected{{0, 1}, {1, 1}, {0, 0}, {0, 0}, {0, 0},
                                    {0, 1}, {0, 0}, {0, 1}, {1, 1}};
  for (std::size_t i = 0; i < expected.size(); ++i) {
    CAPTURE(i);
    CHECK(scores.buckets[i].recall == expected[i]);
    CHECK(scores.buckets[i].to == (i + 1 < expected.size() ? scores.buckets[i + 1].from : 1));
  }
  CHECK(scores.buckets.back().from == 1);
  CHECK(scores_of({}, {true_pair("a", "b")}).buckets.empty());
}

TEST_CASE("missed pairs are listed by falling Jaccard, then by id") {
  const PairScores scores = scores_of({}, {true_pair("x", "y"), true_pair("c", "d", .5),
                                           true_pair("a", "b", .5), true_pair("e", "f", .9)});
  std::string order;
  for (const TruthPair& pair : scores.missed) order += pair.a;
  CHECK(order == "eacx");
}

TEST_CASE("a pair listed twice counts once, and a document is no pair with itself") {
  const PairScores scores = scores_of(
      {{"a", "b", .9}}, {true_pair("a", "b", .9), true_pair("b", "a", .1), true_pair("c", "c", 1)});
  CHECK(scores.recall == Share{1, 1});
  CHECK(scores.max_jaccard_difference == 0);
}

TEST_CASE("no findings and no truth give zeros, not a division by zero") {
  const PairScores scores = scores_of({}, {});
  CHECK(scores.recall == Share{0, 0});
  CHECK(scores.f1 == 0);
  CHECK(scores.recall.value() == 0);
}

TEST_CASE("truth rows may have j, c and a label, and blank lines between them") {
  const TemporaryFolder folder;
  const std::string path =
      folder.file("truth.jsonl",
                  "{\"a\": \"x/1\", \"b\": \"y\", \"j\": 0.25, \"c\": 1, \"inter\": 3}\r\n\n"
                  "{\"a\": \"p\", \"b\": \"q\", \"label\": \"copy\"}");
  const std::vector<TruthPair> truth = read_truth(path);
  REQUIRE(truth.size() == 2);
  CHECK(truth[0].a == "x/1");
  CHECK(truth[0].jaccard == .25);
  CHECK(truth[0].containment == 1);
  CHECK(truth[0].label.empty());
  CHECK(truth[1].b == "q");
  CHECK(truth[1].jaccard < 0);
  CHECK(truth[1].label == "copy");
}

TEST_CASE("a bad row of truth or findings is named by file and line") {
  const TemporaryFolder folder;
  for (const std::string bad : {"{\"a\":\"x\"}", "{\"a\":1,\"b\":2}", "[]", "nonsense"}) {
    const std::string path = folder.file(
        "bad.jsonl",
        "{\"a\":\"x\",\"b\":\"y\",\"verdict\":\"identical\",\"jaccard\":1}\n" + bad + "\n");
    CHECK(message_of([&] { (void)read_truth(path); }).find("bad.jsonl:2:") != std::string::npos);
    CHECK(message_of([&] { (void)evaluate_pairs(path, {}); }).find("bad.jsonl:2:") !=
          std::string::npos);
  }
  CHECK(message_of([&] { (void)read_truth(folder.path("missing")); }).find("missing") !=
        std::string::npos);
  CHECK(message_of([&] { (void)evaluate_pairs(folder.path(), {}); }).find("pairs.jsonl") !=
        std::string::npos);
}

TEST_CASE("a run is named by its folder or by its file") {
  const TemporaryFolder folder;
  const std::string file = pairs_file(folder, {{"a", "b", .9}});
  const std::vector<TruthPair> truth{true_pair("a", "b", .9)};
  CHECK(evaluate_pairs(file, truth).recall == Share{1, 1});
  CHECK(evaluate_pairs(folder.path("run"), truth).recall == Share{1, 1});
}

// Reads every list of pairs beside the repository, where there are any.
TEST_CASE("the truths of the shared data are read") {
  namespace fs = std::filesystem;
  const char* set_data = std::getenv("WIRECOPY_DATA");
  const fs::path data = set_data != nullptr
                            ? fs::path(set_data)
                            : fs::path(__FILE__).parent_path() / "../../shared/data";
  if (!fs::exists(data)) {
    WARN("skipped: no folder " << data << "; set WIRECOPY_DATA");
    return;
  }
  const std::map<std::string, std::size_t> expected{
      {"fnc1_train/truth.hand.jsonl.zst", 56},
      {"clough_stevenson/truth.pairs.jsonl.zst", 95},
      {"minhash_tutorial_2500/truth.pairs.jsonl.zst", 20},
      {"reuters_fin_2006_2009/truth.exact5.jsonl.zst", 6596}};
  for (const auto& [name, rows] : expected) {
    CAPTURE(name);
    CHECK(read_truth((data / name).string()).size() == rows);
  }
}
