#include "wirecopy/cluster.h"

#include <algorithm>
#include <numeric>
#include <optional>

#include "catch.h"
#include "oracle.h"

namespace wirecopy {
namespace {

using Numbers = std::vector<std::uint32_t>;

Numbers as_numbered(std::size_t count) {
  Numbers order(count);
  std::iota(order.begin(), order.end(), 0U);
  return order;
}

template <typename T>
void shuffle(oracle::Random& random, std::vector<T>& values) {
  for (std::size_t i = values.size(); i > 1; --i) {
    std::swap(values[i - 1], values[oracle::below(random, i)]);
  }
}

// A pair whose Jaccard is shared / size.
VerifiedPair pair_of(std::uint32_t a, std::uint32_t b, std::uint32_t shared = 9,
                     std::uint32_t size = 10) {
  return {a, b, {size, shared, shared}};
}

// The rule of the header, word by word, with a look at all pairs for every document.
Numbers naive_centers(const std::vector<VerifiedPair>& pairs, const Numbers& order) {
  Numbers centers(order.size());
  for (std::uint32_t place = 0; place < order.size(); ++place) {
    const auto document =
        static_cast<std::uint32_t>(std::find(order.begin(), order.end(), place) - order.begin());
    // Cross-multiplied fractions; the earlier center wins a tie because it comes first.
    std::uint64_t best_shared = 0;
    std::uint64_t best_union = 1;
    std::optional<std::uint32_t> best;
    for (std::uint32_t earlier = 0; earlier < place; ++earlier) {
      const auto center = static_cast<std::uint32_t>(
          std::find(order.begin(), order.end(), earlier) - order.begin());
      if (centers[center] != center) continue;
      for (const VerifiedPair& pair : pairs) {
        if (std::minmax({pair.a, pair.b}) != std::minmax({document, center})) continue;
        const std::uint64_t shared = pair.similarity.shared;
        const std::uint64_t in_either =
            std::uint64_t{pair.similarity.size_a} + pair.similarity.size_b - shared;
        if (best && shared * best_union <= best_shared * in_either) continue;
        best_shared = shared;
        best_union = in_either;
        best = center;
      }
    }
    centers[document] = best.value_or(document);
  }
  return centers;
}

TEST_CASE("a star equals the naive rule on random pairs with many ties", "[cluster]") {
  oracle::Random random(1);
  for (int round = 0; round < 300; ++round) {
    const auto count = static_cast<std::uint32_t>(1 + oracle::below(random, 25));
    const double density = oracle::chance(random);
    std::vector<VerifiedPair> pairs;
    for (std::uint32_t a = 0; a < count; ++a) {
      for (std::uint32_t b = a + 1; b < count; ++b) {
        if (oracle::chance(random) >= density) continue;
        const auto size = static_cast<std::uint32_t>(1 + oracle::below(random, 4));
        const auto shared = static_cast<std::uint32_t>(1 + oracle::below(random, size));
        pairs.push_back(pair_of(a, b, shared * 3, size * 3));
      }
    }
    Numbers order = as_numbered(count);
    shuffle(random, order);
    const Star found = star(pairs, order);
    CHECK(found.center == naive_centers(pairs, order));

    for (std::uint32_t d = 0; d < count; ++d) {
      if (found.center[d] == d) {
        CHECK(found.pair[d] == Star::kNoPair);
      } else {
        const VerifiedPair& joined = pairs.at(found.pair[d]);
        CHECK(std::minmax({joined.a, joined.b}) == std::minmax({d, found.center[d]}));
      }
    }
  }
}

TEST_CASE("the order of the pairs changes nothing", "[cluster]") {
  oracle::Random random(2);
  std::vector<VerifiedPair> pairs;
  for (std::uint32_t a = 0; a < 60; ++a) {
    for (std::uint32_t b = a + 1; b < 60; ++b) {
      if (oracle::below(random, 5) == 0) {
        pairs.push_back(pair_of(a, b, static_cast<std::uint32_t>(1 + oracle::below(random, 10))));
      }
    }
  }
  Numbers order = as_numbered(60);
  shuffle(random, order);
  const Star expected = star(pairs, order);
  for (int round = 0; round < 20; ++round) {
    std::vector<VerifiedPair> shuffled = pairs;
    shuffle(random, shuffled);
    const Star found = star(shuffled, order);
    CHECK(found.center == expected.center);
    for (std::uint32_t d = 0; d < 60; ++d) {
      if (found.pair[d] == Star::kNoPair) continue;
      CHECK(shuffled[found.pair[d]].a == pairs[expected.pair[d]].a);
      CHECK(shuffled[found.pair[d]].b == pairs[expected.pair[d]].b);
    }
  }
}

TEST_CASE("a chain of half-likenesses is not one cluster", "[cluster]") {
  const std::vector<VerifiedPair> chain{pair_of(0, 1), pair_of(1, 2), pair_of(2, 3)};
  // 1 joins 0; 2 is like 1 alone, which is no center; 3 joins 2.
  CHECK(star(chain, as_numbered(4)).center == Numbers{0, 0, 2, 2});
}

TEST_CASE("two stories stay two", "[cluster]") {
  const std::vector<VerifiedPair> pairs{pair_of(1, 3), pair_of(2, 4)};
  CHECK(star(pairs, as_numbered(5)).center == Numbers{0, 1, 2, 1, 2});
}

TEST_CASE("keep order, not numbers, decides who is a center", "[cluster]") {
  const std::vector<VerifiedPair> pairs{pair_of(0, 1), pair_of(0, 2)};
  CHECK(star(pairs, Numbers{0, 1, 2}).center == Numbers{0, 0, 0});
  CHECK(star(pairs, Numbers{2, 1, 0}).center == Numbers{2, 1, 2});
  CHECK(star(pairs, Numbers{2, 0, 1}).center == Numbers{1, 1, 2});
}

TEST_CASE("a document joins the center that it resembles most", "[cluster]") {
  const std::vector<VerifiedPair> pairs{pair_of(0, 2, 8), pair_of(1, 2, 9)};
  CHECK(star(pairs, Numbers{0, 1, 2}).center == Numbers{0, 1, 1});
  CHECK(star(pairs, Numbers{0, 1, 2}).pair == Numbers{Star::kNoPair, Star::kNoPair, 1});
}

TEST_CASE("equal fractions of unequal sets are a tie, which keep order breaks", "[cluster]") {
  const std::vector<VerifiedPair> pairs{pair_of(0, 2, 3, 9), pair_of(1, 2, 1, 3)};
  CHECK(star(pairs, Numbers{0, 1, 2}).center == Numbers{0, 1, 0});
  CHECK(star(pairs, Numbers{1, 0, 2}).center == Numbers{0, 1, 1});
}

TEST_CASE("no documents and no pairs", "[cluster]") {
  CHECK(star({}, {}).center.empty());
  CHECK(star({}, as_numbered(3)).center == Numbers{0, 1, 2});
}

TEST_CASE("a million documents around one center are one cluster", "[cluster]") {
  const std::uint32_t count = 1'000'000;
  std::vector<VerifiedPair> pairs;
  for (std::uint32_t d = 1; d < count; ++d) pairs.push_back(pair_of(0, d));
  const Star found = star(pairs, as_numbered(count));
  CHECK(found.center == Numbers(count, 0));
}

}  // namespace
}  // namespace wirecopy
