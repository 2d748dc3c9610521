#include "base/store.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <map>
#include <random>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "base/folders.h"
#include "catch.h"
#include "temporary_folder.h"
#include "thrown.h"
#include "wirecopy/error.h"

using namespace wirecopy;
using base::Family;
using base::StoreReader;
using base::StoreWriter;
using test::code_of;
using test::contents_of;
using test::TemporaryFolder;

namespace {

constexpr std::uint64_t kCache = std::uint64_t{8} << 20U;
constexpr std::size_t kTexts = 0;
constexpr std::size_t kLists = 1;

// One value after the other: associative, and tells the order in which they came.
std::string follow(std::string_view /*key*/, std::span<const std::string_view> values) {
  std::string joined;
  for (const std::string_view value : values) {
    if (value == "unreadable") throw Error(ErrorCode::damaged, "a list is unreadable");
    if (value == "strange") throw std::runtime_error("something strange");
    joined += value;
  }
  return joined;
}

std::vector<Family> families() { return {{"texts", {}}, {"lists", follow, 4'096, false}}; }

std::string key_of(std::uint64_t number) {
  std::string key(8, '\0');
  for (std::size_t i = key.size(); i-- > 0; number >>= 8U) key[i] = static_cast<char>(number);
  return key;
}

using Rows = std::map<std::string, std::string>;

Rows rows_of(const StoreReader& store, std::size_t family) {
  Rows rows;
  store.scan(family, "", [&](std::string_view key, std::string_view value) {
    rows.emplace(key, value);
    return true;
  });
  return rows;
}

// A store of one night: `count` texts and lists.
void write_first(const std::string& folder, std::uint64_t count) {
  StoreWriter writer(folder, "", families());
  for (std::uint64_t i = 0; i < count; ++i) {
    writer.put(kTexts, key_of(i), "text " + std::to_string(i));
    writer.join(kLists, key_of(i * 7), std::to_string(i) + ",");
  }
  writer.finish();
}

// Whether any file of the folder has these bytes.
bool holds(const std::string& folder, const std::string& bytes) {
  const auto entries = base::entries_of(folder);
  return std::any_of(entries.begin(), entries.end(), [&](const base::FolderEntry& entry) {
    return contents_of(folder + "/" + entry.name).find(bytes) != std::string::npos;
  });
}

}  // namespace

TEST_CASE("a store gives back what was put in, by key, in batches and in order") {
  const TemporaryFolder folder;
  const std::string path = folder.path("store");
  write_first(path, 3'000);
  const StoreReader store(path, families(), kCache);
  CHECK(store.get(kTexts, key_of(17)) == "text 17");
  CHECK_FALSE(store.get(kTexts, key_of(3'000)));
  CHECK(store.get(kLists, key_of(7 * 17)) == "17,");
  CHECK_FALSE(store.get(kLists, key_of(8)));

  std::vector<std::string> keys;
  for (std::uint64_t i = 0; i < 2'000; ++i) keys.push_back(key_of(i));
  std::size_t found = 0;
  store.get(kLists, keys, [&](std::size_t i, std::string_view value) {
    REQUIRE(i % 7 == 0);
    CHECK(value == std::to_string(i / 7) + ",");
    ++found;
  });
  CHECK(found == 286);

  std::uint64_t next = 2'990;
  store.scan(kTexts, key_of(next), [&](std::string_view key, std::string_view) {
    CHECK(key == key_of(next++));
    return next < 2'995;
  });
  CHECK(next == 2'995);
  store.verify();
  CHECK(store.entries(kTexts) == 3'000);
  CHECK(store.bytes(kTexts) > 1'000);
}

TEST_CASE("a folder holds nothing but its rows and what tells of them") {
  const TemporaryFolder folder;
  write_first(folder.path("store"), 10);
  for (const base::FolderEntry& entry : base::entries_of(folder.path("store"))) {
    const bool known = entry.name.ends_with(".sst") || entry.name.starts_with("MANIFEST-") ||
                       entry.name == "CURRENT" || entry.name == "IDENTITY";
    INFO(entry.name);
    CHECK(known);
    CHECK(entry.plain);
  }
}

TEST_CASE("a store of nothing can be read and gone on from") {
  const TemporaryFolder folder;
  StoreWriter(folder.path("1"), "", families()).finish();
  CHECK(rows_of(StoreReader(folder.path("1"), families(), kCache), kTexts).empty());
  StoreWriter second(folder.path("2"), folder.path("1"), families());
  second.put(kTexts, "a", "b");
  second.finish();
  CHECK(rows_of(StoreReader(folder.path("2"), families(), kCache), kTexts) == Rows{{"a", "b"}});
}

TEST_CASE(
    "nights of puts, joins and removals are what a map makes of them, each generation alone") {
  const TemporaryFolder folder;
  std::mt19937_64 random(5);
  Rows texts;
  Rows lists;
  std::vector<std::pair<Rows, Rows>> nights;
  std::string last;
  for (int night = 0; night < 24; ++night) {
    const std::string path = folder.path(std::to_string(night));
    StoreWriter writer(path, last, families());
    for (std::uint64_t key = 0; key < 300; ++key) {
      const std::string name = key_of(key);
      switch (random() % 8) {
        case 0:
          writer.remove(kTexts, name);
          writer.remove(kLists, name);
          texts.erase(name);
          lists.erase(name);
          break;
        case 1:
          writer.put(kTexts, name, texts[name] = std::to_string(random()));
          writer.put(kLists, name, lists[name] = "anew,");
          break;
        case 2:
        case 3: {
          const std::string value = std::to_string(night) + ",";
          writer.join(kLists, name, value);
          lists[name] += value;
          break;
        }
        default:
          break;
      }
    }
    writer.finish(night % 10 == 9);
    nights.emplace_back(texts, lists);
    last = path;
  }
  for (int night = 0; night < 24; ++night) {
    const StoreReader store(folder.path(std::to_string(night)), families(), kCache);
    store.verify();
    CHECK(rows_of(store, kTexts) == nights[static_cast<std::size_t>(night)].first);
    CHECK(rows_of(store, kLists) == nights[static_cast<std::size_t>(night)].second);
    for (std::uint64_t key = 0; key < 300; key += 11) {
      const auto expected = nights[static_cast<std::size_t>(night)].second.find(key_of(key));
      const auto found = store.get(kLists, key_of(key));
      REQUIRE(found.has_value() ==
              (expected != nights[static_cast<std::size_t>(night)].second.end()));
      if (found) CHECK(*found == expected->second);
    }
  }
}

TEST_CASE("a night writes what is new and links the rest") {
  const TemporaryFolder folder;
  write_first(folder.path("1"), 20'000);
  const auto before = base::entries_of(folder.path("1"));
  StoreWriter writer(folder.path("2"), folder.path("1"), families());
  writer.put(kTexts, key_of(20'000), "new");
  writer.finish();
  std::ptrdiff_t linked = 0;
  for (const base::FolderEntry& entry : base::entries_of(folder.path("2"))) {
    linked += std::count_if(before.begin(), before.end(), [&](const base::FolderEntry& old) {
      return old.node == entry.node && old.name == entry.name && old.bytes == entry.bytes;
    });
  }
  CHECK(linked == 2);  // a file of texts, one of lists
}

TEST_CASE("after a rewrite no byte of what was removed is left, in names and values") {
  const TemporaryFolder folder;
  const std::string secret = "a name to be forgotten";
  StoreWriter first(folder.path("1"), "", families());
  first.put(kTexts, secret, "its text, which is to be forgotten too");
  first.put(kTexts, "z", "stays");
  first.join(kLists, secret, "listed");
  first.finish();
  StoreWriter second(folder.path("2"), folder.path("1"), families());
  second.remove(kTexts, secret);
  second.remove(kLists, secret);
  second.finish();
  CHECK(holds(folder.path("2"), secret));  // or this test shows nothing
  StoreWriter third(folder.path("3"), folder.path("2"), families());
  third.finish(true);
  CHECK_FALSE(holds(folder.path("3"), "a name to be"));
  CHECK_FALSE(holds(folder.path("3"), "forgotten"));
  CHECK_FALSE(holds(folder.path("3"), "listed"));
  CHECK(rows_of(StoreReader(folder.path("3"), families(), kCache), kTexts) == Rows{{"z", "stays"}});
}

TEST_CASE("many nights do not become many files") {
  const TemporaryFolder folder;
  std::string last;
  for (int night = 0; night < 40; ++night) {
    const std::string path = folder.path(std::to_string(night));
    StoreWriter writer(path, last, families());
    for (std::uint64_t key = 0; key < 50; ++key) writer.join(kLists, key_of(key), "x");
    writer.finish();
    last = path;
  }
  CHECK(base::entries_of(last).size() < 10);
  CHECK(StoreReader(last, families(), kCache).get(kLists, key_of(3)) == std::string(40, 'x'));
}

TEST_CASE("keys that do not ascend are refused, in every call") {
  const TemporaryFolder folder;
  StoreWriter writer(folder.path("store"), "", families());
  writer.put(kTexts, "b", "1");
  CHECK(code_of([&] { writer.put(kTexts, "a", "1"); }, "ascend") == ErrorCode::usage);
  CHECK(code_of([&] { writer.remove(kTexts, "b"); }) == ErrorCode::usage);
  writer.join(kLists, "a", "1");
  CHECK(code_of([&] { writer.join(kLists, "a", "1"); }) == ErrorCode::usage);
}

TEST_CASE("a folder that is there already is not written into") {
  const TemporaryFolder folder;
  write_first(folder.path("1"), 3);
  CHECK(code_of([&] { StoreWriter(folder.path("1"), "", families()); }) == ErrorCode::output);
}

TEST_CASE("a store that is not there, or of other families, is refused") {
  const TemporaryFolder folder;
  CHECK(code_of([&] { StoreReader(folder.path("none"), families(), kCache); }, "none") ==
        ErrorCode::input);
  write_first(folder.path("1"), 3);
  const std::vector<Family> others{{"texts", {}}, {"names", {}}};
  const std::vector<Family> fewer{{"texts", {}}};
  CHECK(code_of([&] { StoreReader(folder.path("1"), others, kCache); }, "lists") ==
        ErrorCode::damaged);
  CHECK(code_of([&] { StoreReader(folder.path("1"), fewer, kCache); }) == ErrorCode::damaged);
  CHECK(code_of([&] { StoreWriter(folder.path("2"), folder.path("1"), others); }) ==
        ErrorCode::damaged);
}

TEST_CASE("a value that cannot be joined is damage, never an answer") {
  const TemporaryFolder folder;
  const std::string bad = GENERATE(std::string("unreadable"), std::string("strange"));
  StoreWriter first(folder.path("1"), "", families());
  first.join(kLists, "a", "fine");
  first.join(kLists, "b", "fine");
  first.finish();
  StoreWriter second(folder.path("2"), folder.path("1"), families());
  second.join(kLists, "a", bad);
  second.finish();
  const StoreReader store(folder.path("2"), families(), kCache);
  CHECK(code_of([&] { (void)store.get(kLists, "a"); }, bad) == ErrorCode::damaged);
  CHECK(code_of([&] { rows_of(store, kLists); }) == ErrorCode::damaged);
  CHECK(store.get(kLists, "b") == "fine");
  StoreWriter third(folder.path("3"), folder.path("2"), families());
  CHECK(code_of([&] { third.finish(true); }) == ErrorCode::damaged);
}

TEST_CASE("a reader goes on when its folder is taken away") {
  const TemporaryFolder folder;
  write_first(folder.path("1"), 30'000);
  const StoreReader store(folder.path("1"), families(), 0);
  base::remove_path(folder.path("1"));
  CHECK(rows_of(store, kTexts).size() == 30'000);
  CHECK(store.get(kTexts, key_of(29'999)) == "text 29999");
}

TEST_CASE("a process that may open no more files is told so, and not of damage") {
  const TemporaryFolder folder;
  write_first(folder.path("1"), 100);
  rlimit before{};
  REQUIRE(::getrlimit(RLIMIT_NOFILE, &before) == 0);
  rlimit few = before;
  // The lowest number that is free stands for how many are in use.
  few.rlim_cur = static_cast<rlim_t>(::dup(0)) + 1;
  ::close(static_cast<int>(few.rlim_cur) - 1);
  REQUIRE(::setrlimit(RLIMIT_NOFILE, &few) == 0);
  const ErrorCode code =
      code_of([&] { StoreReader(folder.path("1"), families(), kCache); }, "ulimit -n");
  REQUIRE(::setrlimit(RLIMIT_NOFILE, &before) == 0);
  CHECK(code == ErrorCode::input);
}

TEST_CASE("many threads read one store") {
  const TemporaryFolder folder;
  write_first(folder.path("1"), 5'000);
  const StoreReader store(folder.path("1"), families(), 1U << 16U);
  std::atomic<int> wrong{0};
  std::vector<std::thread> threads;
  for (unsigned int t = 0; t < 4; ++t) {
    threads.emplace_back([&store, &wrong, t] {
      std::mt19937 random(t);
      for (int i = 0; i < 500; ++i) {
        const std::uint64_t key = random() % 6'000;
        const auto found = store.get(kTexts, key_of(key));
        const bool right = key < 5'000 ? found == "text " + std::to_string(key) : !found;
        wrong += right ? 0 : 1;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(wrong == 0);
}
