#include <algorithm>
#include <numeric>
#include <stdexcept>
#include <tuple>

#include "base/parallel.h"
#include "catch.h"
#include "cluster_worlds.h"
#include "wirecopy/error.h"

namespace wirecopy {

bool operator==(const LinkedCluster& x, const LinkedCluster& y) {
  return x.members == y.members && x.medoid == y.medoid && x.min_score == y.min_score &&
         x.mean_score == y.mean_score && x.weak == y.weak && x.bridges == y.bridges;
}

namespace {

using namespace worlds;
using oracle::PlainAverageLink;

TEST_CASE("sparse average-link equals the plain rule", "[cluster]") {
  Random random(11);
  for (int round = 0; round < 600; ++round) {
    const auto count = static_cast<std::uint32_t>(2 + oracle::below(random, 22));
    const World world = random_world(random, count, round % 3 == 0 ? 0.05 : 0);
    const std::vector<ScoredPair> pairs = world.some(random, oracle::chance(random));
    const Ids ids = some_ids(random, count);
    const auto below = [&](std::size_t n) {
      return static_cast<std::uint32_t>(oracle::below(random, n));
    };
    const LinkRule rule{1 + below(kOne), below(20), below(9), 2 + below(3), 2 + below(6)};
    const Linked expected = PlainAverageLink(pairs, ids, rule, world.truth()).result();
    const Truth truth = world.truth();
    const Linked found = link(pairs, ids, truth, rule);
    REQUIRE(found.clusters == expected.clusters);
    REQUIRE(found.compared == expected.compared);
  }
}

TEST_CASE("it equals the plain rule also where hubs ask ahead", "[cluster]") {
  Random random(17);
  for (int round = 0; round < 4; ++round) {
    const std::uint32_t count = 60;
    World world = random_world(random, count, 0);
    std::vector<ScoredPair> pairs;
    for (std::uint32_t d = 2; d < count; ++d) {
      for (const std::uint32_t hub : {0U, 1U}) {
        world.pairs[{hub, d}].score = kOne / (1 + d % 3);
        pairs.push_back(world.pairs[{hub, d}]);
      }
    }
    const Ids ids = some_ids(random, count);
    const Truth truth = world.truth();
    const LinkRule rule{score_of(.3), 3};
    const Linked expected = PlainAverageLink(pairs, ids, rule, truth).result();
    const Linked found = link(pairs, ids, truth, rule);
    REQUIRE(found.clusters == expected.clusters);
    REQUIRE(found.compared == expected.compared);
  }
}

// The textbook: the mean over all pairs, refused ones as 0; the best two merge.
Partition textbook(const World& world, std::uint32_t count, std::uint32_t merge_at) {
  std::vector<Numbers> groups;
  for (std::uint32_t d = 0; d < count; ++d) groups.push_back({d});
  for (;;) {
    std::uint64_t best_sum = 0;
    std::uint64_t best_pairs = 1;
    std::size_t left = 0;
    std::size_t right = 0;
    for (std::size_t i = 0; i < groups.size(); ++i) {
      for (std::size_t j = i + 1; j < groups.size(); ++j) {
        std::uint64_t sum = 0;
        for (const std::uint32_t a : groups[i]) {
          for (const std::uint32_t b : groups[j]) sum += world.pairs.at(std::minmax(a, b)).score;
        }
        const std::uint64_t pairs = groups[i].size() * groups[j].size();
        if (sum * best_pairs <= best_sum * pairs) continue;
        std::tie(best_sum, best_pairs, left, right) = std::tie(sum, pairs, i, j);
      }
    }
    if (best_sum == 0 || best_sum < merge_at * best_pairs) break;
    groups[left].insert(groups[left].end(), groups[right].begin(), groups[right].end());
    groups.erase(groups.begin() + static_cast<std::ptrdiff_t>(right));
  }
  Partition result;
  for (const Numbers& group : groups) {
    if (group.size() > 1) result.emplace(group.begin(), group.end());
  }
  return result;
}

TEST_CASE("with all pairs known it is the average-link of the textbooks", "[cluster]") {
  Random random(12);
  for (int round = 0; round < 200; ++round) {
    const auto count = static_cast<std::uint32_t>(2 + oracle::below(random, 30));
    World world;  // without ties
    for (std::uint32_t a = 0; a < count; ++a) {
      for (std::uint32_t b = a + 1; b < count; ++b) {
        const auto score = static_cast<std::uint32_t>(oracle::below(random, kOne + 1));
        world.pairs[{a, b}] = {a, b, oracle::below(random, 2) == 0 ? score : 0, false};
      }
    }
    const auto merge_at = static_cast<std::uint32_t>(1 + oracle::below(random, kOne / 2));
    const Truth never = [](std::uint32_t, std::uint32_t) -> ScoredPair {
      throw std::logic_error("asked for a known pair");
    };
    const Linked found =
        link(world.some(random, 2), some_ids(random, count), never, {merge_at, 16, 8, 3, count});
    REQUIRE(partition(found) == textbook(world, count, merge_at));
    CHECK(found.compared.empty());
  }
}

// The same documents under other numbers.
struct Renumbered {
  Numbers number;  // new by old

  [[nodiscard]] ScoredPair operator()(ScoredPair pair) const {
    std::tie(pair.a, pair.b) = std::pair(std::minmax(number[pair.a], number[pair.b]));
    return pair;
  }
  [[nodiscard]] Ids operator()(const Ids& ids) const {
    Ids result = ids;
    for (std::size_t d = 0; d < number.size(); ++d) {
      result.hashes[number[d]] = ids.hashes[d];
      result.places[number[d]] = ids.places[d];
    }
    return result;
  }
  [[nodiscard]] Numbers operator()(Numbers documents) const {
    for (std::uint32_t& d : documents) d = number[d];
    std::sort(documents.begin(), documents.end());
    return documents;
  }
  [[nodiscard]] Linked operator()(const Linked& linked) const {
    Linked result;
    for (LinkedCluster cluster : linked.clusters) {
      cluster.members = (*this)(cluster.members);
      cluster.weak = (*this)(cluster.weak);
      cluster.medoid = number[cluster.medoid];
      for (CandidatePair& pair : cluster.bridges) {
        const ScoredPair moved = (*this)(ScoredPair{pair.first, pair.second, 0, false});
        pair = {moved.a, moved.b};
      }
      std::sort(cluster.bridges.begin(), cluster.bridges.end());
      result.clusters.push_back(cluster);
    }
    std::sort(result.clusters.begin(), result.clusters.end(),
              [](auto& x, auto& y) { return x.members < y.members; });
    for (const ScoredPair& pair : linked.compared) result.compared.push_back((*this)(pair));
    std::sort(result.compared.begin(), result.compared.end());
    return result;
  }
};

TEST_CASE("neither the order of pairs nor the numbers of documents nor threads matter",
          "[cluster]") {
  Random random(13);
  for (int round = 0; round < 100; ++round) {
    const auto count = static_cast<std::uint32_t>(2 + oracle::below(random, 80));
    const World world = random_world(random, count, 0.01);
    std::vector<ScoredPair> pairs = world.some(random, oracle::chance(random) * 0.5);
    const Ids ids = some_ids(random, count);
    const Truth truth = world.truth();
    const Linked expected = base::Threads(1).run([&] {
      return link(pairs, ids, truth, {score_of(.3), 5});
    });

    Renumbered renumbered{Numbers(count)};
    std::iota(renumbered.number.begin(), renumbered.number.end(), 0U);
    shuffle(random, renumbered.number);
    World moved;
    for (const auto& [key, pair] : world.pairs) {
      const ScoredPair other = renumbered(pair);
      moved.pairs[{other.a, other.b}] = other;
    }
    shuffle(random, pairs);
    std::transform(pairs.begin(), pairs.end(), pairs.begin(), renumbered);
    const Truth moved_truth = moved.truth();
    const Linked found = base::Threads(4).run([&] {
      return link(pairs, renumbered(ids), moved_truth, {score_of(.3), 5});
    });
    REQUIRE(found.clusters == renumbered(expected).clusters);
    REQUIRE(found.compared == renumbered(expected).compared);
  }
}

TEST_CASE("pairs and settings that break the contract are refused", "[cluster]") {
  const Truth truth = stories(9, 1);
  const Ids ids = plain_ids(3);
  const auto fails = [&](const std::vector<ScoredPair>& pairs, const LinkRule& rule = {}) {
    CHECK_THROWS_AS(link(pairs, ids, truth, rule), Error);
  };
  fails({{1, 0, 9, false}});
  fails({{1, 1, 9, false}});
  fails({{0, 3, 9, false}});
  fails({{0, 1, kOne + 1, false}});
  fails({{0, 1, 9, false}, {0, 1, 9, false}});
  fails({}, {0, 16});
  fails({}, {kOne + 1, 16});
  const std::vector<ScoredPair> chain{{0, 1, kOne, false}, {1, 2, kOne, false}};
  const CompareMore wrong = [](const std::vector<CandidatePair>&) {
    return std::vector<ScoredPair>{};
  };
  CHECK_THROWS_AS(average_link(chain, ids.hashes, ids.places, {}, wrong), Error);
  CHECK_THROWS_AS(average_link(chain, std::span(ids.hashes).first(2), ids.places, {}, wrong),
                  Error);
  CHECK(link({}, {}, truth).clusters.empty());
}

}  // namespace
}  // namespace wirecopy
