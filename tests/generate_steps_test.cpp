// Each step that makes copies leaves its trace, at its rate, and no other.
#include <array>
#include <map>
#include <string>
#include <vector>

#include "generate/random.h"
#include "generate/tables.h"
#include "generated.h"

using namespace wirecopy;
using namespace wirecopy::test;

TEST_CASE("the stream of chance is the same on every machine") {
  using generation::Random;
  Random random(1, Random::Stream::edits, 2, 3);
  std::vector<std::uint64_t> drawn;
  for (int i = 0; i < 4; ++i) drawn.push_back(random.below(1000));
  REQUIRE(drawn == std::vector<std::uint64_t>{374, 958, 562, 543});
}

TEST_CASE("the table of substitutions is sorted, and no word stands for itself") {
  const auto table = generation::substitutions();
  for (std::size_t i = 0; i < table.size(); ++i) {
    INFO(table[i].word);
    REQUIRE(table[i].word != table[i].other);
    if (i > 0) REQUIRE(table[i - 1].word < table[i].word);
  }
}

TEST_CASE("a draw below a bound is uniform and a rate holds") {
  using generation::Random;
  Random random(7, Random::Stream::world);
  std::array<std::size_t, 7> counts{};
  for (int i = 0; i < 70'000; ++i) ++counts.at(random.below(7));
  for (const std::size_t count : counts) check_rate(count, 70'000, 1.0 / 7);
  std::size_t hits = 0;
  for (int i = 0; i < 70'000; ++i) hits += random.chance(0.04) ? 1U : 0U;
  check_rate(hits, 70'000, 0.04);
  for (int i = 0; i < 100; ++i) {
    REQUIRE_FALSE(random.chance(0.0));
    REQUIRE(random.chance(1.0));
  }
}

TEST_CASE("a step that is switched off leaves no trace") {
  GenerateOptions options = plain();
  options.stories = 60;
  options.singles = 20;
  options.template_families = 0;
  const Corpus corpus = made_from(base_articles(80), options);
  check_truth(corpus);
  REQUIRE(corpus.repeats.empty());
  for (const std::string& id : corpus.copies()) {
    const Lineage& lineage = corpus.lineage.at(id);
    const Article& copy = corpus.by_id.at(id);
    const Article& parent = corpus.by_id.at(*lineage.parent);
    REQUIRE(letters_of(copy.text) == letters_of(parent.text));
    REQUIRE(copy.title == parent.title);
    REQUIRE(lineage.title == "same");
    REQUIRE((lineage.credit == "kept" || lineage.credit == "none"));
    REQUIRE_FALSE(copy.published.empty());
  }
  REQUIRE(corpus.passages.size() == corpus.copies().size());
  for (const Pair& pair : corpus.pairs) {
    if (pair.label == "copy") REQUIRE(*pair.kept == 1);
  }
}

TEST_CASE("each step leaves its trace at its rate") {
  GenerateOptions options = plain();
  options.stories = 400;
  options.singles = 0;
  options.template_families = 0;
  const std::vector<Article> base = base_articles(420, 120);
  const auto share_of_copies = [&](double setting, const auto& has) {
    const Corpus corpus = made_from(base, options);
    check_truth(corpus);
    const std::vector<std::string> copies = corpus.copies();
    check_rate(count_of(copies, [&](const std::string& id) { return has(corpus, id); }),
               copies.size(), setting);
  };
  const auto kept_of = [](const Corpus& corpus, const std::string& id) {
    const auto pair = std::find_if(corpus.pairs.begin(), corpus.pairs.end(), [&](const Pair& row) {
      return row.b == id && row.label == "copy";
    });
    return *pair->kept;
  };
  const auto has_alien = [](const Corpus& corpus, const std::string& id) {
    return std::any_of(corpus.passages.begin(), corpus.passages.end(),
                       [&](const Passage& row) { return row.b == id && row.kind == "alien"; });
  };
  SECTION("abridged") {
    options.abridged = 0.65;
    options.kept_most = 0.8;
    share_of_copies(0.65,
                    [&](const Corpus& c, const std::string& id) { return kept_of(c, id) < 1; });
  }
  SECTION("inner sentence lost") {
    options.inner_loss = 0.35;
    share_of_copies(0.35,
                    [&](const Corpus& c, const std::string& id) { return kept_of(c, id) < 1; });
  }
  SECTION("verbatim wins over the edits") {
    options.inner_loss = 1;
    options.verbatim = 0.3;
    share_of_copies(0.7,
                    [&](const Corpus& c, const std::string& id) { return kept_of(c, id) < 1; });
  }
  SECTION("alien lead") {
    options.alien_lead = 0.35;
    share_of_copies(0.35, has_alien);
  }
  SECTION("alien sentences") {
    options.alien_sentences = 0.3;
    share_of_copies(0.3, has_alien);
  }
  SECTION("edited titles") {
    options.title_edited = 0.3;
    share_of_copies(0.3, [](const Corpus& c, const std::string& id) {
      const Lineage& row = c.lineage.at(id);
      const bool differs = c.by_id.at(id).title != c.by_id.at(*row.parent).title;
      REQUIRE(differs == (row.title == "edited"));
      return differs;
    });
  }
  SECTION("new titles") {
    options.title_new = 0.2;
    share_of_copies(0.2, [](const Corpus& c, const std::string& id) {
      const Lineage& row = c.lineage.at(id);
      const bool differs = c.by_id.at(id).title != c.by_id.at(*row.parent).title;
      REQUIRE(differs == (row.title == "new"));
      return differs;
    });
  }
}

TEST_CASE("every article may have a dress, at the rate of each piece") {
  GenerateOptions options = plain();
  options.stories = 0;
  options.singles = 900;
  options.template_families = 0;
  const std::vector<Article> base = base_articles(900, 120);
  const auto has_repeat = [](const Corpus& corpus, std::string_view prefix) {
    return count_of(corpus.repeats,
                    [&](const Repeat& row) { return row.kind.starts_with(prefix); });
  };
  SECTION("boilerplate") {
    options.boilerplate = 0.6;
    check_rate(has_repeat(made_from(base, options), "trailer"), 900, 0.6);
  }
  SECTION("captions are the same letters, or one covers most of the other") {
    options.captions = 0.4;
    const Corpus corpus = made_from(base, options);
    check_truth(corpus);
    check_rate(has_repeat(corpus, "caption"), 900, 0.4);
    REQUIRE(corpus.count_repeats("caption_exact") > 100);
    REQUIRE(corpus.count_repeats("caption_near") > 100);
    for (const Repeat& row : corpus.repeats) {
      const std::string& text = corpus.by_id.at(row.id).text;
      const std::string first = letters_of(slice(text, *row.first));
      const std::string again = letters_of(slice(text, row.repeat));
      if (row.kind == "caption_exact") REQUIRE(first == again);
      if (row.kind == "caption_near") REQUIRE(first != again);
      const auto shorter = std::min(first.size(), again.size());
      REQUIRE(static_cast<double>(shorter) >= 0.8 * static_cast<double>(first.size()));
    }
  }
  SECTION("a paragraph printed twice is the same letters") {
    options.paragraph_twice = 0.5;
    const Corpus corpus = made_from(base, options);
    check_truth(corpus);
    check_rate(has_repeat(corpus, "block"), 900, 0.5);
    for (const Repeat& row : corpus.repeats) {
      const std::string& text = corpus.by_id.at(row.id).text;
      REQUIRE(letters_of(slice(text, *row.first)) == letters_of(slice(text, row.repeat)));
    }
  }
  SECTION("a headline begins like the title") {
    options.headline_lead = 0.5;
    const Corpus corpus = made_from(base, options);
    check_truth(corpus);
    check_rate(count_of(corpus.repeats, [](const Repeat& row) { return !row.first; }), 900, 0.5);
    for (const Repeat& row : corpus.repeats) {
      const Article& article = corpus.by_id.at(row.id);
      REQUIRE(letters_of(slice(article.text, row.repeat)).starts_with(letters_of(article.title)));
    }
  }
  SECTION("stock paragraphs") {
    options.stock = 0.12;
    std::map<std::string, std::string> bare;
    const Corpus dressed = made_from(base, options);
    options.stock = 0;
    for (const Article& article : made_from(base, options).articles) {
      bare[article.id] = article.text;
    }
    check_rate(count_of(dressed.articles,
                        [&](const Article& article) {
                          return bare.at(article.id).size() < article.text.size();
                        }),
               900, 0.12);
  }
  SECTION("dates") {
    options.date_only = 0.2;
    options.no_date = 0.1;
    const Corpus corpus = made_from(base, options);
    check_rate(count_of(corpus.articles, [](const auto& a) { return a.published.empty(); }), 900,
               0.1);
    check_rate(count_of(corpus.articles, [](const auto& a) { return a.published.size() == 10; }),
               900, 0.2 * 0.9);
  }
}

TEST_CASE("about the wanted share of words is replaced, and of characters misread") {
  GenerateOptions options = plain();
  options.stories = 200;
  options.singles = 0;
  options.template_families = 0;
  options.spread = 0;
  const std::vector<Article> base = base_articles(200);
  const auto changed = [](const Corpus& corpus) {
    std::size_t words = 0;
    std::size_t others = 0;
    for (const std::string& id : corpus.copies()) {
      const NormalizedText copy = normalize(corpus.by_id.at(id).text);
      const NormalizedText parent = normalize(corpus.by_id.at(*corpus.lineage.at(id).parent).text);
      const std::size_t count = std::min(copy.words().size(), parent.words().size());
      words += count;
      for (std::size_t i = 0; i < count; ++i) {
        if (copy.letters_of(copy.words()[i]) != parent.letters_of(parent.words()[i])) ++others;
      }
    }
    return static_cast<double>(others) / static_cast<double>(words);
  };
  options.replaced_words = 0.04;
  REQUIRE(changed(made_from(base, options)) == Approx(0.02).margin(0.005));

  options.replaced_words = 0;
  options.noise = 0.06;
  const Corpus noisy = made_from(base, options);
  check_truth(noisy);
  REQUIRE(changed(noisy) > 0.1);
}

TEST_CASE("credits are kept, changed and removed at their rates, and the text says so") {
  GenerateOptions options = plain();
  options.stories = 500;
  options.singles = 0;
  options.credit_removed = 0.3;
  options.credit_changed = 0.2;
  options.agencies = {"Zürich-Ost Agentur"};
  const Corpus corpus = made_from(base_articles(500, 80), options);
  check_truth(corpus);
  std::map<std::string, std::size_t> fates;
  for (const std::string& id : corpus.copies()) {
    const std::string& fate = corpus.lineage.at(id).credit;
    ++fates[fate];
    const bool named = corpus.by_id.at(id).text.find("Zürich-Ost") != std::string::npos;
    REQUIRE(named == (fate == "kept" || fate == "changed"));
    REQUIRE((corpus.bylines.at(id) == "Zürich-Ost Agentur") == (fate == "kept"));
  }
  const std::size_t credited = fates["kept"] + fates["changed"] + fates["removed"];
  check_rate(fates["removed"], credited, 0.3);
  check_rate(fates["changed"], credited, 0.2);
  REQUIRE(fates["none"] > 50);
}

TEST_CASE("stories run as often as the spread says") {
  GenerateOptions options = plain();
  options.stories = 400;
  options.singles = 0;
  options.template_families = 0;
  const std::vector<Article> base = base_articles(401, 60);
  const auto mean = [&](std::size_t stories) {
    return static_cast<double>(made_from(base, options).articles.size()) /
           static_cast<double>(stories);
  };
  REQUIRE(mean(400) == Approx(3.5).margin(0.6));
  options.spread = 0;
  REQUIRE(mean(400) == 2);
  options.spread = 0.95;
  options.max_articles = 5;
  options.mega_articles = 700;
  const Corpus corpus = made_from(base, options);
  std::size_t largest = 0;
  for (const Cluster& cluster : corpus.clusters) {
    if (cluster.kind == "story") largest = std::max(largest, cluster.members.size());
    if (cluster.kind == "mega") REQUIRE(cluster.members.size() == 700);
  }
  REQUIRE(largest == 5);
  // All pairs among the first 500 of the mega story, and beyond them those of parent and child.
  const std::size_t of_stories = corpus.pairs.size() - (500 * 499 / 2 + 200);
  REQUIRE(of_stories <= 400 * 10);
}
