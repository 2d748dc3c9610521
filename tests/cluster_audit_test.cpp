#include <algorithm>
#include <numeric>
#include <set>

#include "catch.h"
#include "cluster/bridges.h"
#include "cluster_worlds.h"

namespace wirecopy {
namespace {

using namespace worlds;

Numbers as_numbered(std::size_t count) {
  Numbers order(count);
  std::iota(order.begin(), order.end(), 0U);
  return order;
}

// Answers every question with one score.
CompareMore always(std::uint32_t score) {
  return [score](const std::vector<CandidatePair>& pairs) {
    std::vector<ScoredPair> rows(pairs.size());
    std::transform(pairs.begin(), pairs.end(), rows.begin(), [&](const CandidatePair& pair) {
      return ScoredPair{pair.first, pair.second, score, false};
    });
    return rows;
  };
}

ScoredPair scored(std::uint32_t a, std::uint32_t b, double score) {
  return {a, b, score_of(score), false};
}

TEST_CASE("components hang together by scored pairs alone", "[cluster]") {
  const std::vector<ScoredPair> pairs{scored(0, 4, .1), scored(1, 4, .9), scored(2, 3, .5),
                                      scored(3, 4, 0)};
  const Linked found = components(pairs, as_numbered(6), always(0));
  REQUIRE(found.clusters.size() == 2);
  CHECK(found.clusters[0].members == Numbers{0, 1, 4});
  CHECK(found.clusters[1].members == Numbers{2, 3});
  CHECK(found.compared == std::vector<ScoredPair>{scored(0, 1, 0)});
}

TEST_CASE("a star over scores joins the closest center that reaches the threshold", "[cluster]") {
  const std::vector<ScoredPair> pairs{scored(0, 1, .2), scored(0, 2, .4), scored(1, 2, .6),
                                      scored(0, 3, .5), scored(1, 3, .5), scored(2, 4, .9)};
  const auto clusters = [&](const Numbers& order) {
    std::set<Numbers> members;
    for (const LinkedCluster& cluster :
         star(pairs, order, as_numbered(5), LinkRule{}, always(0)).clusters) {
      members.insert(cluster.members);
    }
    return members;
  };
  // 1 does not reach 0; 2 is closer to 1; 3 is as close to both; 4 knows no center.
  CHECK(clusters(as_numbered(5)) == std::set<Numbers>{{0, 3}, {1, 2}});
  CHECK(clusters({1, 0, 2, 3, 4}) == std::set<Numbers>{{1, 2, 3}});
  CHECK(clusters({4, 3, 0, 2, 1}) == std::set<Numbers>{{0, 3}, {1, 2, 4}});
}

TEST_CASE("the medoid has the highest sum, ties go to the first id", "[cluster]") {
  const std::vector<ScoredPair> pairs{scored(0, 1, .8), scored(1, 2, .8), scored(0, 2, .5)};
  CHECK(components(pairs, as_numbered(3), always(0)).clusters[0].medoid == 1);
  const std::vector<ScoredPair> equal{scored(0, 1, .8), scored(1, 2, .8), scored(0, 2, .8)};
  CHECK(components(equal, Numbers{1, 2, 0}, always(0)).clusters[0].medoid == 2);
}

TEST_CASE("least and mean score run over all pairs of a small cluster", "[cluster]") {
  std::vector<ScoredPair> pairs;
  for (std::uint32_t d = 1; d < 16; ++d) pairs.push_back(scored(d - 1, d, 1));
  const Linked found = components(pairs, as_numbered(16), always(score_of(.25)));
  CHECK(found.compared.size() == 120 - 15);
  CHECK(found.clusters[0].min_score == score_of(.25));
  CHECK(found.clusters[0].mean_score == (15 * kOne + 105 * score_of(.25)) / 120);
}

TEST_CASE("in a large cluster every member is compared with the medoid", "[cluster]") {
  std::vector<ScoredPair> pairs;
  for (std::uint32_t d = 1; d < 17; ++d) pairs.push_back(scored(d - 1, d, d == 9 ? 1 : .9));
  const Linked found = components(pairs, as_numbered(17), always(0));
  REQUIRE(found.clusters.size() == 1);
  CHECK(found.clusters[0].medoid == 8);
  CHECK(found.compared.size() == 14);
  for (const ScoredPair& pair : found.compared) CHECK((pair.a == 8 || pair.b == 8));
  CHECK(found.clusters[0].min_score == 0);
}

TEST_CASE("a member is weak if it resembles neither the medoid nor two others", "[cluster]") {
  // 0 is the medoid of 0 … 8; 9 leans on 0, 1 and 2.
  std::vector<ScoredPair> pairs;
  for (std::uint32_t a = 0; a < 9; ++a) {
    for (std::uint32_t b = a + 1; b < 9; ++b) pairs.push_back(scored(a, b, a == 0 ? 1 : .85));
  }
  const auto weak = [&](std::vector<ScoredPair> more) {
    more.insert(more.end(), pairs.begin(), pairs.end());
    const LinkedCluster cluster = components(more, as_numbered(10), always(0)).clusters.at(0);
    CHECK(cluster.medoid == 0);
    return cluster.weak;
  };
  CHECK(weak({scored(0, 9, .5)}).empty());
  CHECK(weak({scored(0, 9, .49)}) == Numbers{9});
  CHECK(weak({scored(0, 9, .49), scored(1, 9, .9)}) == Numbers{9});
  CHECK(weak({scored(0, 9, .49), scored(1, 9, .9), scored(2, 9, .79)}) == Numbers{9});
  CHECK(weak({scored(0, 9, .49), scored(1, 9, .81), scored(2, 9, .81)}).empty());
}

TEST_CASE("two circles joined by one pair have it as their bridge", "[cluster]") {
  const std::vector<ScoredPair> pairs{scored(0, 1, .9), scored(1, 2, .9), scored(0, 2, .9),
                                      scored(3, 4, .9), scored(4, 5, .9), scored(3, 5, .9),
                                      scored(2, 4, .9)};
  const LinkedCluster cluster = components(pairs, as_numbered(6), always(0)).clusters.at(0);
  CHECK(cluster.bridges == std::vector<CandidatePair>{{2, 4}});
}

// Connected parts of the graph without one edge.
std::size_t parts(const std::vector<cluster_detail::Edge>& edges, std::size_t nodes,
                  std::size_t without) {
  Numbers part = as_numbered(nodes);
  for (std::size_t e = 0; e < edges.size(); ++e) {
    if (e == without) continue;
    const std::uint32_t from = part[edges[e].a];
    std::replace(part.begin(), part.end(), from, std::uint32_t{part[edges[e].b]});
  }
  return std::set<std::uint32_t>(part.begin(), part.end()).size();
}

TEST_CASE("an edge is a bridge exactly if without it there are more parts", "[cluster]") {
  oracle::Random random(21);
  std::size_t met = 0;
  for (int round = 0; round < 300; ++round) {
    const auto nodes = static_cast<std::uint32_t>(1 + oracle::below(random, 15));
    const std::size_t density = 1 + oracle::below(random, 8);
    std::vector<cluster_detail::Edge> edges;
    for (std::uint32_t a = 0; a < nodes; ++a) {
      for (std::uint32_t b = a + 1; b < nodes; ++b) {
        if (oracle::below(random, density) == 0) edges.push_back({b, a});
      }
    }
    Numbers expected;
    for (std::uint32_t e = 0; e < edges.size(); ++e) {
      if (parts(edges, nodes, e) > parts(edges, nodes, edges.size())) expected.push_back(e);
    }
    met += expected.size();
    CHECK(cluster_detail::bridges(edges, nodes) == expected);
  }
  CHECK(met > 100);
}

TEST_CASE("a path of a million edges is all bridges, without deep recursion", "[cluster]") {
  std::vector<cluster_detail::Edge> path;
  for (std::uint32_t e = 0; e < 1'000'000; ++e) path.push_back({e, e + 1});
  CHECK(cluster_detail::bridges(path, 1'000'001).size() == 1'000'000);
}

}  // namespace
}  // namespace wirecopy
