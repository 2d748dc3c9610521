#include <cmath>
#include <functional>
#include <set>
#include <string>

#include "base/json.h"
#include "catch.h"
#include "evaluate/forecast.h"
#include "evaluate/labelled_pairs.h"
#include "oracle.h"
#include "temporary_folder.h"
#include "wirecopy/error.h"
#include "wirecopy/evaluate.h"

using namespace wirecopy;
using test::TemporaryFolder;

namespace {

struct PairRow {
  std::string a;
  std::string b;
  double coverage = 0;
  double letters = 0;
  double score = 0;  // in [0, 1]
};

std::string pair_row(const PairRow& pair) {
  base::JsonWriter json;
  json.begin_object().key("a").string(pair.a).key("b").string(pair.b);
  json.key("verdict").string("derived").key("score").share(std::round(65536 * pair.score));
  json.key("jaccard").share(pair.coverage / 2);
  json.key("a_in_b").share(pair.coverage / 3).key("b_in_a").share(pair.coverage / 2);
  json.key("coverage_a").share(pair.coverage).key("coverage_b").share(pair.coverage / 2);
  json.key("aligned_a").share(pair.letters).key("aligned_b").share(pair.letters);
  json.key("identity").share(0.9).end_object();
  return std::string(json.text()) + "\n";
}

std::string truth_row(const std::string& a, const std::string& b, const std::string& label) {
  return R"({"a":")" + a + R"(","b":")" + b + R"(","label":")" + label + "\"}\n";
}

// Stories of two copies, and pairs between stories. Chance says whether a pair is one: the longer
// what is aligned the likelier, while the coverage, which is the rule's score, says little.
struct Corpus {
  std::string pairs;
  std::string truth;
};

Corpus make_corpus(std::uint64_t seed, int stories) {
  oracle::Random random(seed);
  Corpus corpus;
  for (int i = 0; i < stories; ++i) {
    const double letters = 30 * std::exp(5 * oracle::chance(random));
    const double coverage = oracle::chance(random);
    const double odds = 2 * (std::log(letters) - 6) + 0.5 * coverage;
    const bool copy = oracle::chance(random) < 1 / (1 + std::exp(-odds));
    const std::string a = "a" + std::to_string(i);
    const std::string b = "b" + std::to_string(i);
    corpus.pairs += pair_row({a, b, coverage, letters, coverage});
    corpus.truth += truth_row(a, b, copy ? "copy" : "template");
  }
  return corpus;
}

class Run {
 public:
  explicit Run(const Corpus& corpus) {
    static_cast<void>(folder_.file("run/pairs.jsonl", corpus.pairs));
    static_cast<void>(folder_.file("truth.pairs.jsonl", corpus.truth));
  }
  void add_clusters(const std::string& rows) {
    static_cast<void>(folder_.file("truth.clusters.jsonl", rows));
  }
  [[nodiscard]] LabelledRun labelled() const {
    return {folder_.path("run"), truth_files({folder_.path()})};
  }

 private:
  TemporaryFolder folder_;
};

std::string message_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::input);
    return error.what();
  }
  return "no error";
}

}  // namespace

TEST_CASE("weights are where the gradient of the penalized loss vanishes") {
  const Run run(make_corpus(1, 400));
  const Calibration calibration = calibrate(run.labelled(), {});
  const auto fit = evaluate::halves_of(run.labelled(), {}).fit;
  const std::size_t features = evaluate::kFeatures.size();
  REQUIRE(calibration.weights.size() == features);
  std::vector<double> mean(features);
  for (const auto& pair : fit) {
    for (std::size_t k = 0; k < features; ++k) mean[k] += pair.features[k];
  }
  for (double& value : mean) value /= static_cast<double>(fit.size());
  std::vector<double> gradient(features);
  double of_intercept = 0;
  for (const auto& pair : fit) {
    double odds = calibration.intercept;
    for (std::size_t k = 0; k < features; ++k) {
      odds += calibration.weights[k].weight * pair.features[k];
    }
    const double error = (pair.positive ? 1 : 0) - 1 / (1 + std::exp(-odds));
    of_intercept += error;
    for (std::size_t k = 0; k < features; ++k) {
      const Weight& weight = calibration.weights[k];
      if (weight.weight == 0) continue;
      const double deviation = weight.standard / weight.weight;
      gradient[k] += error * (pair.features[k] - mean[k]) / deviation;
    }
  }
  CHECK(of_intercept == Approx(0).margin(1e-5));
  for (std::size_t k = 0; k < features; ++k) {
    CAPTURE(k);
    CHECK(gradient[k] - calibration.weights[k].standard == Approx(0).margin(1e-5));
  }
  CHECK(calibration.weights[3].weight == Approx(0).margin(1e-9));  // identity never changes
}

TEST_CASE("weights beat the rule where something else than coverage tells copies apart") {
  const Run run(make_corpus(2, 2000));
  const Run other(make_corpus(3, 500));
  const Calibration calibration = calibrate(run.labelled(), {other.labelled()});
  REQUIRE(calibration.tests.size() == 2);
  for (const CalibrationTest& test : calibration.tests) {
    CHECK(test.weights_win());
    CHECK(test.weights.auc > 0.9);
    CHECK(test.rule.auc < 0.6);
    std::uint64_t pairs = 0;
    double far_off = 0;
    for (const ReliabilityBin& bin : test.bins) {
      pairs += bin.pairs;
      far_off += std::abs(bin.predicted - bin.observed) * static_cast<double>(bin.pairs);
    }
    CHECK(pairs == test.positives.whole);
    CHECK(far_off / static_cast<double>(pairs) < 0.06);
  }
  CHECK(calibration.tests[1].positives.whole == 500);
  CHECK(calibration.positives.whole + calibration.tests[0].positives.whole == 2000);
}

TEST_CASE("weights do not win where the rule is the truth itself") {
  Corpus corpus;
  for (int i = 0; i < 200; ++i) {
    const std::string id = std::to_string(i);
    const bool copy = i % 2 == 0;
    corpus.pairs += pair_row({"a" + id, "b" + id, 0.5, 300.0 + i, copy ? 1.0 : 0.0});
    corpus.truth += truth_row("a" + id, "b" + id, copy ? "copy" : "template");
  }
  const Run run(corpus);
  CHECK_FALSE(calibrate(run.labelled(), {}).tests[0].weights_win());
}

TEST_CASE("weights stay finite where a feature splits true from false pairs") {
  Corpus corpus;
  for (int i = 0; i < 200; ++i) {
    const std::string id = std::to_string(i);
    const bool copy = i % 2 == 0;
    corpus.pairs += pair_row({"a" + id, "b" + id, copy ? 0.9 : 0.1, 300, 0.5});
    corpus.truth += truth_row("a" + id, "b" + id, copy ? "copy" : "event");
  }
  const Run run(corpus);
  const Calibration calibration = calibrate(run.labelled(), {});
  CHECK(calibration.tests[0].weights.auc == 1);
  for (const Weight& weight : calibration.weights) CHECK(std::abs(weight.standard) < 20);
}

TEST_CASE("no story stands on both sides, and pairs across are left out") {
  oracle::Random random(4);
  Corpus corpus;
  std::set<std::string> labelled;
  for (int i = 0; i < 300; ++i) {
    const std::size_t story = oracle::below(random, 40);
    const auto id = [&](std::size_t of) {
      return "s" + std::to_string(of) + "-" + std::to_string(oracle::below(random, 5));
    };
    corpus.truth += truth_row("s" + std::to_string(story) + "-0", id(story), "copy");
    // The number of the story is hidden in the letters.
    const std::size_t other = oracle::below(random, 40);
    corpus.pairs += pair_row({id(story), id(story), 0.5, static_cast<double>(story), 0.5});
    corpus.pairs += pair_row({id(story), id(other), 0.5, static_cast<double>(story), 0.5});
  }
  const Run run(corpus);
  const evaluate::LabelledHalves halves = evaluate::halves_of(run.labelled(), {});
  std::set<double> fit;
  std::set<double> test;
  for (const auto& pair : halves.fit) fit.insert(pair.features[2]);
  for (const auto& pair : halves.test) test.insert(pair.features[2]);
  CHECK(fit.size() > 10);
  CHECK(test.size() > 10);
  for (const double story : fit) CHECK_FALSE(test.contains(story));
  const std::size_t all = evaluate::labelled_pairs(run.labelled(), {}).size();
  CHECK(halves.fit.size() + halves.test.size() < all);
}

TEST_CASE("a pair without a label is true within a cluster of the truth and false between two") {
  Corpus corpus;
  for (const auto& [a, b] :
       {std::pair("a", "b"), {"a", "c"}, {"a", "x"}, {"a", "unknown"}, {"t1", "t2"}, {"c", "s"}}) {
    corpus.pairs += pair_row({a, b, 0.5, 100, 0.5});
  }
  corpus.truth = truth_row("a", "b", "copy") + truth_row("t1", "t2", "template");
  Run run(corpus);
  run.add_clusters(R"({"cluster":"a","kind":"story","members":["a","b","c"]})"
                   "\n"
                   R"({"cluster":"x","kind":"story","members":["x"]})"
                   "\n"
                   R"({"cluster":"s","kind":"single","members":["s"]})"
                   "\n");
  std::string labels;
  for (const auto& pair : evaluate::labelled_pairs(run.labelled(), {})) {
    labels += pair.positive ? '+' : '-';
  }
  CHECK(labels == "++---");
  EvaluateOptions options;
  options.positive_labels = {"template"};
  labels.clear();
  for (const auto& pair : evaluate::labelled_pairs(run.labelled(), options)) {
    labels += pair.positive ? '+' : '-';
  }
  CHECK(labels[0] == '-');
  CHECK(labels[3] == '+');
}

TEST_CASE("features are read from the rows, whichever text is the shorter one") {
  Corpus corpus;
  corpus.pairs = pair_row({"a", "b", 0.8, 99, 0.25});
  corpus.truth = truth_row("b", "a", "copy");
  const auto pairs = evaluate::labelled_pairs(Run(corpus).labelled(), {});
  REQUIRE(pairs.size() == 1);
  const std::vector<double> expected{0.8, 0.4, std::log(100), 0.9, 0.4, 0.4, 0.8 * std::log(100)};
  for (std::size_t k = 0; k < expected.size(); ++k) {
    CAPTURE(k);
    CHECK(pairs[0].features[k] == Approx(expected[k]));
  }
  CHECK(pairs[0].rule == 0.25);
}

TEST_CASE("calibration says what it lacks") {
  const std::string unaligned =
      R"({"a":"a","b":"b","verdict":"near_duplicate","score":1,"jaccard":1,"coverage_a":null})";
  const Run corpus({unaligned, truth_row("a", "b", "copy")});
  CHECK(message_of([&] {
          static_cast<void>(calibrate(corpus.labelled(), {}));
        }).find("no pair was aligned") != std::string::npos);
  Corpus one_sided;
  for (int i = 0; i < 20; ++i) {
    const std::string id = std::to_string(i);
    one_sided.pairs += pair_row({"a" + id, "b" + id, 0.5, 300, 0.5});
    one_sided.truth += truth_row("a" + id, "b" + id, "copy");
  }
  const Run run(one_sided);
  CHECK(message_of([&] {
          static_cast<void>(calibrate(run.labelled(), {}));
        }).find("needs true and false") != std::string::npos);
  const Run bad({"{}\n", truth_row("a", "b", "copy")});
  CHECK(message_of([&] {
          static_cast<void>(calibrate(bad.labelled(), {}));
        }).find("pairs.jsonl:1:") != std::string::npos);
}

TEST_CASE("forecasts are judged as their definitions say") {
  oracle::Random random(9);
  for (int round = 0; round < 100; ++round) {
    std::vector<evaluate::Outcome> outcomes(1 + oracle::below(random, 30));
    double brier = 0;
    double loss = 0;
    for (evaluate::Outcome& outcome : outcomes) {
      outcome.probability = static_cast<double>(oracle::below(random, 11)) / 10;
      outcome.happened = oracle::chance(random) < outcome.probability;
      brier += std::pow(outcome.probability - (outcome.happened ? 1 : 0), 2);
      const double given = outcome.happened ? outcome.probability : 1 - outcome.probability;
      loss -= std::log(std::min(std::max(given, 1e-6), 1 - 1e-6));
    }
    double won = 0;
    double games = 0;
    for (const auto& yes : outcomes) {
      for (const auto& no : outcomes) {
        if (!yes.happened || no.happened) continue;
        games += 1;
        won += yes.probability > no.probability ? 1 : yes.probability == no.probability ? .5 : 0;
      }
    }
    const Forecast forecast = evaluate::forecast_of(outcomes);
    const auto count = static_cast<double>(outcomes.size());
    CHECK(forecast.brier == Approx(brier / count));
    CHECK(forecast.log_loss == Approx(loss / count));
    CHECK(forecast.auc == Approx(games == 0 ? 0.5 : won / games));
    const auto bins = evaluate::reliability_of(outcomes);
    std::uint64_t pairs = 0;
    for (const ReliabilityBin& bin : bins) pairs += bin.pairs;
    CHECK(bins.size() == 10);
    CHECK(pairs == outcomes.size());
  }
  CHECK(evaluate::forecast_of({}).brier == 0);
}
