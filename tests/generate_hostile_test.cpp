// Base texts and wishes that nobody should have.
#include <array>
#include <atomic>
#include <string>
#include <vector>

#include "generated.h"

using namespace wirecopy;
using namespace wirecopy::test;

TEST_CASE("base texts that resemble an earlier one are left out") {
  std::vector<Article> base = base_articles(50);
  for (std::size_t i = 0; i < 20; ++i) {
    const std::string& text = base[i].text;
    // Half of an earlier text, then words of its own: about half of its shingles are shared.
    base.push_back({"half" + std::to_string(i),
                    text.substr(0, text.size() / 2) + base_text(5000 + i, 120), "", "", ""});
    // A tenth.
    base.push_back({"tenth" + std::to_string(i),
                    text.substr(0, text.size() / 10) + base_text(6000 + i, 240), "", "", ""});
    base.push_back({"same" + std::to_string(i), text, "", "", ""});
  }
  const TemporaryFolder folder;
  static_cast<void>(folder.file("base.jsonl", rows_of(base)));
  GenerateOptions options;
  options.stories = 2;
  const GenerateCounts counts = run(folder, "out", options);
  REQUIRE(counts.base_texts == 110);
  REQUIRE(counts.resembling >= 38);
  REQUIRE(counts.resembling <= 42);
}

TEST_CASE("hostile base texts give articles whose truth still holds") {
  std::string no_ends;
  for (int i = 0; i < 3000; ++i) no_ends += "word" + std::to_string(i) + " ";
  std::string no_spaces;
  for (int i = 0; i < 3000; ++i) no_spaces += static_cast<char>('a' + (i * i + i / 7) % 26);
  constexpr auto kHan = std::to_array<std::string_view>(
      {"世", "界", "人", "权", "宣", "言", "联", "合", "国", "大", "会", "通", "过", "并", "颁"});
  std::string han;
  for (std::size_t i = 0; i < 2000; ++i) {
    han += kHan[i * i % kHan.size()];
    if (i % 17 == 16) han += "。";
  }
  std::string long_text;
  for (std::uint64_t i = 0; long_text.size() < 5'000'000; ++i)
    long_text += base_text(90'000 + i, 3000) + "\n";
  const std::vector<Article> base = {
      {"empty", "", "", "", ""},
      {"space", " \n\t ", "", "", ""},
      {"marks", "... !!! ???", "", "", ""},
      {"word", "hello", "", "", ""},
      {"two", "hello world", "", "", "a title"},
      {"no ends", no_ends, "", "", ""},
      {"no spaces", no_spaces, "", "", ""},
      {"han", han, "", "", "世界"},
      {"credit alone", "PARIS, May 1 (Agency) - .", "", "", ""},
      {"credit", "PARIS, May 1 (Agency) - A fire broke out. It was put out.", "", "", ""},
      {"accents", "e\u0301\u0301\u0301 a\u0308. O\u0308 u\u0308!", "", "", ""},
      {"nul", std::string("a\0b. C\0d.", 9), "", "", std::string("t\0t", 3)},
      {"quotes", "\"\"\"'''\" x.\" Y' (z) \\ \"", "", "", "\"\\"},
      {"long", long_text, "", "", std::string(5000, 'x')},
  };
  GenerateOptions options;
  options.min_words = 0;
  options.stories = 11;
  options.singles = 0;
  options.spread = 0.8;
  options.captions = options.headline_lead = options.paragraph_twice = options.stock = 0.5;
  for (const std::uint64_t seed : {1U, 2U}) {
    for (const double noise : {0.0, 0.3}) {
      options.seed = seed;
      options.noise = noise;
      const Corpus corpus = made_from(base, options);
      check_truth(corpus);
      for (const Article& article : corpus.articles) {
        REQUIRE(base::valid_utf8(article.text));
        REQUIRE_FALSE(article.title.empty());
      }
    }
  }
}

namespace {

// Paragraphs of hard-wrapped lines, one of which was never wrapped, and one of signs.
std::vector<Article> wrapped_posts() {
  std::vector<Article> base;
  for (std::uint64_t i = 0; i < 40; ++i) {
    std::string text;
    for (std::uint64_t paragraph = 0; paragraph < 5; ++paragraph) {
      text += "Then";
      for (std::uint64_t line = 0; line < 4; ++line) {
        const bool is_long = paragraph == 2 && line == 1;
        text += " " + story(100 * i + 10 * paragraph + line, is_long ? 30 : 8) + "\n";
      }
      text.back() = '.';
      text += "\n\n";
    }
    text += "> From: " + story(7 * i, 40) + " <a@b.example> wrote.\n";
    base.push_back({"p" + std::to_string(i), text, "", "", "Title " + std::to_string(i)});
  }
  return base;
}

}  // namespace

TEST_CASE("a caption stands between paragraphs of a hard-wrapped text, not between its lines") {
  GenerateOptions options = plain();
  options.stories = 40;
  options.singles = 0;
  options.captions = 1;
  const Corpus corpus = made_from(wrapped_posts(), options);
  REQUIRE(corpus.repeats.size() > 40);
  for (const Repeat& row : corpus.repeats) {
    const std::string& text = corpus.by_id.at(row.id).text;
    const std::string before = slice(text, {0, row.repeat.begin});
    const std::size_t end = before.find_last_not_of('\n');
    REQUIRE(end != std::string::npos);
    CHECK(before[end] == '.');
  }
}

TEST_CASE("only prose is printed twice") {
  GenerateOptions options = plain();
  options.stories = 40;
  options.singles = 0;
  options.paragraph_twice = 1;
  const Corpus corpus = made_from(wrapped_posts(), options);
  REQUIRE(corpus.count_repeats("block") > 40);
  for (const Repeat& row : corpus.repeats) {
    const std::string again = slice(corpus.by_id.at(row.id).text, row.repeat);
    CHECK(again.starts_with("Then"));
    CHECK(again.ends_with("."));
    CHECK(again.find('>') == std::string::npos);
  }
}

TEST_CASE("too few base texts, contradictions and former runs are refused by name") {
  const TemporaryFolder folder;
  static_cast<void>(folder.file("base.jsonl", rows_of(base_articles(5))));
  GenerateOptions options;
  options.stories = 3;
  options.singles = 3;
  REQUIRE(error_of([&] { run(folder, "few", options); }, ErrorCode::input).find("there are 5") !=
          std::string::npos);
  for (const char* file : kFiles) REQUIRE(contents_of(folder.path("few/") + file).empty());

  options.singles = 0;
  options.credit_removed = options.credit_changed = 0.6;
  REQUIRE(error_of([&] { run(folder, "bad", options); }, ErrorCode::usage).find("credit-removed") !=
          std::string::npos);
  options = {};
  options.stories = 3;
  options.singles = 0;
  run(folder, "twice", options);
  REQUIRE(error_of([&] { run(folder, "twice", options); }, ErrorCode::output).find("--replace") !=
          std::string::npos);
}

TEST_CASE("a base text is never replaced by what is made of it") {
  const TemporaryFolder folder;
  ReadOptions read;
  read.inputs = {folder.file("out/articles.jsonl", rows_of(base_articles(5)))};
  Reader reader(read);
  GenerateTarget target;
  target.folder = folder.path("out");
  target.replace = true;
  GenerateOptions options;
  REQUIRE(error_of([&] { generate(reader, options, target); }, ErrorCode::output)
              .find("never edited") != std::string::npos);
  REQUIRE(contents_of(read.inputs.front()) == rows_of(base_articles(5)));
}

TEST_CASE("a run that is asked to stop leaves no file") {
  const TemporaryFolder folder;
  ReadOptions read;
  read.inputs = {folder.file("base.jsonl", rows_of(base_articles(5)))};
  Reader reader(read);
  const std::atomic<bool> stop{true};
  GenerateTarget target;
  target.folder = folder.path("out");
  target.stop = &stop;
  GenerateOptions options;
  REQUIRE_FALSE(
      error_of([&] { generate(reader, options, target); }, ErrorCode::interrupted).empty());
  for (const char* file : kFiles) REQUIRE(contents_of(folder.path("out/") + file).empty());
}
