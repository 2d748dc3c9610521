// Numbers and the words around them, compared where the alignment puts them.
#include "verify/in_place.h"

#include <string>

#include "catch.h"
#include "stories.h"

using namespace wirecopy;

namespace {

struct Found {
  Differing digits;
  Differing form;
  friend bool operator==(const Found&, const Found&) = default;
};

Found in_place(const std::string& a, const std::string& b) {
  MarkedText marked_a;
  MarkedText marked_b;
  mark(a, marked_a);
  mark(b, marked_b);
  AlignRule rule = AlignRule::ocr();
  rule.min_letters = 25;
  const Alignment alignment = align(marked_a.text, marked_b.text, rule);
  judging::InPlace place;
  place.take(marked_a, marked_b, alignment.passages, alignment.gaps);
  const Found found{place.digits(), place.form()};
  return found;
}

const std::string kNotice = "the mill sold 1240 tonnes of flour and 385 of bran in the first week";

}  // namespace

TEST_CASE("equal texts have all digits in place and no edits") {
  const Found found = in_place(kNotice, kNotice);
  CHECK(found.digits == Differing{0, 7});
  CHECK(found.form.count == 0);
  CHECK(found.form.of > 40);
}

TEST_CASE("other numbers in one form differ in their digits alone") {
  const Found found =
      in_place(kNotice, "the mill sold 3976 tonnes of flour and 502 of bran in the first week");
  CHECK(found.digits == Differing{7, 7});
  CHECK(found.form.count == 0);
}

TEST_CASE("a digit misread costs that digit, and what looks like a digit in a word costs none") {
  CHECK(in_place(kNotice, "the mill sold 124O tonnes of flour and 385 of bran in the first week")
            .digits == Differing{0, 6});
  CHECK(in_place(kNotice, "the mill sold 1240 tonnes of flour and 335 of bran in the first week")
            .digits == Differing{1, 7});
  CHECK(in_place("the mi1l sold 1240 tonnes 0f flour and 385 of bran in the first week",
                 "the mill so1d 1240 tonnes of flour and 385 0f bran in the f1rst week")
            .digits == Differing{0, 7});
}

TEST_CASE("words that differ are edits of the form, names are not") {
  const Found found =
      in_place("now the mill sold 1240 tonnes of flour to Lumfi and of bran in the first week",
               "now the mall sold 1240 tonnes of flour to Gorka and of bran in the first week");
  CHECK(found.form.count == 1);
  CHECK(found.digits.count == 0);
}

TEST_CASE("what is in place does not depend on which text comes first") {
  test::Random random(3);
  for (int round = 0; round < 200; ++round) {
    std::string a;
    std::string b;
    for (int i = 0; i < 30; ++i) {
      const std::string word = test::word(test::below(random, 500));
      a += word + ' ';
      b += word + ' ';
      if (test::below(random, 4) == 0) a += std::to_string(test::below(random, 3000)) + ' ';
      if (test::below(random, 4) == 0) b += std::to_string(test::below(random, 3000)) + ' ';
    }
    const Found found = in_place(a, b);
    CHECK(found == in_place(b, a));
    CHECK(found.digits.count <= found.digits.of);
  }
}
