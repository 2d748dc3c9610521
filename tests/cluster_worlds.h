/// Documents of which all is known, and average-link over them.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <numeric>
#include <utility>
#include <vector>

#include "base/hash.h"
#include "cluster_oracle.h"
#include "oracle.h"
#include "wirecopy/cluster.h"

namespace wirecopy::worlds {

using oracle::Ids;
using oracle::Numbers;
using oracle::Partition;
using oracle::Random;
using oracle::Truth;

inline constexpr std::uint32_t kOne = 65'536;

inline std::uint32_t score_of(double share) { return static_cast<std::uint32_t>(share * kOne); }

template <typename T>
void shuffle(Random& random, std::vector<T>& values) {
  for (std::size_t i = values.size(); i > 1; --i) {
    std::swap(values[i - 1], values[oracle::below(random, i)]);
  }
}

inline Ids some_ids(Random& random, std::size_t count) {
  Ids ids{std::vector<std::uint64_t>(count), Numbers(count)};
  std::iota(ids.places.begin(), ids.places.end(), 0U);
  shuffle(random, ids.places);
  for (std::uint64_t& hash : ids.hashes) hash = random();
  return ids;
}

// Places as numbers, hashes that mix them.
inline Ids plain_ids(std::size_t count) {
  Ids ids{std::vector<std::uint64_t>(count), Numbers(count)};
  std::iota(ids.places.begin(), ids.places.end(), 0U);
  for (std::uint32_t d = 0; d < count; ++d) ids.hashes[d] = base::mix64(d + 1);
  return ids;
}

inline CompareMore comparing(const Truth& truth) {
  return [&truth](const std::vector<CandidatePair>& pairs) {
    std::vector<ScoredPair> rows(pairs.size());
    std::transform(pairs.begin(), pairs.end(), rows.begin(),
                   [&](const CandidatePair& pair) { return truth(pair.first, pair.second); });
    return rows;
  };
}

inline Linked link(const std::vector<ScoredPair>& pairs, const Ids& ids, const Truth& truth,
                   const LinkRule& rule = {}) {
  return average_link(pairs, ids.hashes, ids.places, rule, comparing(truth));
}

inline Partition partition(const Linked& linked) {
  Partition result;
  for (const LinkedCluster& cluster : linked.clusters) {
    result.emplace(cluster.members.begin(), cluster.members.end());
  }
  return result;
}

// All that a comparison of any two of some documents would tell.
struct World {
  std::map<std::pair<std::uint32_t, std::uint32_t>, ScoredPair> pairs;

  [[nodiscard]] Truth truth() const {
    return [this](std::uint32_t a, std::uint32_t b) { return pairs.at({a, b}); };
  }
  [[nodiscard]] std::vector<ScoredPair> some(Random& random, double share) const {
    std::vector<ScoredPair> rows;
    for (const auto& [key, pair] : pairs) {
      if (oracle::chance(random) < share) rows.push_back(pair);
    }
    return rows;
  }
};

// Few different scores, so that ties abound; now and then a pair that cannot link.
inline World random_world(Random& random, std::uint32_t count, double cannot_link) {
  World world;
  const std::size_t scores = 2 + oracle::below(random, 6);
  const double refused = oracle::chance(random);
  for (std::uint32_t a = 0; a < count; ++a) {
    for (std::uint32_t b = a + 1; b < count; ++b) {
      const bool never = oracle::chance(random) < cannot_link;
      const auto level = static_cast<std::uint32_t>(1 + oracle::below(random, scores));
      const bool is_scored = !never && oracle::chance(random) >= refused;
      const std::uint32_t score = level * kOne / static_cast<std::uint32_t>(scores);
      world.pairs[{a, b}] = {a, b, is_scored ? score : 0, never};
    }
  }
  return world;
}

// Stories of equal size: their pairs have a score, all others are refused.
inline Truth stories(std::uint32_t size, double score) {
  return [=](std::uint32_t a, std::uint32_t b) {
    return ScoredPair{a, b, a / size == b / size ? score_of(score) : 0, false};
  };
}

}  // namespace wirecopy::worlds
