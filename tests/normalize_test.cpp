#include "wirecopy/normalize.h"

#include <fstream>
#include <sstream>

#include "base/unicode.h"
#include "catch.h"
#include "normalize/normalizer.h"
#include "random_text.h"
#include "wirecopy/error.h"

using namespace wirecopy;
using base::Character;
using oracle::below;
using oracle::Random;
using test::random_text;
using namespace std::string_view_literals;

namespace {

using Words = std::vector<std::string>;

Words words_of(const NormalizedText& text) {
  Words words;
  for (const NormalizedText::Word word : text.words()) words.emplace_back(text.letters_of(word));
  return words;
}

Words words_of(std::string_view text) { return words_of(normalize(text)); }

std::string joined(const Words& words) {
  std::string letters;
  for (const std::string& word : words) letters += word;
  return letters;
}

bool is_mark(char32_t letter) { return Character::of(letter).mark(); }

// By the rule itself: all of the text through ICU at once, then letters and what is between them.
Words words_by_rule(std::string_view text) {
  std::string folded;
  base::fold_text(base::repair_utf8(text), folded);
  Words words;
  std::string word;
  for (const char32_t each : test::code_points(folded)) {
    if (base::is_letter(each)) {
      if (!word.empty() || !is_mark(each)) test::append(each, word);
    } else if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
    }
  }
  if (!word.empty()) words.push_back(word);
  return words;
}

NormalizedText normalize_by(Normalizer::AsciiPath path, std::string_view text) {
  NormalizedText normalized;
  Normalizer(text, normalized, path).run();
  return normalized;
}

// Spans of all letters, one by one.
std::vector<Span> places_of(const NormalizedText& text) {
  std::vector<Span> places;
  const std::string_view letters = text.letters();
  for (std::size_t begin = 0; begin < letters.size();) {
    std::size_t end = begin + 1;
    while (end < letters.size() && !base::begins_code_point(letters[end])) ++end;
    places.push_back(text.original_span(begin, end));
    begin = end;
  }
  return places;
}

std::string slice(const std::u32string& original, Span span) {
  return test::utf8(original.substr(span.begin, span.end - span.begin));
}

void check_places(const std::vector<Span>& places, const std::u32string& original,
                  const std::u32string& letters) {
  REQUIRE(places.size() == letters.size());
  Span before;
  bool good = true;
  for (std::size_t i = 0; i < places.size(); ++i) {
    const Span place = places[i];
    good = good && place.begin < place.end && place.end <= original.size();
    good = good && place.end - place.begin <= 64;
    good = good && place.begin >= before.begin && place.end >= before.end;
    // One code point alone is that letter, or folds to it, or to a text that has it.
    if (good && place.end - place.begin == 1) {
      const char32_t from = original[place.begin];
      const Character character = Character::of(from);
      good = from == letters[i] || character.letter() == letters[i] ||
             character.fold() == Character::Fold::complex;
    }
    before = place;
  }
  CHECK(good);
}

// By counting: a letter stands before a code point if its whole span does.
void check_letters_before(const NormalizedText& text, const std::vector<Span>& places,
                          std::uint64_t size) {
  const std::string_view letters = text.letters();
  std::size_t bytes = 0;
  std::size_t place = 0;
  std::size_t hint = 0;
  bool good = true;
  for (std::uint64_t original = 0; original <= size + 1; ++original) {
    for (; place < places.size() && places[place].end <= original; ++place) {
      do ++bytes;
      while (bytes < letters.size() && !base::begins_code_point(letters[bytes]));
    }
    good = good && text.letters_before(original) == bytes;
    good = good && (original % 7 != 0 || text.letters_before(original, hint) == bytes);
  }
  good = good && text.letters_before(0, hint) == 0;
  CHECK(good);
}

// The letters of any stretch are found again in what its original normalizes to. Marks at its
// beginning may have lost the letter they stood on.
void check_slices(Random& random, const NormalizedText& text, const std::u32string& original) {
  const std::string_view letters = text.letters();
  for (int i = 0; i < 8 && !letters.empty(); ++i) {
    std::size_t begin = below(random, letters.size());
    std::size_t end = begin + 1 + below(random, std::min<std::size_t>(letters.size() - begin, 40));
    const Span span = text.original_span(begin, end);
    CHECK(span.begin == text.original_span(begin, begin + 1).begin);
    CHECK(span.end == text.original_span(end - 1, end).end);
    while (!base::begins_code_point(letters[begin])) --begin;
    while (end < letters.size() && !base::begins_code_point(letters[end])) ++end;
    std::u32string stretch = test::code_points(letters.substr(begin, end - begin));
    while (!stretch.empty() && is_mark(stretch.front())) stretch.erase(0, 1);
    CHECK(normalize(slice(original, span)).letters().find(test::utf8(stretch)) !=
          std::string::npos);
  }
}

void check_all(Random& random, const std::string& text) {
  CAPTURE(text);
  const NormalizedText normalized = normalize(text);
  const Words expected = words_by_rule(text);
  CHECK(words_of(normalized) == expected);
  CHECK(normalized.letters() == joined(expected));
  CHECK(normalized.ascii() ==
        (base::ascii_prefix(normalized.letters()) == normalized.letters().size()));

  std::vector<std::uint32_t> word_places(3);
  normalized.word_places(word_places);
  CHECK(word_places.size() == normalized.words().size());
  std::uint32_t end = 0;
  std::size_t number = 0;
  for (const NormalizedText::Word word : normalized.words()) {
    CHECK(word.begin == end);
    CHECK(word.end > word.begin);
    CHECK(word_places.at(number++) == normalized.original_span(word.begin, word.end).begin);
    end = word.end;
  }
  CHECK(end == normalized.letters().size());

  const std::vector<Span> places = places_of(normalized);
  for (const auto path : {Normalizer::AsciiPath::portable, Normalizer::AsciiPath::off}) {
    const NormalizedText same = normalize_by(path, text);
    CHECK(words_of(same) == expected);
    CHECK(places_of(same) == places);
  }

  const std::u32string original = test::code_points(text);
  check_places(places, original, test::code_points(normalized.letters()));
  check_letters_before(normalized, places, original.size());
  check_slices(random, normalized, original);
}

}  // namespace

TEST_CASE("a word is a maximal run of letters and digits in lower case") {
  CHECK(words_of("Oil rose 3.5%, OPEC-led U.S. mid_day.") ==
        Words{"oil", "rose", "3", "5", "opec", "led", "u", "s", "mid", "day"});
  CHECK(words_of("").empty());
  CHECK(words_of(" \n\t.,;-- ").empty());
  CHECK(normalize("Hello, World").letters() == "helloworld");
}

TEST_CASE("quotes, apostrophes, dashes and spaces of every kind separate") {
  const Words dont{"don", "t"};
  for (const char* text :
       {"don't", "don’t", "don‘t", "don`t", "don´t", "donʼt", "donʻt", "don＇t", "don\u00a0t",
        "don—t", "don\u2011t", "don“t", "don\u3000t", "don\u2028t", "don¨t"}) {
    CAPTURE(text);
    CHECK(words_of(text) == dont);
  }
}

TEST_CASE("what nobody sees vanishes and does not separate") {
  for (const char32_t each :
       U"\u00ad\u034f\u061c\u115f\u180e\u200b\u200c\u200d\u200e\u202e\u2060"
       U"\u2066\u3164\ufe0f\ufeff\uffa0\U000e0001\U000e0061\U000e0100"sv) {
    CAPTURE(std::uint32_t{each});
    const std::string text = "ne" + test::utf8({each}) + "ws";
    CHECK(words_of(text) == Words{"news"});
    // Each letter still stands where it stood.
    CHECK(normalize(text).original_span(1, 2) == Span{1, 2});
    CHECK(normalize(text).original_span(2, 3) == Span{3, 4});
    CHECK(words_of(test::utf8({each, each})).empty());
  }
}

TEST_CASE("forms that say the same are one") {
  const std::vector<std::pair<std::string, std::string>> pairs = {
      {"ﬁnance", "finance"},
      {"Straße", "STRASSE"},
      {"İstanbul", "i̇stanbul"},
      {"ǅ Ǆ ǆ", "dž dž dž"},
      {"x²", "X2"},
      {"Ｒｅｕｔｅｒｓ　２００９", "reuters 2009"},
      {"\u1112\u1161\u11ab", "한"},
      {"cafe\u0301", "café"},
      {"ﾊﾞﾅﾅ", "バナナ"},
      {"か\u3099", "が"},
      {"Å", "å"},
      {"㎏", "kg"},
      {"Σίσυφος", "ΣΊΣΥΦΟΣ"},
      {"ﬀ", "ff"},
      {"①", "1"},
      {"a\u0323\u0307", "ạ\u0307"},
  };
  for (const auto& [one, other] : pairs) {
    CAPTURE(one, other);
    CHECK(words_of(one) == words_of(other));
    CHECK_FALSE(words_of(one).empty());
  }
  CHECK(words_of("½") == Words{"1", "2"});
  CHECK(words_of("\u1112\u1161\u11ab")[0] == "한");
}

TEST_CASE("a mark with no letter to stand on is dropped") {
  CHECK(words_of("\u0301").empty());
  CHECK(words_of("\u0301a") == Words{"a"});
  CHECK(words_of("it´s") == Words{"it", "s"});
  CHECK(words_of("- \u0301\u0301b\u0301") == Words{"b\u0301"});
}

TEST_CASE("the span of a letter is exact unless several code points made it together") {
  const NormalizedText plain = normalize("“Ab, çd”");
  CHECK(plain.letters() == "abçd");
  CHECK(plain.original_span(0, 1) == Span{1, 2});
  CHECK(plain.original_span(0, 2) == Span{1, 3});
  CHECK(plain.original_span(2, 4) == Span{5, 6});
  CHECK(plain.original_span(3, 4) == Span{5, 6});  // the second byte of ç
  CHECK(plain.original_span(1, 5) == Span{2, 7});

  const NormalizedText ligature = normalize("aﬁb");
  CHECK(ligature.original_span(0, 1) == Span{0, 1});
  CHECK(ligature.original_span(1, 2) == Span{1, 2});  // f
  CHECK(ligature.original_span(2, 3) == Span{1, 2});  // i
  CHECK(ligature.original_span(3, 4) == Span{2, 3});

  const NormalizedText accent = normalize("xe\u0301y");
  CHECK(accent.letters() == "xéy");
  CHECK(accent.original_span(1, 2) == Span{1, 3});
  CHECK(accent.original_span(0, 4) == Span{0, 4});

  // Halves of one character in two words.
  const NormalizedText half = normalize("1½4");
  CHECK(words_of(half) == Words{"11", "24"});
  CHECK(half.original_span(1, 3) == Span{1, 2});
  CHECK(half.original_span(0, 4) == Span{0, 3});
}

TEST_CASE("ill-formed bytes separate and count one a maximal subpart") {
  const NormalizedText text = normalize(
      "a\xf0\x9f\x98"
      "b\xff\xff"
      "c");
  CHECK(words_of(text) == Words{"a", "b", "c"});
  CHECK(text.original_span(1, 2) == Span{2, 3});
  CHECK(text.original_span(2, 3) == Span{5, 6});
  CHECK(words_of("a\xff\u0301") == Words{"a"});
}

TEST_CASE("ASCII of every length and every place of a separator is cut as the rule says") {
  Random random(1);
  for (std::size_t size = 0; size < 200; ++size) {
    std::string text(size, 'x');
    check_all(random, text);
    for (std::size_t at = 0; at < size; ++at) {
      text[at] = '-';
      CHECK(words_of(text) == words_by_rule(text));
      text[at] = 'X';
    }
  }
}

TEST_CASE("English with other characters here and there is cut as the rule says") {
  Random random(2);
  for (int i = 0; i < 1500; ++i) check_all(random, random_text(random, below(random, 60), true));
}

TEST_CASE("text of all scripts is cut as the rule says") {
  Random random(3);
  for (int i = 0; i < 3000; ++i) check_all(random, random_text(random, below(random, 12)));
}

TEST_CASE("single characters one after the other are cut as the rule says") {
  Random random(4);
  for (int i = 0; i < 4000; ++i) {
    std::string text;
    for (std::size_t length = below(random, 12); length > 0; --length) {
      const auto [first, last] = test::kAlphabets[below(random, test::kAlphabets.size())];
      test::append(first + static_cast<char32_t>(below(random, last - first + 1)), text);
    }
    check_all(random, text);
  }
}

TEST_CASE("any bytes are cut as their repaired text") {
  Random random(5);
  for (int i = 0; i < 3000; ++i) {
    check_all(random, test::random_bytes(random, 20) + random_text(random, 2, true) +
                          test::random_bytes(random, 20));
  }
}

TEST_CASE("memory used again gives the same text") {
  Random random(6);
  NormalizedText again;
  for (int i = 0; i < 200; ++i) {
    const std::string text = random_text(random, below(random, 400), i % 2 == 0);
    normalize(text, again);
    const NormalizedText fresh = normalize(text);
    CHECK(again.letters() == fresh.letters());
    CHECK(words_of(again) == words_of(fresh));
    CHECK(places_of(again) == places_of(fresh));
    CHECK(again.ascii() == fresh.ascii());
  }
}

TEST_CASE("stacked accents cost linear time, and are cut after 64") {
  std::string accents = "a";
  for (int i = 0; i < 500'000; ++i) accents += i % 2 == 0 ? "\u0301" : "\u0323";
  const NormalizedText text = normalize(accents + " end");
  REQUIRE(text.words().size() == 2);
  CHECK(text.original_span(0, text.letters().size()) == Span{0, 500'005});
  const Span middle = text.original_span(500'001, 500'002);
  CHECK(middle.end - middle.begin <= 64);
}

TEST_CASE("one endless word keeps its places and its spans stay cheap") {
  for (const std::string unit : {"a", "ж", "é漢a", "c\u00ad", "ﬁ"}) {
    CAPTURE(unit);
    const std::u32string letters = test::code_points(unit);
    const std::size_t units = 1'000'000;
    std::string endless;
    for (std::size_t i = 0; i < units; ++i) endless += unit;
    const NormalizedText text = normalize(endless);
    REQUIRE(text.words().size() == 1);
    Random random(7);
    const std::size_t unit_bytes = text.letters().size() / units;
    for (int i = 0; i < 10'000; ++i) {
      const std::size_t at = below(random, units);
      const Span span = text.original_span(at * unit_bytes, at * unit_bytes + 1);
      REQUIRE(span.begin == at * letters.size());
    }
  }
}

TEST_CASE("texts of separators only, and of nothing to see, are empty") {
  for (const char* unit : {" ", "\u200b", "\u0301", "…", "\xff", "😀"}) {
    std::string text;
    for (int i = 0; i < 100'000; ++i) text += unit;
    CHECK(normalize(text).letters().empty());
    CHECK(normalize(text).words().empty());
  }
}

TEST_CASE("the character that grows most stays within the promised eleven times") {
  const std::string text = "\ufdfa";
  CHECK(normalize(text).letters().size() <= 11 * text.size());
  CHECK(words_of(text).size() == 4);
}

TEST_CASE("a text over the limit is refused by its size") {
  const std::string text(kMaxTextBytes + 1, ' ');
  try {
    (void)normalize(text);
    FAIL("nothing was thrown");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::usage);
    CHECK(std::string(error.what()).find("268435457") != std::string::npos);
  }
}

// Lines of five columns of hexadecimal code points; all five say the same.
TEST_CASE("the columns of Unicode's normalization test are one text each") {
  const auto path = test::shared_data("badinput/unicode/resources/NormalizationTest.txt");
  if (!path) {
    WARN("skipped: no shared data; set WIRECOPY_DATA");
    return;
  }
  std::ifstream file(*path);
  Random random(8);
  int lines = 0;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#' || line[0] == '@') continue;
    // NFKC_CF turns the iota below (U+0345), which has a place among other marks, into a letter.
    if (line.find("0345") != std::string::npos) continue;
    std::istringstream columns(line);
    std::vector<std::string> forms;
    for (std::string column; forms.size() < 5 && std::getline(columns, column, ';');) {
      std::istringstream hex(column);
      forms.emplace_back();
      for (std::uint32_t each = 0; hex >> std::hex >> each;) test::append(each, forms.back());
    }
    CAPTURE(line);
    for (const std::string& form : forms) CHECK(words_of(form) == words_of(forms[0]));
    if (++lines % 16 == 0) check_all(random, forms[0] + "x" + forms[2]);
  }
  CHECK(lines > 18000);
}

TEST_CASE("naughty strings are cut as the rule says") {
  const auto path = test::shared_data("badinput/naughty-strings/blns.txt");
  if (!path) {
    WARN("skipped: no shared data; set WIRECOPY_DATA");
    return;
  }
  std::ifstream file(*path);
  Random random(9);
  int lines = 0;
  for (std::string line; std::getline(file, line); ++lines) check_all(random, line);
  CHECK(lines > 500);
}

TEST_CASE("a compact copy answers as the text does") {
  Random random(10);
  NormalizedText text;
  for (int i = 0; i < 500; ++i) {
    const std::string utf8 = random_text(random, 1 + below(random, 60));
    normalize(utf8, text);
    const NormalizedText copy = text.compact();
    CHECK(copy.letters() == text.letters());
    CHECK(words_of(copy) == words_of(text));
    CHECK(copy.ascii() == text.ascii());
    for (std::size_t at = 0; at < text.letters().size(); ++at) {
      CHECK(copy.original_span(at, at + 1) == text.original_span(at, at + 1));
    }
  }
}
