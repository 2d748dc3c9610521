#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "catch.h"
#include "index/posting_block.h"
#include "oracle.h"
#include "wirecopy/error.h"

namespace wirecopy::index {
namespace {

using batch::Stored;
using oracle::below;
using oracle::Random;

constexpr PostingBlocks kBlocks(20);
constexpr auto kLast = static_cast<std::uint32_t>(-1);

std::vector<Posting> sorted(std::vector<Posting> postings) {
  std::sort(postings.begin(), postings.end());
  postings.erase(std::unique(postings.begin(), postings.end()), postings.end());
  return postings;
}

// Some names, of which a few stand in many documents.
std::vector<Posting> random_postings(Random& random) {
  const std::size_t most = std::size_t{1} << below(random, 10);
  const std::size_t names = std::size_t{1} << below(random, 21);
  const std::uint64_t documents = std::uint64_t{1} << below(random, 33);
  const std::uint64_t least = below(random, (std::uint64_t{1} << 32U) - documents + 1);
  std::vector<Posting> postings;
  while (postings.size() < most) {
    const auto suffix = static_cast<std::uint32_t>(below(random, names));
    for (std::size_t i = below(random, 8) == 0 ? below(random, 60) + 1 : 1; i > 0; --i) {
      postings.push_back({suffix, static_cast<Stored>(least + below(random, documents))});
    }
  }
  return sorted(std::move(postings));
}

std::vector<Posting> decoded(std::string_view block) {
  std::vector<Posting> postings{{7, Stored{7}}};
  kBlocks.decode(block, postings);
  return postings;
}

std::string joined(const std::vector<std::string>& blocks) {
  return kBlocks.join(std::vector<std::string_view>(blocks.begin(), blocks.end()));
}

TEST_CASE("a block of postings gives back what it was made of") {
  Random random(1);
  for (int i = 0; i < 2000; ++i) {
    const std::vector<Posting> postings = random_postings(random);
    REQUIRE(decoded(kBlocks.encode(postings)) == postings);
  }
}

TEST_CASE("a block of postings may be cut by any prefix") {
  Random random(6);
  for (const unsigned bits : {16U, 17U, 20U, 24U}) {
    const PostingBlocks blocks(bits);
    for (int i = 0; i < 200; ++i) {
      std::vector<Posting> postings;
      for (std::size_t left = 1 + below(random, 200); left > 0; --left) {
        const auto suffix = static_cast<std::uint32_t>(below(random, blocks.suffixes()));
        postings.push_back({suffix, static_cast<Stored>(below(random, 1'000'000))});
      }
      postings = sorted(std::move(postings));
      std::vector<Posting> read;
      blocks.decode(blocks.encode(postings), read);
      REQUIRE(read == postings);
      const std::uint64_t name = random();
      const std::uint32_t prefix = blocks.prefix_of(name);
      CHECK((std::uint64_t{prefix} << blocks.suffix_bits() | blocks.suffix_of(name)) ==
            name >> 24U);
      CHECK(blocks.prefix_of_key(blocks.key(prefix)) == prefix);
    }
  }
}

TEST_CASE("a block of postings holds the outermost names and documents") {
  for (const std::vector<Posting>& postings : std::vector<std::vector<Posting>>{
           {{0, Stored{0}}},
           {{kBlocks.suffixes() - 1, Stored{kLast}}},
           {{0, Stored{0}}, {kBlocks.suffixes() - 1, Stored{kLast}}},
           {{5, Stored{0}}, {5, Stored{1}}, {5, Stored{2}}, {5, Stored{3}}, {5, Stored{kLast}}}}) {
    CHECK(decoded(kBlocks.encode(postings)) == postings);
  }
}

TEST_CASE("a full block of postings can be packed") {
  std::vector<Posting> postings;
  for (std::uint32_t suffix = 0; suffix < kBlocks.suffixes(); ++suffix) {
    postings.push_back({suffix, Stored{0}});
  }
  const std::string block = kBlocks.encode(postings);
  CHECK(block.size() < kBlocks.suffixes() / 8 + 20);
  CHECK(decoded(block) == postings);
}

TEST_CASE("a list of postings as long as a great story is packed and found") {
  std::vector<Posting> postings;
  for (std::uint32_t i = 0; i < 100'000; ++i) postings.push_back({9, static_cast<Stored>(i * 10)});
  postings.push_back({10, Stored{77}});
  const std::string block = kBlocks.encode(postings);
  CHECK(block.size() < 80'000);
  CHECK(decoded(block) == postings);
  std::size_t found = 0;
  const std::vector<std::uint32_t> suffixes{10};
  kBlocks.find(block, suffixes, [&](std::size_t, std::span<const Stored> documents) {
    found += documents.size();
    CHECK(documents[0] == Stored{77});
  });
  CHECK(found == 1);
}

TEST_CASE("suffixes are found as in a multimap") {
  Random random(2);
  for (int i = 0; i < 1000; ++i) {
    const std::vector<Posting> postings = random_postings(random);
    std::multimap<std::uint32_t, Stored> map;
    std::vector<std::uint32_t> suffixes;
    for (const Posting& each : postings) {
      map.emplace(each.suffix, each.document);
      if (below(random, 3) == 0) suffixes.push_back(each.suffix);
      if (below(random, 3) == 0) suffixes.push_back((each.suffix + 1) % kBlocks.suffixes());
    }
    std::sort(suffixes.begin(), suffixes.end());
    suffixes.erase(std::unique(suffixes.begin(), suffixes.end()), suffixes.end());
    std::vector<std::vector<Stored>> found(suffixes.size());
    kBlocks.find(kBlocks.encode(postings), suffixes,
                 [&](std::size_t at, std::span<const Stored> documents) {
                   REQUIRE(found[at].empty());
                   found[at].assign(documents.begin(), documents.end());
                 });
    for (std::size_t at = 0; at < suffixes.size(); ++at) {
      std::vector<Stored> expected;
      const auto [first, last] = map.equal_range(suffixes[at]);
      for (auto each = first; each != last; ++each) expected.push_back(each->second);
      REQUIRE(found[at] == expected);
    }
  }
}

TEST_CASE("blocks of postings join to the same bytes whatever the grouping") {
  Random random(3);
  for (int i = 0; i < 300; ++i) {
    std::vector<std::string> blocks;
    std::vector<Posting> all;
    for (std::size_t left = 1 + below(random, 8); left > 0; --left) {
      const std::vector<Posting> postings = random_postings(random);
      all.insert(all.end(), postings.begin(), postings.end());
      blocks.push_back(kBlocks.encode(postings));
    }
    const std::string expected = kBlocks.encode(sorted(std::move(all)));
    REQUIRE(joined(blocks) == expected);
    std::shuffle(blocks.begin(), blocks.end(), random);
    while (blocks.size() > 1) {
      const auto at =
          blocks.begin() + static_cast<std::ptrdiff_t>(below(random, blocks.size() - 1));
      *at = joined({*at, *(at + 1)});
      blocks.erase(at + 1);
    }
    REQUIRE(blocks[0] == expected);
  }
}

TEST_CASE("documents are taken out of a block of postings") {
  Random random(4);
  for (int i = 0; i < 500; ++i) {
    std::vector<Posting> postings = random_postings(random);
    const std::string block = kBlocks.encode(postings);
    std::vector<Stored> gone{postings[below(random, postings.size())].document};
    for (const Posting& each : postings) {
      if (below(random, 2) == 0) gone.push_back(each.document);
    }
    std::sort(gone.begin(), gone.end());
    std::erase_if(postings, [&](const Posting& each) {
      return std::find(gone.begin(), gone.end(), each.document) != gone.end();
    });
    const std::string rest = kBlocks.without(block, gone);
    REQUIRE(rest == (postings.empty() ? std::string() : kBlocks.encode(postings)));
  }
}

bool is_refused(std::string_view block) {
  try {
    std::vector<Posting> postings;
    kBlocks.decode(block, postings);
    return false;
  } catch (const Error& error) {
    REQUIRE(error.code() == ErrorCode::damaged);
    return true;
  }
}

TEST_CASE("a damaged block of postings is refused, or is another sound block") {
  Random random(5);
  for (int i = 0; i < 3000; ++i) {
    const std::string whole = kBlocks.encode(random_postings(random));
    std::string block = whole;
    block[below(random, block.size())] ^= static_cast<char>(1U << below(random, 8));
    if (!is_refused(block)) {
      const std::vector<Posting> postings = decoded(block);
      CHECK(std::is_sorted(postings.begin(), postings.end()));
      CHECK(decoded(kBlocks.encode(postings)) == postings);
    }
    CHECK(is_refused(whole.substr(0, below(random, whole.size()))));
    CHECK(is_refused(whole + '\0'));
  }
}

TEST_CASE("a block of postings that claims too much takes no memory for it") {
  CHECK(is_refused(""));
  CHECK(is_refused(std::string("\x03\x01\x00\x00\x00", 5)));      // version
  CHECK(is_refused(std::string("\x61\x01\x00\x00\x00", 5)));      // more bits than a number has
  CHECK(is_refused(std::string("\x43\x00\x00\x00\x00", 5)));      // no posting
  CHECK(is_refused(std::string("\x43\xff\xff\xff\x7f\x00", 6)));  // very many
}

TEST_CASE("the key of a block of postings orders as its prefix, and nothing else is one") {
  std::string last;
  for (const std::uint32_t prefix :
       {0U, 1U, 255U, 256U, 65'535U, 65'536U, kBlocks.prefixes() - 1}) {
    const std::string key = kBlocks.key(prefix);
    CHECK(key.size() == 3);
    CHECK(last < key);
    CHECK(kBlocks.prefix_of_key(key) == prefix);
    last = key;
  }
  CHECK_THROWS_AS(kBlocks.prefix_of_key(""), Error);
  CHECK_THROWS_AS(kBlocks.prefix_of_key("ab"), Error);
  CHECK_THROWS_AS(kBlocks.prefix_of_key("\x01"
                                        "abc"),
                  Error);
  CHECK_THROWS_AS(kBlocks.prefix_of_key("\x10\x01\x01"), Error);  // over 20 bits
  CHECK(kBlocks.prefix_of(0xabcde'12345'000000) == 0xabcde);
  CHECK(kBlocks.suffix_of(0xabcde'12345'ffffff) == 0x12345);
}

}  // namespace
}  // namespace wirecopy::index
