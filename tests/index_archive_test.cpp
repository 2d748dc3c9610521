// Nights of random rows, into a store and into plain maps: whatever is asked, both answer alike.
#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "base/store.h"
#include "catch.h"
#include "index/archive.h"
#include "index/harvest.h"
#include "memory_archive.h"
#include "oracle.h"
#include "temporary_folder.h"
#include "wirecopy/error.h"

namespace wirecopy::index {
namespace {

using batch::Postings;
using batch::Stored;
using oracle::below;
using oracle::Random;

constexpr std::array kPostings = {Postings::prints, Postings::bands, Postings::blocks};
constexpr std::uint64_t kCache = 1U << 20U;

// Few, so that documents meet; some differ in bits that do not count.
std::uint64_t name(Random& random) {
  return base::mix64(1 + below(random, 3000)) ^ below(random, 8);
}

std::vector<std::uint64_t> names(Random& random, std::size_t most) {
  std::vector<std::uint64_t> some(below(random, most + 1));
  for (std::uint64_t& each : some) each = name(random);
  std::sort(some.begin(), some.end());
  some.erase(std::unique(some.begin(), some.end()), some.end());
  return some;
}

std::string words(Random& random, std::size_t most) {
  std::string text;
  for (std::size_t left = below(random, most + 1); left > 0; --left) {
    text += static_cast<char>('a' + below(random, 26));
  }
  return text;
}

batch::StoredHead head(Random& random, std::uint32_t generation) {
  batch::StoredHead head;
  if (below(random, 10) != 0) head.letters = {below(random, 20), 1 + below(random, 2)};
  head.word_hash = random();
  head.id_hash = random();
  head.letter_count = static_cast<std::uint32_t>(below(random, 10'000));
  head.generation = generation;
  head.representative = below(random, 2) == 0;
  head.kept = below(random, 2) == 0;
  return head;
}

batch::StoredPair random_pair(Random& random, std::uint32_t documents) {
  batch::StoredPair pair;
  const auto second = static_cast<std::uint32_t>(1 + below(random, documents - 1));
  pair.first = static_cast<Stored>(below(random, second));
  pair.second = Stored{second};
  pair.link_score = static_cast<std::uint32_t>(below(random, 65'537));
  if (below(random, 2) == 0) pair.found.emplace().verdict = Verdict::derived;
  return pair;
}

// Tells the same to both.
class Nights {
 public:
  Nights(std::uint64_t seed, std::uint64_t memory_bytes)
      : random_(seed), memory_bytes_(memory_bytes) {}

  [[nodiscard]] const test::MemoryArchive& memory() const { return memory_; }
  [[nodiscard]] StoreArchive archive() const { return {reader_.get(), memory_.night}; }
  [[nodiscard]] const base::StoreReader& reader() const { return *reader_; }

  void run(std::size_t documents) {
    const std::string from = night_ == 0 ? std::string() : folder(night_);
    base::StoreWriter writer(folder(++night_), from, families());
    StoreHarvest harvest(reader_.get(), writer, memory_bytes_, folder_.path());
    memory_.night = static_cast<std::uint32_t>(night_);
    add_documents(harvest, documents);
    remove_some(harvest);
    change_heads(harvest);
    change_pairs(harvest);
    change_clusters(harvest);
    if (night_ == 3) {
      const std::vector<StockText> stock{{"a", "some stock"}};
      memory_.known = Model().with(stock);
      harvest.model(memory_.known);
    }
    harvest.complete();
    writer.finish();
    reader_ = std::make_unique<base::StoreReader>(folder(night_), families(), kCache);
  }

 private:
  [[nodiscard]] std::string folder(std::size_t night) const {
    return folder_.path() + "/" + std::to_string(night);
  }

  void add_documents(StoreHarvest& harvest, std::size_t documents) {
    std::vector<std::pair<std::string, batch::StoredIdentity>> identities;
    for (std::size_t i = 0; i < documents; ++i) {
      const test::OwnedArticle article{"id" + std::to_string(below(random_, 200)),
                                       words(random_, 2000),
                                       words(random_, 20),
                                       words(random_, 3),
                                       words(random_, 30),
                                       "",
                                       words(random_, 9),
                                       below(random_, 2) == 0 ? "2020-02-03" : words(random_, 5)};
      const Document document = article.document();
      batch::HarvestedDocument harvested;
      harvested.number = memory_.next();
      harvested.head = head(random_, memory_.night);
      harvested.document = &document;
      harvested.id = article.id;
      const auto votes = names(random_, 60);
      const auto bands = names(random_, 5);
      const auto blocks = names(random_, 3);
      harvested.votes = votes;
      harvested.bands = bands;
      harvested.short_blocks = blocks;
      harvest.document(harvested);
      memory_.document(harvested);
      names_[harvested.number] = {votes, bands, blocks};
      identities.emplace_back(article.id,
                              batch::StoredIdentity{harvested.number, {random_(), random_()}});
    }
    for (const auto& [id, identity] : identities) {
      harvest.identity(id, identity);
      memory_.identity(id, identity);
    }
  }

  void remove_some(StoreHarvest& harvest) {
    std::vector<Stored> gone;
    for (const auto& [document, head] : memory_.stored_heads) {
      if (head.generation < memory_.night && below(random_, 10) == 0) gone.push_back(document);
    }
    for (const Stored document : gone) {
      const batch::StoredHead head = *memory_.head(document);
      const std::string id = memory_.articles.at(document).id;
      // As a run does: an id that has another document by now stays.
      if (memory_.identity(id)->document != document) continue;
      harvest.remove(document, head, id);
      memory_.remove(document, head, id);
      if (below(random_, 2) == 0) continue;
      for (const Postings postings : kPostings) {
        const auto& some = names_[document][static_cast<std::size_t>(postings)];
        harvest.purge(postings, document, some);
        memory_.purge(postings, document, some);
      }
    }
  }

  void change_heads(StoreHarvest& harvest) {
    for (const auto& [document, before] : memory_.stored_heads) {
      if (before.generation == memory_.night || below(random_, 5) != 0) continue;
      batch::StoredHead head = before;
      head.representative = !head.representative;
      head.votes.all = static_cast<std::uint32_t>(random_());
      harvest.head(document, head);
      memory_.head(document, head);
    }
  }

  void change_pairs(StoreHarvest& harvest) {
    if (memory_.next_number < 2) return;
    for (int i = 0; i < 50; ++i) {
      const batch::StoredPair pair = random_pair(random_, memory_.next_number);
      harvest.pair(pair);
      memory_.pair(pair);
    }
    std::vector<std::pair<Stored, Stored>> gone;
    for (const auto& [key, pair] : memory_.pairs) {
      if (below(random_, 10) == 0) gone.push_back(key);
    }
    for (const auto& [first, second] : gone) {
      harvest.remove_pair(first, second);
      memory_.remove_pair(first, second);
    }
  }

  void change_clusters(StoreHarvest& harvest) {
    for (std::uint32_t document = 0; document < memory_.next_number; ++document) {
      const auto before = memory_.cluster_of(Stored{document});
      std::optional<base::Hash128> now;
      if (below(random_, 3) != 0) now = base::Hash128{below(random_, 5), below(random_, 5)};
      if (before == now || below(random_, 2) == 0) continue;
      harvest.cluster(Stored{document}, before, now);
      memory_.cluster(Stored{document}, before, now);
    }
  }

  Random random_;
  std::uint64_t memory_bytes_;
  test::TemporaryFolder folder_;
  test::MemoryArchive memory_;
  std::map<Stored, std::array<std::vector<std::uint64_t>, 3>> names_;
  std::size_t night_ = 0;
  std::unique_ptr<base::StoreReader> reader_;
};

using Holders = std::vector<std::pair<std::size_t, std::vector<Stored>>>;

Holders holders_in(const batch::Archive& archive, Postings postings,
                   const std::vector<std::uint64_t>& names) {
  Holders found;
  archive.holders(postings, names, [&](std::size_t i, std::span<const Stored> documents) {
    found.emplace_back(i, std::vector<Stored>(documents.begin(), documents.end()));
  });
  std::sort(found.begin(), found.end());
  return found;
}

void expect_equal_documents(const StoreArchive& archive, const test::MemoryArchive& memory) {
  std::vector<Stored> all;
  for (std::uint32_t number = 0; number < memory.next_number + 2; ++number) {
    const Stored document{number};
    all.push_back(document);
    REQUIRE(archive.head(document) == memory.head(document));
    REQUIRE(archive.cluster_of(document) == memory.cluster_of(document));
    REQUIRE(archive.pairs_of(document) == memory.pairs_of(document));
    const auto head = memory.head(document);
    if (!head) {
      CHECK_THROWS_AS(archive.article(document), Error);
      continue;
    }
    REQUIRE(archive.with_letters(head->letters) == memory.with_letters(head->letters));
    const auto read = archive.article(document);
    const test::OwnedArticle& written = memory.articles.at(document);
    CHECK(read->id == written.id);
    CHECK(read->document.text == written.text);
    CHECK(read->document.published == written.document().published);
  }
  std::map<std::size_t, batch::StoredHead> heads;
  archive.heads(all, [&](std::size_t i, const batch::StoredHead& head) { heads[i] = head; });
  CHECK(heads.size() == memory.stored_heads.size());
  for (const auto& [i, head] : heads) CHECK(head == memory.stored_heads.at(all[i]));
}

void expect_equal(const StoreArchive& archive, const test::MemoryArchive& memory) {
  REQUIRE(archive.next() == memory.next());
  CHECK(archive.generation() == memory.night);
  CHECK(archive.facts().documents == memory.stored_heads.size());
  CHECK(archive.model().digest() == memory.known.digest());
  expect_equal_documents(archive, memory);
  for (int i = 0; i < 200; ++i) {
    const std::string id = "id" + std::to_string(i);
    const auto read = archive.identity(id);
    const auto written = memory.identity(id);
    REQUIRE(read.has_value() == written.has_value());
    if (read) CHECK((read->document == written->document && read->texts == written->texts));
  }
  for (std::uint64_t i = 0; i < 25; ++i) {
    const base::Hash128 cluster{i / 5, i % 5};
    REQUIRE(archive.members_of(cluster) == memory.members_of(cluster));
  }
  std::vector<std::uint64_t> names;
  for (std::uint64_t i = 0; i < 4000; ++i) names.push_back(base::mix64(i));
  std::sort(names.begin(), names.end());
  for (const Postings postings : kPostings) {
    REQUIRE(holders_in(archive, postings, names) == holders_in(memory, postings, names));
    REQUIRE(holders_in(archive, postings, {names[7]}) == holders_in(memory, postings, {names[7]}));
  }
}

// All that is in a store.
std::vector<std::pair<std::string, std::string>> rows_of(const base::StoreReader& reader) {
  std::vector<std::pair<std::string, std::string>> rows;
  for (std::size_t family = 0; family < kFamilies; ++family) {
    reader.scan(family, {}, [&](std::string_view key, std::string_view value) {
      rows.emplace_back(std::to_string(family) + std::string(key), value);
      return true;
    });
  }
  return rows;
}

TEST_CASE("what nights leave behind is read back as they left it") {
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    Nights nights(seed, 64U << 20U);
    for (const std::size_t documents : {100U, 0U, 50U, 1U, 70U}) {
      nights.run(documents);
      expect_equal(nights.archive(), nights.memory());
    }
  }
}

TEST_CASE("a harvest with hardly any memory leaves the same bytes") {
  Nights roomy(4, 64U << 20U);
  Nights narrow(4, 20'000);
  for (const std::size_t documents : {150U, 60U, 60U}) {
    roomy.run(documents);
    narrow.run(documents);
    expect_equal(narrow.archive(), narrow.memory());
    REQUIRE(rows_of(narrow.reader()) == rows_of(roomy.reader()));
  }
}

TEST_CASE("an archive of nothing knows nothing") {
  const StoreArchive archive(nullptr, 1);
  CHECK(archive.next() == Stored{0});
  CHECK(archive.generation() == 1);
  CHECK(archive.model().number() == 0);
  CHECK(!archive.identity("id"));
  CHECK(!archive.head(Stored{0}));
  CHECK(archive.with_letters({1, 1}).empty());
  CHECK(archive.pairs_of(Stored{0}).empty());
  CHECK(!archive.cluster_of(Stored{0}));
  CHECK(archive.members_of({}).empty());
  CHECK(holders_in(archive, Postings::prints, {1}).empty());
  CHECK_THROWS_AS(archive.article(Stored{0}), Error);
}

TEST_CASE("asking for most names at once reads all blocks in order") {
  Nights nights(6, 64U << 20U);
  nights.run(200);
  std::vector<std::uint64_t> names;
  for (std::uint64_t prefix = 0; prefix < blocks_of(Postings::prints).prefixes(); prefix += 7)
    names.push_back(prefix << 44U);
  for (std::uint64_t i = 0; i < 3000; ++i) names.push_back(base::mix64(i));
  std::sort(names.begin(), names.end());
  const auto archive = nights.archive();
  const Holders found = holders_in(archive, Postings::prints, names);
  CHECK(found.size() > 2000);
  CHECK(found == holders_in(nights.memory(), Postings::prints, names));
}

}  // namespace
}  // namespace wirecopy::index
