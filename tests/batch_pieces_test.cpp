#include "batch/pieces.h"

#include <vector>

#include "catch.h"
#include "oracle.h"
#include "temporary_folder.h"

using namespace wirecopy;
using oracle::below;

TEST_CASE("a column in pieces gives back what was appended, in memory or on disk", "[batch]") {
  oracle::Random random(1);
  const test::TemporaryFolder folder;
  for (const std::uint64_t memory : {std::uint64_t{0}, std::uint64_t{200'000}, ~std::uint64_t{0}}) {
    batch::Pieces<std::uint64_t> column(memory, folder.path());
    std::vector<std::vector<std::uint64_t>> appended(3000);
    for (auto& values : appended) {
      values.resize(below(random, 300) == 0 ? 20'000 : below(random, 100));
      for (std::uint64_t& value : values) value = random();
      column.append(values);
    }
    for (const auto& values : appended) {
      const std::span<const std::uint64_t> taken = column.take(values.size());
      REQUIRE(std::vector<std::uint64_t>(taken.begin(), taken.end()) == values);
    }
  }
}
