// Builds articles for tests: plain English-looking text from a seed, edits of it, and rows.
#pragma once

#include <array>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace wirecopy::test {

using Random = std::mt19937_64;

inline std::size_t below(Random& random, std::size_t bound) {
  return static_cast<std::size_t>(random() % bound);
}

// A word of a small language of syllables; `rank` 0 is the commonest.
inline std::string word(std::size_t rank) {
  constexpr std::array<std::string_view, 16> kSyllables = {"ba", "cor", "den", "fi",  "gal", "hem",
                                                           "is", "jo",  "ka",  "lum", "mer", "no",
                                                           "pi", "ran", "sel", "tu"};
  std::string letters;
  for (std::size_t rest = rank + 16; rest > 0; rest /= 16) letters += kSyllables[rest % 16];
  return letters;
}

// The words of a story; few are common, most are rare, as in news.
inline std::vector<std::string> story_words(std::uint64_t seed, std::size_t count) {
  Random random(seed);
  std::vector<std::string> words(count);
  for (std::string& each : words) {
    const std::size_t bound = std::size_t{1} << (2 + below(random, 12));
    each = word(below(random, bound));
  }
  return words;
}

inline std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& each : words) {
    if (!text.empty()) text += ' ';
    text += each;
  }
  return text;
}

inline std::string story(std::uint64_t seed, std::size_t count = 300) {
  return joined(story_words(seed, count));
}

// The same story with `changes` words replaced.
inline std::string edited_story(std::uint64_t seed, std::size_t changes, std::uint64_t edit_seed,
                                std::size_t count = 300) {
  std::vector<std::string> words = story_words(seed, count);
  Random random(edit_seed);
  for (std::size_t i = 0; i < changes; ++i) {
    words[below(random, words.size())] = "edit" + std::to_string(random() % 1'000'000'000);
  }
  return joined(words);
}

// One article as it would stand in a file. Empty fields are left out of the row.
struct Article {
  std::string id;
  std::string text;
  std::string source;
  std::string published;
  std::string title;
};

inline std::string row_of(const Article& article) {
  base::JsonWriter json;
  json.begin_object();
  if (!article.id.empty()) json.key("id").string(article.id);
  if (!article.title.empty()) json.key("title").string(article.title);
  if (!article.source.empty()) json.key("source").string(article.source);
  if (!article.published.empty()) json.key("published").string(article.published);
  json.key("text").string(article.text).end_object();
  return std::string(json.text());
}

inline std::string rows_of(const std::vector<Article>& articles) {
  std::string rows;
  for (const Article& article : articles) rows += row_of(article) + "\n";
  return rows;
}

}  // namespace wirecopy::test
