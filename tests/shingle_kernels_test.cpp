#include <algorithm>
#include <string>
#include <vector>

#include "base/hash.h"
#include "catch.h"
#include "oracle.h"
#include "shingle/combine.h"
#include "shingle/word_hashes.h"

using namespace wirecopy;
using oracle::below;

TEST_CASE("shingles are sums of hashes times multipliers, mixed", "[shingle]") {
  oracle::Random random(1);
  const std::size_t k = GENERATE(1U, 2U, 5U, 9U);
  for (std::size_t count = 0; count < 70; ++count) {
    std::vector<std::uint64_t> hashes(count + k);
    std::vector<std::uint64_t> multipliers(k);
    for (std::uint64_t& hash : hashes) hash = random();
    for (std::uint64_t& multiplier : multipliers) multiplier = random();
    std::vector<std::uint64_t> expected;
    for (std::size_t i = 0; i < count; ++i) {
      std::uint64_t sum = 0;
      for (std::size_t j = 0; j < k; ++j) sum += hashes[i + j] * multipliers[j];
      expected.push_back(base::mix64(sum));
    }
    std::vector<std::uint64_t> shingles(count);
    shingling::combine(hashes.data(), multipliers, shingles);
    CHECK(shingles == expected);
    shingling::combine_portable(hashes.data(), multipliers, shingles);
    CHECK(shingles == expected);
  }
}

TEST_CASE("a word's hash is that of its bytes, of a short one filled up to 16", "[shingle]") {
  oracle::Random random(1);
  for (int trial = 0; trial < 300; ++trial) {
    const std::size_t longest = trial % 2 == 0 ? 12 : 40;
    // Words need not follow each other, nor be disjoint.
    std::string letters(below(random, 400), 'a');
    for (char& letter : letters) letter = static_cast<char>('a' + below(random, 26));
    std::vector<NormalizedText::Word> words;
    std::vector<std::uint64_t> expected;
    for (std::uint32_t begin = 0; begin < letters.size(); ++begin) {
      const std::size_t most = std::min(longest, letters.size() - begin);
      const auto end = static_cast<std::uint32_t>(begin + 1 + below(random, most));
      words.push_back({begin, end});
      std::string word = letters.substr(begin, end - begin);
      if (word.size() < 16) word.resize(16);
      expected.push_back(base::hash64(word, 7));
    }
    std::vector<std::uint64_t> hashes(words.size());
    // In memory that ends with the letters, so that a sanitizer sees a byte read too many.
    const std::vector<char> exact(letters.begin(), letters.end());
    shingling::hash_words({exact.data(), exact.size()}, words, 7, hashes.data());
    CHECK(hashes == expected);
  }
}
