#include "wirecopy/learn.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <string>
#include <utility>

#include "base/hash.h"
#include "base/parallel.h"
#include "catch.h"
#include "stories.h"
#include "wirecopy/error.h"

using namespace wirecopy;
using test::below;
using test::Random;
using test::story;

namespace {

// A document as paragraphs.
struct Printed {
  std::string source;
  std::optional<std::int32_t> day;
  std::vector<std::string> paragraphs;
  std::optional<std::uint32_t> copy_of = std::nullopt;  // the document it has equal letters with
};

std::string text_of(const Printed& printed) {
  std::string text;
  for (const std::string& paragraph : printed.paragraphs) text += paragraph + ".\n";
  return text;
}

std::uint64_t hash_of(const std::string& paragraph) {
  return base::hash64(normalize(paragraph).letters());
}

Model learn_from(const std::vector<Printed>& all, const BoilerplateRule& rule = {}) {
  Learner learner(rule);
  std::vector<std::uint32_t> group;
  std::vector<std::optional<std::int32_t>> day;
  for (std::uint32_t i = 0; i < all.size(); ++i) {
    const std::string utf8 = text_of(all[i]);
    const NormalizedText text = normalize(utf8);
    learner.add(i, outlet_hash(all[i].source), sightings(text, split_blocks(utf8, text), rule));
    group.push_back(all[i].copy_of.value_or(i));
    day.push_back(all[i].day);
  }
  return std::move(learner).learn(group, day, 7);
}

bool knows(const Model& model, std::string_view source, const std::string& paragraph) {
  return model.is_boilerplate(outlet_hash(source), hash_of(paragraph));
}

const std::string kTrailer = "Sign up for our letter about ferries and never miss one again";

// `count` articles of their own with a trailer, on `days` days one after the other.
std::vector<Printed> with_trailer(std::uint32_t count, std::int32_t days) {
  std::vector<Printed> all;
  for (std::uint32_t i = 0; i < count; ++i) {
    all.push_back({"Times",
                   static_cast<std::int32_t>(i) % days,
                   {story(3 * i + 1, 40), story(3 * i + 2, 40), story(3 * i + 3, 40), kTrailer}});
  }
  return all;
}

}  // namespace

TEST_CASE("a trailer in five articles on three days is boilerplate of its outlet alone") {
  const Model model = learn_from(with_trailer(5, 3));
  CHECK(model.size() == 1);
  CHECK(model.number() == 7);
  CHECK(knows(model, "Times", kTrailer));
  CHECK_FALSE(knows(model, "Post", kTrailer));
  CHECK_FALSE(knows(model, "", kTrailer));
  CHECK_FALSE(knows(model, "Times", story(1, 40)));
}

TEST_CASE("four articles, or two days, are too few") {
  CHECK(learn_from(with_trailer(4, 3)).size() == 0);
  CHECK(learn_from(with_trailer(9, 2)).size() == 0);
}

TEST_CASE("without times eight articles are enough, and a day that is known counts") {
  std::vector<Printed> all = with_trailer(8, 3);
  for (Printed& each : all) each.day.reset();
  CHECK(learn_from(all).size() == 1);
  all[3].day = 5;
  CHECK(learn_from(all).size() == 0);
  all[4].day = 6;
  all[5].day = 7;
  CHECK(learn_from(all).size() == 1);
  all.pop_back();
  CHECK(learn_from(all).size() == 1);
  for (Printed& each : all) each.day.reset();
  CHECK(learn_from(all).size() == 0);
}

TEST_CASE("equal texts count once, on the first day") {
  std::vector<Printed> all = with_trailer(4, 3);
  for (std::int32_t i = 0; i < 4; ++i) {
    all.push_back(all[0]);
    all.back().copy_of = 0;
    all.back().day = i;
  }
  CHECK(learn_from(all).size() == 0);
  all = with_trailer(5, 3);
  CHECK(learn_from(all).size() == 1);
  all[2].day = 0;  // the only one of its day …
  CHECK(learn_from(all).size() == 0);
  all.push_back(all[4]);
  all.back().copy_of = 4;
  all.back().day = 2;  // … and a copy does not make up for it
  CHECK(learn_from(all).size() == 0);
}

TEST_CASE("outlets do not add up, and the unknown one is not learned from") {
  std::vector<Printed> all = with_trailer(8, 4);
  for (std::size_t i = 0; i < all.size(); i += 2) all[i].source = "Post";
  CHECK(learn_from(all).size() == 0);
  for (Printed& each : all) each.source = "";
  CHECK(learn_from(all).size() == 0);
}

TEST_CASE("a long block is boilerplate only at the edge of its texts") {
  const std::string about = story(900, 70);
  std::vector<Printed> all;
  for (std::uint32_t i = 0; i < 6; ++i) {
    all.push_back({"Times", static_cast<std::int32_t>(i), {}});
    for (std::uint32_t k = 0; k < 12; ++k) all[i].paragraphs.push_back(story(100 * i + k, 70));
  }
  std::vector<Printed> inside = all;
  for (Printed& each : all) each.paragraphs.push_back(about);
  for (Printed& each : inside) each.paragraphs.insert(each.paragraphs.begin() + 6, about);
  CHECK(knows(learn_from(all), "Times", about));
  CHECK(learn_from(inside).size() == 0);
  for (Printed& each : inside) each.paragraphs[6] = story(900, 50);
  CHECK(knows(learn_from(inside), "Times", story(900, 50)));
}

TEST_CASE("what is much of its texts is no boilerplate") {
  std::vector<Printed> all;
  const std::string paragraph = story(900, 50);
  for (std::uint32_t i = 0; i < 20; ++i) {
    // Half of the text in two of 20 at most.
    const std::size_t words = i < 2 ? 50 : 200;
    all.push_back({"Times", static_cast<std::int32_t>(i), {story(i, words), paragraph}});
  }
  CHECK(learn_from(all).size() == 1);
  all[2].paragraphs[0] = story(2, 50);
  CHECK(learn_from(all).size() == 0);
}

TEST_CASE("the paragraphs of a story that is updated for days are no boilerplate") {
  // Each update has the same background and keeps two thirds of the paragraphs of the one before,
  // so that in the end nothing but the background is left.
  const std::string background = story(900, 50);
  std::vector<Printed> all;
  for (std::uint32_t i = 0; i < 12; ++i) {
    Printed update{"Agency", static_cast<std::int32_t>(i / 2), {}};
    for (std::uint32_t k = 0; k < 6; ++k) update.paragraphs.push_back(story(1000 + 2 * i + k, 50));
    update.paragraphs.push_back(background);
    all.push_back(update);
  }
  CHECK(learn_from(all).size() == 0);

  SECTION("the outlet's own trailer under it and under other articles still is") {
    for (const Printed& each : with_trailer(5, 5)) {
      all.push_back(each);
      all.back().source = "Agency";
    }
    for (std::size_t i = 0; i < 12; ++i) all[i].paragraphs.push_back(kTrailer);
    const Model model = learn_from(all);
    CHECK(model.size() == 1);
    CHECK(knows(model, "Agency", kTrailer));
  }
  SECTION("the same paragraph under unrelated articles is") {
    for (std::uint32_t i = 0; i < all.size(); ++i) {
      for (std::uint32_t k = 0; k < 6; ++k) all[i].paragraphs[k] = story(5000 + 10 * i + k, 50);
    }
    const Model model = learn_from(all);
    CHECK(model.size() == 1);
    CHECK(knows(model, "Agency", background));
  }
}

TEST_CASE("short articles under two trailers are not one story") {
  std::vector<Printed> all;
  for (std::uint32_t i = 0; i < 6; ++i) {
    all.push_back(
        {"Times", static_cast<std::int32_t>(i), {story(i, 40), kTrailer, story(900, 20)}});
  }
  CHECK(learn_from(all).size() == 2);
}

TEST_CASE("an outlet whose articles are nine tenths stock blocks is learned, not its stories") {
  Random random(1);
  std::vector<std::string> stock;
  for (std::uint32_t i = 0; i < 40; ++i) stock.push_back(story(100'000 + i, 60));
  std::vector<Printed> all;
  for (std::uint32_t i = 0; i < 1000; ++i) {
    Printed printed{"Times", static_cast<std::int32_t>(below(random, 10)), {}};
    for (int k = 0; k < 9; ++k) printed.paragraphs.push_back(stock[below(random, stock.size())]);
    printed.paragraphs.insert(printed.paragraphs.begin() + 4, story(i, 60));
    all.push_back(printed);
  }
  const Model model = learn_from(all);
  CHECK(model.size() == stock.size());
  for (const std::string& each : stock) CHECK(knows(model, "Times", each));
  for (const Printed& each : all) CHECK_FALSE(knows(model, "Times", each.paragraphs[4]));

  SECTION("and nine tenths of each article are masked") {
    const std::string utf8 = text_of(all[0]);
    const NormalizedText text = normalize(utf8);
    const std::vector<Block> blocks = split_blocks(utf8, text);
    const std::vector<LetterRange> masked = masked_ranges(model, "Times", text, blocks);
    REQUIRE(masked.size() == 2);
    CHECK(masked[0] == LetterRange{0, blocks[4].letters.begin});
    CHECK(masked[1] == LetterRange{blocks[4].letters.end, blocks[9].letters.end});
    CHECK(masked_ranges(model, "Post", text, blocks).empty());
    CHECK(masked_ranges(model, "", text, blocks).empty());
    CHECK(masked_ranges(Model(), "Times", text, blocks).empty());
  }
}

TEST_CASE("a sighting tells the share of a block, and of its equals in the text") {
  const std::string utf8 = "aaaaa.\n\nbbb\naaaaa\ncc.\nddddd\n";  // 20 letters
  const NormalizedText text = normalize(utf8);
  BoilerplateRule rule;
  rule.max_words = 0;
  const std::vector<BlockSighting> seen = sightings(text, split_blocks(utf8, text), rule);
  REQUIRE(seen.size() == 5);
  CHECK(seen[0] == seen[2]);
  std::size_t at = 0;
  for (const auto& [letters, percent] : std::initializer_list<std::pair<std::string_view, int>>{
           {"aaaaa", 50}, {"bbb", 15}, {"aaaaa", 50}, {"cc", 10}, {"ddddd", 25}}) {
    CHECK(seen[at].block == base::hash64(letters));
    CHECK(seen[at].percent == percent);
    CHECK_FALSE(seen[at].fits);
    ++at;
  }
  rule.edge_percent = 25;
  const std::vector<BlockSighting> edges = sightings(text, split_blocks(utf8, text), rule);
  CHECK(std::count_if(edges.begin(), edges.end(), [](const auto& each) { return each.fits; }) == 3);
  rule.max_words = 1;
  const std::vector<BlockSighting> words = sightings(text, split_blocks(utf8, text), rule);
  CHECK(std::all_of(words.begin(), words.end(), [](const auto& each) { return each.fits; }));
}

TEST_CASE("a rule that cannot be kept is refused") {
  BoilerplateRule rule;
  rule.min_groups = 1;
  CHECK_THROWS_AS(Learner(rule), Error);
  rule = {};
  rule.min_undated_groups = 0;
  CHECK_THROWS_AS(Learner(rule), Error);
  rule = {};
  rule.chain_percent = 101;
  CHECK_THROWS_WITH(Learner(rule), Catch::Contains("101 percent"));
}
