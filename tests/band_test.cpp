#include "wirecopy/band.h"

#include <cmath>
#include <map>
#include <numeric>

#include "band/radix_sort.h"
#include "base/parallel.h"
#include "catch.h"
#include "oracle.h"
#include "wirecopy/error.h"

namespace wirecopy {
namespace {

using Numbers = std::vector<std::uint32_t>;

Numbers numbers(std::size_t count) {
  Numbers result(count);
  std::iota(result.begin(), result.end(), 0U);
  return result;
}

Numbers permutation(oracle::Random& random, std::size_t count) {
  Numbers result = numbers(count);
  for (std::size_t i = count; i > 1; --i)
    std::swap(result[i - 1], result[oracle::below(random, i)]);
  return result;
}

// Signatures with lanes from a small alphabet, so that rows agree often and in all combinations.
std::vector<Signature> crowded_signatures(oracle::Random& random, std::size_t count,
                                          std::size_t alphabet) {
  std::vector<Signature> signatures(count);
  for (Signature& signature : signatures) {
    for (std::uint16_t& lane : signature.lanes) {
      lane = static_cast<std::uint16_t>(oracle::below(random, alphabet));
    }
  }
  return signatures;
}

// Families around a base each: a member keeps a lane of its base with the given chance.
std::vector<Signature> families(oracle::Random& random, std::size_t count, std::size_t size,
                                double kept) {
  std::vector<Signature> signatures(count * size);
  Signature base;
  for (std::size_t d = 0; d < signatures.size(); ++d) {
    for (std::size_t lane = 0; lane < kSketchSize; ++lane) {
      if (d % size == 0) base.lanes[lane] = static_cast<std::uint16_t>(random());
      signatures[d].lanes[lane] =
          oracle::chance(random) < kept ? base.lanes[lane] : static_cast<std::uint16_t>(random());
    }
  }
  return signatures;
}

bool agree(const Signature& a, const Signature& b, const Banding& banding, std::uint32_t band) {
  const std::size_t begin = std::size_t{band} * banding.rows();
  for (std::size_t lane = begin; lane < begin + banding.rows(); ++lane) {
    if (a.lanes[lane] != b.lanes[lane]) return false;
  }
  return true;
}

// What candidates() is documented to give, from its words alone.
Candidates expected_candidates(const Numbers& members, const std::vector<Signature>& signatures,
                               const Numbers& priority, const Banding& banding,
                               const BandOptions& options) {
  std::set<CandidatePair> pairs;
  Candidates result;
  for (std::uint32_t band = 0; band < banding.bands(); ++band) {
    std::map<std::vector<std::uint16_t>, Numbers> buckets;
    for (const std::uint32_t d : members) {
      const auto begin = signatures[d].lanes.begin() + band * banding.rows();
      buckets[{begin, begin + banding.rows()}].push_back(d);
    }
    for (const auto& [rows, bucket] : buckets) {
      const bool capped = bucket.size() > options.bucket_cap;
      Numbers by_priority = bucket;
      std::sort(by_priority.begin(), by_priority.end(),
                [&](std::uint32_t a, std::uint32_t b) { return priority[a] < priority[b]; });
      const std::size_t centers =
          capped ? std::min<std::size_t>(options.bucket_centers, bucket.size()) : bucket.size();
      for (std::size_t i = 0; i < by_priority.size(); ++i) {
        for (std::size_t j = i + 1; j < by_priority.size(); ++j) {
          const auto [a, b] = std::minmax(by_priority[i], by_priority[j]);
          if (i >= centers) {
            ++result.left_out_pairs;
          } else if (equal_lanes(signatures[a], signatures[b]) >= options.min_equal_lanes) {
            pairs.insert({a, b});
          }
        }
      }
      result.capped_buckets += capped ? 1U : 0U;
    }
  }
  result.pairs.assign(pairs.begin(), pairs.end());
  return result;
}

void check_equal(const Candidates& found, const Candidates& expected) {
  CHECK(found.pairs == expected.pairs);
  CHECK(found.capped_buckets == expected.capped_buckets);
  CHECK(found.left_out_pairs == expected.left_out_pairs);
}

TEST_CASE("the planner gives the documented bandings", "[band]") {
  const Banding corpus = Banding::plan(0.80, 0.95);
  CHECK(corpus.bands() == 13);
  CHECK(corpus.rows() == 7);
  const Banding wide = Banding::plan(0.50, 0.99);
  CHECK(wide.bands() == 35);
  CHECK(wide.rows() == 3);
  CHECK(corpus.probability(0.80) == Approx(0.9531).margin(0.0001));
  CHECK(wide.probability(0.50) == Approx(0.9907).margin(0.0001));
  CHECK(wide.probability(0) == 0);
  CHECK(wide.probability(1) == 1);
}

TEST_CASE("the plan has the most rows that reach the recall, then the fewest bands", "[band]") {
  const double jaccard = GENERATE(0.2, 0.33, 0.5, 0.65, 0.8, 0.9, 0.99, 1.0);
  const double recall = GENERATE(0.5, 0.9, 0.95, 0.99, 0.999);
  const std::uint32_t max_hashes = GENERATE(2U, 16U, 100U, 128U);
  CAPTURE(jaccard, recall, max_hashes);
  // All choices, the best by (rows, fewest bands).
  std::pair<std::uint32_t, std::int64_t> best{0, 0};
  for (std::uint32_t bands = 1; bands <= max_hashes; ++bands) {
    for (std::uint32_t rows = 2; bands * rows <= max_hashes; ++rows) {
      if (1 - std::pow(1 - std::pow(jaccard, rows), bands) < recall) continue;
      best = std::max(best, {rows, -std::int64_t{bands}});
    }
  }
  if (best.first == 0) {
    CHECK_THROWS_AS(Banding::plan(jaccard, recall, max_hashes), Error);
  } else {
    const Banding plan = Banding::plan(jaccard, recall, max_hashes);
    CHECK(plan.rows() == best.first);
    CHECK(plan.bands() == -best.second);
    CHECK(plan.probability(jaccard) >= recall);
  }
}

TEST_CASE("requests that no banding serves are refused as usage errors", "[band]") {
  const auto refused = [](auto&& request) {
    try {
      request();
    } catch (const Error& error) {
      return error.code() == ErrorCode::usage;
    }
    return false;
  };
  for (const double jaccard : {0.199, 0.0, -1.0, 1.01, std::nan("")}) {
    CHECK(refused([&] { (void)Banding::plan(jaccard, 0.9); }));
  }
  for (const double recall : {0.0, 1.0, -0.5, 2.0, std::nan("")}) {
    CHECK(refused([&] { (void)Banding::plan(0.8, recall); }));
  }
  CHECK(refused([] { (void)Banding::plan(0.2, 0.999); }));
  CHECK(refused([] { (void)Banding::plan(0.8, 0.9, 129); }));
  CHECK(refused([] { (void)Banding::plan(0.8, 0.9, 1); }));
  CHECK(refused([] { (void)Banding(Bands{0}, Rows{3}); }));
  CHECK(refused([] { (void)Banding(Bands{3}, Rows{0}); }));
  CHECK(refused([] { (void)Banding(Bands{43}, Rows{3}); }));
  CHECK(refused([] { (void)Banding(Bands{65537}, Rows{65537}); }));
  CHECK_NOTHROW(Banding(Bands{128}, Rows{1}));
  CHECK_NOTHROW(Banding(Bands{1}, Rows{128}));
}

TEST_CASE("candidates are exactly the pairs that agree in all rows of a band", "[band]") {
  oracle::Random random(1);
  const auto [bands, rows, alphabet] = GENERATE(table<std::uint32_t, std::uint32_t, std::size_t>(
      {{13, 7, 2}, {35, 3, 6}, {1, 128, 1}, {64, 2, 40}, {128, 1, 500}, {18, 7, 2}}));
  CAPTURE(bands, rows);
  const Banding banding(Bands{bands}, Rows{rows});
  const std::vector<Signature> signatures = crowded_signatures(random, 150, alphabet);
  const Numbers all = numbers(signatures.size());
  BandOptions options;
  options.bucket_cap = 1000;
  const Candidates found = candidates(all, signatures, all, banding, options);

  const auto expected = oracle::all_pairs(150, [&](std::uint32_t a, std::uint32_t b) {
    for (std::uint32_t band = 0; band < bands; ++band) {
      if (agree(signatures[a], signatures[b], banding, band)) return true;
    }
    return false;
  });
  REQUIRE(!expected.empty());
  REQUIRE(found.pairs.size() == expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    CHECK(found.pairs[i] == CandidatePair{expected[i].first, expected[i].second});
  }
  CHECK(found.capped_buckets == 0);
  CHECK(found.left_out_pairs == 0);
}

TEST_CASE("capped buckets propose what the rule says, whatever other bands capped", "[band]") {
  oracle::Random random(GENERATE(range(0U, 12U)));
  const std::vector<Signature> signatures =
      crowded_signatures(random, 40 + oracle::below(random, 160), 2 + oracle::below(random, 4));
  const Banding banding(Bands{1 + static_cast<std::uint32_t>(oracle::below(random, 20))},
                        Rows{1 + static_cast<std::uint32_t>(oracle::below(random, 5))});
  BandOptions options;
  options.bucket_cap = static_cast<std::uint32_t>(oracle::below(random, 30));
  options.bucket_centers = static_cast<std::uint32_t>(oracle::below(random, 8));
  options.min_equal_lanes = GENERATE(0U, 45U);
  const Numbers priority = permutation(random, signatures.size());
  Numbers members;
  for (std::uint32_t d = 0; d < signatures.size(); ++d) {
    if (oracle::below(random, 5) != 0) members.push_back(d);
  }
  const Candidates expected = expected_candidates(members, signatures, priority, banding, options);
  for (const std::uint32_t threads : {1U, 2U, 3U, 8U}) {
    check_equal(base::Threads(threads).run(
                    [&] { return candidates(members, signatures, priority, banding, options); }),
                expected);
  }
}

TEST_CASE("candidates of ten thousand are equal for any number of threads", "[band]") {
  oracle::Random random(2);
  const std::vector<Signature> signatures = families(random, 100, 100, 0.85);
  const Numbers members = numbers(signatures.size());
  const Numbers priority = permutation(random, signatures.size());
  const Banding banding = Banding::plan(0.5, 0.99);
  BandOptions options;
  options.bucket_cap = 40;  // most buckets of a family pass it, some do not
  const Candidates expected = expected_candidates(members, signatures, priority, banding, options);
  REQUIRE(expected.capped_buckets > 1000);
  for (const std::uint32_t threads : {1U, 2U, 4U, 64U}) {
    check_equal(base::Threads(threads).run(
                    [&] { return candidates(members, signatures, priority, banding, options); }),
                expected);
  }
}

TEST_CASE("candidates with few equal lanes are dropped on request", "[band]") {
  oracle::Random random(4);
  const std::vector<Signature> signatures = crowded_signatures(random, 120, 3);
  const Numbers all = numbers(signatures.size());
  const Banding banding(Bands{35}, Rows{3});
  BandOptions options;
  options.min_equal_lanes = 50;
  const Candidates kept = candidates(all, signatures, all, banding, options);
  const Candidates every = candidates(all, signatures, all, banding);
  REQUIRE(kept.pairs.size() < every.pairs.size());
  REQUIRE(!kept.pairs.empty());
  for (const CandidatePair& pair : every.pairs) {
    const bool expected = equal_lanes(signatures[pair.first], signatures[pair.second]) >= 50;
    CHECK(std::binary_search(kept.pairs.begin(), kept.pairs.end(), pair) == expected);
  }
}

TEST_CASE("the radix sort orders by the named bits and keeps ties as they were", "[band]") {
  oracle::Random random(5);
  for (int round = 0; round < 200; ++round) {
    // Some bits are the same in all records, so that some digits tell nothing.
    const std::uint64_t varied = random() & (round % 2 == 0 ? 0xff00ff00ff00ff00 : random());
    std::vector<std::uint64_t> records(oracle::below(random, 300));
    for (std::uint64_t& record : records) record = random() & varied;
    const auto begin = static_cast<unsigned>(oracle::below(random, 64));
    const auto end = begin + 1 + static_cast<unsigned>(oracle::below(random, 64 - begin));
    const auto bits = [&](std::uint64_t record) {
      return record << (64 - end) >> (64 - end + begin);
    };
    std::vector<std::uint64_t> expected = records;
    std::stable_sort(expected.begin(), expected.end(),
                     [&](std::uint64_t a, std::uint64_t b) { return bits(a) < bits(b); });
    std::vector<std::uint64_t> scratch;
    band::radix_sort(records, scratch, begin, end);
    CHECK(records == expected);
  }
}

TEST_CASE("no members, one member and two members", "[band]") {
  const std::vector<Signature> equal(3);
  const Numbers priority{0, 1, 2};
  const Banding banding(Bands{13}, Rows{7});
  CHECK(candidates({}, equal, priority, banding).pairs.empty());
  CHECK(candidates(Numbers{2}, equal, priority, banding).pairs.empty());
  CHECK(candidates(Numbers{0, 2}, equal, priority, banding).pairs ==
        std::vector<CandidatePair>{{0, 2}});
}

// A thousand texts of 300 words, each with one word of its own in place of a common one.
std::vector<Signature> family_of_a_thousand(oracle::Random& random) {
  const Sketcher sketcher{Key{}};
  std::vector<std::uint64_t> common(296);  // shingles of 5 words
  for (std::uint64_t& shingle : common) shingle = random();
  std::vector<Signature> signatures;
  for (int d = 0; d < 1000; ++d) {
    std::vector<std::uint64_t> shingles = common;
    const std::size_t word = oracle::below(random, 300);
    for (std::size_t i = word < 4 ? 0 : word - 4; i <= word && i < shingles.size(); ++i) {
      shingles[i] = random();
    }
    signatures.push_back(sketcher.sketch(shingles));
  }
  return signatures;
}

TEST_CASE("every text of a large family is proposed with the first of it", "[band]") {
  oracle::Random random(6);
  const auto [jaccard, recall] = GENERATE(table<double, double>({{0.8, 0.95}, {0.5, 0.99}}));
  const std::vector<Signature> signatures = family_of_a_thousand(random);
  const Numbers priority = permutation(random, signatures.size());
  const auto first = static_cast<std::uint32_t>(std::find(priority.begin(), priority.end(), 0U) -
                                                priority.begin());
  const Candidates found =
      candidates(numbers(signatures.size()), signatures, priority, Banding::plan(jaccard, recall));
  CHECK(found.capped_buckets > 0);
  CHECK(found.pairs.size() < 20'000);
  const auto with_first = [&](const CandidatePair& pair) {
    return pair.first == first || pair.second == first;
  };
  CHECK(std::count_if(found.pairs.begin(), found.pairs.end(), with_first) == 999);
}

TEST_CASE("a million equal signatures propose a star around four centers", "[band]") {
  const std::size_t count = 1'000'000;
  const std::vector<Signature> equal(count);
  Numbers priority = numbers(count);
  std::reverse(priority.begin(), priority.end());  // the last document is preferred
  const Candidates found = candidates(numbers(count), equal, priority, Banding(Bands{13}, Rows{7}));
  CHECK(found.capped_buckets == 13);
  CHECK(found.left_out_pairs == 13 * (count - 4) * (count - 5) / 2);
  REQUIRE(found.pairs.size() == 4 * (count - 4) + 6);
  const auto has_center = [&](const CandidatePair& pair) { return pair.second >= count - 4; };
  CHECK(std::all_of(found.pairs.begin(), found.pairs.end(), has_center));
}

}  // namespace
}  // namespace wirecopy
