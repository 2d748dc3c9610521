#include "wirecopy/align.h"

#include <algorithm>
#include <ctime>
#include <string>

#include "base/utf8.h"
#include "catch.h"
#include "edit_oracle.h"
#include "random_text.h"
#include "stories.h"
#include "wirecopy/error.h"

using namespace wirecopy;
using oracle::below;
using oracle::Random;

namespace {

std::u32string letters_of(const NormalizedText& text, LetterRange range) {
  return test::code_points(text.letters().substr(range.begin, range.end - range.begin));
}

std::span<const char32_t> view(const std::u32string& letters) { return letters; }

bool on_letter(const NormalizedText& text, std::uint32_t byte) {
  const std::string_view letters = text.letters();
  return byte == letters.size() || base::begins_code_point(letters[byte]);
}

// The union of the passages on one side, counted letter by letter.
void check_side(const NormalizedText& text, const Aligned& aligned,
                const std::vector<LetterRange>& passages) {
  std::vector<bool> covered(text.letters().size());
  for (const LetterRange& range : passages) {
    std::fill(covered.begin() + range.begin, covered.begin() + range.end, true);
  }
  std::vector<bool> united(text.letters().size());
  std::uint32_t last_end = 0;
  std::uint64_t letters = 0;
  for (const LetterRange& range : aligned.ranges) {
    REQUIRE(range.begin < range.end);
    REQUIRE((last_end < range.begin || &range == aligned.ranges.data()));
    last_end = range.end;
    std::fill(united.begin() + range.begin, united.begin() + range.end, true);
    letters += letters_of(text, range).size();
  }
  REQUIRE(united == covered);
  REQUIRE(aligned.letters == letters);
  REQUIRE(aligned.of == test::code_points(text.letters()).size());
}

void check_passage(const NormalizedText& a, const NormalizedText& b, const AlignRule& rule,
                   const Passage& passage) {
  for (const auto& [text, range] : {std::pair(&a, passage.a), std::pair(&b, passage.b)}) {
    REQUIRE(range.begin < range.end);
    REQUIRE(range.end <= text->letters().size());
    REQUIRE(on_letter(*text, range.begin));
    REQUIRE(on_letter(*text, range.end));
  }
  const std::u32string in_a = letters_of(a, passage.a);
  const std::u32string in_b = letters_of(b, passage.b);
  REQUIRE(passage.letters_a == in_a.size());
  REQUIRE(passage.letters_b == in_b.size());
  REQUIRE(passage.columns >= std::max(in_a.size(), in_b.size()));
  REQUIRE(passage.equal_columns <= std::min(in_a.size(), in_b.size()));
  REQUIRE(passage.equal_columns * std::uint64_t{100} >=
          passage.columns * std::uint64_t{rule.min_identity});
  if (rule.order == AlignRule::Order::free || in_a.size() > 3000) return;
  // The edits claimed do turn one side into the other: no fewer could.
  REQUIRE(passage.columns - passage.equal_columns >= oracle::edit_distance(view(in_a), view(in_b)));
}

// Beside its gaps both sides of a passage are equal.
void check_gaps(const NormalizedText& a, const NormalizedText& b, const Passage& passage,
                std::span<const Gap> gaps) {
  const auto equal = [&](LetterRange in_a, LetterRange in_b) {
    return a.letters().substr(in_a.begin, in_a.end - in_a.begin) ==
           b.letters().substr(in_b.begin, in_b.end - in_b.begin);
  };
  std::uint32_t at_a = passage.a.begin;
  std::uint32_t at_b = passage.b.begin;
  for (const Gap& gap : gaps) {
    REQUIRE((gap.a.begin < gap.a.end || gap.b.begin < gap.b.end));
    REQUIRE(equal({at_a, gap.a.begin}, {at_b, gap.b.begin}));
    at_a = gap.a.end;
    at_b = gap.b.end;
  }
  REQUIRE(equal({at_a, passage.a.end}, {at_b, passage.b.end}));
}

Alignment mirrored(Alignment alignment) {
  std::swap(alignment.a, alignment.b);
  for (Passage& passage : alignment.passages) {
    std::swap(passage.a, passage.b);
    std::swap(passage.letters_a, passage.letters_b);
  }
  for (Gap& gap : alignment.gaps) std::swap(gap.a, gap.b);
  std::sort(alignment.passages.begin(), alignment.passages.end(),
            [](const Passage& left, const Passage& right) {
              return std::pair(left.a, left.b) < std::pair(right.a, right.b);
            });
  return alignment;
}

// Aligns two texts and checks all that holds for any two.
Alignment checked(const NormalizedText& a, const NormalizedText& b, const AlignRule& rule = {}) {
  Alignment alignment = align(a, b, rule);
  std::vector<LetterRange> in_a;
  std::vector<LetterRange> in_b;
  for (const Passage& passage : alignment.passages) {
    check_passage(a, b, rule, passage);
    const auto gaps = std::span<const Gap>(alignment.gaps)
                          .subspan(passage.gaps_begin, passage.gaps_end - passage.gaps_begin);
    if (rule.order == AlignRule::Order::kept) check_gaps(a, b, passage, gaps);
    in_a.push_back(passage.a);
    in_b.push_back(passage.b);
  }
  check_side(a, alignment.a, in_a);
  check_side(b, alignment.b, in_b);
  REQUIRE(align(b, a, rule) == mirrored(alignment));
  return alignment;
}

Alignment checked(const std::string& a, const std::string& b, const AlignRule& rule = {}) {
  return checked(normalize(a), normalize(b), rule);
}

std::string paragraphs(std::initializer_list<std::uint64_t> seeds) {
  std::string text;
  for (const std::uint64_t seed : seeds) text += test::story(seed, 60) + ".\n\n";
  return text;
}

// Each letter replaced, dropped or doubled at so many in a thousand.
std::string with_noise(Random& random, const std::string& text, std::size_t rate) {
  std::string noisy;
  for (const char letter : text) {
    const std::size_t kind = below(random, 1000) < rate ? below(random, 3) : 3;
    if (kind == 0) noisy += static_cast<char>('a' + below(random, 26));
    if (kind == 2) noisy += letter;
    if (kind >= 2) noisy += letter;
  }
  return noisy;
}

double cpu_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

const std::vector<AlignRule> kRules = {AlignRule{}, AlignRule::ocr(), AlignRule::disguised()};

}  // namespace

TEST_CASE("two equal texts are one passage of everything, however short") {
  for (const std::string& text :
       {std::string("x"), std::string("Ja."), test::story(1, 10), test::story(1, 500),
        std::string(5000, 'a'), std::string("東京都は二日、発表した。")}) {
    const Alignment alignment = checked(text, text);
    REQUIRE(alignment.passages.size() == 1);
    CHECK(alignment.passages[0].identity() == 1);
    CHECK(alignment.a.coverage() == 1);
    CHECK(alignment.b.coverage() == 1);
  }
}

TEST_CASE("texts that share nothing have no passage") {
  for (const AlignRule& rule : kRules) {
    CHECK(checked(test::story(1), test::story(2), rule).passages.empty());
    CHECK(checked("", test::story(2), rule).passages.empty());
    CHECK(checked("...", "!", rule).passages.empty());
    CHECK(checked("short", test::story(2), rule).passages.empty());
    CHECK(checked(std::string(4000, 'a'), std::string(4000, 'b'), rule).passages.empty());
  }
}

TEST_CASE("what is written differently but has equal letters is one passage") {
  const Alignment alignment =
      checked(test::story(1) + " It’s “Café Müller”, he said — twice.",
              "\n" + test::story(1) + "... IT'S \"CAFE\u0301 MU\u0308LLER\" he said - twice");
  REQUIRE(alignment.passages.size() == 1);
  CHECK(alignment.passages[0].identity() == 1);
}

TEST_CASE("an inserted paragraph parts a text in two passages") {
  const Alignment alignment = checked(paragraphs({1, 2, 3, 4}), paragraphs({1, 2, 9, 3, 4}));
  REQUIRE(alignment.passages.size() == 2);
  CHECK(alignment.a.coverage() > 0.999);
  CHECK(alignment.b.coverage() == Approx(0.8).margin(0.03));
}

TEST_CASE("an abridged text is wholly covered, the full one by what was kept") {
  const Alignment alignment = checked(paragraphs({1, 2, 3, 4}), paragraphs({1, 3}));
  REQUIRE(alignment.passages.size() == 2);
  CHECK(alignment.a.coverage() == Approx(0.5).margin(0.05));
  CHECK(alignment.b.coverage() > 0.999);
}

TEST_CASE("moved paragraphs are passages of their own") {
  const Alignment alignment = checked(paragraphs({1, 2, 3, 4}), paragraphs({4, 3, 2, 1}));
  REQUIRE(alignment.passages.size() == 4);
  CHECK(alignment.a.coverage() > 0.999);
  CHECK(alignment.b.coverage() > 0.999);
}

TEST_CASE("a paragraph that one text says twice is a passage at both places") {
  const Alignment alignment = checked(paragraphs({1, 2, 3}), paragraphs({1, 8, 1, 9, 3}));
  REQUIRE(alignment.passages.size() == 3);
  const Passage& once = alignment.passages[0];
  const Passage& again = alignment.passages[1];
  CHECK(std::max(once.a.begin, again.a.begin) < 10);  // they end where chance ends them
  CHECK(std::min(once.b.end, again.b.end) < std::max(once.b.begin, again.b.begin));
  CHECK(alignment.a.coverage() == Approx(2.0 / 3).margin(0.03));
  CHECK(alignment.b.coverage() == Approx(3.0 / 5).margin(0.03));
}

TEST_CASE("a refrain gives a passage for each place, not for each pair of places") {
  const Alignment alignment =
      checked(paragraphs({1, 2, 1, 3, 1, 4, 1}), paragraphs({5, 1, 6, 1, 7, 1, 8, 1}));
  CHECK(alignment.passages.size() <= 8);
  CHECK(alignment.a.coverage() > 0.5);
  CHECK(alignment.b.coverage() > 0.45);
}

TEST_CASE("one word replaced leaves one passage, and its identity counts the letters replaced") {
  const std::string before = test::story(1, 100);
  const std::string after = test::story(2, 100);
  const Alignment alignment = checked(before + " monday " + after, before + " tuesday " + after);
  REQUIRE(alignment.passages.size() == 1);
  const Passage& passage = alignment.passages[0];
  CHECK(alignment.a.coverage() == 1);
  CHECK(alignment.b.coverage() == 1);
  CHECK(passage.columns == passage.letters_b);
  CHECK(passage.columns - passage.equal_columns == 4);  // "mon" and "tues"
}

TEST_CASE("the ends are followed past a wrong letter") {
  const std::string middle = test::story(1, 100);
  const Alignment alignment =
      checked("the auther writes " + middle + " says jon smith to reporters",
              "the author writes " + middle + " says john smith to reporters");
  CHECK(alignment.a.coverage() == 1);
  CHECK(alignment.b.coverage() == 1);
}

TEST_CASE("a short passage is found by a rule that asks for it, and long ones stay as they are") {
  const std::string line = " lumfi harbor seen from the north ";
  const std::string a = test::story(1, 60) + line + test::story(2, 90) + test::story(3, 90);
  const std::string b = test::story(4, 90) + test::story(2, 90) + test::story(5, 60) + line;
  const Alignment usual = checked(a, b);
  REQUIRE(usual.passages.size() == 1);
  AlignRule rule;
  rule.min_letters = 25;
  const Alignment all = checked(a, b, rule);
  REQUIRE(all.passages.size() == 2);
  CHECK(all.passages[0].letters_a < 40);
  CHECK(all.passages[1] == usual.passages[0]);
}

TEST_CASE("words replaced here and there keep a text whole") {
  Random random(11);
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    const std::size_t changes = below(random, 20);
    const Alignment alignment =
        checked(test::story(seed), test::edited_story(seed, changes, seed + 1000));
    CAPTURE(seed, changes);
    CHECK(alignment.a.coverage() > 0.95);
    CHECK(alignment.b.coverage() > 0.93);
  }
}

TEST_CASE("texts of noisy letters are covered under the rule for them") {
  Random random(12);
  double covered = 0;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const std::string text = test::story(seed);
    covered += checked(with_noise(random, text, 50), with_noise(random, text, 50), AlignRule::ocr())
                   .a.coverage();
  }
  CHECK(covered / 20 > 0.95);
}

TEST_CASE("shuffled words are a passage under the rule for disguise") {
  Random random(13);
  int found = 0;
  int found_in_order = 0;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    std::vector<std::string> words = test::story_words(seed, 150);
    const std::string text = test::joined(words);
    for (std::size_t i = 0; i + 8 < words.size(); ++i) {
      std::swap(words[i], words[i + below(random, 8)]);
    }
    const std::string shuffled = test::story(seed + 500) + test::joined(words);
    found += checked(text, shuffled, AlignRule::disguised()).a.coverage() > 0.9 ? 1 : 0;
    found_in_order += checked(text, shuffled).a.coverage() > 0.9 ? 1 : 0;
  }
  CHECK(found >= 18);
  CHECK(found_in_order <= 2);
}

TEST_CASE("a long common run lies inside the passages of both sides") {
  Random random(14);
  for (int round = 0; round < 60; ++round) {
    std::string a;
    std::string b;
    for (int part = 0; part < 6; ++part) {
      const std::string shared = test::story(random(), 8 + below(random, 30));
      a += test::story(random(), below(random, 40)) + ' ';
      b += test::story(random(), below(random, 40)) + ' ';
      a += shared + ' ';
      b.insert(below(random, 2) == 0 ? 0 : b.size(), shared + ' ');
    }
    const NormalizedText normal_a = normalize(a);
    const NormalizedText normal_b = normalize(b);
    const Alignment alignment = checked(normal_a, normal_b);
    const std::u32string letters_a = test::code_points(normal_a.letters());
    const std::u32string letters_b = test::code_points(normal_b.letters());
    for (const oracle::Run& run : oracle::common_runs(view(letters_a), view(letters_b), 90)) {
      const bool inside =
          std::any_of(alignment.passages.begin(), alignment.passages.end(), [&](const Passage& p) {
            return p.a.begin <= run.x && p.a.end >= run.x + run.length && p.b.begin <= run.y &&
                   p.b.end >= run.y + run.length;
          });
      CAPTURE(round, run.x, run.y, run.length);
      REQUIRE(inside);
    }
  }
}

TEST_CASE("all that must hold holds for texts of every script, cut and mixed at random") {
  Random random(15);
  std::size_t passages = 0;
  for (int round = 0; round < 150; ++round) {
    std::vector<std::string> parts(6);
    for (std::string& part : parts) {
      part = test::random_text(random, 5 + below(random, 60), round % 3 == 0);
    }
    std::string a;
    std::string b;
    for (int i = 0; i < 6; ++i) {
      a += parts[below(random, parts.size())];
      b += parts[below(random, parts.size())];
      if (below(random, 3) == 0) b += test::random_text(random, 2);
    }
    const AlignRule& rule = kRules[static_cast<std::size_t>(round) % kRules.size()];
    const NormalizedText normal_a = normalize(a);
    const NormalizedText normal_b = normalize(b);
    const Alignment alignment = checked(normal_a, normal_b, rule);
    passages += alignment.passages.size();
    for (const Passage& passage : alignment.passages) {
      const Span span = normal_a.original_span(passage.a.begin, passage.a.end);
      CHECK(span.begin < span.end);
      CHECK(span.end <= base::count_code_points(a));
    }
  }
  CHECK(passages > 100);
}

TEST_CASE("an original sliced by a passage normalizes to the passage") {
  const std::string shared = test::story(1, 80);
  const std::string a = "\u201cGanz anders\u201d \u2014 " + shared + ". Nicht gleich.";
  const NormalizedText normal_a = normalize(a);
  const Alignment alignment = checked(normal_a, normalize(test::story(2, 50) + " " + shared));
  REQUIRE(alignment.passages.size() == 1);
  const LetterRange range = alignment.passages[0].a;
  const Span span = normal_a.original_span(range.begin, range.end);
  const std::u32string slice = test::code_points(a).substr(span.begin, span.end - span.begin);
  CHECK(normalize(test::utf8(slice)).letters() ==
        normal_a.letters().substr(range.begin, range.end - range.begin));
}

TEST_CASE("Chinese is aligned by shorter seeds") {
  Random random(16);
  std::u32string text;
  for (int i = 0; i < 400; ++i) {
    text += static_cast<char32_t>(0x4e00 + below(random, 3000));
  }
  std::u32string edited = text;
  for (std::size_t i = 9; i < edited.size(); i += 10) edited[i] = U'一';
  const Alignment alignment = checked(test::utf8(text), test::utf8(edited));
  REQUIRE(alignment.passages.size() == 1);
  CHECK(alignment.a.coverage() > 0.97);
  CHECK(alignment.passages[0].identity() == Approx(0.9).margin(0.02));
}

TEST_CASE("an aligner gives the same whether its text is kept or taken anew") {
  std::vector<NormalizedText> texts;
  for (std::uint64_t seed = 0; seed < 12; ++seed) {
    texts.push_back(normalize(test::edited_story(seed / 4, 10, seed, 150 + 20 * (seed % 4)) +
                              (seed % 3 == 0 ? " naïve" : "")));
  }
  Aligner aligner(texts[0]);
  for (const NormalizedText& a : texts) {
    aligner.take(a);
    for (const NormalizedText& b : texts) REQUIRE(aligner.align(b) == align(a, b));
  }
}

TEST_CASE("giving up never loses a pair that has the letters asked for") {
  Random random(17);
  int gave_up = 0;
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    std::string a = test::story(seed, 50 + below(random, 200));
    std::string b = test::story(seed + 1000, 50 + below(random, 200));
    const std::string shared = test::story(seed + 2000, below(random, 120));
    (below(random, 2) == 0 ? a : b).insert(0, shared + ' ');
    (below(random, 2) == 0 ? a : b) += ' ' + shared;
    const NormalizedText normal_a = normalize(a);
    const NormalizedText normal_b = normalize(b);
    const Alignment full = align(normal_a, normal_b);
    const std::uint64_t aligned =
        normal_a.letters().size() <= normal_b.letters().size() ? full.a.letters : full.b.letters;
    AlignRule rule;
    rule.give_up_below = aligned;
    REQUIRE(checked(normal_a, normal_b, rule) == full);
    rule.give_up_below = 1 + below(random, 1500);
    const Alignment hasty = checked(normal_a, normal_b, rule);
    gave_up += hasty.gave_up ? 1 : 0;
    if (!hasty.gave_up) REQUIRE(hasty == full);
    if (hasty.gave_up) REQUIRE(aligned < rule.give_up_below);
  }
  CHECK(gave_up > 10);
}

TEST_CASE("hostile texts cost linear time and keep every promise") {
  const std::size_t size = 2'000'000;
  Random random(18);
  std::string one_word;
  while (one_word.size() < size) one_word += "word ";
  std::string no_spaces;
  while (no_spaces.size() < size) no_spaces += static_cast<char>('a' + below(random, 26));
  std::string few_words;
  while (few_words.size() < size) few_words += test::word(below(random, 4)) + ' ';
  std::string table;
  for (std::size_t i = 0; table.size() < size; ++i) {
    table += "net profit " + std::to_string(below(random, 100)) + " vs loss " +
             std::to_string(below(random, 100)) + "\n";
  }
  for (const std::string& text : {one_word, no_spaces, few_words, table}) {
    std::string other = text;
    other.insert(size / 2, " something else entirely ");
    other.erase(size / 3, 1000);
    for (const AlignRule& rule : {AlignRule{}, AlignRule::ocr()}) {
      const NormalizedText a = normalize(text);
      const NormalizedText b = normalize(other);
      const double begin = cpu_seconds();
      const Alignment alignment = align(a, b, rule);
      CHECK(cpu_seconds() - begin < 5);
      CHECK(alignment.a.coverage() > 0.9);
      CHECK(align(b, a, rule) == mirrored(alignment));
    }
  }
}

TEST_CASE("a rule out of its ranges is refused by name") {
  const NormalizedText text = normalize("a text");
  const auto refused = [&](AlignRule rule, const std::string& name) {
    CHECK_THROWS_AS(align(text, text, rule), Error);
    try {
      static_cast<void>(align(text, text, rule));
    } catch (const Error& error) {
      CHECK(error.code() == ErrorCode::usage);
      CHECK(std::string(error.what()).find(name) != std::string::npos);
    }
  };
  AlignRule rule;
  rule.seed_letters = 3;
  refused(rule, "seed_letters");
  rule.seed_letters = 17;
  refused(rule, "seed_letters");
  rule = {};
  rule.seed_step = 0;
  refused(rule, "seed_step");
  rule = {};
  rule.max_gap = 1001;
  refused(rule, "max_gap");
  rule = {};
  rule.min_letters = 0;
  refused(rule, "min_letters");
  rule = {};
  rule.min_identity = 101;
  refused(rule, "min_identity");
}
