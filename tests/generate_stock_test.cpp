// Documents of one outlet, of which little is new.
#include <map>
#include <set>
#include <string>
#include <vector>

#include "generated.h"

using namespace wirecopy;
using namespace wirecopy::test;

namespace {

GenerateOptions only_stock(std::uint32_t documents, std::uint32_t blocks) {
  GenerateOptions options;
  options.stories = options.singles = options.template_families = 0;
  options.stock_documents = documents;
  options.stock_blocks = blocks;
  return options;
}

// Paragraphs are broken by a blank line, or by a newline where there is no blank one.
std::vector<std::string> paragraphs_of(const std::string& text) {
  const std::string_view gap = text.find("\n\n") == std::string::npos ? "\n" : "\n\n";
  std::vector<std::string> paragraphs;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(gap, begin), text.size());
    paragraphs.push_back(text.substr(begin, end - begin));
    begin = end + gap.size();
  }
  return paragraphs;
}

// Of a corpus of stock documents: in how many of them a paragraph stands, by its letters.
std::map<std::string, std::size_t> frequencies(const Corpus& corpus) {
  std::map<std::string, std::size_t> documents;
  for (const Article& article : corpus.articles) {
    for (const std::string& paragraph : paragraphs_of(article.text)) {
      ++documents[letters_of(paragraph)];
    }
  }
  return documents;
}

}  // namespace

TEST_CASE("stock documents are blocks of one outlet around a passage that nobody else has") {
  GenerateOptions options = only_stock(600, 40);
  options.stock_copies = 0.1;
  options.days = 10;
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    options.seed = seed;
    const Corpus corpus = made_from(base_articles(120), options);
    check_truth(corpus);
    REQUIRE(corpus.articles.size() == 600);
    const std::map<std::string, std::size_t> documents = frequencies(corpus);
    // A passage stands in one document and perhaps in its copy, a block in every fourth.
    REQUIRE(count_of(documents, [](const auto& row) { return row.second > 2; }) == 40);
    REQUIRE(count_of(documents, [](const auto& row) { return row.second == 2; }) == 60);
    REQUIRE(documents.size() == 40 + 600 - 60);
    for (const Article& article : corpus.articles) {
      REQUIRE(article.source == corpus.articles.front().source);
      std::uint64_t stock = 0;
      std::uint64_t all = 0;
      std::set<std::string> distinct;
      for (const std::string& paragraph : paragraphs_of(article.text)) {
        const std::string letters = letters_of(paragraph);
        REQUIRE(distinct.insert(letters).second);
        REQUIRE(letters.size() >= 150);
        REQUIRE(normalize(paragraph).words().size() <= 60);
        all += letters.size();
        if (documents.at(letters) > 2) stock += letters.size();
      }
      REQUIRE(static_cast<double>(stock) >= 0.9 * static_cast<double>(all));
      REQUIRE(static_cast<double>(stock) <= 0.95 * static_cast<double>(all));
    }
  }
}

TEST_CASE("a copy among stock documents has the passage of its parent, and the truth says so") {
  GenerateOptions options = only_stock(300, 30);
  options.stock_copies = 0.2;
  const Corpus corpus = made_from(base_articles(80), options);
  REQUIRE(count_of(corpus.clusters, [](const Cluster& c) { return c.kind == "story"; }) == 60);
  REQUIRE(count_of(corpus.clusters, [](const Cluster& c) { return c.kind == "boilerplate"; }) ==
          180);
  REQUIRE(corpus.copies().size() == 60);
  REQUIRE(corpus.pairs.size() == 60);
  REQUIRE(corpus.passages.size() == 60);
  for (const Passage& passage : corpus.passages) {
    const std::string in_a = slice(corpus.by_id.at(passage.a).text, passage.in_a);
    REQUIRE(letters_of(in_a) == letters_of(slice(corpus.by_id.at(passage.b).text, passage.in_b)));
    REQUIRE(frequencies(corpus).at(letters_of(in_a)) == 2);
  }
}

TEST_CASE("a formula of many base texts is in one passage at most") {
  std::vector<Article> base = base_articles(60);
  std::string formula = "For";
  for (const std::string& word : story_words(77, 30)) formula += " " + word;
  formula = "\n\n" + formula + ".";
  for (Article& article : base) article.text.append(formula).append(formula);
  const Corpus corpus = made_from(base, only_stock(250, 20));
  std::size_t with_formula = 0;
  for (const auto& [letters, documents] : frequencies(corpus)) {
    if (letters.find(letters_of(formula)) != std::string::npos) ++with_formula;
  }
  REQUIRE(with_formula == 1);
}

TEST_CASE("a document takes no more blocks than there are, and none where none are wanted") {
  GenerateOptions options = only_stock(50, 3);
  options.stock_share = 0.99;
  for (const Article& article : made_from(base_articles(40), options).articles) {
    REQUIRE(paragraphs_of(article.text).size() == 4);
  }
  options.stock_share = 0;
  for (const Article& article : made_from(base_articles(40), options).articles) {
    REQUIRE(paragraphs_of(article.text).size() == 1);
  }
}

TEST_CASE("stock documents leave the rest of a corpus as it is") {
  GenerateOptions options;
  options.stories = 30;
  options.singles = 20;
  options.template_families = 3;
  const std::vector<Article> base = base_articles(80);
  const Corpus without = made_from(base, options);
  options.stock_documents = 100;
  options.stock_blocks = 20;
  const Corpus with = made_from(base, options);
  check_truth(with);
  REQUIRE(with.articles.size() == without.articles.size() + 100);
  for (const Article& article : without.articles) {
    REQUIRE(with.by_id.at(article.id).text == article.text);
  }
}

TEST_CASE("noise and hostile base texts leave the truth of stock documents true") {
  std::string marks;
  for (int i = 0; i < 4000; ++i) marks += i % 9 == 0 ? "e\u0301\u0301. " : "世界\"\\\0x ";
  std::vector<Article> base = base_articles(20);
  base.push_back({"marks", marks, "", "", ""});
  base.push_back({"one word", std::string(100'000, 'x'), "", "", ""});
  base.push_back({"empty", "", "", "", ""});
  GenerateOptions options = only_stock(60, 10);
  options.min_words = 0;
  options.stock_copies = 0.3;
  for (const double noise : {0.0, 0.3}) {
    options.noise = noise;
    const Corpus corpus = made_from(base, options);
    check_truth(corpus);
    for (const Article& article : corpus.articles) {
      REQUIRE(base::valid_utf8(article.text));
      REQUIRE_FALSE(article.title.empty());
    }
  }
}

TEST_CASE("too few passages and shares out of range are refused by name") {
  const TemporaryFolder folder;
  static_cast<void>(folder.file("base.jsonl", rows_of(base_articles(5))));
  const auto refused = [&](const GenerateOptions& options, ErrorCode code, std::string_view word) {
    INFO(word);
    REQUIRE(error_of([&] { run(folder, "out", options); }, code).find(word) != std::string::npos);
  };
  refused(only_stock(1000, 10), ErrorCode::input, "1000 stock documents need 1000 passages");
  refused(only_stock(10, 0), ErrorCode::usage, "stock-blocks");
  GenerateOptions options = only_stock(10, 10);
  options.stock_share = 1;
  refused(options, ErrorCode::usage, "stock-share");
  options = only_stock(10, 10);
  options.stock_copies = 0.6;
  refused(options, ErrorCode::usage, "stock-copies");
}
