// Two wordings of a passage, told as one line.
#include "app/word_diff.h"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "base/utf8.h"
#include "catch.h"
#include "random_text.h"

using namespace wirecopy;
using app::whole_words;
using app::word_diff;

namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

std::vector<std::string> numbered(std::string_view stem, std::size_t from, std::size_t to) {
  std::vector<std::string> words;
  for (std::size_t i = from; i < to; ++i) words.push_back(std::string(stem) + std::to_string(i));
  return words;
}

// Straight from the definition: the longest of all subsequences, word by word.
std::size_t longest_common(const std::vector<std::string>& a, const std::vector<std::string>& b,
                           std::size_t i = 0, std::size_t j = 0) {
  if (i == a.size() || j == b.size()) return 0;
  if (a[i] == b[j]) return 1 + longest_common(a, b, i + 1, j + 1);
  return std::max(longest_common(a, b, i + 1, j), longest_common(a, b, i, j + 1));
}

struct Parts {
  std::vector<std::string> common;
  std::vector<std::string> a;
  std::vector<std::string> b;
};

// Reads a line back whose words hold none of the marks.
Parts parts_of(const std::string& line) {
  Parts parts;
  std::vector<std::string>* side = &parts.common;
  for (std::size_t begin = 0; begin < line.size();) {
    const std::size_t end = std::min(line.find(' ', begin), line.size());
    std::string word = line.substr(begin, end - begin);
    begin = end + 1;
    if (word.starts_with("[-")) side = &parts.a;
    if (word.starts_with("{+")) side = &parts.b;
    if (side != &parts.common && (word.starts_with("[-") || word.starts_with("{+"))) {
      word.erase(0, 2);
    }
    const bool closes = word.ends_with("-]") || word.ends_with("+}");
    if (closes) word.erase(word.size() - 2);
    side->push_back(word);
    if (closes) side = &parts.common;
  }
  return parts;
}

std::string_view words_at(std::string_view text, std::string_view part) {
  const std::size_t at = text.find(part);
  REQUIRE(at != std::string_view::npos);
  return whole_words(text, {at, at + part.size()});
}

}  // namespace

TEST_CASE("as many words are told as common as the longest common subsequence has") {
  std::mt19937 random(7);
  for (int round = 0; round < 400; ++round) {
    const std::size_t kinds = 2 + random() % 5;
    std::vector<std::string> a{"begin"};
    std::vector<std::string> b{"begin"};
    for (std::vector<std::string>* side : {&a, &b}) {
      for (std::size_t left = random() % 9; left > 0; --left) {
        side->push_back(std::string("q") + static_cast<char>('a' + random() % kinds));
      }
      side->emplace_back("end");
    }
    INFO(joined(a) << " | " << joined(b));
    const std::string line = word_diff(joined(a), joined(b));
    INFO(line);
    const Parts parts = parts_of(line);
    REQUIRE(parts.common.size() == longest_common(a, b));
    REQUIRE(parts.common.size() + parts.a.size() == a.size());
    REQUIRE(parts.common.size() + parts.b.size() == b.size());
  }
}

TEST_CASE("texts that are alike have no marks") {
  CHECK(word_diff("The dam broke.", "The dam broke.") == "The dam broke.");
  CHECK(word_diff("THE DAM - broke!", "The \"dam\"\n broke.") == "The \"dam\" broke.");
  CHECK(word_diff("", "").empty());
}

TEST_CASE("texts that have nothing in common are told one after the other") {
  CHECK(word_diff("one two", "three four.") == "[-one two-] {+three four+}.");
  CHECK(word_diff("one two", "") == "[-one two-]");
  CHECK(word_diff("", "three") == "{+three+}");
}

TEST_CASE("what differs is marked without the punctuation around it") {
  CHECK(
      word_diff("towed to the harbour. Passengers sang", "towed to the harbor, passengers sang") ==
      "towed to the [-harbour-] {+harbor+}, passengers sang");
  CHECK(word_diff("said the big man", "said \"the man\"") == "said \"the [-big-] man\"");
  CHECK(word_diff("won 3-1 at home", "won 2-1 at home") == "won [-3-] {+2+}-1 at home");
}

TEST_CASE("words that are only spaced otherwise are the same") {
  CHECK(word_diff("they can not go", "they cannot go") == "they cannot go");
  CHECK(word_diff("a small-sized dog—the big one", "a small sized dog — the small one") ==
        "a small sized dog — the [-big-] {+small+} one");
  CHECK(word_diff("a\u00a0dam broke", "a dam broke") == "a dam broke");
}

TEST_CASE("numbers with the same digits are not the same") {
  CHECK(word_diff("paid 3.5 million", "paid 35 million") == "paid [-3.5-] {+35+} million");
}

TEST_CASE("words of one text before the first and behind the last common one are not shown") {
  CHECK(word_diff("x the dam broke", "the dam broke y") == "the dam broke");
  CHECK(word_diff("the dam broke", "yet the dam broke. The") == "the dam broke.");
  CHECK(word_diff("x the dam", "y the dam") == "[-x-] {+y+} the dam");
}

TEST_CASE("of a long common stretch the middle is counted") {
  const std::string text = joined(numbered("w", 0, 25));
  CHECK(word_diff(text, text) ==
        "w0 w1 w2 w3 w4 w5 w6 w7 … (9 words alike) … w17 w18 w19 w20 w21 w22 w23 w24");
  const std::string shorter = joined(numbered("w", 0, 24));
  CHECK(word_diff(shorter, shorter) == shorter);
}

TEST_CASE("of long passages only the beginning is compared, and nothing is told of the rest") {
  std::vector<std::string> a = numbered("w", 0, 2'100);
  std::vector<std::string> b = a;
  b.insert(b.begin() + 1, {"added", "words"});
  CHECK(
      word_diff(joined(a), joined(b)) ==
      "w0 {+added words+} w1 w2 w3 w4 w5 w6 w7 w8 … (1,981 words alike) … w1990 w1991 w1992 w1993 "
      "w1994 w1995 w1996 w1997 …");
}

TEST_CASE("letters are compared where a script has no spaces") {
  CHECK(word_diff("約八十人が見守る", "約九十人が見守る") == "約[-八-] {+九+}十人が見守る");
}

TEST_CASE("hostile text cannot reach the terminal as control characters") {
  constexpr app::DiffMarks kMarks{"\x01", "\x02", "\x03", "\x04"};  // no text can bring them in
  oracle::Random random(11);
  for (int round = 0; round < 300; ++round) {
    const bool bytes = round % 3 == 0;
    const auto text = [&] {
      return bytes ? test::random_bytes(random, 40) : test::random_text(random, 8, round % 2 == 0);
    };
    const std::string a = text();
    const std::string b = a.substr(0, a.size() / 2) + text();
    const std::string line = word_diff(a, b, kMarks);
    CAPTURE(a, b, line);
    REQUIRE(base::valid_utf8(line));
    std::string marks;
    for (const char c : line) {
      if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) marks += c;
    }
    while (!marks.empty()) {
      const bool opens_and_closes = marks.starts_with("\x01\x02") || marks.starts_with("\x03\x04");
      REQUIRE(opens_and_closes);
      marks.erase(0, 2);
    }
    REQUIRE(word_diff(a, a, kMarks).find_first_of("\x01\x03") == std::string::npos);

    const std::uint64_t length = base::count_code_points(a);
    const std::uint64_t begin = oracle::below(random, length + 1);
    const std::uint64_t end = begin + oracle::below(random, length - begin + 1);
    const std::string_view shown = whole_words(a, {begin, end});
    REQUIRE(shown.data() >= a.data());
    REQUIRE(shown.data() + shown.size() <= a.data() + a.size());
  }
}

TEST_CASE("a passage is shown without the pieces of words at its ends") {
  CHECK(words_at("before the break. Results are in", "k. Results a") == "Results");
  CHECK(words_at("beat them 3-1 in front of all", "1 in front o") == "in front");
}

TEST_CASE("a passage is shown with the punctuation of its outermost words") {
  CHECK(words_at("It said: (CPS) - \"A quake.\" Then", "CPS) - \"A quake") ==
        "(CPS) - \"A quake.\"");
}

TEST_CASE("a passage of less than one word, or of a script without spaces, is shown as it is") {
  CHECK(words_at("unbelievable", "believ") == "believ");
  std::string text;
  for (int i = 0; i < 60; ++i) text += "駅の猫";
  CHECK(whole_words(text, {1, 4}) == "の猫駅");
}
