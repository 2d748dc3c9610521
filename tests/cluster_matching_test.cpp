#include <algorithm>
#include <set>
#include <tuple>
#include <vector>

#include "catch.h"
#include "cluster/matching.h"
#include "oracle.h"

namespace wirecopy::cluster_detail {
namespace {

// The most joints without a common end, by trying all: each is taken or left.
std::size_t largest(const std::vector<Joint>& joints, std::size_t from = 0, std::uint32_t lefts = 0,
                    std::uint32_t rights = 0) {
  if (from == joints.size()) return 0;
  const std::uint32_t left = 1U << joints[from].left;
  const std::uint32_t right = 1U << joints[from].right;
  std::size_t best = largest(joints, from + 1, lefts, rights);
  if ((lefts & left) == 0 && (rights & right) == 0) {
    best = std::max(best, 1 + largest(joints, from + 1, lefts | left, rights | right));
  }
  return best;
}

TEST_CASE("a matching is as large as trying all of them says", "[cluster]") {
  oracle::Random random(21);
  for (int round = 0; round < 3'000; ++round) {
    std::set<std::pair<std::uint32_t, std::uint32_t>> chosen;
    const std::size_t wanted = oracle::below(random, 14);
    const std::size_t side = 1 + oracle::below(random, 7);
    for (std::size_t i = 0; i < wanted; ++i) {
      chosen.emplace(oracle::below(random, side), oracle::below(random, side));
    }
    std::vector<Joint> joints;
    joints.reserve(chosen.size());
    for (const auto& [left, right] : chosen) joints.push_back({left, right});
    const std::size_t most = largest(joints);
    CHECK(has_matching(joints, most));
    CHECK_FALSE(has_matching(joints, most + 1));
  }
}

TEST_CASE("a matching turns round what was taken first, however long the way", "[cluster]") {
  // i with i and i + 1; the last one can have its only partner if all before move on.
  const std::uint32_t count = 20'000;
  std::vector<Joint> joints;
  for (std::uint32_t i = 0; i < count; ++i) {
    joints.push_back({i, i});
    joints.push_back({i, i + 1});
  }
  joints.push_back({count, 0});
  CHECK(has_matching(joints, count + 1));
  CHECK_FALSE(has_matching(joints, count + 2));
}

}  // namespace
}  // namespace wirecopy::cluster_detail
