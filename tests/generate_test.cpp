// The truth of a generated corpus agrees with its texts.
#include <map>
#include <set>
#include <string>
#include <vector>

#include "generated.h"

using namespace wirecopy;
using namespace wirecopy::test;

TEST_CASE("one seed gives the same bytes with any number of threads, another seed others") {
  const TemporaryFolder folder;
  static_cast<void>(folder.file("base.jsonl", rows_of(base_articles(120))));
  GenerateOptions options;
  options.stories = 40;
  options.singles = 60;
  options.mega_articles = 30;
  options.stock_documents = 50;
  options.stock_blocks = 30;
  options.noise = 0.03;
  run(folder, "one", options, 1);
  run(folder, "four", options, 4);
  options.seed = 2;
  run(folder, "other", options, 1);
  for (const char* file : kFiles) {
    INFO(file);
    const auto contents = [&](const std::string& name) {
      return contents_of(folder.path(name + "/" + file));
    };
    REQUIRE_FALSE(contents("one").empty());
    REQUIRE(contents("one") == contents("four"));
    REQUIRE(contents("one") != contents("other"));
  }
}

TEST_CASE("the truth agrees with the texts, with and without noise") {
  GenerateOptions options;
  options.stories = 60;
  options.singles = 80;
  options.template_families = 5;
  options.mega_articles = 100;
  options.paragraph_twice = options.captions = options.headline_lead = 0.3;
  for (const double noise : {0.0, 0.06}) {
    options.noise = noise;
    const Corpus corpus = made_from(base_articles(150), options);
    check_truth(corpus);
    REQUIRE(count_of(corpus.clusters, [](const Cluster& c) { return c.kind == "story"; }) == 60);
    REQUIRE(count_of(corpus.clusters, [](const Cluster& c) { return c.kind == "single"; }) == 80);
    REQUIRE(count_of(corpus.clusters, [](const Cluster& c) {
              return c.kind == "mega" && c.members.size() == 100;
            }) == 1);
  }
}

TEST_CASE("noise changes letters, and nothing that was made under it") {
  const TemporaryFolder folder;
  static_cast<void>(folder.file("base.jsonl", rows_of(base_articles(60))));
  GenerateOptions options;
  options.stories = 20;
  run(folder, "clean", options);
  options.noise = 0.1;
  run(folder, "noisy", options);
  for (const char* file : {"truth.clusters.jsonl", "truth.lineage.jsonl"}) {
    REQUIRE(contents_of(folder.path("clean/") + file) == contents_of(folder.path("noisy/") + file));
  }
  const Corpus clean = read_corpus(folder.path("clean"));
  const Corpus noisy = read_corpus(folder.path("noisy"));
  REQUIRE(clean.passages.size() == noisy.passages.size());
  for (std::size_t i = 0; i < clean.articles.size(); ++i) {
    REQUIRE(clean.articles[i].id == noisy.articles[i].id);
    REQUIRE(clean.articles[i].title == noisy.articles[i].title);
    REQUIRE(clean.articles[i].text != noisy.articles[i].text);
  }
}

TEST_CASE("passages are the same letters on both sides where no word was changed") {
  GenerateOptions options;
  options.stories = 80;
  options.replaced_words = 0;
  const Corpus corpus = made_from(base_articles(120), options);
  std::set<std::string> kinds;
  for (const Passage& passage : corpus.passages) {
    REQUIRE(letters_of(slice(corpus.by_id.at(passage.a).text, passage.in_a)) ==
            letters_of(slice(corpus.by_id.at(passage.b).text, passage.in_b)));
    kinds.insert(passage.kind);
  }
  REQUIRE(kinds == std::set<std::string>{"alien", "kept"});
}

TEST_CASE("parents come before their copies, and a lag lies between the times as printed") {
  GenerateOptions options;
  options.stories = 200;
  options.singles = 0;
  options.second_hand = 0.5;
  options.spread = 0.8;
  options.date_only = options.no_date = 0.2;
  const Corpus corpus = made_from(base_articles(200, 80), options);
  std::map<std::string, std::size_t> row;
  for (const Article& article : corpus.articles) row.emplace(article.id, row.size());
  std::size_t timed = 0;
  for (const std::string& id : corpus.copies()) {
    const Lineage& lineage = corpus.lineage.at(id);
    REQUIRE(lineage.lag > 0);
    REQUIRE(row.at(*lineage.parent) < row.at(id));
    const auto earlier = parse_published(corpus.by_id.at(*lineage.parent).published);
    const auto later = parse_published(corpus.by_id.at(id).published);
    if (!earlier || !later) continue;
    ++timed;
    REQUIRE(lineage.lag >= later->earliest - earlier->latest);
    REQUIRE(lineage.lag <= later->latest - earlier->earliest);
  }
  REQUIRE(timed > 100);
}

TEST_CASE("tables of a family are no copies of each other") {
  GenerateOptions options;
  options.stories = 1;
  options.singles = 1;
  options.template_families = 40;
  const Corpus corpus = made_from(base_articles(4), options);
  check_truth(corpus);
  std::size_t pairs = 0;
  for (const Pair& pair : corpus.pairs) {
    if (pair.label != "template") continue;
    ++pairs;
    REQUIRE(corpus.by_id.at(pair.a).source == corpus.by_id.at(pair.b).source);
    REQUIRE(letters_of(corpus.by_id.at(pair.a).text) != letters_of(corpus.by_id.at(pair.b).text));
  }
  const std::size_t tables =
      count_of(corpus.clusters, [](const Cluster& c) { return c.kind == "template"; });
  REQUIRE(tables >= 40 * 4);
  REQUIRE(tables <= 40 * 12);
  REQUIRE(pairs >= 40 * 6);
}
