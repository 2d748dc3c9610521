// Queries of a real store: the same answers as out of plain maps, from any number of threads.
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/parallel.h"
#include "base/store.h"
#include "catch.h"
#include "index/archive.h"
#include "index/harvest.h"
#include "index/query.h"
#include "stored_articles.h"
#include "stories.h"
#include "temporary_folder.h"

namespace wirecopy::index {
namespace {

using batch::Postings;
using batch::Stored;
using test::MemoryArchive;

const Recipe kRecipe = Recipe::of(Preset::news);
const MatchRule kRule = MatchRule::of(Preset::news);

// All that plain maps hold, as one night.
void harvest_all(const MemoryArchive& memory, StoreHarvest& harvest) {
  std::map<Stored, std::map<Postings, std::vector<std::uint64_t>>> names;
  for (const auto& [key, documents] : memory.lists) {
    for (const Stored document : documents) {
      names[document][static_cast<Postings>(key.first)].push_back(key.second << 24U);
    }
  }
  for (const auto& [number, owned] : memory.articles) {
    const Document document = owned.document();
    batch::HarvestedDocument harvested;
    harvested.number = number;
    harvested.head = *memory.head(number);
    harvested.document = &document;
    harvested.id = owned.id;
    harvested.votes = names[number][Postings::prints];
    harvested.short_blocks = names[number][Postings::blocks];
    harvest.document(harvested);
  }
  for (const auto& [id, identity] : memory.ids) harvest.identity(id, identity);
}

test::OwnedArticle article(std::uint64_t number) {
  test::OwnedArticle made;
  made.id = std::to_string(number);
  made.text = test::edited_story(number % 40, number % 7 * 8, number / 40, 250) +
              "\n\nPictured: the mayor at gate number " + std::to_string(number % 9);
  made.source = number % 3 == 0 ? "Herald" : "Post";
  made.published_text = number % 2 == 0 ? "2020-01-0" + std::to_string(1 + number % 9) : "";
  return made;
}

// What an answer says.
std::string told(const QueryResult& result) {
  std::string all = std::to_string(result.compared) + "/" +
                    std::to_string(result.truncated.candidates + result.truncated.lists) + "\n";
  for (const QueryMatch& match : result.matches) {
    all += match.id + " " + std::string(name_of(match.verdict)) + " " +
           std::to_string(match.score) + " " + std::to_string(match.query.letters) + " " +
           match.source + " " + match.published;
    for (const QueryPassage& passage : match.passages) {
      all += " " + std::to_string(passage.in_query.begin) + "-" +
             std::to_string(passage.in_query.end) + "=" + std::to_string(passage.in_match.begin) +
             "-" + std::to_string(passage.in_match.end);
    }
    all += "\n";
  }
  return all;
}

TEST_CASE("a store answers as plain maps do, whoever asks at once") {
  MemoryArchive memory;
  for (std::uint64_t number = 0; number < 300; ++number) {
    test::store(article(number), kRecipe, memory);
  }
  const test::TemporaryFolder folder;
  base::StoreWriter writer(folder.path("1"), "", families());
  StoreHarvest harvest(nullptr, writer, 1U << 20U, folder.path());
  harvest_all(memory, harvest);
  harvest.complete();
  writer.finish();
  const base::StoreReader reader(folder.path("1"), families(), 1U << 20U);
  const StoreArchive archive(&reader, 2);
  const Searcher plain(memory, kRecipe, kRule);
  const Searcher stored(archive, kRecipe, kRule);

  std::vector<std::string> texts;
  std::vector<std::string> expected;
  for (std::uint64_t number = 0; number < 120; ++number) {
    const std::string text = article(number * 3).text;
    texts.push_back(number % 3 == 0 ? text
                    : number % 3 == 1
                        ? text.substr(number, 180)
                        : "Pictured: the mayor at gate number " + std::to_string(number % 9));
    expected.push_back(told(plain.search(texts.back(), {})));
    REQUIRE(told(stored.search(texts.back(), {})) == expected.back());
    REQUIRE(told(stored.search_id(std::to_string(number), {})) ==
            told(plain.search_id(std::to_string(number), {})));
  }
  std::vector<std::string> answers(4 * texts.size());
  base::Threads(4).run([&] {
    base::for_each_index(answers.size(), [&](std::size_t i) {
      answers[i] = told(stored.search(texts[i % texts.size()], {}));
    });
  });
  for (std::size_t i = 0; i < answers.size(); ++i) {
    REQUIRE(answers[i] == expected[i % texts.size()]);
  }
}

}  // namespace
}  // namespace wirecopy::index
