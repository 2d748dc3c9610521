#include "wirecopy/shingle.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "base/unicode.h"
#include "catch.h"
#include "random_text.h"
#include "stories.h"
#include "temporary_folder.h"
#include "wirecopy/error.h"

using namespace wirecopy;
using base::Character;
using base::Writing;
using oracle::below;
using oracle::Random;

namespace {

using Words = std::vector<std::string>;

// The rule on whole vectors of code points: runs of one writing, marks with what they follow.
void add_words(const std::u32string& word, Words& words) {
  struct Run {
    Writing writing;
    std::vector<std::u32string> units;
  };
  std::vector<Run> runs;
  for (const char32_t each : word) {
    const Character character = Character::of(each);
    const bool mark = character.mark() && !runs.empty();
    if (runs.empty() || (!mark && runs.back().writing != character.writing())) {
      runs.push_back({character.writing(), {}});
    }
    Run& run = runs.back();
    const bool attaches = mark && run.writing != Writing::southeast_asian;
    if (!attaches) run.units.emplace_back();
    run.units.back() += each;
  }
  for (const Run& run : runs) {
    const std::size_t gram = run.writing == Writing::han_kana          ? 2
                             : run.writing == Writing::southeast_asian ? 4
                                                                       : run.units.size();
    const std::size_t size = std::min(gram, run.units.size());
    for (std::size_t i = 0; i + size <= run.units.size(); ++i) {
      std::u32string joined;
      for (std::size_t j = i; j < i + size; ++j) joined += run.units[j];
      words.push_back(test::utf8(joined));
    }
  }
}

Words words_by_rule(const NormalizedText& text) {
  Words words;
  for (const NormalizedText::Word word : text.words()) {
    add_words(test::code_points(text.letters_of(word)), words);
  }
  return words;
}

// Every k consecutive words, joined.
Words shingles_by_rule(const NormalizedText& text, std::size_t k) {
  const Words words = words_by_rule(text);
  Words shingles;
  const std::size_t size = std::min(k, words.size());
  for (std::size_t i = 0; size > 0 && i + size <= words.size(); ++i) {
    std::string joined;
    for (std::size_t j = i; j < i + size; ++j) joined += words[j] + '\n';
    shingles.push_back(joined);
  }
  return shingles;
}

std::vector<std::uint64_t> all_shingles(const NormalizedText& text, const Shingler& shingler) {
  Shingler::Scratch scratch;
  std::vector<std::uint64_t> shingles{1, 2, 3};
  shingler.shingle(text, scratch, shingles);
  return shingles;
}

std::set<std::uint64_t> words_in(std::string_view text) {
  const ShingleSet set = shingle(normalize(text), {.words = 1});
  return {set.values().begin(), set.values().end()};
}

// The words of several texts together.
std::set<std::uint64_t> words_in_all(const std::vector<std::string_view>& texts) {
  std::set<std::uint64_t> all;
  for (const std::string_view text : texts) all.merge(words_in(text));
  return all;
}

std::vector<std::uint64_t> values_of(const ShingleSet& set) {
  return {set.values().begin(), set.values().end()};
}

// Hash and joined words must tell the same texts apart.
class Namesakes {
 public:
  void add(const Words& joined, const std::vector<std::uint64_t>& hashes) {
    REQUIRE(joined.size() == hashes.size());
    for (std::size_t i = 0; i < joined.size(); ++i) {
      const auto hash = hash_of_.emplace(joined[i], hashes[i]).first->second;
      const auto name = name_of_.emplace(hashes[i], joined[i]).first->second;
      if (hash != hashes[i] || name != joined[i]) FAIL(joined[i]);
    }
  }

 private:
  std::map<std::string, std::uint64_t> hash_of_;
  std::map<std::uint64_t, std::string> name_of_;
};

std::string some_text(Random& random, int kind) {
  if (kind % 3 == 0) return test::story(below(random, 50), below(random, 60));
  return test::random_text(random, below(random, 30), kind % 3 == 1);
}

}  // namespace

TEST_CASE("hashed shingles are equal where joined words are, and only there") {
  for (const std::uint32_t k : {1U, 2U, 5U, 9U, 64U}) {
    CAPTURE(k);
    const Shingler shingler({.words = k});
    Random random(k);
    Namesakes namesakes;
    for (int i = 0; i < 600; ++i) {
      const std::string text = some_text(random, i);
      CAPTURE(text);
      const NormalizedText normalized = normalize(text);
      namesakes.add(shingles_by_rule(normalized, k), all_shingles(normalized, shingler));
    }
  }
}

TEST_CASE("the Jaccard similarity of hashed sets is that of sets of joined words") {
  Random random(1);
  for (int i = 0; i < 300; ++i) {
    const std::uint64_t story = random();
    const NormalizedText a = normalize(test::story(story, 80) + some_text(random, i));
    const NormalizedText b = normalize(test::edited_story(story, below(random, 20), random(), 80) +
                                       some_text(random, i));
    const Words words_a = shingles_by_rule(a, 5);
    const Words words_b = shingles_by_rule(b, 5);
    const std::set<std::string> set_a(words_a.begin(), words_a.end());
    const std::set<std::string> set_b(words_b.begin(), words_b.end());
    std::uint64_t shared = 0;
    for (const std::string& each : set_a) shared += set_b.count(each);

    const auto sizes = oracle::compare(shingle(a).values(), shingle(b).values());
    CHECK(sizes.a == set_a.size());
    CHECK(sizes.b == set_b.size());
    CHECK(sizes.shared == shared);
  }
}

TEST_CASE("a set holds every shingle once, in order of first occurrence") {
  Random random(2);
  const Shingler shingler(Shingling{.words = 2});
  for (int i = 0; i < 300; ++i) {
    const NormalizedText text = normalize(some_text(random, i));
    std::vector<std::uint64_t> expected;
    for (const std::uint64_t each : all_shingles(text, shingler)) {
      if (std::find(expected.begin(), expected.end(), each) == expected.end()) {
        expected.push_back(each);
      }
    }
    CHECK(values_of(shingler.shingle(text)) == expected);
  }
}

TEST_CASE("a text of n words has n - 4 shingles of five") {
  CHECK(shingle(normalize("one two three four five six seven")).size() == 3);
  CHECK(shingle(normalize("one two three four five")).size() == 1);
}

TEST_CASE("a text shorter than a shingle is one shingle of all its words") {
  const ShingleSet four = shingle(normalize("one two three four"));
  CHECK(four.size() == 1);
  CHECK(values_of(four) == values_of(shingle(normalize("One, two; three: FOUR!"))));
  CHECK(values_of(four) != values_of(shingle(normalize("one two three"))));
  CHECK(values_of(four) != values_of(shingle(normalize("four three two one"))));
  CHECK(values_of(four) != values_of(shingle(normalize("onetwo three four"))));
}

TEST_CASE("a text without words has no shingle") {
  CHECK(shingle(NormalizedText()).empty());
  CHECK(shingle(normalize("")).empty());
  CHECK(shingle(normalize("... --- \u200b")).empty());
  CHECK(all_shingles(normalize("?"), Shingler(Shingling{})).empty());
}

TEST_CASE("one word repeated is one shingle") {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "buffalo ";
  const NormalizedText normalized = normalize(text);
  CHECK(shingle(normalized).size() == 1);
  CHECK(all_shingles(normalized, Shingler(Shingling{})).size() == 996);
}

TEST_CASE("words of every length hash apart, long ones and neighbors too") {
  std::set<std::uint64_t> hashes;
  for (std::size_t length = 1; length <= 100; ++length) {
    hashes.merge(words_in(std::string(length, 'a')));
    // The same word at the end of the letters and before others.
    CHECK(words_in(std::string(length, 'a') + " tail of more letters")
              .contains(*words_in(std::string(length, 'a')).begin()));
  }
  CHECK(hashes.size() == 100);
}

TEST_CASE("Han and Kana are cut into overlapping pairs of characters") {
  CHECK(words_in("新闻报道") == words_in_all({"新闻", "闻报", "报道"}));
  CHECK(words_in("新").size() == 1);
  CHECK(words_in("ニュースです").size() == 5);
  CHECK(words_in("ㄅㄆㄇ") == words_in_all({"ㄅㄆ", "ㄆㄇ"}));
  // Voiced marks stay with their character, composed or not, half width or full.
  CHECK(words_in("バナナ") == words_in_all({"バナ", "ナナ"}));
  CHECK(words_in("ﾊﾞﾅﾅ") == words_in("バナナ"));
  CHECK(words_in("か\u20ddき").size() == 1);
  CHECK(words_in("𠮷野家") == words_in_all({"𠮷野", "野家"}));
}

TEST_CASE("Thai, Lao, Khmer and Myanmar are cut into overlapping runs of four code points") {
  CHECK(words_in("ข่าววันนี้").size() == 7);  // ten code points
  CHECK(words_in("กขคงจ") == words_in_all({"กขคง", "ขคงจ"}));
  CHECK(words_in("กขค").size() == 1);
  CHECK(words_in("ກຂຄງຈ") == words_in_all({"ກຂຄງ", "ຂຄງຈ"}));
  CHECK(words_in("កខគឃង") == words_in_all({"កខគឃ", "ខគឃង"}));
  CHECK(words_in("ကခဂဃင") == words_in_all({"ကခဂဃ", "ခဂဃင"}));
}

TEST_CASE("scripts with spaces keep their words whole") {
  for (const char* text : {"Президент заявил", "뉴스를 전했다", "قال الرئيس", "राष्ट्रपति ने",
                           "ο πρόεδρος", "čeština Übung"}) {
    CAPTURE(text);
    CHECK(words_in(text).size() == 2);
  }
}

TEST_CASE("a word of several writings is cut where the writing changes") {
  CHECK(words_in("iPhone手机壳15pro") == words_in_all({"iphone", "手机", "机壳", "15pro"}));
  CHECK(words_in("2009年3月") == words_in_all({"2009", "年", "3", "月"}));
  CHECK(words_in("東京タワーへ") == words_in_all({"東京", "京タ", "タワ", "ワー", "ーへ"}));
  CHECK(words_in("กขคง新聞") == words_in_all({"กขคง", "新聞"}));
  CHECK(words_in("abcกขค") == words_in_all({"abc", "กขค"}));
}

TEST_CASE("another key changes every shingle") {
  const NormalizedText text = normalize(test::story(1, 200));
  const auto shingles = [&](std::array<std::uint64_t, 2> key) {
    const ShingleSet set = shingle(text, {.key = Key(key)});
    return std::set<std::uint64_t>(set.values().begin(), set.values().end());
  };
  const std::set<std::uint64_t> one = shingles({1, 2});
  for (const auto& other : {shingles({1, 3}), shingles({0, 2}), shingles({2, 1})}) {
    CHECK(other.size() == one.size());
    for (const std::uint64_t each : other) CHECK_FALSE(one.contains(each));
  }
}

TEST_CASE("every bit of a shingle is set half of the time") {
  std::array<int, 64> ones{};
  int count = 0;
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    const ShingleSet set = shingle(normalize(test::story(seed, 100)));
    for (const std::uint64_t value : set.values()) {
      for (std::size_t bit = 0; bit < 64; ++bit) ones[bit] += value >> bit & 1 ? 1 : 0;
      ++count;
    }
  }
  // Five standard deviations.
  for (const int each : ones) CHECK(std::abs(2.0 * each - count) < 5 * std::sqrt(count));
}

TEST_CASE("a shingle has 1 to 64 words") {
  for (const std::uint32_t words : {0U, 65U}) {
    try {
      const Shingler shingler({.words = words});
      FAIL("nothing was thrown");
    } catch (const Error& error) {
      CHECK(error.code() == ErrorCode::usage);
    }
  }
  CHECK_NOTHROW(Shingler({.words = 64}));
}

TEST_CASE("a key file holds 32 hexadecimal digits") {
  const test::TemporaryFolder folder;
  const std::string path = folder.file("key", "00112233445566778899aAbBcCdDeEfF\n");
  CHECK(Key::from_file(path).words() ==
        std::array<std::uint64_t, 2>{0x0011223344556677, 0x8899aabbccddeeff});

  for (const char* contents :
       {"", "\n", "0011", "00112233445566778899aabbccddeefg", "00112233445566778899aabbccddeeff00",
        "0x112233445566778899aabbccddeeff", "00112233445566778899aabbccddeef\n",
        "-0112233445566778899aabbccddeeff"}) {
    CAPTURE(contents);
    const std::string bad = folder.file("bad", contents);
    try {
      (void)Key::from_file(bad);
      FAIL("nothing was thrown");
    } catch (const Error& error) {
      CHECK(error.code() == ErrorCode::usage);
      CHECK(std::string(error.what()).find(bad) != std::string::npos);
    }
  }
  try {
    (void)Key::from_file(folder.path("none"));
    FAIL("nothing was thrown");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::input);
  }
}

TEST_CASE("shingles under the published key are those of the first release", "[golden]") {
  const auto first = [](std::string_view text, std::uint32_t words) {
    return shingle(normalize(text), {.words = words}).values()[0];
  };
  CHECK(first("news", 1) == 0x32efdae7f3aa910a);
  CHECK(first("Stocks fell on Monday as oil rose", 5) == 0x7ce069764fe7a76c);
  CHECK(first("Internationalization of telecommunications", 5) == 0xc77812dd8279f9bf);
  CHECK(first("Президент заявил", 5) == 0x959b807c26a2be10);
  CHECK(first("新闻报道", 5) == 0x3b69ea8d3666d202);
  CHECK(first("กขคงจ", 2) == 0xb62194056ec26273);
}
