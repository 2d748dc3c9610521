#include "wirecopy/sketch.h"

#include <cmath>
#include <map>
#include <numeric>

#include "base/hash.h"
#include "catch.h"
#include "oracle.h"

namespace wirecopy {
namespace {

// Shingles of no text, the same on every machine.
std::vector<std::uint64_t> fixed_shingles(std::size_t count) {
  std::vector<std::uint64_t> shingles(count);
  for (std::size_t i = 0; i < count; ++i) shingles[i] = base::mix64(i + 1);
  return shingles;
}

// A digest of all lanes, lane by lane, so that byte order does not matter.
std::uint64_t digest(const Signature& signature) {
  return std::accumulate(
      signature.lanes.begin(), signature.lanes.end(), std::uint64_t{0},
      [](std::uint64_t sum, std::uint16_t lane) { return base::mix64(sum + lane + 1); });
}

struct Errors {
  double bias = 0;         // mean error
  double square = 0;       // mean squared error
  double theory = 0;       // mean of J(1-J)/128
  double classic = 0;      // mean squared error of classic MinHash
  double agreement = 0;    // share of pairs that agree in all rows of a band
  double expectation = 0;  // 1-(1-J^r)^b
};

bool agree_in_a_band(const Signature& a, const Signature& b, std::size_t bands, std::size_t rows) {
  for (std::size_t band = 0; band < bands; ++band) {
    const auto begin = static_cast<std::ptrdiff_t>(band * rows);
    const auto end = begin + static_cast<std::ptrdiff_t>(rows);
    if (std::equal(a.lanes.begin() + begin, a.lanes.begin() + end, b.lanes.begin() + begin)) {
      return true;
    }
  }
  return false;
}

// Over pairs of sets of `size` random shingles each, every pair under keys of its own.
Errors measure(std::size_t size, double jaccard, int trials) {
  oracle::Random random(size * 1000 + static_cast<std::size_t>(jaccard * 100));
  Errors errors;
  for (int i = 0; i < trials; ++i) {
    const auto [a, b] = oracle::similar_sets(random, size, jaccard);
    const double truth = oracle::compare(a, b).jaccard();
    const Sketcher sketcher(Key({random(), random()}));
    const Signature signature_a = sketcher.sketch(a);
    const Signature signature_b = sketcher.sketch(b);
    const oracle::ClassicMinHash classic(random());
    const double error = estimate(signature_a, signature_b).value - truth;
    const double classic_error =
        oracle::ClassicMinHash::estimate(classic.sketch(a), classic.sketch(b)) - truth;
    errors.bias += error / trials;
    errors.square += error * error / trials;
    errors.theory += truth * (1 - truth) / 128 / trials;
    errors.classic += classic_error * classic_error / trials;
    errors.agreement += (agree_in_a_band(signature_a, signature_b, 13, 7) ? 1.0 : 0.0) / trials;
    errors.expectation += (1 - std::pow(1 - std::pow(truth, 7), 13)) / trials;
  }
  return errors;
}

// The algorithm as the paper states it, with the darts of this implementation.
Signature paper_sketch(const std::vector<std::uint64_t>& shingles, const Key& key) {
  using base::mix64;
  const std::uint64_t seed = mix64(mix64(key.words()[0]) ^ key.words()[1]);
  std::map<std::size_t, std::pair<std::size_t, std::uint64_t>> winners;  // bin → (round, dart)
  for (std::size_t round = 0; round < 2 * kSketchSize; ++round) {
    for (const std::uint64_t shingle : shingles) {
      const std::uint64_t product =
          (shingle ^ mix64(seed + 2 * round)) * (mix64(seed + 2 * round + 1) | 1U);
      const std::uint64_t dart = (product ^ product >> 32U) & ~std::uint64_t{0x10000};
      const std::size_t bin = round < kSketchSize ? dart >> 57U : round - kSketchSize;
      const auto [place, is_new] = winners.try_emplace(bin, round, dart);
      if (!is_new) place->second = std::min(place->second, {round, dart});
    }
  }
  Signature signature;
  for (const auto& [bin, winner] : winners) {
    signature.lanes[bin] = static_cast<std::uint16_t>(winner.second);
  }
  return signature;
}

TEST_CASE("the sketch is that of the paper, all rounds thrown", "[sketch]") {
  oracle::Random random(7);
  for (std::size_t size = 1; size < 700; size += 1 + size / 4) {
    const auto [shingles, unused] = oracle::similar_sets(random, size, 0);
    const Key key({random(), random()});
    CHECK(Sketcher{key}.sketch(shingles) == paper_sketch(shingles, key));
  }
}

TEST_CASE("the estimate is unbiased and no worse than 128 classic permutations", "[sketch]") {
  const std::size_t size = GENERATE(5U, 20U, 60U, 450U, 3000U);
  const double jaccard = GENERATE(0.3, 0.5, 0.8);
  const int trials = size < 1000 ? 1500 : 400;
  const Errors errors = measure(size, jaccard, trials);
  CAPTURE(size, jaccard, errors.square / errors.theory, errors.classic / errors.theory);

  // The relative deviation of a mean of squares over n trials is about sqrt(2 / n): allow three.
  const double slack = 1 + 3 * std::sqrt(2.0 / trials);
  CHECK(errors.square < errors.theory * slack);
  CHECK(errors.square < errors.classic * slack);
  // The mean of n errors deviates by sqrt(square / n): allow four.
  CHECK(std::abs(errors.bias) < 4 * std::sqrt(errors.square / trials));
  CHECK(errors.classic == Approx(errors.theory).epsilon(slack - 1));
}

TEST_CASE("on short texts the error is half that of classic permutations", "[sketch]") {
  const std::size_t size = GENERATE(5U, 20U, 60U);
  const Errors errors = measure(size, 0.5, 1500);
  CAPTURE(size);
  CHECK(errors.square < 0.6 * errors.theory);
}

TEST_CASE("short texts agree in a band as often as independent lanes would", "[sketch]") {
  const std::size_t size = GENERATE(10U, 20U, 40U);
  const double jaccard = GENERATE(0.7, 0.8, 0.9);
  const int trials = 3000;
  const Errors errors = measure(size, jaccard, trials);
  CAPTURE(size, jaccard, errors.expectation);
  const double deviation = std::sqrt(errors.expectation * (1 - errors.expectation) / trials);
  // Lanes of short texts are chosen almost without replacement, which makes a miss a little rarer
  // at high agreement and a hit a little rarer at low agreement: two points at most.
  CHECK(errors.agreement > errors.expectation - 0.02 - 3 * deviation);
  CHECK(errors.agreement < errors.expectation + 0.02 + 3 * deviation);
}

TEST_CASE("neither the order of shingles nor repeats change a signature", "[sketch]") {
  const Sketcher sketcher{Key{}};
  oracle::Random random(3);
  const std::size_t size = GENERATE(1U, 2U, 7U, 60U, 450U);
  std::vector<std::uint64_t> shingles = fixed_shingles(size);
  const Signature expected = sketcher.sketch(shingles);
  for (std::size_t i = 0; i < 2 * size; ++i) {
    shingles.push_back(shingles[oracle::below(random, size)]);
  }
  for (int round = 0; round < 5; ++round) {
    for (std::size_t i = shingles.size(); i > 1; --i) {
      std::swap(shingles[i - 1], shingles[oracle::below(random, i)]);
    }
    CHECK(sketcher.sketch(shingles) == expected);
  }
}

TEST_CASE("one shingle ten thousand times is one shingle", "[sketch]") {
  const Sketcher sketcher{Key{}};
  const std::vector<std::uint64_t> once = fixed_shingles(1);
  CHECK(sketcher.sketch(std::vector<std::uint64_t>(10'000, once[0])) == sketcher.sketch(once));
}

TEST_CASE("every lane differs between unrelated texts and is spread over all values", "[sketch]") {
  const Sketcher sketcher{Key{}};
  oracle::Random random(5);
  const std::size_t size = GENERATE(1U, 3U, 100U, 1000U);
  std::array<std::uint32_t, kSketchSize> agreements{};
  std::array<std::uint32_t, 16> ones{};
  const std::uint32_t trials = 400;
  for (std::uint32_t i = 0; i < trials; ++i) {
    const auto [a, b] = oracle::similar_sets(random, size, 0);
    const Signature x = sketcher.sketch(a);
    const Signature y = sketcher.sketch(b);
    for (std::size_t lane = 0; lane < kSketchSize; ++lane) {
      agreements[lane] += x.lanes[lane] == y.lanes[lane] ? 1U : 0U;
      for (std::size_t bit = 0; bit < ones.size(); ++bit) {
        ones[bit] += std::uint32_t{x.lanes[lane]} >> bit & 1U;
      }
    }
  }
  for (const std::uint32_t agreed : agreements) CHECK(agreed <= 1);
  const double throws = trials * static_cast<double>(kSketchSize);
  for (const std::uint32_t count : ones) {
    CHECK(std::abs(count - throws / 2) < 2.5 * std::sqrt(throws));
  }
}

TEST_CASE("a text of one shingle fills all lanes", "[sketch]") {
  const Signature signature = Sketcher{Key{}}.sketch(fixed_shingles(1));
  CHECK(std::count(signature.lanes.begin(), signature.lanes.end(), 0) <= 1);
  CHECK(std::set<std::uint16_t>(signature.lanes.begin(), signature.lanes.end()).size() > 120);
}

TEST_CASE("a text without shingles has all lanes zero", "[sketch]") {
  CHECK(Sketcher{Key{}}.sketch(std::span<const std::uint64_t>()) == Signature{});
}

TEST_CASE("two keys give unrelated signatures of one text", "[sketch]") {
  const std::vector<std::uint64_t> shingles = fixed_shingles(300);
  const Signature published = Sketcher{Key{}}.sketch(shingles);
  CHECK(equal_lanes(published, Sketcher{Key({1, 2})}.sketch(shingles)) <= 1);
  CHECK(equal_lanes(Sketcher{Key({1, 2})}.sketch(shingles),
                    Sketcher{Key({1, 3})}.sketch(shingles)) <= 1);
}

TEST_CASE("the estimate takes chance agreement out and bounds its error", "[sketch]") {
  Signature a;
  Signature b;
  CHECK(estimate(a, b).value == 1);
  CHECK(estimate(a, b).std_error == 0);
  b.lanes.fill(1);
  CHECK(equal_lanes(a, b) == 0);
  CHECK(estimate(a, b).value == 0);
  std::fill(b.lanes.begin(), b.lanes.begin() + 64, std::uint16_t{0});
  CHECK(equal_lanes(a, b) == 64);
  CHECK(estimate(a, b).value == Approx(0.5).margin(1e-5));
  CHECK(estimate(a, b).value < 0.5);
  CHECK(estimate(a, b).std_error == Approx(std::sqrt(0.25 / 128)));
}

// Signatures are stored. These values never change; a new sketch gets a new version instead.
TEST_CASE("signatures under the published key are those of the first release", "[sketch][golden]") {
  const Sketcher sketcher{Key{}};
  const Signature one = sketcher.sketch(fixed_shingles(1));
  CHECK(std::vector<std::uint16_t>(one.lanes.begin(), one.lanes.begin() + 8) ==
        std::vector<std::uint16_t>{33617, 31944, 47057, 26042, 23921, 32917, 14841, 6952});
  CHECK(digest(one) == 0xeaac4b51d9c11736);
  CHECK(digest(sketcher.sketch(fixed_shingles(2))) == 0xa2ccfe48dca7d42a);
  CHECK(digest(sketcher.sketch(fixed_shingles(40))) == 0xdc37dd3d315f7a97);
  CHECK(digest(sketcher.sketch(fixed_shingles(450))) == 0xf80dc897a6a22bd5);
  CHECK(digest(sketcher.sketch(fixed_shingles(5000))) == 0x9e7fa9badb3bd3ae);
  CHECK(digest(Sketcher{Key({1, 2})}.sketch(fixed_shingles(450))) == 0x3603080783793a42);
}

}  // namespace
}  // namespace wirecopy
