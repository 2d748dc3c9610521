// Boilerplate of every outlet: stock on one side, syndication on the other.
#include <algorithm>
#include <string>
#include <vector>

#include "base/hash.h"
#include "base/parallel.h"
#include "catch.h"
#include "stories.h"
#include "temporary_folder.h"
#include "wirecopy/learn.h"

using namespace wirecopy;
using test::below;
using test::Random;
using test::story;

namespace {

struct Printed {
  std::vector<std::string> paragraphs;
  std::optional<std::int32_t> day;
};

// An article and what it points to.
struct Seen {
  std::vector<std::uint64_t> names;
  StockArticle article;
};

std::uint64_t hash_of(const std::string& paragraph) {
  return base::hash64(normalize(paragraph).letters());
}

// Fingerprints are hashes of four words each.
Seen see(const Printed& printed) {
  std::string utf8;
  for (const std::string& paragraph : printed.paragraphs) utf8 += paragraph + ".\n";
  const NormalizedText text = normalize(utf8);
  const std::vector<Block> blocks = split_blocks(utf8, text);
  const std::vector<BlockSighting> shown = sightings(text, blocks);
  Seen seen;
  const auto words = text.words();
  std::size_t at = 0;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const LetterRange letters = blocks[i].letters;
    seen.article.parts.push_back({shown[i], letters.end - letters.begin,
                                  static_cast<std::uint32_t>(seen.names.size()), false});
    for (; at + 4 <= words.size() && words[at].begin < letters.end; ++at) {
      seen.names.push_back(base::hash64(
          text.letters().substr(words[at].begin, words[at + 3].end - words[at].begin)));
    }
  }
  seen.article.hash = base::hash64(text.letters());
  seen.article.day = printed.day;
  return seen;
}

std::vector<std::uint64_t> learn(const std::vector<Printed>& all) {
  std::vector<Seen> seen;
  seen.reserve(all.size());
  for (const Printed& each : all) seen.push_back(see(each));
  std::vector<StockArticle> articles;
  for (const Seen& each : seen) {
    articles.push_back(each.article);
    articles.back().names = each.names;
  }
  std::vector<std::uint64_t> learned = learn_stock(articles);
  std::reverse(articles.begin(), articles.end());
  CHECK(base::Threads(3).run([&] { return learn_stock(articles); }) == learned);
  return learned;
}

const std::string kNotice = "Have something to add to this story of the ferry then tell us below";

// Articles of their own above the notice, on one day each.
std::vector<Printed> with_notice(std::uint32_t count, bool dated) {
  std::vector<Printed> all;
  for (std::uint32_t i = 0; i < count; ++i) {
    Printed printed{{story(3 * i + 1, 40), story(3 * i + 2, 40), kNotice}, {}};
    if (dated) printed.day = static_cast<std::int32_t>(i);
    all.push_back(printed);
  }
  return all;
}

// An outlet's version of a wire story: cut somewhere, some sentences lost, words replaced, perhaps
// under a lead of its own.
Printed version(Random& random, const std::vector<std::string>& wire, std::uint64_t number) {
  Printed printed;
  if (below(random, 2) == 0) printed.paragraphs.push_back(story(90'000 + number, 40));
  const std::size_t kept = 3 + below(random, wire.size() - 3);
  for (std::size_t i = 0; i < kept; ++i) {
    if (below(random, 6) == 0) continue;
    std::string paragraph = wire[i];
    // Most paragraphs have a word of the outlet's own, so that few blocks are equal.
    if (below(random, 3) != 0) {
      paragraph.replace(below(random, paragraph.size() / 2), 6, " v" + std::to_string(number));
    }
    printed.paragraphs.push_back(paragraph);
  }
  if (printed.paragraphs.empty()) printed.paragraphs = wire;
  return printed;
}

}  // namespace

TEST_CASE("a notice under articles of many stories is stock") {
  CHECK(learn(with_notice(8, true)) == std::vector<std::uint64_t>{hash_of(kNotice)});
  CHECK(learn(with_notice(7, true)).empty());
  CHECK(learn(with_notice(12, false)).size() == 1);
  CHECK(learn(with_notice(11, false)).empty());
  std::vector<Printed> of_four_days = with_notice(20, true);
  for (Printed& each : of_four_days) *each.day %= 4;
  CHECK(learn(of_four_days).empty());
}

TEST_CASE("short blocks, and what is much of its texts, are no stock") {
  std::vector<Printed> all = with_notice(20, true);
  for (Printed& each : all) each.paragraphs.emplace_back("All rights reserved");
  CHECK(learn(all).size() == 1);
  for (std::size_t i = 0; i < 3; ++i) all[i].paragraphs = {"Our own ferry", kNotice};
  CHECK(learn(all).empty());
}

TEST_CASE("a wire story printed by 60 outlets in 60 versions is no stock") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    Random random(seed);
    std::vector<std::string> wire;
    for (std::uint64_t i = 0; i < 5 + seed % 8; ++i) wire.push_back(story(1000 * seed + i, 45));
    std::vector<Printed> all;
    for (std::uint64_t i = 0; i < 60; ++i) {
      all.push_back(version(random, wire, 100 * seed + i));
      if (seed % 2 == 0) all.back().day = static_cast<std::int32_t>(i / 4);
    }
    CHECK(learn(all).empty());
  }
}

TEST_CASE("the background of a story that is updated is no stock, and the notice below is") {
  const std::string background = story(900, 50);
  std::vector<Printed> all;
  for (std::uint32_t i = 0; i < 20; ++i) {
    Printed update{{}, static_cast<std::int32_t>(i)};
    for (std::uint32_t k = 0; k < 6; ++k) update.paragraphs.push_back(story(1000 + 2 * i + k, 50));
    update.paragraphs.push_back(background);
    update.paragraphs.push_back(kNotice);
    all.push_back(update);
  }
  CHECK(learn(all).empty());
  for (Printed& each : with_notice(9, true)) all.push_back(each);
  CHECK(learn(all) == std::vector<std::uint64_t>{hash_of(kNotice)});
}

TEST_CASE("a page whose larger part is stock is found, one that is nearly all stock is not") {
  std::vector<std::string> page;
  for (std::uint64_t i = 0; i < 6; ++i) page.push_back(story(700 + i, 22));
  std::vector<Printed> all;
  for (std::uint64_t i = 0; i < 14; ++i) {
    Printed printed{{story(i, 40), story(50 + i, 40)}, {}};
    printed.paragraphs.insert(printed.paragraphs.end(), page.begin(), page.end());
    all.push_back(printed);
  }
  std::vector<std::uint64_t> expected;
  expected.reserve(page.size());
  for (const std::string& each : page) expected.push_back(hash_of(each));
  std::sort(expected.begin(), expected.end());
  CHECK(learn(all) == expected);
  for (Printed& each : all) {
    each.paragraphs.erase(each.paragraphs.begin());
    each.paragraphs.front().resize(each.paragraphs.front().size() / 2);
  }
  CHECK(learn(all).empty());
}

TEST_CASE("stock of one page is told although its articles share the stock of another") {
  // Half of the articles of an outlet have a long header, which is no tenth of anything known.
  std::vector<Printed> all = with_notice(40, true);
  const std::string header = story(800, 30);
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (i % 2 == 0) all[i].paragraphs.insert(all[i].paragraphs.begin(), header);
  }
  std::vector<std::uint64_t> expected{hash_of(kNotice), hash_of(header)};
  std::sort(expected.begin(), expected.end());
  CHECK(learn(all) == expected);
}

TEST_CASE("a Model holds what is stock of every outlet") {
  const std::vector<std::uint64_t> blocks{7, 5};
  const Model model = Model().with_stock(blocks);
  CHECK(model.knows_every_outlet());
  CHECK(model.size() == 2);
  CHECK(model.is_boilerplate(0, 5));
  CHECK(model.is_boilerplate(outlet_hash("Times"), 7));
  CHECK_FALSE(model.is_boilerplate(0, 6));
  CHECK(model.with_stock(blocks).digest() == model.digest());
  CHECK_FALSE(Model().with_stock({}).knows_every_outlet());

  // The rule goes with the Model, through a file and through what somebody knows beside it.
  StockRule rule;
  rule.min_stories = 9;
  const Model strict = Model().with_stock(blocks, rule);
  CHECK(strict.rows().find("\"stock_rule\":{\"min_stories\":9,") != std::string::npos);
  const test::TemporaryFolder rule_folder;
  strict.save(rule_folder.path("strict.jsonl"));
  CHECK(Model::load(rule_folder.path("strict.jsonl")).rows() == strict.rows());
  CHECK(strict.with(std::vector<StockText>{{"Echo", "Some words."}})
            .rows()
            .find("\"min_stories\":9,") != std::string::npos);
  CHECK(Model().rows().find("stock_rule") == std::string::npos);
}
