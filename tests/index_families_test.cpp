#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "catch.h"
#include "index/families.h"
#include "index/posting_block.h"
#include "oracle.h"
#include "wirecopy/error.h"

namespace wirecopy::index {
namespace {

using batch::Stored;
using batch::StoredHead;
using batch::StoredPair;
using oracle::below;
using oracle::Random;

// Of all lengths, so that no byte of a number goes untested.
std::uint64_t number(Random& random) { return random() >> below(random, 64); }
std::uint32_t number32(Random& random) {
  return static_cast<std::uint32_t>(random() >> (32 + below(random, 32)));
}
Stored document(Random& random) { return static_cast<Stored>(number32(random)); }
std::string bytes(Random& random) {
  std::string some(below(random, 300), '\0');
  for (char& each : some) each = static_cast<char>(random());
  return some;
}

StoredHead head(Random& random) {
  StoredHead head;
  head.letters = {number(random), number(random)};
  head.word_hash = number(random);
  head.id_hash = number(random);
  head.published = {static_cast<std::int64_t>(random()), static_cast<std::int64_t>(random())};
  head.letter_count = number32(random);
  head.votes.all = number32(random);
  head.votes.common = number32(random);
  head.generation = number32(random);
  head.representative = below(random, 2) == 0;
  head.kept = below(random, 2) == 0;
  return head;
}

StoredPair pair(Random& random) {
  StoredPair pair;
  pair.first = static_cast<Stored>(number32(random) / 2);
  pair.second =
      static_cast<Stored>(static_cast<std::uint32_t>(pair.first) + 1 + number32(random) / 2);
  pair.proposed = below(random, 2) == 0;
  pair.cannot_link = below(random, 2) == 0;
  pair.link_score = number32(random);
  if (below(random, 3) == 0) return pair;
  StoredPair::Found& found = pair.found.emplace();
  found.verdict = static_cast<Verdict>(below(random, 10));
  found.score = number32(random);
  found.similarity = {number32(random), number32(random), number32(random)};
  found.first = {number(random), number(random)};
  found.second = {number(random), number(random)};
  found.columns = number(random);
  found.equal_columns = number(random);
  return pair;
}

// What is cut short or goes on is refused; what is changed is refused or read as something else.
void expect_strict(Random& random, const std::string& sound,
                   const std::function<void(std::string_view)>& parse) {
  const auto refused = [&](std::string_view value) {
    try {
      parse(value);
      return false;
    } catch (const Error& error) {
      CHECK(error.code() == ErrorCode::damaged);
      return true;
    }
  };
  REQUIRE(!refused(sound));
  REQUIRE(refused(sound.substr(0, below(random, sound.size()))));
  REQUIRE(refused(sound + '\x01'));
  std::string changed = sound;
  changed[below(random, changed.size())] ^= static_cast<char>(1U << below(random, 8));
  static_cast<void>(refused(changed));
}

TEST_CASE("the families have names of their own, in the order of their ids") {
  const auto all = families();
  REQUIRE(all.size() == kFamilies);
  CHECK(all[place_of(FamilyId::ids)].name == "ids");
  CHECK(all[place_of(FamilyId::facts)].name == "facts");
  CHECK(all[place_of(family_of(batch::Postings::prints))].name == "prints");
  CHECK(all[place_of(family_of(batch::Postings::bands))].name == "bands");
  CHECK(all[place_of(family_of(batch::Postings::blocks))].name == "blocks");
  for (std::size_t i = 0; i < kFamilies; ++i) {
    const bool postings =
        all[i].name == "prints" || all[i].name == "bands" || all[i].name == "blocks";
    CHECK(static_cast<bool>(all[i].merge) == postings);
    for (std::size_t j = 0; j < i; ++j) CHECK(all[i].name != all[j].name);
  }
}

TEST_CASE("heads are read as they were written, and damaged ones are refused") {
  Random random(1);
  for (int i = 0; i < 1000; ++i) {
    const StoredHead written = head(random);
    const std::string value = head_value(written);
    CHECK(value.size() == 65);
    REQUIRE(parse_head(value) == written);
    expect_strict(random, value, [](std::string_view bytes) { (void)parse_head(bytes); });
  }
}

TEST_CASE("identities are read as they were written, and damaged ones are refused") {
  Random random(2);
  for (int i = 0; i < 1000; ++i) {
    batch::StoredIdentity written{document(random), {number(random)}};
    while (below(random, 3) != 0) written.texts.push_back(number(random));
    const std::string value = identity_value(written);
    const batch::StoredIdentity read = parse_identity(value);
    REQUIRE(read.document == written.document);
    REQUIRE(read.texts == written.texts);
    CHECK_THROWS_AS(parse_identity(value + "1234"), Error);
    CHECK_THROWS_AS(parse_identity(value.substr(0, 4)), Error);
  }
}

TEST_CASE("articles are read as they were written, and damaged ones are refused") {
  Random random(3);
  for (int i = 0; i < 1000; ++i) {
    const std::array<std::string, 7> strings{bytes(random), bytes(random), bytes(random),
                                             bytes(random), bytes(random), bytes(random),
                                             bytes(random)};
    const std::string id = i % 10 == 0 ? std::string() : bytes(random);
    Document written;
    written.text = strings[0];
    written.title = strings[1];
    written.source = strings[2];
    written.url = strings[3];
    written.canonical_url = strings[4];
    written.byline = strings[5];
    written.published_text = i % 2 == 0 ? std::string_view("2021-03-04") : strings[6];
    const std::string value = article_value(id, written);
    const auto read = parse_article(value);
    CHECK(read->id == id);
    CHECK(read->document.id == id);
    CHECK(read->document.text == written.text);
    CHECK(read->document.title == written.title);
    CHECK(read->document.source == written.source);
    CHECK(read->document.url == written.url);
    CHECK(read->document.canonical_url == written.canonical_url);
    CHECK(read->document.byline == written.byline);
    CHECK(read->document.published_text == written.published_text);
    CHECK(read->document.published == parse_published(written.published_text));
    CHECK(read->document.text.data() >= read->bytes.data());
    expect_strict(random, value,
                  [](std::string_view some) { (void)parse_article(std::string(some)); });
  }
}

TEST_CASE("pairs are read as they were written, and damaged ones are refused") {
  Random random(4);
  for (int i = 0; i < 2000; ++i) {
    const StoredPair written = pair(random);
    const std::string key = pair_key(written.first, written.second);
    const std::string value = pair_value(written);
    REQUIRE(parse_pair(key, value) == written);
    CHECK_THROWS_AS(parse_pair(pair_key(written.second, written.first), value), Error);
    expect_strict(random, value, [&](std::string_view some) { (void)parse_pair(key, some); });
  }
}

TEST_CASE("keys order as the numbers in them, and others are refused") {
  Random random(5);
  const auto ordered = [](auto one, auto other, const std::string& a, const std::string& b) {
    return (one < other) == (a < b) && (one == other) == (a == b);
  };
  for (int i = 0; i < 2000; ++i) {
    const Stored a = document(random);
    const Stored b = document(random);
    CHECK(ordered(a, b, document_key(a), document_key(b)));
    CHECK(parse_document_key(FamilyId::heads, document_key(a)) == a);
    const std::pair one(LettersHash{number(random) % 3, number(random)}, a);
    const std::pair other(LettersHash{number(random) % 3, number(random)}, b);
    const std::string key = letters_key(one.first, a);
    CHECK(ordered(one, other, key, letters_key(other.first, b)));
    CHECK(parse_letters_key(key) == one);
    CHECK(key.starts_with(letters_prefix(one.first)));
    const base::Hash128 cluster{number(random), number(random)};
    CHECK(parse_member_key(member_key(cluster, a)) == std::pair(cluster, a));
    CHECK(member_key(cluster, a).starts_with(member_prefix(cluster)));
    CHECK(parse_cluster(cluster_value(cluster)) == cluster);
    if (a != b) CHECK(parse_pair_key(pair_key(a, b)) == std::pair(a, b));
    CHECK_THROWS_AS(parse_pair_key(pair_key(a, a)), Error);
    expect_strict(random, key, [](std::string_view some) { (void)parse_letters_key(some); });
    expect_strict(random, document_key(a),
                  [](std::string_view some) { (void)parse_document_key(FamilyId::heads, some); });
    expect_strict(random, member_key(cluster, a),
                  [](std::string_view some) { (void)parse_member_key(some); });
    expect_strict(random, cluster_value(cluster),
                  [](std::string_view some) { (void)parse_cluster(some); });
  }
}

TEST_CASE("facts are read as they were written, and impossible ones are refused") {
  const Facts facts{Stored{1000}, 999};
  CHECK(parse_facts(facts_value(facts)) == facts);
  CHECK_THROWS_AS(parse_facts(facts_value({Stored{5}, 6})), Error);
  CHECK_THROWS_AS(parse_facts(""), Error);
}

TEST_CASE("blocks of postings are joined in the store, and damage is told") {
  const std::vector<Posting> one{{1, Stored{1}}};
  const std::vector<Posting> two{{1, Stored{2}}};
  const std::vector<Posting> both{{1, Stored{1}}, {1, Stored{2}}};
  constexpr PostingBlocks kBlocks = blocks_of(batch::Postings::prints);
  const auto& merge = families()[place_of(FamilyId::prints)].merge;
  const std::string a = kBlocks.encode(one);
  const std::string b = kBlocks.encode(two);
  CHECK(merge(kBlocks.key(3), std::vector<std::string_view>{a, b}) == kBlocks.encode(both));
  CHECK_THROWS_AS(merge(kBlocks.key(3), std::vector<std::string_view>{a, "no"}), Error);
  CHECK_THROWS_AS(merge("key", std::vector<std::string_view>{a}), Error);
  CHECK_THROWS_AS(merge(kBlocks.key(3), std::vector<std::string_view>{}), Error);
}

}  // namespace
}  // namespace wirecopy::index
