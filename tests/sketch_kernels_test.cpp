#include <vector>

#include "catch.h"
#include "oracle.h"
#include "sketch/darts.h"

using namespace wirecopy;
using namespace wirecopy::sketching;

namespace {

std::vector<std::uint64_t> thrown(const decltype(throw_darts)& kernel,
                                  const std::vector<std::uint64_t>& shingles, const Round& round,
                                  const BinSet& bins) {
  Darts kept;
  const std::size_t count = kernel(shingles, round, bins, kept);
  return {kept.begin(), kept.begin() + static_cast<std::ptrdiff_t>(count)};
}

}  // namespace

TEST_CASE("the darts kept are those that reach one of the bins", "[sketch]") {
  oracle::Random random(1);
  for (std::size_t count = 0; count <= kMostDarts; count += 1 + count / 9) {
    std::vector<std::uint64_t> shingles(count);
    for (std::uint64_t& shingle : shingles) shingle = random();
    const Round round(random(), count);
    const std::uint64_t few = random() & random() & random();
    for (const BinSet& bins : {BinSet{0, 0}, BinSet{~std::uint64_t{0}, ~std::uint64_t{0}},
                               BinSet{random(), random()}, BinSet{0, few}, BinSet{few, 0}}) {
      std::vector<std::uint64_t> expected;
      for (const std::uint64_t shingle : shingles) {
        const std::uint64_t dart = round.dart(shingle);
        const std::size_t bin = bin_of(dart);
        if ((bins[bin / 64] >> bin % 64 & 1U) != 0) expected.push_back(dart);
      }
      CHECK(thrown(throw_darts, shingles, round, bins) == expected);
      CHECK(thrown(throw_darts_portable, shingles, round, bins) == expected);
    }
  }
}
