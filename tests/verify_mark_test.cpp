// What mark finds in a text: quotations, numbers and names.
#include <string>
#include <vector>

#include "base/utf8.h"
#include "catch.h"
#include "random_text.h"
#include "wirecopy/verify.h"

using namespace wirecopy;

namespace {

using Strings = std::vector<std::string>;

MarkedText marked(std::string_view utf8) {
  MarkedText text;
  mark(utf8, text);
  return text;
}

std::string letters_of(const MarkedText& text, LetterRange range) {
  return std::string(text.text.letters().substr(range.begin, range.end - range.begin));
}

Strings quoted(std::string_view utf8) {
  const MarkedText text = marked(utf8);
  Strings found;
  for (const LetterRange& range : text.quoted) found.push_back(letters_of(text, range));
  return found;
}

Strings slots(std::string_view utf8, bool numbers) {
  const MarkedText text = marked(utf8);
  Strings found;
  for (const Slot& slot : text.slots) {
    if (slot.number == numbers) found.push_back(letters_of(text, slot.letters));
  }
  return found;
}

Strings numbers(std::string_view utf8) { return slots(utf8, true); }
Strings names(std::string_view utf8) { return slots(utf8, false); }

void check_range(const MarkedText& text, LetterRange range) {
  const std::string_view letters = text.text.letters();
  REQUIRE(range.begin < range.end);
  REQUIRE(range.end <= letters.size());
  for (const std::uint32_t at : {range.begin, range.end}) {
    REQUIRE((at == letters.size() || base::begins_code_point(letters[at])));
  }
}

}  // namespace

TEST_CASE("what stands in quotation marks of any kind is quoted") {
  for (const char* text : {
           "He said “we will win” today.",     "He said ”we will win” today.",
           "He said \"we will win\" today.",   "He said \"We will win,\" today.",
           "He said (\"we will win\") today.", "He said ‘we will win’ today.",
           "He said 'we will win,' today.",    "Er sagt „we will win“ heute.",
           "Er sagt ‚we will win‘ heute.",     "Er sagt »we will win« heute.",
           "Il dit « we will win » hier.",     "Il dit «we will win» hier.",
           "Il dit ‹we will win› hier.",       "彼は「we will win」と言った。",
           "彼は『we will win』と言った。",    "彼は〝we will win〟と言った。",
           "He said ＂we will win＂ today.",   "He wrote:\n> we will win\nAnd more.",
           "> we\n>> will\n > win\n",
       }) {
    CAPTURE(text);
    CHECK(quoted(text) == Strings{"wewillwin"});
  }
}

TEST_CASE("apostrophes, inches and arrows quote nothing") {
  for (const char* text : {"It's the dogs' dinner, isn't it?", "It’s the dogs’ dinner of the ’90s.",
                           "’Tis rock 'n roll.", "A 6\" pipe and a 5' wall, 12\" wide.",
                           "a -> b > c and 5 > 4", "no marks at all", "", "“”", "\"\"", "'"}) {
    CAPTURE(text);
    CHECK(quoted(text).empty());
  }
}

TEST_CASE("apostrophes inside a quotation do not end it") {
  CHECK(quoted("“It’s ours, isn’t it?” he said.") == Strings{"itsoursisntit"});
  CHECK(quoted("'It's ours', he said, 'isn't it?'") == Strings{"itsours", "isntit"});
  CHECK(quoted("\"It's 'ours' now,\" he said.") == Strings{"itsoursnow"});
  CHECK(quoted("‘It’s “ours” now’, he said.") == Strings{"itsoursnow"});
}

TEST_CASE("a quotation ends with its block where it is never closed") {
  CHECK(quoted("He said: \"We will win.\n\nThe end.") == Strings{"wewillwin"});
  CHECK(quoted("He said “we will win") == Strings{"wewillwin"});
  CHECK(quoted("He said 'we will win.\n\nThe end's near.").empty());
}

TEST_CASE("a quotation over paragraphs opens anew in each") {
  CHECK(quoted("“We will win.\n\n“We must,” he said. And then:\n\n“We did.”") ==
        Strings{"wewillwinwemust", "wedid"});
  CHECK(quoted("\"We will win.\n\n\"We must,\" he said.\n\n\"We did.\"") ==
        Strings{"wewillwinwemust", "wedid"});
}

TEST_CASE("a number is one slot with what joins its digits") {
  CHECK(numbers("Net 1,240,500 vs 98.5 mln, or 6-3/16 pct on 12/31/1986 at 10:30.") ==
        Strings{"1240500", "985", "6316", "12311986", "1030"});
  CHECK(numbers("In 1986. 20 people, 30 and 40; 1,  2") ==
        Strings{"1986", "20", "30", "40", "1", "2"});
  CHECK(numbers("F16s, the 3rd G20, b2b4 and 5pm") == Strings{"16", "3", "20", "2", "4", "5"});
  CHECK(numbers("１２３ and ٤٥٦ and 2023年12月") == Strings{"123", "٤٥٦", "2023", "12"});
  CHECK(numbers("none at all").empty());
}

TEST_CASE("a name is a word capitalized inside a sentence") {
  CHECK(names("The chairman, John Smith of Acme, met I. Jones. He left Paris! But why? So: \"Go\" "
              "he said (Reuters)") ==
        Strings{"john", "smith", "acme", "jones", "paris", "reuters"});
  CHECK(names("We saw Mr. Smith of Acme Corp. There, I was.") ==
        Strings{"mr", "smith", "acme", "corp", "there"});
  CHECK(names("В понедельник Иван Петров из Москвы сказал. Он ушёл в Émile Zola.") ==
        Strings{"иван", "петров", "москвы", "émile", "zola"});
  CHECK(names("One line\nAnd the next one").empty());
  CHECK(names("東京都は二日、発表した。").empty());
}

TEST_CASE("marking into a text that was used before is like marking anew") {
  oracle::Random random(31);
  MarkedText again;
  for (int round = 0; round < 300; ++round) {
    const std::string text = test::random_text(random, oracle::below(random, 40), round % 2 == 0);
    mark(text, again);
    const MarkedText anew = marked(text);
    REQUIRE(again.text.letters() == anew.text.letters());
    REQUIRE(again.blocks == anew.blocks);
    REQUIRE(again.quoted == anew.quoted);
    REQUIRE(again.slots == anew.slots);
    again.masked.push_back({0, 1});
  }
}

TEST_CASE("ranges are in order and on letters, whatever the text says") {
  oracle::Random random(32);
  constexpr std::array<const char*, 14> kSigns = {"\"", "'", "“",  "”",  "„",  "«",      "»",
                                                  "‘",  "’", "「", "」", "\n", "\n\n> ", " 1,2 A"};
  std::size_t ranges = 0;
  std::size_t found_slots = 0;
  for (int round = 0; round < 1500; ++round) {
    std::string utf8;
    for (std::size_t parts = oracle::below(random, 20); parts > 0; --parts) {
      utf8 += test::random_text(random, 1 + oracle::below(random, 3), round % 2 == 0);
      utf8 += kSigns[oracle::below(random, kSigns.size())];
    }
    if (round % 10 == 0) utf8 = test::random_bytes(random, 200);
    CAPTURE(utf8);
    const MarkedText text = marked(utf8);
    REQUIRE(text.masked.empty());
    std::uint32_t end = 0;
    for (const LetterRange& range : text.quoted) {
      check_range(text, range);
      REQUIRE((range.begin > end || &range == text.quoted.data()));
      end = range.end;
    }
    end = 0;
    for (const Slot& slot : text.slots) {
      check_range(text, slot.letters);
      REQUIRE(slot.letters.begin >= end);
      end = slot.letters.end;
    }
    ranges += text.quoted.size();
    found_slots += text.slots.size();
  }
  CHECK(ranges > 1000);
  CHECK(found_slots > 1000);
}

// Behind a no-break space, and at a letter that is not ASCII, every word is looked at.
TEST_CASE("plain words that are passed over at once change nothing") {
  oracle::Random random(1);
  const Strings pieces = {"word", "and",  "of",     "a",   "Name",      "U",    "Corp",   "12",
                          "b2b",  "iPod", "COBOL",  "1.5", "caf\u00e9", "\"we", "will\"", "end.",
                          "so!",  "3,",   "where?", "x\n", "of,",       "\n",   "> no",   "say:"};
  for (int trial = 0; trial < 500; ++trial) {
    std::string plain;
    std::string slow;
    for (std::size_t i = oracle::below(random, 80); i-- > 0;) {
      const std::string& piece = pieces[oracle::below(random, pieces.size())];
      plain += piece;
      slow += piece;
      if (piece.back() == '\n') continue;
      plain += ' ';
      slow += "\u00a0";
    }
    const MarkedText fast_marks = marked(plain);
    const MarkedText slow_marks = marked(slow);
    INFO(plain);
    REQUIRE(fast_marks.text.letters() == slow_marks.text.letters());
    if (fast_marks.blocks != slow_marks.blocks) continue;
    REQUIRE(fast_marks.quoted == slow_marks.quoted);
    REQUIRE(fast_marks.slots == slow_marks.slots);
  }
}
