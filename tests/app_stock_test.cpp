// Stock of every outlet in generated corpora, of which the truth is known.
#include <map>
#include <set>
#include <string>
#include <vector>

#include "catch.h"
#include "generated.h"
#include "runs.h"
#include "stories.h"
#include "temporary_folder.h"
#include "wirecopy/blocks.h"

using namespace wirecopy;
using test::Article;
using test::run_articles;
using test::RunSettings;
using test::TemporaryFolder;

namespace {

// Articles of a generated corpus without their outlets, and the story of each.
std::map<std::string, std::size_t> without_outlets(std::vector<Article>& articles,
                                                   const std::vector<test::Cluster>& clusters,
                                                   bool dated) {
  for (Article& article : articles) {
    article.source.clear();
    if (!dated) article.published.clear();
  }
  std::map<std::string, std::size_t> story;
  for (std::size_t i = 0; i < clusters.size(); ++i) {
    for (const std::string& member : clusters[i].members) story[member] = i;
  }
  return story;
}

}  // namespace

TEST_CASE("what is learned from generated corpora stands under many stories, never in one") {
  std::size_t learned = 0;
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    GenerateOptions options;
    options.seed = seed;
    options.stories = 12;
    options.singles = 400;
    options.template_families = 2;
    options.spread = 0.9;
    options.stock = 0.8;
    options.noise = seed % 2 == 0 ? 0.03 : 0;
    const test::Corpus corpus = test::made_from(test::base_articles(430), options);
    std::vector<Article> articles = corpus.articles;
    const auto story = without_outlets(articles, corpus.clusters, seed != 3);
    const TemporaryFolder folder;
    RunSettings settings;
    settings.preset = Preset::news;
    const Model model =
        Model::load(run_articles(folder, articles, settings).folder + "/model.jsonl");

    std::map<std::uint64_t, std::set<std::size_t>> stories;  // by block
    for (const Article& article : articles) {
      const NormalizedText text = normalize(article.text);
      for (const Block& block : split_blocks(article.text, text)) {
        const std::uint64_t hash = block_hash(text, block);
        if (model.is_boilerplate(0, hash)) stories[hash].insert(story.at(article.id));
      }
    }
    CHECK(stories.size() == model.size());
    for (const auto& [block, in] : stories) CHECK(in.size() >= 8);
    learned += stories.size();
  }
  CHECK(learned > 40);
}
