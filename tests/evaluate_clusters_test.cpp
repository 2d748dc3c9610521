#include <algorithm>
#include <functional>
#include <numeric>
#include <set>

#include "base/json.h"
#include "catch.h"
#include "evaluate/contingency.h"
#include "oracle.h"
#include "temporary_folder.h"
#include "wirecopy/error.h"
#include "wirecopy/evaluate.h"

using namespace wirecopy;
using test::TemporaryFolder;

namespace {

using Clusters = std::vector<std::vector<std::string>>;

std::string truth_rows(const Clusters& clusters, const std::string& kind = "story") {
  std::string rows;
  for (const auto& cluster : clusters) {
    base::JsonWriter json;
    json.begin_object().key("cluster").string(cluster.front()).key("kind").string(kind);
    json.key("members").begin_array();
    for (const std::string& id : cluster) json.string(id);
    json.end_array().end_object();
    rows.append(json.text()).append("\n");
  }
  return rows;
}

// The first of each cluster has the role first.
std::string found_rows(const Clusters& clusters) {
  std::string rows;
  for (const auto& cluster : clusters) {
    base::JsonWriter json;
    json.begin_object().key("cluster").string("x").key("members").begin_array();
    for (const std::string& id : cluster) {
      json.begin_object().key("id").string(id);
      json.key("role").string(id == cluster.front() ? "first" : "copy").end_object();
    }
    json.end_array().end_object();
    rows.append(json.text()).append("\n");
  }
  return rows;
}

ClusterScores scores_of_rows(const std::string& found, const std::string& truth,
                             const Bootstrap& bootstrap = {0, 1}) {
  const TemporaryFolder folder;
  static_cast<void>(folder.file("run/clusters.jsonl", found));
  const std::string path = folder.file("truth.clusters.jsonl", truth);
  return evaluate_clusters(folder.path("run"), truth_files({path}), bootstrap);
}

ClusterScores scores_of(const Clusters& found, const Clusters& truth,
                        const Bootstrap& bootstrap = {0, 1}) {
  return scores_of_rows(found_rows(found), truth_rows(truth), bootstrap);
}

std::vector<std::string> numbers(int from, int to) {
  std::vector<std::string> ids;
  for (int i = from; i <= to; ++i) ids.push_back(std::to_string(i));
  return ids;
}

Clusters clusters_of(const std::vector<std::uint32_t>& labels) {
  Clusters clusters(labels.empty() ? 0 : std::ranges::max(labels) + 1);
  for (std::size_t i = 0; i < labels.size(); ++i) clusters[labels[i]].push_back(std::to_string(i));
  std::erase_if(clusters, [](const auto& cluster) { return cluster.empty(); });
  return clusters;
}

// The oracle: every document with every other one. `group` says which documents are strangers to
// each other though of one truth cluster: draws of it.
struct Counted {
  double documents = 0, pairs = 0, true_pairs = 0, found_pairs = 0, common = 0;
  double precision = 0, recall = 0;

  [[nodiscard]] double ari() const {
    const double expected = pairs == 0 ? 0 : true_pairs * found_pairs / pairs;
    const double mean = (true_pairs + found_pairs) / 2;
    return mean == expected ? 1 : (common - expected) / (mean - expected);
  }
};

struct Drawn {
  std::uint32_t truth = 0;
  std::uint32_t found = 0;
  std::uint32_t draw = 0;
};

Counted count_all(const std::vector<Drawn>& documents) {
  Counted counted;
  for (std::size_t i = 0; i < documents.size(); ++i) {
    double in_truth = 0;
    double in_found = 0;
    double in_both = 0;
    for (std::size_t j = 0; j < documents.size(); ++j) {
      const bool same_truth = documents[i].truth == documents[j].truth;
      if (same_truth && documents[i].draw != documents[j].draw) continue;  // strangers
      const bool same_found = documents[i].found == documents[j].found;
      in_truth += same_truth ? 1 : 0;
      in_found += same_found ? 1 : 0;
      in_both += same_truth && same_found ? 1 : 0;
      if (j >= i) continue;
      counted.pairs += 1;
      counted.true_pairs += same_truth ? 1 : 0;
      counted.found_pairs += same_found ? 1 : 0;
      counted.common += same_truth && same_found ? 1 : 0;
    }
    counted.precision += in_both / in_found;
    counted.recall += in_both / in_truth;
  }
  counted.documents = static_cast<double>(documents.size());
  counted.precision /= std::max(1.0, counted.documents);
  counted.recall /= std::max(1.0, counted.documents);
  return counted;
}

}  // namespace

TEST_CASE("ARI and pair counts of a small example are those worked out by hand") {
  // The pairs a-b and e-f are common; 6 true, 3 found, 15 in all: (2 − 1.2) / (4.5 − 1.2).
  const ClusterScores scores =
      scores_of({{"a", "b"}, {"c", "d"}, {"e", "f"}}, {{"a", "b", "c"}, {"d", "e", "f"}});
  CHECK(scores.ari.value == Approx(0.8 / 3.3));
  CHECK(scores.documents == 6);
  CHECK(scores.true_pairs == 6);
  CHECK(scores.found_pairs == 3);
  CHECK(scores.common_pairs == 2);
  CHECK(scores.pair_precision.value == Approx(2.0 / 3));
  CHECK(scores.pair_recall.value == Approx(2.0 / 6));
  CHECK(scores.pair_f1.value == Approx(4.0 / 9));
  CHECK_FALSE(scores.ari.interval);
}

TEST_CASE("B-cubed gives the figures of the paper's example") {
  const Clusters truth{numbers(1, 5), numbers(6, 7), numbers(8, 12)};
  const ClusterScores near = scores_of({numbers(1, 5), numbers(6, 12)}, truth);
  CHECK(near.bcubed_precision.value == Approx(0.7619).epsilon(1e-4));
  CHECK(near.bcubed_recall.value == 1);
  std::vector<std::string> large = numbers(1, 5);
  const std::vector<std::string> more = numbers(8, 12);
  large.insert(large.end(), more.begin(), more.end());
  const ClusterScores far = scores_of({large, numbers(6, 7)}, truth);
  CHECK(far.bcubed_precision.value == Approx(0.5833).epsilon(1e-4));
  CHECK(far.bcubed_recall.value == 1);
}

TEST_CASE("a clustering that is right has all measures 1, and so have its resamples") {
  const Clusters truth{{"a", "b", "c"}, {"d"}, {"e", "f"}};
  const ClusterScores scores = scores_of({{"c", "a", "b"}, {"e", "f"}}, truth, {50, 3});
  for (const Measure& measure : {scores.ari, scores.bcubed_f1, scores.bcubed_precision}) {
    CHECK(measure.value == 1);
    REQUIRE(measure.interval);
    CHECK(measure.interval->low == 1);
    CHECK(measure.interval->high == 1);
  }
  CHECK(scores.exact == Share{2, 2});
}

TEST_CASE(
    "documents in no found cluster are singletons, and those the truth does not name are none") {
  const ClusterScores scores = scores_of({{"a", "b", "stranger"}}, {{"a", "b"}, {"c"}, {"d", "e"}});
  CHECK(scores.documents == 5);
  CHECK(scores.found_pairs == 1);
  CHECK(scores.exact == Share{1, 2});
  CHECK(scores.bcubed_precision.value == 1);
  CHECK(scores.bcubed_recall.value == Approx((2 + 1 + 0.5 + 0.5) / 5));
}

TEST_CASE("cluster measures agree with counting every pair of documents") {
  oracle::Random random(5);
  for (int round = 0; round < 200; ++round) {
    CAPTURE(round);
    const std::size_t size = oracle::below(random, 20);
    std::vector<std::uint32_t> truth(size);
    std::vector<std::uint32_t> found(size);
    std::vector<Drawn> documents;
    for (std::size_t i = 0; i < size; ++i) {
      truth[i] = static_cast<std::uint32_t>(oracle::below(random, 7));
      found[i] = static_cast<std::uint32_t>(oracle::below(random, 7));
      documents.push_back({truth[i], found[i], 0});
    }
    const Counted expected = count_all(documents);
    const ClusterScores scores = scores_of(clusters_of(found), clusters_of(truth));
    CHECK(static_cast<double>(scores.true_pairs) == expected.true_pairs);
    CHECK(static_cast<double>(scores.found_pairs) == expected.found_pairs);
    CHECK(static_cast<double>(scores.common_pairs) == expected.common);
    CHECK(scores.ari.value == Approx(expected.ari()));
    CHECK(scores.bcubed_precision.value == Approx(expected.precision));
    CHECK(scores.bcubed_recall.value == Approx(expected.recall));
  }
}

TEST_CASE("a draw of truth clusters is scored as if its documents were written out") {
  oracle::Random random(6);
  for (int round = 0; round < 200; ++round) {
    CAPTURE(round);
    std::vector<std::uint32_t> truth;
    std::vector<std::uint32_t> found;
    std::vector<std::uint32_t> weights(6);
    for (std::uint32_t cluster = 0; cluster < weights.size(); ++cluster) {
      weights[cluster] = static_cast<std::uint32_t>(oracle::below(random, 4));
      for (std::size_t i = 0; i <= oracle::below(random, 4); ++i) {
        truth.push_back(cluster);
        found.push_back(oracle::below(random, 5) == 0
                            ? evaluate::Contingency::kAlone
                            : static_cast<std::uint32_t>(oracle::below(random, 4)));
      }
    }
    std::vector<Drawn> documents;
    std::uint32_t alone = 1000;
    for (std::size_t i = 0; i < truth.size(); ++i) {
      const std::uint32_t place = found[i] == evaluate::Contingency::kAlone ? alone++ : found[i];
      for (std::uint32_t draw = 0; draw < weights[truth[i]]; ++draw) {
        documents.push_back({truth[i], place, draw});
      }
    }
    const Counted expected = count_all(documents);
    const evaluate::Crossing crossing =
        evaluate::Contingency(weights.size(), truth, found).cross(weights);
    CHECK(static_cast<double>(crossing.documents) == expected.documents);
    CHECK(static_cast<double>(crossing.pairs) == expected.pairs);
    CHECK(static_cast<double>(crossing.found_pairs) == expected.found_pairs);
    CHECK(crossing.ari() == Approx(expected.ari()));
    CHECK(crossing.bcubed_precision == Approx(expected.precision));
    CHECK(crossing.bcubed_recall == Approx(expected.recall));
  }
}

TEST_CASE("ARI is exact where products of pairs pass 64 bits") {
  evaluate::Crossing crossing;
  crossing.pairs = 500'000'000'000'000'000;
  crossing.true_pairs = crossing.found_pairs = crossing.common_pairs = 300'000'000'000'000'000;
  CHECK(crossing.ari() == 1);
  crossing.common_pairs = 180'000'000'000'000'000;  // what chance alone gives
  CHECK(crossing.ari() == 0);
}

TEST_CASE("the five largest truth clusters can be left out of ARI") {
  Clusters truth;
  for (int i = 0; i < 5; ++i) truth.push_back(numbers(100 * i, 100 * i + 9));
  truth.push_back({"a", "b"});
  truth.push_back({"c", "d"});
  const ClusterScores scores = scores_of({{"a", "b"}, {"c", "d"}}, truth);
  CHECK(scores.ari.value < 0.1);
  CHECK(scores.ari_without_largest.value == 1);
}

TEST_CASE("template documents in one found cluster are counted by pairs") {
  const std::string truth = truth_rows({{"t1"}, {"t2"}, {"t3"}, {"t4"}}, "template") +
                            truth_rows({{"a", "b"}}) + truth_rows({{"s"}}, "single");
  CHECK(
      scores_of_rows(found_rows({{"t1", "t2", "t3", "s"}, {"t4", "a"}}), truth).templates_merged ==
      3);
  CHECK(scores_of_rows(found_rows({{"t1", "a", "b"}}), truth).templates_merged == 0);
}

TEST_CASE("the first of a story is the one that the truth is certain of") {
  const std::string stories =
      R"({"story":"one","first":"b","certain":true,"members":[{"id":"a"},{"id":"b"}]})"
      "\n"
      R"({"story":"two","first":"c","certain":false,"members":[{"id":"c"},{"id":"d"}]})"
      "\n"
      R"({"story":"three","first":"e","certain":true,"members":[{"id":"e"},{"id":"f"}]})"
      "\n";
  CHECK(scores_of_rows(found_rows({{"b", "a"}, {"d", "c"}, {"f", "e"}}), stories).firsts ==
        Share{1, 2});
  CHECK(scores_of({{"b", "a"}}, {{"a", "b"}, {"c", "d"}, {"e"}}).firsts == Share{0, 2});
}

TEST_CASE("intervals are the same for the same seed, others for another, and hold the value") {
  oracle::Random random(8);
  Clusters truth;
  Clusters found;
  for (int i = 0; i < 60; ++i) {
    truth.push_back(numbers(10 * i, 10 * i + 4));
    // Half of the stories are torn in two.
    found.push_back(numbers(10 * i, 10 * i + (oracle::below(random, 2) == 0 ? 4 : 2)));
  }
  const ClusterScores first = scores_of(found, truth, {200, 7});
  const ClusterScores again = scores_of(found, truth, {200, 7});
  const ClusterScores other = scores_of(found, truth, {200, 8});
  REQUIRE(first.ari.interval);
  CHECK(first.ari.interval->low == again.ari.interval->low);
  CHECK(first.bcubed_f1.interval->high == again.bcubed_f1.interval->high);
  CHECK(first.ari.interval->low != other.ari.interval->low);
  CHECK(first.ari.interval->low < first.ari.value);
  CHECK(first.ari.value < first.ari.interval->high);
  // Shares of whole stories: the interval is about that of the binomial, ±2 √(p(1−p)/60).
  const double width = first.pair_recall.interval->high - first.pair_recall.interval->low;
  CHECK(width > 0.08);
  CHECK(width < 0.3);
}

TEST_CASE("order of rows and members does not matter") {
  const Clusters truth{{"a", "b", "c"}, {"d", "e"}, {"f"}};
  const ClusterScores one = scores_of({{"a", "b"}, {"c", "d", "f"}}, truth);
  const ClusterScores two =
      scores_of({{"f", "c", "d"}, {"b", "a"}}, {{"f"}, {"e", "d"}, {"c", "b", "a"}});
  CHECK(one.ari.value == two.ari.value);
  CHECK(one.bcubed_f1.value == two.bcubed_f1.value);
}

TEST_CASE("a truth without clusters and a run without clusters give zeros") {
  CHECK(scores_of({}, {}, {10, 1}).documents == 0);
  CHECK_FALSE(scores_of({}, {}, {10, 1}).ari.interval);
  const ClusterScores alone = scores_of({}, {{"a"}, {"b", "c"}});
  CHECK(alone.pair_precision.value == 0);
  CHECK(alone.ari.value == 0);
  CHECK(alone.bcubed_precision.value == 1);
}

TEST_CASE("bad rows of clusters are named by file and line") {
  const auto message = [](const std::string& found, const std::string& truth) -> std::string {
    try {
      static_cast<void>(scores_of_rows(found, truth));
    } catch (const Error& error) {
      CHECK(error.code() == ErrorCode::input);
      return error.what();
    }
    return "no error";
  };
  const std::string good = truth_rows({{"a", "b"}});
  const std::string found = found_rows({{"a", "b"}});
  for (const std::string bad : {R"({"members":[]})", R"({"cluster":"x","members":["a"]})",
                                R"({"members":[{"name":"x"}]})", "nonsense"}) {
    CAPTURE(bad);
    CHECK(message(found, good + bad).find("truth.clusters.jsonl:2:") != std::string::npos);
  }
  for (const std::string bad : {R"({"members":[]})", R"({"members":[{"id":7}]})", "[]"}) {
    CAPTURE(bad);
    CHECK(message(found + bad, good).find("clusters.jsonl:2:") != std::string::npos);
  }
  CHECK(message(found + found, good).find("two clusters") != std::string::npos);
}
