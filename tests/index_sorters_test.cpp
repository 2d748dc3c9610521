#include <map>
#include <optional>
#include <string>
#include <vector>

#include "catch.h"
#include "index/posting_sorter.h"
#include "index/row_sorter.h"
#include "oracle.h"
#include "temporary_folder.h"

namespace wirecopy::index {
namespace {

using batch::Stored;
using oracle::below;
using oracle::Random;

std::string bytes(Random& random, std::size_t most) {
  std::string some(below(random, most), '\0');
  for (char& each : some) each = static_cast<char>(random() % 4);
  return some;
}

TEST_CASE("rows come in the order of their keys, the last of each, whatever the memory") {
  const test::TemporaryFolder folder;
  for (const std::uint64_t memory : {0U, 100U, 5'000U, 200'000U, 10'000'000U}) {
    Random random(1);
    RowSorter sorter(memory, folder.path());
    std::map<std::string, std::optional<std::string>> expected;
    for (int i = 0; i < 3000; ++i) {
      const std::string key = bytes(random, 8);
      // Now and then longer than what is read at a time.
      const std::string value = bytes(random, i % 500 == 0 ? 200'000 : 50);
      if (below(random, 4) == 0) {
        sorter.remove(key);
        expected[key] = std::nullopt;
      } else {
        sorter.put(key, value);
        expected[key] = value;
      }
    }
    auto next = expected.begin();
    sorter.finish([&](const StoreRow& row) {
      REQUIRE(next != expected.end());
      REQUIRE(row.key == next->first);
      REQUIRE(row.removed == !next->second);
      REQUIRE(row.value == next->second.value_or(""));
      ++next;
    });
    CHECK(next == expected.end());
  }
  CHECK(folder.empty());
}

TEST_CASE("postings come prefix by prefix, each once, whatever the memory") {
  const test::TemporaryFolder folder;
  for (const unsigned bits : {16U, 18U, 24U}) {
    for (const std::uint64_t memory : {0U, 1'000U, 10'000'000U}) {
      Random random(2);
      const PostingBlocks blocks(bits);
      PostingSorter sorter(blocks, memory, folder.path());
      std::map<std::uint32_t, std::vector<Posting>> expected;
      for (int i = 0; i < 2000; ++i) {
        const std::uint64_t name = base::mix64(below(random, 500));
        const auto document = static_cast<Stored>(below(random, 3) == 0 ? random() : random() % 50);
        sorter.add(name, document);
        expected[blocks.prefix_of(name)].push_back({blocks.suffix_of(name), document});
      }
      auto next = expected.begin();
      sorter.finish([&](std::uint32_t prefix, std::span<const Posting> postings) {
        std::vector<Posting>& all = next->second;
        std::sort(all.begin(), all.end());
        all.erase(std::unique(all.begin(), all.end()), all.end());
        REQUIRE(prefix == next->first);
        REQUIRE(std::vector<Posting>(postings.begin(), postings.end()) == all);
        ++next;
      });
      CHECK(next == expected.end());
    }
  }
}

}  // namespace
}  // namespace wirecopy::index
