#include "index/check.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "catch.h"
#include "index/harvest.h"
#include "index/posting_block.h"
#include "temporary_folder.h"
#include "wirecopy/error.h"

namespace wirecopy::index {
namespace {

using batch::Postings;
using batch::Stored;

constexpr std::uint64_t kCache = 1U << 20U;
constexpr base::Hash128 kCluster{1, 2};

void add(StoreHarvest& harvest, std::uint32_t number, const std::string& id) {
  Document document;
  document.text = "text";
  const std::vector<std::uint64_t> names{std::uint64_t{number} << 40U, ~std::uint64_t{0}};
  batch::HarvestedDocument harvested;
  harvested.number = Stored{number};
  harvested.document = &document;
  harvested.id = id;
  harvested.head.letters = {7, number / 2};
  harvested.head.representative = number % 2 == 0;
  harvested.votes = names;
  harvested.bands = names;
  harvested.short_blocks = names;
  harvest.document(harvested);
}

// Four documents, of which the last is gone; two of them are a pair and a cluster.
class Corpus {
 public:
  Corpus() {
    {
      base::StoreWriter writer(folder_.path("1"), "", families());
      StoreHarvest harvest(nullptr, writer, 1U << 20U, folder_.path());
      for (std::uint32_t number = 0; number < 4; ++number) {
        add(harvest, number, "id" + std::to_string(number));
        harvest.identity("id" + std::to_string(number), {Stored{number}, {number}});
      }
      harvest.pair({Stored{0}, Stored{2}, true, 0, false, std::nullopt});
      for (const std::uint32_t number : {0U, 2U}) {
        harvest.cluster(Stored{number}, std::nullopt, kCluster);
      }
      harvest.complete();
      writer.finish();
    }
    const base::StoreReader before(folder_.path("1"), families(), kCache);
    base::StoreWriter writer(folder_.path("2"), folder_.path("1"), families());
    StoreHarvest harvest(&before, writer, 1U << 20U, folder_.path());
    batch::StoredHead head;
    head.letters = {7, 1};
    harvest.remove(Stored{3}, head, "id3");
    harvest.complete();
    writer.finish();
  }

  [[nodiscard]] CheckedCorpus check() const {
    return check_corpus(base::StoreReader(folder_.path("2"), families(), kCache));
  }
  // The family that a check names after a change.
  [[nodiscard]] std::string damage(const std::function<void(base::StoreWriter&)>& change) {
    const std::string folder = folder_.path(std::to_string(++last_));
    base::StoreWriter writer(folder, folder_.path("2"), families());
    change(writer);
    writer.finish();
    try {
      static_cast<void>(check_corpus(base::StoreReader(folder, families(), kCache)));
      return "none";
    } catch (const Error& error) {
      CHECK(error.code() == ErrorCode::damaged);
      const std::string what = error.what();
      const std::size_t begin = what.find('\'') + 1;
      return what.substr(begin, what.find('\'', begin) - begin);
    }
  }
  [[nodiscard]] std::string without(FamilyId family, const std::string& key) {
    return damage([&](base::StoreWriter& writer) { writer.remove(place_of(family), key); });
  }
  [[nodiscard]] std::string with(FamilyId family, const std::string& key,
                                 const std::string& value) {
    return damage([&](base::StoreWriter& writer) { writer.put(place_of(family), key, value); });
  }

 private:
  test::TemporaryFolder folder_;
  int last_ = 2;
};

TEST_CASE("a sound corpus is counted") {
  const CheckedCorpus checked = Corpus().check();
  CHECK(checked.facts == Facts{Stored{4}, 3});
  CHECK(checked.representatives == 2);
  CHECK(checked.entries[place_of(FamilyId::heads)] == 3);
  CHECK(checked.entries[place_of(FamilyId::ids)] == 3);
  CHECK(checked.entries[place_of(FamilyId::pairs)] == 2);
  CHECK(checked.entries[place_of(FamilyId::members)] == 2);
  CHECK(checked.postings == 24);
  CHECK(checked.stale_postings == 6);
}

TEST_CASE("what is missing in one family is told by another") {
  Corpus corpus;
  CHECK(corpus.without(FamilyId::heads, document_key(Stored{1})) == "heads");
  CHECK(corpus.without(FamilyId::articles, document_key(Stored{1})) == "articles");
  CHECK(corpus.without(FamilyId::ids, "id1") == "ids");
  CHECK(corpus.without(FamilyId::letters, letters_key({7, 0}, Stored{1})) == "letters");
  CHECK(corpus.without(FamilyId::pairs, pair_key(Stored{2}, Stored{0})) == "pairs");
  CHECK(corpus.without(FamilyId::pairs, pair_key(Stored{0}, Stored{2})) == "pairs");
  CHECK(corpus.without(FamilyId::members, member_key(kCluster, Stored{2})) == "members");
  CHECK(corpus.without(FamilyId::cluster_of, document_key(Stored{2})) == "members");
  CHECK(corpus.without(FamilyId::facts, std::string(kCountsKey)) == "facts");
  CHECK(corpus.without(FamilyId::facts, std::string(kModelKey)) == "facts");
}

TEST_CASE("what nobody wrote is told") {
  Corpus corpus;
  const std::vector<Posting> stranger{{1, Stored{4}}};
  const PostingBlocks blocks = blocks_of(Postings::prints);
  CHECK(corpus.with(FamilyId::prints, blocks.key(5), blocks.encode(stranger)) == "prints");
  CHECK(corpus.with(FamilyId::letters, letters_key({9, 9}, Stored{1}), "") == "letters");
  CHECK(corpus.with(FamilyId::members, member_key({3, 3}, Stored{1}), "") == "members");
  CHECK(corpus.with(FamilyId::pairs, pair_key(Stored{0}, Stored{1}), "") == "pairs");
  CHECK(corpus.with(FamilyId::ids, "id1", identity_value({Stored{2}, {5}})) == "ids");
  CHECK(corpus.with(FamilyId::facts, "else", "") == "facts");
  CHECK(corpus.with(FamilyId::facts, std::string(kCountsKey), facts_value({Stored{4}, 2})) ==
        "heads");
}

}  // namespace
}  // namespace wirecopy::index
