// What judge says of stories: copies, forms, quotations, captions.
#include <string>

#include "catch.h"
#include "stories.h"
#include "wirecopy/error.h"
#include "wirecopy/verify.h"

using namespace wirecopy;

namespace {

MarkedText marked(std::string_view utf8) {
  MarkedText text;
  mark(utf8, text);
  return text;
}

Comparison judge(const MarkedText& a, const MarkedText& b, const JudgeRule& rule = {}) {
  return Judge(a, rule).judge(b);
}

Comparison judge(std::string_view a, std::string_view b, const JudgeRule& rule = {}) {
  const MarkedText marked_a = marked(a);
  return judge(marked_a, marked(b), rule);
}

Verdict verdict(std::string_view a, std::string_view b) { return judge(a, b).verdict; }

std::string paragraph(std::uint64_t seed, std::size_t words = 60) {
  return test::story(seed, words) + ".\n\n";
}

std::string paragraphs(std::initializer_list<std::uint64_t> seeds) {
  std::string text;
  for (const std::uint64_t seed : seeds) text += paragraph(seed);
  return text;
}

// A twelfth of the letters and digits misread, now and then one as the other.
std::string misread(std::string text, std::uint64_t seed) {
  constexpr std::string_view kRead = "oeltsacnu0158";
  constexpr std::string_view kAs = "0cifSeu1nolSB";
  test::Random random(seed);
  for (char& letter : text) {
    const std::size_t place = kRead.find(letter);
    if (place != kRead.npos && test::below(random, 12) == 0) letter = kAs[place];
  }
  return text;
}

void mask(MarkedText& text, std::string_view utf8) {
  const NormalizedText what = normalize(utf8);
  const auto begin = static_cast<std::uint32_t>(text.text.letters().find(what.letters()));
  text.masked.push_back({begin, begin + static_cast<std::uint32_t>(what.letters().size())});
}

// A form of 20 numbers and a name in every line.
std::string report(const std::vector<std::string>& numbers, const std::string& name) {
  std::string text = "The ministry gives the figures of the month for the city of " + name + ".\n";
  for (std::size_t i = 0; i < numbers.size(); i += 2) {
    text += "the offices of " + name + " in district " + test::word(i) + " sold " + numbers[i] +
            " tickets of the ordinary kind against " + numbers[i + 1] + " in the month before\n";
  }
  return text;
}

std::vector<std::string> random_numbers(std::uint64_t seed) {
  test::Random random(seed);
  std::vector<std::string> numbers(20);
  for (std::string& each : numbers) each = std::to_string(1000 + test::below(random, 9000));
  return numbers;
}

}  // namespace

TEST_CASE("equal letters are identical, however short and however masked") {
  for (const char* text : {"x", "Ja.", "東京都は二日、発表した。"}) {
    const Comparison comparison = judge(text, "“" + std::string(text) + "”");
    CHECK(comparison.verdict == Verdict::identical);
    CHECK(comparison.score == kFullScore);
    CHECK(comparison.passages.size() == 1);
    CHECK(comparison.identity() == 1);
  }
  MarkedText all_masked = marked("Read more");
  mask(all_masked, "Read more");
  CHECK(judge(all_masked, marked("READ MORE")).verdict == Verdict::identical);
}

TEST_CASE("texts without letters are unrelated, even to their like") {
  CHECK(verdict("", "") == Verdict::unrelated);
  CHECK(verdict("...", "!") == Verdict::unrelated);
  CHECK(verdict("", test::story(1)) == Verdict::unrelated);
}

TEST_CASE("a few letters changed in a long text leave it identical") {
  const std::string text = test::story(1, 600);
  CHECK(verdict(text + " colour", text + " color") == Verdict::identical);
}

TEST_CASE("copies are named by what was kept") {
  const std::string full = paragraphs({1, 2, 3, 4});
  CHECK(verdict(full, paragraphs({5, 6, 7})) == Verdict::unrelated);
  CHECK(verdict(full, test::edited_story(9, 0, 0)) == Verdict::unrelated);
  CHECK(verdict(test::story(1), test::edited_story(1, 15, 2)) == Verdict::near_duplicate);
  CHECK(verdict(full, paragraphs({1, 2})) == Verdict::abridged);
  CHECK(verdict(paragraphs({1, 2}), full) == Verdict::expanded);
  CHECK(verdict(full, paragraphs({2, 5, 6})) == Verdict::passage_reuse);
  CHECK(verdict(full, paragraphs({2, 3, 5, 6})) == Verdict::derived);
  CHECK(verdict(paragraphs({1, 2, 3, 4}), paragraphs({4, 2, 1, 3})) == Verdict::identical);
}

TEST_CASE("the score is the share of the shorter text, masked letters left out") {
  const std::string stock = paragraph(8);
  MarkedText a = marked(paragraphs({1, 2, 3}) + stock);
  MarkedText b = marked(paragraphs({1, 2, 9, 10}) + stock);
  const Comparison unmasked = judge(a, b);
  mask(a, stock);
  mask(b, stock);
  const Comparison masked = judge(a, b);
  CHECK(masked.verdict == Verdict::derived);
  CHECK(masked.a.of < unmasked.a.of);
  CHECK(masked.a.value() == Approx(2.0 / 3).margin(0.03));
  CHECK(masked.score == static_cast<std::uint32_t>(masked.a.letters * 65536 / masked.a.of));
  CHECK(unmasked.verdict == Verdict::expanded);
  CHECK(unmasked.score > masked.score);
}

TEST_CASE("texts that share boilerplate of one of their outlets are refused") {
  const std::string stock = paragraph(8, 100);
  MarkedText a = marked(paragraph(1) + stock);
  const MarkedText b = marked(paragraph(2) + stock);
  CHECK(judge(a, b).score > 0);
  mask(a, stock);
  const Comparison comparison = judge(a, b);
  CHECK(comparison.verdict == Verdict::boilerplate_only);
  CHECK(comparison.score == 0);
  CHECK(judge(b, a).verdict == Verdict::boilerplate_only);
  REQUIRE(comparison.kinds.size() == 1);
  CHECK(comparison.kinds[0] == PassageKind::boilerplate);
}

TEST_CASE("a form filled with other numbers and names is a template") {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const Comparison comparison =
        judge(report(random_numbers(seed), "Lumfi"), report(random_numbers(seed + 100), "Gorka"));
    CHECK(comparison.verdict == Verdict::template_match);
    CHECK(comparison.cannot_link);
    CHECK(comparison.score == 0);
    CHECK(comparison.numbers.of >= 18);
  }
}

TEST_CASE("a form is one too where its lines are stock of one outlet") {
  const std::string form = report(random_numbers(1), "Gorka");
  const MarkedText a = marked(report(random_numbers(2), "Gorka") + paragraph(1) + paragraph(2));
  MarkedText b = marked(form + paragraph(1) + paragraph(2));
  mask(b, form);
  CHECK(judge(a, b).verdict == Verdict::template_match);
  CHECK(judge(b, a).verdict == Verdict::template_match);
}

TEST_CASE("a line of numbers is no form where the numbers around it are masked") {
  const std::string stock = report(random_numbers(1), "Lumfi");
  const auto text = [&](const std::string& line) {
    MarkedText made = marked(stock + paragraph(1) + line + paragraph(2));
    mask(made, stock);
    return made;
  };
  const Comparison comparison = judge(text("The desk has the numbers 2211, 3344 and 5566.\n\n"),
                                      text("The desk has the numbers 7788, 9911 and 1357.\n\n"));
  CHECK(comparison.verdict == Verdict::near_duplicate);
  CHECK(comparison.numbers.count == 3);
}

TEST_CASE("the numbers of two outlets' trailers keep no story apart") {
  const auto text = [](const std::string& name, const std::string& number) {
    const std::string trailer = "Support the local journalism of the " + name +
                                ", which costs less than a coffee a week; call " + number +
                                " now to subscribe to it, or write to us.\n";
    MarkedText made = marked(paragraph(1, 30) + trailer);
    mask(made, trailer);
    return made;
  };
  const Comparison comparison =
      judge(text("Lumfi Ledger", "428 930 551"), text("Gorka Record", "528 837 662"));
  CHECK(comparison.numbers.count == 3);
  CHECK_FALSE(comparison.cannot_link);
}

TEST_CASE("a form of which the lesser part differs costs the pair, not the story") {
  const std::vector<std::string> numbers = random_numbers(1);
  std::vector<std::string> other = numbers;
  for (std::size_t i = 0; i < 6; ++i) other[3 * i] = "77777";
  const Comparison comparison = judge(report(numbers, "Lumfi"), report(other, "Lumfi"));
  CHECK(comparison.verdict == Verdict::template_match);
  CHECK_FALSE(comparison.cannot_link);
}

TEST_CASE("a text of which some numbers are corrected is a copy") {
  const std::vector<std::string> numbers = random_numbers(1);
  for (const std::size_t corrected : {0U, 1U, 2U, 5U}) {
    std::vector<std::string> later = numbers;
    for (std::size_t i = 0; i < corrected; ++i) later[3 * i] = "77777";
    const Comparison comparison = judge(report(numbers, "Lumfi"), report(later, "Lumfi"));
    CHECK(comparison.score > 60000);
    CHECK_FALSE(comparison.cannot_link);
    CHECK(comparison.slots.count == corrected);
  }
}

TEST_CASE("a copy with the same numbers and names is never a template") {
  const std::string text = report(random_numbers(1), "Lumfi");
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    const std::string longer = paragraph(seed) + text + paragraph(seed + 100);
    CHECK(judge(text, longer).slots.count == 0);
    CHECK(verdict(text, longer) == Verdict::expanded);
    // Said twice, it fills no form.
    CHECK(judge(text, text + longer).slots.count == 0);
  }
}

TEST_CASE("noise in all words alike makes no template") {
  test::Random random(5);
  std::string text;
  for (int i = 0; i < 60; ++i) {
    text += test::story(random(), 3) + " Lumf" + test::word(test::below(random, 999)) + ' ' +
            std::to_string(test::below(random, 99999)) + ' ';
  }
  std::string noisy = text;
  for (char& letter : noisy) {
    if (letter != ' ' && test::below(random, 6) == 0) letter = letter < 'A' ? '0' : 'x';
  }
  JudgeRule rule;
  rule.align = AlignRule::ocr();
  const Comparison comparison = judge(text, noisy, rule);
  CHECK(comparison.slots.count * 2 > comparison.slots.of);
  CHECK(comparison.verdict == Verdict::near_duplicate);
}

TEST_CASE("through noise a form filled anew is a template and its copy is none") {
  JudgeRule rule;
  rule.align = AlignRule::ocr();
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const std::string form = report(random_numbers(seed), "Lumfi");
    const std::string other = report(random_numbers(seed + 100), "Gorka");
    CHECK(judge(misread(form, seed), misread(form, seed + 50), rule).score > 50000);
    CHECK(judge(misread(form, seed), misread(other, seed + 50), rule).verdict ==
          Verdict::template_match);
  }
}

TEST_CASE("two reports of one speech share its quotations only") {
  std::string speech;
  for (const std::uint64_t seed : {11U, 12U, 13U}) speech += "“" + test::story(seed, 50) + ".”\n\n";
  const Comparison comparison =
      judge(paragraphs({1, 2}) + speech + paragraph(3), paragraph(4, 120) + speech);
  CHECK(comparison.verdict == Verdict::quote_only);
  CHECK(comparison.score == 0);
  for (const PassageKind kind : comparison.kinds) CHECK(kind == PassageKind::quote);
  // One that quotes little else is a copy all the same.
  CHECK(verdict(paragraph(1, 20) + speech, paragraph(2, 20) + speech) != Verdict::quote_only);
}

TEST_CASE("a whole block of 25 letters is a passage, less than one is not") {
  const std::string caption = "Lumfi harbor seen from the north";  // 27 letters
  const auto with = [](std::uint64_t seed, const std::string& line) {
    return paragraph(seed) + line + "\n\n" + paragraph(seed + 1);
  };
  const Comparison comparison = judge(with(1, caption), with(3, caption));
  CHECK(comparison.verdict == Verdict::passage_reuse);
  REQUIRE(comparison.passages.size() == 1);
  CHECK(comparison.passages[0].letters_a == 27);
  // A block of one of the texts is enough.
  CHECK(
      judge(with(1, caption), with(3, "unlike all: " + caption + " and no end")).passages.size() ==
      1);
  CHECK(judge(with(1, "x " + caption), with(3, "unlike all: " + caption)).passages.empty());
  const std::string shorter = caption.substr(0, 29);  // 24 letters
  CHECK(judge(with(1, shorter), with(3, shorter)).passages.empty());
  JudgeRule rule;
  rule.block_letters = 24;
  CHECK(judge(with(1, shorter), with(3, shorter), rule).passages.size() == 1);
}

TEST_CASE("a passage has the kind of the blocks it stands in, in both texts") {
  const std::string shared = test::story(7, 40);
  const auto kind_among = [&](BlockKind in_a, BlockKind in_b, bool first) {
    const std::string lead = first ? "" : paragraph(1);
    MarkedText a = marked(lead + shared + "\n\n" + paragraph(2));
    MarkedText b = marked((first ? "" : paragraph(3)) + shared + "\n\n" + paragraph(4));
    REQUIRE(a.blocks.size() == (first ? 2 : 3));
    for (Block& block : a.blocks) block.kind = BlockKind::paragraph;
    for (Block& block : b.blocks) block.kind = BlockKind::paragraph;
    a.blocks[first ? 0 : 1].kind = in_a;
    b.blocks[first ? 0 : 1].kind = in_b;
    const Comparison comparison = judge(a, b);
    REQUIRE(comparison.kinds.size() == 1);
    return comparison.kinds[0];
  };
  CHECK(kind_among(BlockKind::caption, BlockKind::caption, false) == PassageKind::caption);
  CHECK(kind_among(BlockKind::caption, BlockKind::paragraph, false) == PassageKind::body);
  CHECK(kind_among(BlockKind::headline, BlockKind::headline, true) == PassageKind::headline);
  CHECK(kind_among(BlockKind::headline, BlockKind::caption, true) == PassageKind::body);
  CHECK(kind_among(BlockKind::paragraph, BlockKind::paragraph, true) == PassageKind::lead);
  CHECK(kind_among(BlockKind::paragraph, BlockKind::paragraph, false) == PassageKind::body);
}

TEST_CASE("a short text must be covered in words, a long one in letters") {
  const auto text = [](std::size_t words, std::uint64_t other) {
    return test::story(1, words) + " " + test::story(other, words / 4);
  };
  // Three quarters of the shorter text are the other's: 18 of 22 words are no story yet.
  const std::string longer = test::story(1, 18) + paragraph(3);
  CHECK(judge(longer, test::story(1, 18) + " " + test::story(5, 4)).verdict ==
        Verdict::passage_reuse);
  CHECK(verdict(paragraph(3) + text(24, 4), text(24, 5)) == Verdict::abridged);
}

TEST_CASE("in scripts without spaces two letters count as a word") {
  const std::string text =
      "東京都は二日、新型の電車を来年の春から走らせると発表した。運賃は変わらない。"
      "停車する駅は増える見込みだという";
  const std::string added =
      "。なお関西では別の計画が進んでおり、大阪府は近く住民の意見を聞く会を開くとしている。費用は"
      "国と府が半分ずつ持つ";
  const Comparison comparison = judge(text + added, text);
  CHECK(comparison.verdict == Verdict::abridged);
  CHECK(comparison.shorter_words >= 25);
}

TEST_CASE("the bias of an outlet is asked for by the pair") {
  JudgeRule rule;
  rule.same_outlet_bias = -1000;
  const MarkedText a = marked(test::story(1));
  const MarkedText b = marked(test::edited_story(1, 20, 2));
  Judge judge(a, rule);
  CHECK(judge.judge(b, true).score + 1000 == judge.judge(b).score);
}

TEST_CASE("whether two texts meet is known without marks, and changes no judgment") {
  const std::string texts[] = {paragraphs({1, 2, 3}), paragraphs({2, 3, 4}), paragraphs({5, 6})};
  for (const std::string& a : texts) {
    const MarkedText marked_a = marked(a);
    for (const std::string& b : texts) {
      const Comparison expected = judge(marked_a, marked(b));
      MarkedText text_b;
      outline(b, text_b);
      Judge asked(marked_a);
      CHECK(asked.meets(text_b) == !expected.passages.empty());
      mark_words(b, text_b);
      for (int again = 0; again < 2; ++again) {
        const Comparison judged = asked.judge(text_b);
        CHECK(judged.verdict == expected.verdict);
        CHECK(judged.score == expected.score);
        CHECK(judged.passages == expected.passages);
        CHECK(judged.slots == expected.slots);
      }
    }
  }
}

TEST_CASE("a rule out of its ranges is refused by name") {
  const MarkedText text = marked("a text");
  for (const auto setting :
       {&JudgeRule::identical_percent, &JudgeRule::boilerplate_percent,
        &JudgeRule::template_percent, &JudgeRule::quote_percent, &JudgeRule::near_percent,
        &JudgeRule::abridged_percent, &JudgeRule::derived_percent}) {
    JudgeRule rule;
    rule.*setting = 101;
    CHECK_THROWS_AS(Judge(text, rule), Error);
  }
  JudgeRule rule;
  rule.identical_permille = 1001;
  CHECK_THROWS_WITH(Judge(text, rule),
                    "JudgeRule: identical_permille must be at most 1000; change it.");
  rule = {};
  rule.block_letters = 0;
  CHECK_THROWS_AS(Judge(text, rule), Error);
}
