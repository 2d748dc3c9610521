#include <algorithm>
#include <functional>
#include <set>

#include "catch.h"
#include "cluster_worlds.h"

namespace wirecopy {
namespace {

using namespace worlds;

TEST_CASE("the neighbors of a chain that resemble each other alone stay apart", "[cluster]") {
  std::vector<ScoredPair> chain;
  for (std::uint32_t d = 0; d < 3; ++d) chain.push_back({d, d + 1, score_of(.9), false});
  const Linked found = link(chain, plain_ids(4), stories(1, 0));
  CHECK(partition(found) == Partition{{0, 1}, {2, 3}});
  CHECK(found.compared ==
        std::vector<ScoredPair>{{0, 2, 0, false}, {0, 3, 0, false}, {1, 3, 0, false}});
}

TEST_CASE("five hundred edited copies stay one cluster though each knows twenty", "[cluster]") {
  Random random(14);
  for (const bool equal_scores : {true, false}) {
    const std::uint32_t count = 500;
    const Truth truth = [&](std::uint32_t a, std::uint32_t b) {
      const auto noise = base::mix64(std::uint64_t{a} * count + b) % 40'000;
      return ScoredPair{a, b, equal_scores ? kOne : kOne - static_cast<std::uint32_t>(noise),
                        false};
    };
    std::set<std::pair<std::uint32_t, std::uint32_t>> chosen;
    for (std::uint32_t d = 0; d < count; ++d) {
      for (int i = 0; i < 10; ++i) {
        const auto other = static_cast<std::uint32_t>(oracle::below(random, count));
        if (other != d) chosen.insert(std::minmax(d, other));
      }
    }
    std::vector<ScoredPair> pairs(chosen.size());
    std::transform(chosen.begin(), chosen.end(), pairs.begin(),
                   [&](const auto& pair) { return truth(pair.first, pair.second); });
    const Linked found = link(pairs, some_ids(random, count), truth);
    REQUIRE(found.clusters.size() == 1);
    CHECK(found.clusters[0].members.size() == count);
    CHECK(found.clusters[0].weak.empty());
    CHECK(found.clusters[0].min_score >= kOne - 40'000);
    CHECK(found.compared.size() < std::size_t{count} * (count - 1) / 8);
  }
}

TEST_CASE("two stories of three or more stay apart though one article holds both", "[cluster]") {
  for (const std::uint32_t size : {3U, 4U, 5U, 8U, 15U, 16U, 17U, 40U, 150U}) {
    const std::uint32_t bridge = 2 * size;
    const Truth truth = [&](std::uint32_t a, std::uint32_t b) {
      const bool together = b == bridge || a / size == b / size;
      return ScoredPair{a, b, together ? kOne : 0, false};
    };
    std::vector<ScoredPair> pairs;  // all but those between the stories, as candidates would be
    for (std::uint32_t a = 0; a < bridge; ++a) {
      for (std::uint32_t b = a + 1; b <= bridge; ++b) {
        if (truth(a, b).score > 0) pairs.push_back(truth(a, b));
      }
    }
    INFO("copies of each: " << size);
    const Linked found = link(pairs, plain_ids(bridge + 1), truth);
    REQUIRE(found.clusters.size() == 2);
    for (const LinkedCluster& cluster : found.clusters) {
      CHECK(cluster.members.size() - size <= 1);
      CHECK(cluster.min_score == kOne);
    }
  }
}

TEST_CASE("refused pairs connect nothing but count in means", "[cluster]") {
  // 0 and 1 are a story, 2 and 3 too; 1 and 2 are alike. The pairs between are refused or unseen.
  std::vector<ScoredPair> pairs{{0, 1, kOne, false}, {2, 3, kOne, false}, {1, 2, kOne, false}};
  const Truth alike = stories(4, 1);
  CHECK(partition(link(pairs, plain_ids(4), alike)) == Partition{{0, 1, 2, 3}});
  for (const auto& [a, b] : {std::pair(0U, 2U), std::pair(0U, 3U), std::pair(1U, 3U)}) {
    pairs.push_back({a, b, 0, false});
  }
  CHECK(partition(link(pairs, plain_ids(4), alike)) == Partition{{0, 1}, {2, 3}});

  std::vector<ScoredPair> refused;
  for (std::uint32_t d = 1; d < 1'000; ++d) refused.push_back({0, d, 0, false});
  CHECK(link(refused, plain_ids(1'000), alike).clusters.empty());
}

TEST_CASE("a pair that cannot link keeps two groups apart for good", "[cluster]") {
  std::vector<ScoredPair> pairs;
  for (std::uint32_t a = 0; a < 6; ++a) {
    for (std::uint32_t b = a + 1; b < 6; ++b) pairs.push_back({a, b, score_of(.9), false});
  }
  pairs[2] = {0, 3, 0, true};
  pairs[0].score = pairs[1].score = kOne;  // 0 with 1 and 2
  for (ScoredPair& pair : pairs) {
    if (pair.a >= 3) pair.score = kOne;
  }
  CHECK(partition(link(pairs, plain_ids(6), stories(6, 1))) == Partition{{0, 1, 2}, {3, 4, 5}});
}

TEST_CASE("a pair found late that cannot link keeps a few documents apart", "[cluster]") {
  // One story of 5 where 1 and 3 are filled from one template; nobody compared the two.
  const std::uint32_t count = 5;
  const Truth truth = [](std::uint32_t a, std::uint32_t b) {
    const bool never = a == 1 && b == 3;
    return ScoredPair{a, b, never ? 0 : kOne, never};
  };
  Random random(15);
  std::vector<ScoredPair> pairs;
  for (std::uint32_t a = 0; a < count; ++a) {
    for (std::uint32_t b = a + 1; b < count; ++b) {
      if (!truth(a, b).cannot_link) pairs.push_back(truth(a, b));
    }
  }
  for (int round = 0; round < 40; ++round) {
    const Linked found = link(pairs, some_ids(random, count), truth);
    REQUIRE(found.compared.size() == 1);
    for (const LinkedCluster& cluster : found.clusters) {
      const auto holds = [&](std::uint32_t d) {
        return std::binary_search(cluster.members.begin(), cluster.members.end(), d);
      };
      CHECK_FALSE((holds(1) && holds(3)));
    }
  }
}

TEST_CASE("a noisy story is not cut by a few pairs that look like a template", "[cluster]") {
  const std::uint32_t count = 60;
  const Truth truth = [](std::uint32_t a, std::uint32_t b) {
    const bool never = base::mix64(std::uint64_t{a} * count + b) % 150 == 0;
    return ScoredPair{a, b, never ? 0 : score_of(.6), never};
  };
  Random random(18);
  std::vector<ScoredPair> pairs;
  std::size_t never = 0;
  for (std::uint32_t a = 0; a < count; ++a) {
    for (std::uint32_t b = a + 1; b < count; ++b) {
      pairs.push_back(truth(a, b));
      never += truth(a, b).cannot_link ? 1U : 0U;
    }
  }
  CHECK(never >= 5);
  const Linked found = link(pairs, some_ids(random, count), truth);
  REQUIRE(found.clusters.size() == 1);
  CHECK(found.clusters[0].members.size() == count);
}

// Two groups of a size each, all alike inside; `between` tells a score of the pairs between them.
Linked two_groups(std::uint32_t small, std::uint32_t large,
                  const std::function<double(std::uint32_t, std::uint32_t)>& between) {
  const std::uint32_t count = small + large;
  std::vector<ScoredPair> pairs;
  for (std::uint32_t a = 0; a < count; ++a) {
    for (std::uint32_t b = a + 1; b < count; ++b) {
      const bool crosses = a < small && b >= small;
      pairs.push_back({a, b, crosses ? score_of(between(a, b - small)) : kOne, false});
    }
  }
  Random random(19);
  LinkRule rule;
  rule.least_whole = 17;
  return link(pairs, some_ids(random, count), stories(1, 0), rule);
}

TEST_CASE("parts of one story are joined where most members have their own links", "[cluster]") {
  // Every member of the part has strong pairs with 5 of the 20 others, the rest is refused.
  const auto sparse = [](std::uint32_t a, std::uint32_t b) {
    return (b + 20 - 3 * a % 20) % 20 < 5 ? .7 : 0;
  };
  for (const std::uint32_t small : {3U, 6U, 18U}) {
    CHECK(two_groups(small, 20, sparse).clusters.size() == 1);
  }
  CHECK(two_groups(2, 20, sparse).clusters.size() == 2);  // too few
  CHECK(two_groups(3, 16, sparse).clusters.size() == 2);
  const auto half = [&](std::uint32_t a, std::uint32_t b) { return a < 3 ? sparse(a, b) : 0; };
  CHECK(two_groups(4, 20, half).clusters.size() == 1);  // three of four
  CHECK(two_groups(5, 20, half).clusters.size() == 2);
}

TEST_CASE("large stories that a few stitched articles join stay apart", "[cluster]") {
  for (const std::uint32_t small : {4U, 10U, 40U}) {
    for (const std::uint32_t stitched : {1U, 2U}) {
      // On either side: a stitched article is alike with every copy of the other story.
      CHECK(two_groups(small, 60, [&](std::uint32_t a, std::uint32_t) {
              return a < stitched ? .6 : 0;
            }).clusters.size() == 2);
      CHECK(two_groups(small, 60, [&](std::uint32_t, std::uint32_t b) {
              return b < stitched ? 1 : .08;
            }).clusters.size() == 2);
    }
  }
}

TEST_CASE("a hub asks for its many neighbors in few batches", "[cluster]") {
  const std::uint32_t count = 3'000;
  for (const double likeness : {1.0, 0.0}) {
    std::vector<ScoredPair> pairs;
    for (std::uint32_t d = 1; d < count; ++d) pairs.push_back({0, d, kOne, false});
    std::size_t calls = 0;
    const Truth truth = stories(count, likeness);
    const Ids ids = plain_ids(count);
    const Linked found = average_link(pairs, ids.hashes, ids.places, {}, [&](const auto& asked) {
      ++calls;
      return comparing(truth)(asked);
    });
    REQUIRE(found.clusters.size() == 1);
    CHECK(found.clusters[0].members.size() == (likeness > 0 ? count : 4));
    CHECK(calls < 400);
    CHECK(found.compared.size() < std::size_t{18} * count);
  }
}

TEST_CASE("questions are sorted, new, and come in one batch for all components", "[cluster]") {
  const std::uint32_t size = 30;
  const Truth truth = stories(size, .9);
  const auto calls_for = [&](std::uint32_t count) {
    std::vector<ScoredPair> pairs;
    for (std::uint32_t d = 0; d < count * size; ++d) {
      const std::uint32_t first = d / size * size;
      for (const std::uint32_t step : {1U, 7U}) {
        const auto [a, b] = std::minmax({d, first + (d - first + step) % size});
        pairs.push_back(truth(a, b));
      }
    }
    Ids ids = plain_ids(std::size_t{count} * size);
    for (std::uint32_t d = 0; d < ids.hashes.size(); ++d) ids.hashes[d] = base::mix64(d % size);
    std::set<CandidatePair> seen;
    for (const ScoredPair& pair : pairs) seen.insert({pair.a, pair.b});
    std::size_t calls = 0;
    const CompareMore watching = [&](const std::vector<CandidatePair>& questions) {
      ++calls;
      CHECK_FALSE(questions.empty());
      CHECK(std::is_sorted(questions.begin(), questions.end()));
      for (const CandidatePair& pair : questions) {
        CHECK(pair.first < pair.second);
        CHECK(seen.insert(pair).second);
      }
      return comparing(truth)(questions);
    };
    const Linked found = average_link(pairs, ids.hashes, ids.places, {}, watching);
    CHECK(found.clusters.size() == count);
    CHECK(found.compared.size() + pairs.size() == seen.size());
    return calls;
  };
  CHECK(calls_for(50) == calls_for(1));
}

TEST_CASE("a component of thirty thousand documents falls into its stories", "[cluster]") {
  // 600 stories of 50, each joined to the next by a scored pair; every document also has refused
  // pairs all over.
  const std::uint32_t size = 50;
  const std::uint32_t count = 30'000;
  Random random(16);
  const Truth truth = stories(size, .9);
  std::vector<ScoredPair> pairs;
  for (std::uint32_t d = 0; d < count; ++d) {
    for (int i = 0; i < 6; ++i) {
      const auto near = d / size * size + static_cast<std::uint32_t>(oracle::below(random, size));
      const auto far = static_cast<std::uint32_t>(oracle::below(random, count));
      for (const std::uint32_t other : {near, far}) {
        if (other != d) pairs.push_back(truth(std::min(d, other), std::max(d, other)));
      }
    }
    if (d % size == 0 && d + size < count) pairs.push_back({d, d + size, score_of(.8), false});
  }
  std::sort(pairs.begin(), pairs.end(), std::greater<>());  // the scored one of two rows first
  pairs.erase(std::unique(pairs.begin(), pairs.end(),
                          [](auto& x, auto& y) { return x.a == y.a && x.b == y.b; }),
              pairs.end());
  const Linked found = link(pairs, some_ids(random, count), truth);
  REQUIRE(found.clusters.size() == count / size);
  for (const LinkedCluster& cluster : found.clusters) {
    REQUIRE(cluster.members.size() == size);
    REQUIRE(cluster.members.back() - cluster.members.front() == size - 1);
  }
}

}  // namespace
}  // namespace wirecopy
