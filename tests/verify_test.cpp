#include "wirecopy/verify.h"

#include <cmath>
#include <string>

#include "catch.h"
#include "oracle.h"
#include "wirecopy/error.h"

namespace wirecopy {
namespace {

// A text of `length` words from a vocabulary of `vocabulary` words.
std::string random_text(oracle::Random& random, std::size_t length, std::size_t vocabulary) {
  std::string text;
  for (std::size_t i = 0; i < length; ++i) {
    text += 'w';
    text += std::to_string(oracle::below(random, vocabulary));
    text += ' ';
  }
  return text;
}

ShingleSet shingles_of(const std::string& text, std::uint32_t words) {
  return shingle(normalize(text), {words, Key{}});
}

// Reaches ShingleSet's values, because no text is known whose shingle is zero. Explicit
// instantiations may name private members.
template <auto Member>
struct Opener {
  friend std::vector<std::uint64_t>& open(ShingleSet& set) { return set.*Member; }
};
std::vector<std::uint64_t>& open(ShingleSet& set);
template struct Opener<&ShingleSet::values_>;

ShingleSet set_of(std::vector<std::uint64_t> values) {
  ShingleSet set;
  open(set) = std::move(values);
  return set;
}

TEST_CASE("comparing two texts equals counting in std::set", "[verify]") {
  oracle::Random random(1);
  for (int i = 0; i < 500; ++i) {
    const std::size_t vocabulary = 1 + oracle::below(random, 40);
    const auto words = static_cast<std::uint32_t>(1 + oracle::below(random, 3));
    const ShingleSet a =
        shingles_of(random_text(random, oracle::below(random, 120), vocabulary), words);
    const ShingleSet b =
        shingles_of(random_text(random, oracle::below(random, 120), vocabulary), words);
    const oracle::SetSizes expected = oracle::compare(a.values(), b.values());
    const Similarity found = compare(a, b);
    CHECK(found.size_a == expected.a);
    CHECK(found.size_b == expected.b);
    CHECK(found.shared == expected.shared);
    CHECK(found.jaccard() == expected.jaccard());
    CHECK(Comparer(a).compare(b) == found);
    CHECK(compare(b, a) == Similarity{found.size_b, found.size_a, found.shared});
  }
}

TEST_CASE("one comparer serves many texts", "[verify]") {
  oracle::Random random(2);
  const ShingleSet a = shingles_of(random_text(random, 300, 5000), 5);
  const Comparer comparer(a);
  for (int i = 0; i < 50; ++i) {
    const ShingleSet b = shingles_of(random_text(random, oracle::below(random, 500), 50), 1);
    CHECK(comparer.compare(b) == compare(a, b));
  }
  CHECK(comparer.compare(a) == Similarity{296, 296, 296});
}

TEST_CASE("a comparer that takes another text forgets the one before", "[verify]") {
  oracle::Random random(3);
  Comparer comparer(shingles_of(random_text(random, 300, 50), 1));
  for (int i = 0; i < 50; ++i) {
    const ShingleSet a = shingles_of(random_text(random, oracle::below(random, 300), 50), 2);
    const ShingleSet b = shingles_of(random_text(random, oracle::below(random, 300), 50), 2);
    comparer.take(a);
    CHECK(comparer.compare(b) == compare(a, b));
  }
}

TEST_CASE("a shingle that is zero counts like any other", "[verify]") {
  const ShingleSet with = set_of({7, 0, 9});
  const ShingleSet without = set_of({7, 9, 11, 13});
  CHECK(compare(with, with) == Similarity{3, 3, 3});
  CHECK(compare(with, without) == Similarity{3, 4, 2});
  CHECK(compare(without, with) == Similarity{4, 3, 2});
  CHECK(compare(set_of({0}), set_of({0})) == Similarity{1, 1, 1});
  CHECK(compare(set_of({}), set_of({0})) == Similarity{0, 1, 0});
}

TEST_CASE("shingles that all want one place are still told apart", "[verify]") {
  std::vector<std::uint64_t> values;
  for (std::uint64_t i = 1; i <= 200; ++i) values.push_back(i << 32U);
  const ShingleSet even = set_of(values);
  for (std::size_t i = 0; i < 100; ++i) values[i] += 1;
  CHECK(compare(even, set_of(values)) == Similarity{200, 200, 100});
}

TEST_CASE("a text without words resembles nothing, not even its like", "[verify]") {
  const ShingleSet none = shingles_of("... !", 5);
  const ShingleSet some = shingles_of("a few words of text", 5);
  for (const Similarity& similarity :
       {compare(none, none), compare(none, some), compare(some, none)}) {
    CHECK(similarity.shared == 0);
    CHECK(similarity.jaccard() == 0);
    CHECK(similarity.a_in_b() == 0);
    CHECK(similarity.b_in_a() == 0);
    CHECK(similarity.score() == 0);
    CHECK(similarity.reaches(Millionths(0)));
    CHECK_FALSE(similarity.reaches(Millionths(1)));
  }
}

TEST_CASE("a threshold is compared in whole numbers", "[verify]") {
  // 4 of 5, 1 of 3: 0.8 is reached exactly, 0.333333 is reached and 0.333334 is not.
  const Similarity four_fifths{5, 4, 4};
  CHECK(four_fifths.reaches(Millionths(800'000)));
  CHECK_FALSE(four_fifths.reaches(Millionths(800'001)));
  const Similarity third{2, 2, 1};
  CHECK(third.reaches(Millionths(333'333)));
  CHECK_FALSE(third.reaches(Millionths(333'334)));
  const Similarity equal{3, 3, 3};
  CHECK(equal.reaches(Millionths(1'000'000)));
}

TEST_CASE("the largest texts there can be do not overflow", "[verify]") {
  const std::uint32_t most = 1U << 30U;
  const Similarity equal{most, most, most};
  CHECK(equal.reaches(Millionths(1'000'000)));
  CHECK(equal.score() == kFullScore);
  const Similarity nearly{most, most, most - 1};
  CHECK_FALSE(nearly.reaches(Millionths(1'000'000)));
  CHECK(nearly.reaches(Millionths(999'999)));
  CHECK(nearly.score() == kFullScore - 1);
  CHECK(std::is_lt(compare_jaccard(nearly, equal)));
  CHECK(std::is_lt(compare_jaccard({most, most, 1}, {most, most, 2})));
  CHECK(std::is_lt(compare_jaccard({most, most, most - 1}, {most, most - 1, most - 1})));
}

TEST_CASE("the score is Jaccard in 65536ths, rounded down", "[verify]") {
  CHECK(Similarity{1, 1, 1}.score() == 65536);
  CHECK(Similarity{2, 2, 1}.score() == 21845);  // 65536 / 3 = 21845.33
  CHECK(Similarity{3, 3, 2}.score() == 32768);
  CHECK(Similarity{5, 9, 0}.score() == 0);
}

TEST_CASE("both containments and Jaccard of sets of unequal size", "[verify]") {
  const Similarity similarity{4, 10, 3};
  CHECK(similarity.a_in_b() == 0.75);
  CHECK(similarity.b_in_a() == 0.3);
  CHECK(similarity.jaccard() == 3.0 / 11);
}

TEST_CASE("Jaccards are ordered as fractions, not as floating point", "[verify]") {
  CHECK(std::is_eq(compare_jaccard({2, 2, 1}, {4, 4, 2})));
  CHECK(std::is_eq(compare_jaccard({5, 4, 4}, {10, 8, 8})));
  CHECK(std::is_lt(compare_jaccard({2, 2, 1}, {4, 4, 3})));
  CHECK(std::is_gt(compare_jaccard({4, 4, 3}, {2, 2, 1})));
  CHECK(std::is_eq(compare_jaccard({0, 0, 0}, {3, 3, 0})));
  CHECK(std::is_lt(compare_jaccard({0, 0, 0}, {3, 3, 1})));
  // n/(n+1) and (n-1)/n, which a double can barely tell apart.
  const std::uint32_t n = 900'000'000;
  CHECK(std::is_gt(compare_jaccard({n, n + 1, n}, {n - 1, n, n - 1})));
}

TEST_CASE("a share becomes the nearest millionth", "[verify]") {
  CHECK(Millionths::from(0.8).value() == 800'000);
  CHECK(Millionths::from(0.5).value() == 500'000);
  CHECK(Millionths::from(1.0 / 3).value() == 333'333);
  CHECK(Millionths::from(2.0 / 3).value() == 666'667);
  CHECK(Millionths::from(0).value() == 0);
  CHECK(Millionths::from(1).value() == 1'000'000);
  for (const double share : {-0.1, 1.000001, std::nan(""), HUGE_VAL}) {
    CHECK_THROWS_AS(Millionths::from(share), Error);
  }
}

TEST_CASE("verdicts and kinds of passages have the names of the output files", "[verify]") {
  CHECK(name_of(Verdict::identical) == "identical");
  CHECK(name_of(Verdict::unrelated) == "unrelated");
  CHECK(name_of(Verdict::boilerplate_only) == "boilerplate_only");
  CHECK(name_of(Verdict::template_match) == "template_match");
  CHECK(name_of(Verdict::quote_only) == "quote_only");
  CHECK(name_of(Verdict::near_duplicate) == "near_duplicate");
  CHECK(name_of(Verdict::abridged) == "abridged");
  CHECK(name_of(Verdict::expanded) == "expanded");
  CHECK(name_of(Verdict::derived) == "derived");
  CHECK(name_of(Verdict::passage_reuse) == "passage_reuse");
  CHECK(name_of(PassageKind::boilerplate) == "boilerplate");
  CHECK(name_of(PassageKind::quote) == "quote");
  CHECK(name_of(PassageKind::caption) == "caption");
  CHECK(name_of(PassageKind::headline) == "headline");
  CHECK(name_of(PassageKind::lead) == "lead");
  CHECK(name_of(PassageKind::body) == "body");
}

}  // namespace
}  // namespace wirecopy
