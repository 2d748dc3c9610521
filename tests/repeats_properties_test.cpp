// What holds for any text: an oracle for phrases, rules of the contract, hostile shapes.
#include <algorithm>
#include <map>

#include "catch.h"
#include "random_text.h"
#include "repeats_sound.h"
#include "repeats_told.h"
#include "stories.h"
#include "wirecopy/error.h"

using namespace wirecopy;

namespace {

using test::below;

// Words of a small language, so that they come again by chance.
std::vector<std::string> few_words(test::Random& random, std::size_t count, std::size_t language) {
  std::vector<std::string> words(count);
  for (std::string& each : words) each = test::word(below(random, language));
  return words;
}

struct Run {
  std::size_t first, again, count;
  friend bool operator==(const Run&, const Run&) = default;
};

// Reading from left to right, the longest run that stood before, of equally long ones the first.
std::vector<Run> runs_by_force(const std::vector<std::string>& words, std::size_t least) {
  std::vector<Run> runs;
  for (std::size_t b = 0; b < words.size();) {
    Run best{0, b, 0};
    for (std::size_t a = 0; a < b; ++a) {
      std::size_t count = 0;
      while (b + count < words.size() && a + count < b && words[a + count] == words[b + count]) {
        ++count;
      }
      if (count > best.count) best = {a, b, count};
    }
    if (best.count >= least) {
      runs.push_back(best);
      b += best.count;
    } else {
      ++b;
    }
  }
  return runs;
}

std::vector<Run> runs_found(const std::vector<std::string>& words, const RepeatRule& rule) {
  const std::string utf8 = test::joined(words);
  const NormalizedText text = normalize(utf8);
  const auto word_at = [&](std::uint32_t letter) {
    const auto all = text.words();
    return static_cast<std::size_t>(
        std::partition_point(all.begin(), all.end(),
                             [&](const NormalizedText::Word& w) { return w.begin < letter; }) -
        all.begin());
  };
  std::vector<Run> runs;
  for (const Repeat& each : find_repeats("", utf8, rule)) {
    REQUIRE(each.kind == RepeatKind::phrase);
    runs.push_back({word_at(each.first->begin), word_at(each.repeat.begin),
                    word_at(each.repeat.end) - word_at(each.repeat.begin)});
  }
  return runs;
}

// A text of lines that are made again, cut, extended and glued to each other.
std::string shuffled_text(test::Random& random) {
  std::vector<std::string> lines;
  std::string text;
  const std::size_t count = 1 + below(random, 24);
  for (std::size_t i = 0; i < count; ++i) {
    std::string line;
    switch (lines.empty() ? 0 : below(random, 8)) {
      case 0:
      case 1:
      case 2:
        line = test::joined(few_words(random, 1 + below(random, 30), 60));
        break;
      case 3:
        line = lines[below(random, lines.size())] + " (pictured)";
        break;
      case 4:
        line = "- " + lines[below(random, lines.size())];
        break;
      case 5:
        line = lines[below(random, lines.size())] + " Read more at harrow.example";
        break;
      case 6: {
        const std::string& other = lines[below(random, lines.size())];
        line = other.substr(0, other.size() * 9 / 10) + "...";
        break;
      }
      default:
        line = lines[below(random, lines.size())];
    }
    if (below(random, 3) == 0) line += ".";
    lines.push_back(line);
    text += line;
    text += below(random, 12) == 0 ? " " : "\n\n";
  }
  return text;
}

std::string without(const std::string& utf8, const NormalizedText& text,
                    const std::vector<Repeat>& found) {
  std::u32string rest;
  const std::u32string all = test::code_points(utf8);
  std::size_t from = 0;
  for (const Repeat& each : found) {
    if (!test::can_be_cut(each.kind)) continue;
    const Span span = text.original_span(each.repeat.begin, each.repeat.end);
    rest += all.substr(from, static_cast<std::size_t>(span.begin) - from);
    from = static_cast<std::size_t>(span.end);
  }
  return test::utf8(rest + all.substr(from));
}

}  // namespace

TEST_CASE("phrases are the runs that brute force finds") {
  test::Random random(7);
  int compared = 0;
  for (int round = 0; round < 1200; ++round) {
    RepeatRule rule;
    rule.phrase_words = static_cast<std::uint32_t>(4 + below(random, 10));
    std::vector<std::string> words = few_words(random, below(random, 160), 2 + below(random, 40));
    for (std::size_t again = below(random, 4); again > 0 && words.size() > 20; --again) {
      const std::size_t begin = below(random, words.size() - 12);
      const std::size_t count = std::min(words.size() - begin, 4 + below(random, 30));
      const std::vector<std::string> part(
          words.begin() + static_cast<std::ptrdiff_t>(begin),
          words.begin() + static_cast<std::ptrdiff_t>(begin + count));
      words.insert(words.begin() + static_cast<std::ptrdiff_t>(below(random, words.size())),
                   part.begin(), part.end());
    }
    // No more places of one window than are looked at.
    std::map<std::vector<std::string>, std::size_t> windows;
    std::size_t most = 0;
    for (std::size_t i = 0; i + 3 <= words.size(); ++i) {
      const auto begin = words.begin() + static_cast<std::ptrdiff_t>(i);
      most = std::max(most, ++windows[{begin, begin + 3}]);
    }
    if (most > 8) continue;
    INFO(test::joined(words) << " / " << rule.phrase_words);
    const std::vector<Run> runs = runs_by_force(words, rule.phrase_words);
    CHECK(runs_found(words, rule) == runs);
    compared += runs.empty() ? 0 : 1;
  }
  CHECK(compared > 300);
}

TEST_CASE("repeats lie in the text, do not overlap, and one copy of each stays") {
  test::Random random(11);
  RepeatFinder finder;
  std::vector<Repeat> found;
  for (int round = 0; round < 4000; ++round) {
    const std::string utf8 = shuffled_text(random);
    const NormalizedText text = normalize(utf8);
    const std::string title = below(random, 2) == 0 ? "" : utf8.substr(0, utf8.find('\n'));
    finder.find(title, utf8, text, split_blocks(utf8, text), found);
    INFO(title << "\n--\n" << utf8);
    REQUIRE(test::unsound(text, found).empty());
    CHECK(found == find_repeats(title, utf8));
  }
}

TEST_CASE("any bytes have repeats that are sound") {
  oracle::Random random(13);
  for (int round = 0; round < 2000; ++round) {
    std::string utf8 = round % 3 == 0 ? test::random_bytes(random, 200)
                                      : test::random_text(random, 30, round % 3 == 1);
    const std::string half = utf8.substr(utf8.size() / 2);
    for (const char* joint : {"\n\n", "\n", "", ". "}) {
      const std::string twice = utf8 + joint + half + joint + utf8;
      INFO(twice);
      REQUIRE(test::unsound(normalize(twice), find_repeats(half, twice)).empty());
    }
  }
}

TEST_CASE("where all repeats are cut, no block and no exact caption is left to cut") {
  test::Random random(17);
  for (int round = 0; round < 1000; ++round) {
    const std::string utf8 = shuffled_text(random);
    std::string rest = utf8;
    // Cuts may bring together what was apart, so it may take a few rounds, never many.
    int rounds = 0;
    for (;; ++rounds) {
      const NormalizedText text = normalize(rest);
      const std::vector<Repeat> found = find_repeats("", rest);
      const std::string next = without(rest, text, found);
      if (next.size() == rest.size()) break;
      rest = next;
    }
    INFO(utf8);
    CHECK(rounds <= 6);
  }
}

TEST_CASE("a million times one word, and other periods, take linear time and few findings") {
  for (const std::string& period :
       {std::string("word "), std::string("one two three four five "), std::string("好"),
        std::string("abcdefghij"), std::string("He said no. "), std::string("x\n")}) {
    std::string text;
    while (text.size() < (std::size_t{5} << 20U)) text += period;
    const NormalizedText normalized = normalize(text);
    const std::vector<Repeat> found = find_repeats("", text);
    CHECK(test::unsound(normalized, found).empty());
  }
}

TEST_CASE("a million words in equal lines are structural from the second line on") {
  std::string text = "Nothing new was said in the hall tonight.\n\n";
  for (int i = 0; i < 100'000; ++i) text += "The same ten words\n\n";
  const std::vector<Repeat> found = find_repeats("", text);
  REQUIRE(found.size() == 99'999);
  CHECK(std::all_of(found.begin(), found.end(),
                    [](const Repeat& each) { return each.kind == RepeatKind::structural; }));
}

TEST_CASE("a million words in lines that differ a little take linear time") {
  std::string text;
  for (int i = 0; i < 60'000; ++i) {
    text += "the same words stand in nearly every line of it but for " +
            test::word(static_cast<std::size_t>(i)) + " and more\n";
  }
  CHECK(test::unsound(normalize(text), find_repeats("", text)).empty());
}

TEST_CASE("a rule out of range is refused with its name") {
  RepeatRule rule;
  rule.phrase_words = 1;
  CHECK_THROWS_WITH(RepeatFinder(rule), Catch::Contains("phrase_words"));
  rule = {};
  rule.near_percent = 101;
  CHECK_THROWS_AS(RepeatFinder(rule), Error);
}

TEST_CASE("a text without letters, of one word, and a title alone have no repeats") {
  for (const char* text : {"", "\n\n", "?!", "Word", "Word\n"}) {
    CHECK(find_repeats("A title of four words", text).empty());
  }
}
