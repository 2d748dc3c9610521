// Which stretches of a text a cut takes.
#include "catch.h"
#include "clean/plan_cuts.h"
#include "marked_text.h"
#include "wirecopy/error.h"

using namespace wirecopy;
using test::MarkedText;

namespace {

std::vector<Cut> plan(const MarkedText& marked, const std::vector<Repeat>& repeats,
                      const CutRule& rule = {}) {
  const NormalizedText text = normalize(marked.utf8);
  return clean::plan_cuts(marked.utf8, text, split_blocks(marked.utf8, text), repeats, rule);
}

// The text without what is marked.
std::string without(std::string_view marks, RepeatKind kind = RepeatKind::trailer) {
  const MarkedText marked(marks);
  const NormalizedText text = normalize(marked.utf8);
  return cut_text(marked.utf8, plan(marked, marked.repeats(text, kind)));
}

}  // namespace

TEST_CASE("a whole block goes with its line") {
  CHECK(without("One.\n\n⟦Two.⟧\n\nThree.") == "One.\n\nThree.");
  CHECK(without("One.\n⟦Two.⟧\nThree.\n") == "One.\nThree.\n");
  CHECK(without("One.\r\n⟦Two.⟧  \r\nThree.") == "One.\r\nThree.");
  CHECK(without("One.\u2028⟦Two.⟧\u2028Three.") == "One.\u2028Three.");
}

TEST_CASE("between the neighbors stays the wider gap, as it was") {
  CHECK(without("One.\n\n⟦Two.⟧\nThree.") == "One.\n\nThree.");
  CHECK(without("One.\n⟦Two.⟧\n\nThree.") == "One.\n\nThree.");
  CHECK(without("One.\n \n⟦Two.⟧\n\nThree.") == "One.\n \nThree.");
  CHECK(without("One.\r\n⟦Two.⟧\r\n\r\nThree.") == "One.\r\n\r\nThree.");
  CHECK(without("One.\r\n\r\n⟦Two.⟧\r\nThree.") == "One.\r\n\r\nThree.");
}

TEST_CASE("the ends of a text stay as they were when its first or last block goes") {
  CHECK(without("⟦One.⟧\n\nTwo.") == "Two.");
  CHECK(without("\n ⟦One.⟧\n\nTwo.\n") == "\nTwo.\n");
  CHECK(without("One.\n\n⟦Two.⟧") == "One.");
  CHECK(without("One. \n\n⟦Two.⟧\n") == "One.\n");
  CHECK(without("One.\n\n⟦Two.⟧  \n\n") == "One.\n\n");
  CHECK(without("⟦One.⟧").empty());
}

TEST_CASE("bullets, numbers and quotation marks go with their block") {
  CHECK(without("- One\n• ⟦Two⟧\n- Three") == "- One\n- Three");
  CHECK(without("1. ⟦The second of all of these things that were said⟧\n2. Three") == "2. Three");
  CHECK(without("One.\n\n“⟦Two⟧.”\n\nThree.") == "One.\n\nThree.");
}

TEST_CASE("a passage of nearly all of its block takes the block, and less does not") {
  const std::string nearly =
      "One.\n⟦A caption of fifty letters and some more of them here⟧ xy\nEnd.";
  CHECK(without(nearly) == "One.\nEnd.");
  const MarkedText marked(nearly);
  const NormalizedText text = normalize(marked.utf8);
  const auto repeats = marked.repeats(text, RepeatKind::block);
  CutRule strict;
  strict.whole_block_percent = 99;
  CHECK(cut_text(marked.utf8, plan(marked, repeats, strict)) == "One.\nxy\nEnd.");
  const std::vector<Cut> cuts = plan(marked, repeats);
  REQUIRE(cuts.size() == 1);
  CHECK(cuts[0].unique_letters == 2);
}

TEST_CASE("a block is not taken whole where that would lose too much") {
  const MarkedText marked("One.\n⟦A caption of fifty letters and some more of them here⟧ xy\nEnd.");
  auto repeats = marked.repeats(normalize(marked.utf8), RepeatKind::block);
  repeats[0].unique_letters = 199;
  const std::vector<Cut> cuts = plan(marked, repeats);
  REQUIRE(cuts.size() == 1);
  CHECK(cuts[0].unique_letters == 199);
  CHECK(cut_text(marked.utf8, cuts) == "One.\nxy\nEnd.");
  repeats[0].unique_letters = 201;
  CHECK(plan(marked, repeats).empty());
}

TEST_CASE("a trailer glued to the last sentence goes with its punctuation") {
  CHECK(without("He left. ⟦Read more at X.com⟧.") == "He left.");
  CHECK(without("He left. ⟦Read more at X⟧ »\n\nEnd.") == "He left.\n\nEnd.");
  CHECK(without("He left.” — ⟦Read more at X⟧…  \nEnd.") == "He left.”\nEnd.");
  CHECK(without("He left. (⟦Read more at X⟧.)\nEnd.") == "He left.\nEnd.");
  CHECK(without("He left.(⟦Read more at X⟧)\nEnd.") == "He left.\nEnd.");
  CHECK(without("他走了。⟦阅读更多内容⟧。") == "他走了。");
}

TEST_CASE("what closes something that stays, stays") {
  CHECK(without("(He left. ⟦Read more at X⟧.)\nEnd.") == "(He left.)\nEnd.");
  CHECK(without("“He left. ⟦Read more at X⟧”\nEnd.") == "“He left.”\nEnd.");
  CHECK(without("A (one ⟦two⟧) three.") == "A (one) three.");
  CHECK(without("A (⟦two⟧) three.") == "A three.");
  CHECK(without("One. “⟦Two.⟧” Three.") == "One. Three.");
  CHECK(without("One. “⟦Two.⟧ Three.” Four.") == "One. “Three.” Four.");
}

TEST_CASE("a sentence inside a block goes with the space behind it") {
  CHECK(without("One here. ⟦Two here.⟧ Three here.") == "One here. Three here.");
  CHECK(without("One here. ⟦Two here⟧? Three here.") == "One here. Three here.");
  CHECK(without("The man, ⟦who was seen⟧, left.") == "The man, left.");
  CHECK(without("一句话。⟦重复的话⟧。下句话。") == "一句话。下句话。");
}

TEST_CASE("the head of a block goes with the space behind it, and the bullet stays") {
  CHECK(without("• ⟦Dam breaks.⟧ The dam broke.") == "• The dam broke.");
  CHECK(without("⟦Dam breaks⟧ — “The dam broke.”") == "“The dam broke.”");
  CHECK(without("“⟦Dam breaks⟧” The dam broke.") == "The dam broke.");
  CHECK(without("One.\n\n⟦Dam breaks:⟧ the dam broke.") == "One.\n\nthe dam broke.");
}

TEST_CASE("passages with nothing between them go as one") {
  CHECK(without("One.\n\n⟦Two.⟧\n\n⟦Three.⟧") == "One.");
  CHECK(without("One.\n\n⟦Two.⟧\n⟦Three.⟧\n\nFour.") == "One.\n\nFour.");
  CHECK(without("One here. ⟦Two here.⟧ ⟦Three here.⟧") == "One here.");
  CHECK(without("One here. ⟦Two here.⟧\n\n⟦Three.⟧\n\nFour.") == "One here.\n\nFour.");
  CHECK(without("⟦One.⟧\n\n• ⟦Two.⟧ Three here.") == "Three here.");
}

TEST_CASE("the end of one block and the head of the next keep the newline between them") {
  CHECK(without("One here. ⟦Two here.⟧\n\n⟦Three here.⟧ Four here.") == "One here.\n\nFour here.");
}

TEST_CASE("a repeat from inside one block to inside another is not cut") {
  CHECK(without("One here. ⟦Two here.\n\nThree here.⟧ Four here.") ==
        "One here. Two here.\n\nThree here. Four here.");
  CHECK(without("One here. ⟦Two here.\n\nThree.⟧\n\nFour.") == "One here.\n\nFour.");
}

TEST_CASE("a line without letters belongs to nobody") {
  CHECK(without("One.\n\n⟦Two.⟧\n\n* * *\n\n⟦Three.⟧\n\nFour.") == "One.\n\n* * *\n\nFour.");
}

TEST_CASE("a hard-wrapped paragraph keeps its lines") {
  const std::string wrapped =
      "The quick brown fox went over the lazy dog and then it\n"
      "came back home again. ⟦The dog never moved at all.⟧\n"
      "It slept and slept until it was night and then it woke\n"
      "up to see what there was to be eaten before the dawn.\n";
  CHECK(without(wrapped) ==
        "The quick brown fox went over the lazy dog and then it\n"
        "came back home again.\n"
        "It slept and slept until it was night and then it woke\n"
        "up to see what there was to be eaten before the dawn.\n");
}

TEST_CASE("only the kinds of the rule are cut, and never phrases and structure") {
  for (std::size_t i = 0; i < kRepeatKindCount; ++i) {
    const auto kind = static_cast<RepeatKind>(i);
    CAPTURE(name_of(kind));
    const bool cut = without("One.\n\n⟦Two.⟧\n\nThree.", kind) != "One.\n\nTwo.\n\nThree.";
    CHECK(cut == CutRule().kinds.has(kind));
  }
  CutRule rule;
  CHECK_NOTHROW(clean::check_rule(rule));
  rule.kinds = {RepeatKind::block, RepeatKind::phrase};
  CHECK_THROWS_AS(clean::check_rule(rule), Error);
  rule.kinds = {RepeatKind::structural};
  CHECK_THROWS_AS(clean::check_rule(rule), Error);
  for (const std::uint32_t percent : {0U, 101U}) {
    rule = {};
    rule.whole_block_percent = percent;
    CHECK_THROWS_AS(clean::check_rule(rule), Error);
  }
}

TEST_CASE("what stays for a repeat is told, and nothing of it is cut") {
  const MarkedText marked("⟦Same again.⟧\n\nMiddle.\n\n⟦Same again.⟧\n\nEnd.");
  const NormalizedText text = normalize(marked.utf8);
  const auto ranges = marked.repeats(text, RepeatKind::block);
  Repeat repeat = ranges[1];
  repeat.first = ranges[0].repeat;
  const std::vector<Cut> cuts = plan(marked, {repeat});
  REQUIRE(cuts.size() == 1);
  CHECK(cuts[0].first == Span{0, 10});
  CHECK(cut_text(marked.utf8, cuts) == "Same again.\n\nMiddle.\n\nEnd.");

  Repeat stock = ranges[0];
  stock.kind = RepeatKind::trailer;
  CHECK(plan(marked, {stock, repeat}) == cuts);
  CHECK(plan(marked, {repeat, stock}) == cuts);
  Repeat turned = ranges[0];
  turned.first = ranges[1].repeat;
  CHECK(plan(marked, {repeat, turned}).empty());
}

TEST_CASE("of repeats that overlap the one that begins first goes, else the longer one") {
  const MarkedText marked("One. ⟦Two three four.⟧ ⟦Two three.⟧ Five.");
  const NormalizedText text = normalize(marked.utf8);
  const LetterRange all = MarkedText::letters_in(text, {5, 20});
  const LetterRange head = MarkedText::letters_in(text, {5, 14});
  const LetterRange tail = MarkedText::letters_in(text, {9, 20});
  const auto repeat = [](LetterRange range) { return Repeat{RepeatKind::trailer, {}, range, 0}; };
  const auto expected = plan(marked, {repeat(all)});
  CHECK(plan(marked, {repeat(tail), repeat(head), repeat(all)}) == expected);
  CHECK(plan(marked, {repeat(tail), repeat(head)}) == plan(marked, {repeat(head)}));
}

TEST_CASE("a text without letters and a repeat without letters are left alone") {
  const MarkedText nothing("* * *\n");
  CHECK(plan(nothing, {}).empty());
  const MarkedText some("One.");
  CHECK(plan(some, {{RepeatKind::block, {}, {1, 1}, 0}}).empty());
}
