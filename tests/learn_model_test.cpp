#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "base/files.h"
#include "catch.h"
#include "learn/entries.h"
#include "temporary_folder.h"
#include "wirecopy/error.h"
#include "wirecopy/learn.h"

using namespace wirecopy;

namespace {

Model made_up(std::size_t entries, std::uint32_t number = 3) {
  std::mt19937_64 random(entries);
  std::vector<BoilerplateEntry> all;
  for (std::size_t i = 0; i < entries; ++i) all.push_back({random() % 7 + 1, random()});
  std::sort(all.begin(), all.end());
  BoilerplateRule rule;
  rule.min_days = 4;
  return ModelAccess::make(all, number, rule);
}

std::string saved(const Model& model) { return model.rows(); }

std::string error_of(const std::string& text) {
  try {
    (void)Model::parse(text, "night.model");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::damaged);
    return error.what();
  }
  return "none";
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  REQUIRE(at != text.npos);
  return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("the empty Model knows nothing") {
  const Model model;
  CHECK(model.number() == 0);
  CHECK(model.size() == 0);
  CHECK_FALSE(model.is_boilerplate(1, 2));
  CHECK(model.digest() == made_up(0).digest());
}

TEST_CASE("a Model knows its entries and no others") {
  std::mt19937_64 random(1);
  std::vector<BoilerplateEntry> all;
  for (std::uint64_t i = 1; i <= 3000; ++i) all.push_back({i % 7 + 1, i * 0x9e3779b97f4a7c15});
  std::sort(all.begin(), all.end());
  const Model model = ModelAccess::make(all, 1, {});
  bool good = true;
  for (const auto& [outlet, block] : all) good = good && model.is_boilerplate(outlet, block);
  CHECK(good);
  for (int i = 0; i < 100'000; ++i)
    good = good && !model.is_boilerplate(random() % 7 + 1, random());
  CHECK(good);
  CHECK_FALSE(model.is_boilerplate(0, all[0].block));
}

TEST_CASE("an outlet that prints its own name is told from others that do") {
  const std::string name = "courier";
  CHECK(outlet_hash(name) != block_hash(normalize(name), {BlockKind::credit, {0, 7}, 1}));
  CHECK(outlet_hash("") == 0);
  CHECK(outlet_hash("Courier") != outlet_hash("courier"));
}

TEST_CASE("a Model is the same after saving and loading") {
  for (const std::size_t entries : {0U, 1U, 1000U}) {
    const test::TemporaryFolder folder;
    const std::string path = folder.path("model.jsonl");
    const Model model = made_up(entries);
    model.save(path);
    const Model loaded = Model::load(path);
    CHECK(loaded.number() == 3);
    CHECK(loaded.size() == entries);
    CHECK(loaded.digest() == model.digest());
    CHECK(saved(loaded) == base::read_file(path));
    model.save(path);  // over the one that is there
  }
  CHECK(Model::parse(saved(Model()), "m").size() == 0);
}

TEST_CASE("the rows of a Model's file are as its users know them") {
  const std::string text =
      saved(ModelAccess::make({{1, 2}, {1, 0xfedcba9876543210}}, 5, BoilerplateRule{}));
  CHECK(text ==
        "{\"model\":5,\"normalization\":1,\"entries\":2,"
        "\"digest\":\"" +
            Model::parse(text, "m").digest() +
            "\",\"rule\":{\"min_groups\":5,\"min_days\":3,\"min_undated_groups\":8,"
            "\"max_words\":60,\"edge_percent\":15,\"most_of_text_percent\":40,"
            "\"in_texts_percent\":90,\"chain_percent\":50,\"certain_groups\":64}}\n"
            "{\"outlet\":\"0000000000000001\",\"block\":\"0000000000000002\"}\n"
            "{\"outlet\":\"0000000000000001\",\"block\":\"fedcba9876543210\"}\n");
}

TEST_CASE("every kind of damage is named with file and line") {
  const std::string good = saved(made_up(3));
  const std::size_t second = good.find('\n') + 1;
  const std::size_t third = good.find('\n', second) + 1;
  const std::size_t fourth = good.find('\n', third) + 1;
  const auto contains = [](std::string_view error, std::string_view part) {
    CAPTURE(error, part);
    CHECK(error.find(part) != error.npos);
  };
  contains(error_of(""), "night.model:1: the file is cut short");
  contains(error_of("What is this?\n"), "night.model:1: a Model begins with a row of JSON");
  contains(error_of("{}\n"), "night.model:1: 'model' is missing");
  contains(error_of(replaced(good, "\"model\":3", "\"model\":-3")), ":1: 'model'");
  contains(error_of(replaced(good, "\"model\":3", "\"model\":4294967296")), ":1: 'model'");
  contains(error_of(replaced(good, "normalization\":1", "normalization\":9")),
           ":1: the Model was learned from texts of normalization 9, this is 1");
  contains(error_of(replaced(good, "\"rule\"", "\"rules\"")), ":1: 'rule' is missing");
  contains(error_of(replaced(good, "\"min_days\"", "\"max_days\"")), ":1: 'min_days' is missing");
  contains(error_of(replaced(good, "\"digest\":\"", "\"digest\":\"0")), ":1: the digest is '0");
  contains(error_of(good.substr(0, third)), ":3: the file is cut short");
  contains(error_of(good.substr(0, good.size() - 1)), ":4: the file is cut short");
  contains(error_of(good + "\n"), ":5: there is more than the 3 entries");
  contains(error_of(good + good.substr(fourth)), ":5: there is more");
  contains(error_of(good.substr(0, second) + "[]\n" + good.substr(third)),
           ":2: an entry is a row of JSON");
  contains(error_of(good.substr(0, third) + "{\"outlet\":\"0\"}\n" + good.substr(fourth)),
           ":3: an entry has an outlet and a block of 16 hexadecimal digits");
  contains(error_of(replaced(good, "\"block\":\"", "\"block\":\"+")), ":2: an entry has");
  contains(
      error_of(good.substr(0, third) + good.substr(second, third - second) + good.substr(fourth)),
      ":3: the entry does not follow the one before");
  std::string flipped = good;
  char& digit = flipped[good.size() - 4];
  digit = digit == '0' ? '1' : '0';
  contains(error_of(flipped), ":1: the digest is");
}

TEST_CASE("a file that is not there, and a folder that is not, are told apart") {
  const test::TemporaryFolder folder;
  try {
    (void)Model::load(folder.path("none"));
    FAIL();
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::input);
  }
  try {
    made_up(1).save(folder.path("none/model.jsonl"));
    FAIL();
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::output);
  }
}
