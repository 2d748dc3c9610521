#include "wirecopy/collapse.h"

#include <algorithm>
#include <map>
#include <numeric>

#include "base/parallel.h"
#include "catch.h"
#include "oracle.h"

namespace wirecopy {
namespace {

using Numbers = std::vector<std::uint32_t>;

Numbers permutation(oracle::Random& random, std::size_t count) {
  Numbers result(count);
  std::iota(result.begin(), result.end(), 0U);
  for (std::size_t i = count; i > 1; --i)
    std::swap(result[i - 1], result[oracle::below(random, i)]);
  return result;
}

Groups expected_groups(const std::vector<LettersHash>& hashes, const Numbers& rank) {
  std::map<LettersHash, Numbers> members;
  for (std::uint32_t d = 0; d < hashes.size(); ++d) members[hashes[d]].push_back(d);
  std::map<std::uint32_t, Numbers> copies;  // by representative
  Groups groups;
  groups.representative.resize(hashes.size());
  for (auto& [hash, group] : members) {
    if (hash == LettersHash{}) {
      for (const std::uint32_t d : group) groups.representative[d] = d;
      continue;
    }
    std::sort(group.begin(), group.end(),
              [&](std::uint32_t a, std::uint32_t b) { return rank[a] < rank[b]; });
    for (const std::uint32_t d : group) groups.representative[d] = group.front();
    copies[group.front()].assign(group.begin() + 1, group.end());
  }
  for (const auto& [representative, group] : copies) {
    groups.copies.insert(groups.copies.end(), group.begin(), group.end());
  }
  return groups;
}

LettersHash hash_of(std::string_view text) { return letters_hash(normalize(text)); }

TEST_CASE("collapse equals grouping in std::map", "[collapse]") {
  oracle::Random random(1);
  for (int round = 0; round < 200; ++round) {
    const std::size_t kinds = 1 + oracle::below(random, 50);
    std::vector<LettersHash> hashes(oracle::below(random, 200));
    // Few values of each half, so that hashes often agree in one of them; zero among them.
    for (LettersHash& hash : hashes) {
      hash = {oracle::below(random, 2), oracle::below(random, kinds)};
    }
    const Numbers rank = permutation(random, hashes.size());
    const Groups expected = expected_groups(hashes, rank);
    for (const std::uint32_t threads : {1U, 3U}) {
      const Groups found = base::Threads(threads).run([&] { return collapse(hashes, rank); });
      CHECK(found.representative == expected.representative);
      CHECK(found.copies == expected.copies);
    }
  }
}

TEST_CASE("case, spaces, punctuation and compatibility forms make no other text", "[collapse]") {
  CHECK(hash_of("The Mayor's reply, in full.") == hash_of("THE  mayor’s reply — in full"));
  CHECK(hash_of("The mayor replied") != hash_of("The mayor replies"));
}

TEST_CASE("texts without letters stay apart from everything", "[collapse]") {
  CHECK(hash_of("") == LettersHash{});
  CHECK(hash_of(" — … !") == LettersHash{});
  CHECK(hash_of("a") != LettersHash{});
  const std::vector<LettersHash> hashes(4, hash_of("..."));
  const Groups groups = collapse(hashes, Numbers{3, 2, 1, 0});
  CHECK(groups.representative == Numbers{0, 1, 2, 3});
  CHECK(groups.copies.empty());
}

TEST_CASE("the member of smallest rank stands for its group", "[collapse]") {
  const LettersHash a{1, 2};
  const LettersHash b{1, 3};
  const std::vector<LettersHash> hashes{a, b, a, b, a};
  const Groups groups = collapse(hashes, Numbers{4, 0, 3, 1, 2});
  CHECK(groups.representative == Numbers{4, 1, 4, 1, 4});
  CHECK(groups.copies == Numbers{3, 2, 0});  // of 1, then of 4
}

TEST_CASE("nothing collapses to nothing", "[collapse]") {
  CHECK(collapse({}, {}).representative.empty());
}

TEST_CASE("a million equal texts and a million different ones", "[collapse]") {
  oracle::Random random(2);
  const std::size_t count = 1'000'000;
  const Numbers rank = permutation(random, count);
  const Groups equal = collapse(std::vector<LettersHash>(count, LettersHash{1, 1}), rank);
  const auto first =
      static_cast<std::uint32_t>(std::find(rank.begin(), rank.end(), 0U) - rank.begin());
  CHECK(equal.representative == Numbers(count, first));
  CHECK(equal.copies.size() == count - 1);
  CHECK(std::is_sorted(equal.copies.begin(), equal.copies.end(),
                       [&](std::uint32_t a, std::uint32_t b) { return rank[a] < rank[b]; }));

  std::vector<LettersHash> hashes(count);
  for (LettersHash& hash : hashes) hash = {random(), random()};
  CHECK(collapse(hashes, rank).copies.empty());
}

}  // namespace
}  // namespace wirecopy
