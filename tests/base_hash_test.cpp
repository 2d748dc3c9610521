#include "base/hash.h"

#include <vector>

#include "catch.h"
#include "oracle.h"

using namespace wirecopy;
using base::Bytes16;

TEST_CASE("many inputs of 16 bytes are hashed as each one is", "[hash]") {
  oracle::Random random(1);
  for (std::size_t count = 0; count < 70; ++count) {
    const std::uint64_t seed = random();
    std::vector<Bytes16> inputs(count);
    for (Bytes16& input : inputs) {
      for (char& byte : input) byte = static_cast<char>(random());
    }
    std::vector<std::uint64_t> expected;
    for (const Bytes16& input : inputs) {
      expected.push_back(base::hash64({input.data(), input.size()}, seed));
    }
    std::vector<std::uint64_t> hashes(count);
    base::hash64_each(inputs, seed, hashes.data());
    CHECK(hashes == expected);
    base::hash64_each_portable(inputs, seed, hashes.data());
    CHECK(hashes == expected);
  }
}
