#include "base/hash.h"

#include <string>
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

TEST_CASE("many stretches of one text are hashed as each one is", "[hash]") {
  oracle::Random random(2);
  std::string text(300, ' ');
  for (char& byte : text) byte = static_cast<char>(random());
  for (std::size_t length = 4; length <= 40; ++length) {
    const std::uint64_t seed = random();
    std::vector<std::uint32_t> begins(oracle::below(random, 40));
    std::vector<std::uint64_t> expected;
    for (std::uint32_t& begin : begins) {
      begin = static_cast<std::uint32_t>(oracle::below(random, text.size() - length + 1));
      expected.push_back(base::hash64(std::string_view(text).substr(begin, length), seed));
    }
    std::vector<std::uint64_t> hashes(begins.size());
    base::hash64_at(text, begins, length, seed, hashes.data());
    CHECK(hashes == expected);
    base::hash64_at_portable(text, begins, length, seed, hashes.data());
    CHECK(hashes == expected);
  }
}

TEST_CASE("a whole text has the same hash by whichever instructions", "[hash]") {
  oracle::Random random(3);
  for (std::size_t size = 0; size < 3000; size += 1 + size / 16) {
    std::string text(size, ' ');
    for (char& byte : text) byte = static_cast<char>(random());
    const std::uint64_t seed = random();
    CHECK(base::hash64_long(text, seed) == base::hash64(text, seed));
    CHECK(base::hash64_long(text) == base::hash64(text));
    CHECK(base::hash128_long(text) == base::hash128(text));
  }
}

TEST_CASE("a hash of pieces is that of the whole") {
  std::string text;
  for (int i = 0; i < 2'000; ++i) text += std::to_string(i * i);
  for (std::size_t piece = 1; piece < text.size(); piece += 1 + piece / 2) {
    base::Hash128Stream stream;
    for (std::size_t at = 0; at < text.size(); at += piece) stream.add(text.substr(at, piece));
    CHECK(stream.value() == base::hash128(text));
  }
  CHECK(base::Hash128Stream().value() == base::hash128(""));
}
