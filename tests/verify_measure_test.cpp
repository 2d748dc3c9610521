// What judge measures, against counting letter by letter; and texts that nobody would write.
#include <algorithm>
#include <functional>
#include <iterator>
#include <set>
#include <string>

#include "base/utf8.h"
#include "catch.h"
#include "edit_oracle.h"
#include "random_text.h"
#include "stories.h"
#include "verify/side.h"
#include "wirecopy/verify.h"

using namespace wirecopy;
using oracle::below;
using oracle::Random;

namespace {

MarkedText marked(std::string_view utf8) {
  MarkedText text;
  mark(utf8, text);
  return text;
}

// Where letters begin, one flag a byte.
using Flags = std::vector<bool>;

Flags flags_of(const MarkedText& text, const std::vector<LetterRange>& ranges) {
  Flags flags(text.text.letters().size());
  for (const LetterRange& range : ranges) {
    for (std::uint32_t at = range.begin; at < range.end; ++at)
      flags[at] = base::begins_code_point(text.text.letters()[at]);
  }
  return flags;
}

std::uint64_t count(const Flags& flags, const std::function<bool(std::size_t)>& also) {
  std::uint64_t letters = 0;
  for (std::size_t at = 0; at < flags.size(); ++at) letters += flags[at] && also(at) ? 1U : 0U;
  return letters;
}

std::uint64_t letters_in(const MarkedText& text, LetterRange range) {
  return count(flags_of(text, {range}), [](std::size_t) { return true; });
}

bool is_whole_block(const MarkedText& text, LetterRange range) {
  return std::any_of(text.blocks.begin(), text.blocks.end(), [&](const Block& block) {
    return range.begin <= block.letters.begin && block.letters.end <= range.end &&
           letters_in(text, block.letters) >= 25;
  });
}

struct Shares {
  Coverage coverage;
  std::uint64_t shared = 0;
  std::uint64_t masked = 0;
  std::uint64_t quoted = 0;
};

Shares count_side(const MarkedText& text, const std::vector<LetterRange>& passages) {
  const Flags in = flags_of(text, passages);
  const Flags masked = flags_of(text, text.masked);
  const Flags quoted = flags_of(text, text.quoted);
  const auto all = static_cast<std::uint32_t>(text.text.letters().size());
  Shares shares;
  shares.coverage.letters = count(in, [&](std::size_t at) { return !masked[at]; });
  shares.coverage.of =
      count(flags_of(text, {{0, all}}), [&](std::size_t at) { return !masked[at]; });
  shares.shared = count(in, [](std::size_t) { return true; });
  shares.masked = shares.shared - shares.coverage.letters;
  shares.quoted = count(in, [&](std::size_t at) { return !masked[at] && quoted[at]; });
  return shares;
}

void check_counts(const MarkedText& a, const MarkedText& b, const Comparison& comparison) {
  std::vector<LetterRange> in_a;
  std::vector<LetterRange> in_b;
  std::uint64_t columns = 0;
  std::uint64_t equal_columns = 0;
  for (const Passage& passage : comparison.passages) {
    in_a.push_back(passage.a);
    in_b.push_back(passage.b);
    columns += passage.columns;
    equal_columns += passage.equal_columns;
    if (comparison.equal_letters) continue;
    REQUIRE((std::min(passage.letters_a, passage.letters_b) >= 90 || is_whole_block(a, passage.a) ||
             is_whole_block(b, passage.b)));
  }
  REQUIRE(comparison.kinds.size() == comparison.passages.size());
  REQUIRE(comparison.columns == columns);
  REQUIRE(comparison.equal_columns == equal_columns);
  const Shares side_a = count_side(a, in_a);
  const Shares side_b = count_side(b, in_b);
  REQUIRE(comparison.a == side_a.coverage);
  REQUIRE(comparison.b == side_b.coverage);
  if (comparison.passages.empty()) return;
  const bool is_a =
      comparison.shared_letters == side_a.shared && comparison.shared_masked == side_a.masked;
  const bool is_b =
      comparison.shared_letters == side_b.shared && comparison.shared_masked == side_b.masked;
  REQUIRE((is_a || is_b));
  for (const Shares& side : {side_a, side_b}) {
    REQUIRE(comparison.shared_masked * side.shared >= side.masked * comparison.shared_letters);
    REQUIRE(comparison.aligned_quoted * side.coverage.letters >=
            side.quoted * comparison.aligned_letters);
  }
}

void check_mirror(const Comparison& there, const Comparison& back) {
  Verdict expected = there.verdict;
  if (there.verdict == Verdict::abridged) expected = Verdict::expanded;
  if (there.verdict == Verdict::expanded) expected = Verdict::abridged;
  REQUIRE(back.verdict == expected);
  REQUIRE(back.score == there.score);
  REQUIRE(back.cannot_link == there.cannot_link);
  REQUIRE(back.a == there.b);
  REQUIRE(back.b == there.a);
  REQUIRE((there.equal_letters || back.b_shorter != there.b_shorter));
  REQUIRE(back.shorter_words == there.shorter_words);
  REQUIRE(back.columns == there.columns);
  REQUIRE(back.equal_columns == there.equal_columns);
  REQUIRE(back.shared_letters == there.shared_letters);
  REQUIRE(back.shared_masked == there.shared_masked);
  REQUIRE(back.aligned_letters == there.aligned_letters);
  REQUIRE(back.aligned_quoted == there.aligned_quoted);
  REQUIRE(back.numbers == there.numbers);
  REQUIRE(back.slots == there.slots);
  REQUIRE(back.words == there.words);
  using Sides = std::tuple<LetterRange, LetterRange, PassageKind>;
  std::vector<Sides> one;
  std::vector<Sides> other;
  for (std::size_t i = 0; i < there.passages.size(); ++i) {
    one.emplace_back(there.passages[i].a, there.passages[i].b, there.kinds[i]);
    other.emplace_back(back.passages[i].b, back.passages[i].a, back.kinds[i]);
  }
  std::sort(one.begin(), one.end());
  std::sort(other.begin(), other.end());
  REQUIRE(one == other);
}

// Judges two texts and checks all that holds for any two.
Comparison checked(const MarkedText& a, const MarkedText& b, const JudgeRule& rule = {}) {
  Comparison there = Judge(a, rule).judge(b);
  check_counts(a, b, there);
  check_mirror(there, Judge(b, rule).judge(a));
  return there;
}

// Sentences with names, numbers and quotations, in paragraphs.
std::string news(Random& random, std::size_t paragraphs) {
  std::string text;
  for (; paragraphs > 0; --paragraphs) {
    for (std::size_t sentences = 1 + below(random, 4); sentences > 0; --sentences) {
      const bool quoted = below(random, 4) == 0;
      text += quoted ? "“We " : "The ";
      text +=
          test::story(random(), 3 + below(random, 12)) + " Lumf" + test::word(below(random, 99));
      text += ' ' + std::to_string(below(random, 3000)) + ' ' + test::story(random(), 4);
      text += quoted ? ".” " : ". ";
    }
    text += "\n\n";
  }
  return text;
}

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0, end = 0; begin < text.size(); begin = end) {
    end = std::min(text.find("\n\n", begin), text.size() - 2) + 2;
    parts.push_back(text.substr(begin, end - begin));
  }
  return parts;
}

// The same text cut, moved around, edited, with something added.
std::string changed(Random& random, const std::string& text) {
  std::string after;
  std::vector<std::string> parts = split(text);
  if (below(random, 3) == 0) std::swap(parts.front(), parts[below(random, parts.size())]);
  for (std::string& part : parts) {
    if (below(random, 4) == 0) continue;
    if (below(random, 6) == 0) after += news(random, 1);
    for (std::size_t edits = below(random, 6); edits > 0; --edits) {
      part.replace(below(random, part.size() - 2), 1, below(random, 2) == 0 ? " " : "7");
    }
    after += part;
  }
  return after;
}

// Some blocks, or any stretch of letters.
void mask_some(Random& random, MarkedText& text) {
  for (const Block& block : text.blocks) {
    if (below(random, 4) == 0) text.masked.push_back(block.letters);
  }
  const std::string_view letters = text.text.letters();
  if (below(random, 3) != 0 || letters.empty()) return;
  std::size_t begin = below(random, letters.size());
  std::size_t end = begin + below(random, letters.size() - begin) + 1;
  while (!base::begins_code_point(letters[begin])) --begin;
  while (end < letters.size() && !base::begins_code_point(letters[end])) ++end;
  text.masked = {{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}};
}

std::u32string letters_of(const MarkedText& text, LetterRange range) {
  return test::code_points(text.text.letters().substr(range.begin, range.end - range.begin));
}

}  // namespace

TEST_CASE("values that differ are counted as in multisets") {
  Random random(40);
  for (int round = 0; round < 2000; ++round) {
    const std::size_t kinds = 1 + below(random, 30);
    std::vector<std::uint64_t> a(below(random, 40));
    for (std::uint64_t& each : a) each = below(random, kinds);
    std::vector<std::uint64_t> b = a;
    for (std::size_t edits = below(random, 8); edits > 0 && !b.empty(); --edits) {
      b[below(random, b.size())] = below(random, kinds);
      b.erase(b.begin() + static_cast<std::ptrdiff_t>(below(random, b.size())));
    }
    if (round % 3 == 0) std::shuffle(b.begin(), b.end(), random);
    const std::multiset<std::uint64_t> set_a(a.begin(), a.end());
    const std::multiset<std::uint64_t> set_b(b.begin(), b.end());
    std::vector<std::uint64_t> both;
    std::set_intersection(set_a.begin(), set_a.end(), set_b.begin(), set_b.end(),
                          std::back_inserter(both));
    const std::size_t fewer = std::min(a.size(), b.size());
    const Differing expected{static_cast<std::uint32_t>(fewer - both.size()),
                             static_cast<std::uint32_t>(fewer)};
    REQUIRE(judging::differing(a, b) == expected);
    REQUIRE(judging::differing(b, a) == expected);
  }
}

TEST_CASE("copies of news are measured as counting would, and alike from both sides") {
  Random random(41);
  std::array<int, 10> verdicts{};
  for (int round = 0; round < 600; ++round) {
    const std::string text = news(random, 1 + below(random, 8));
    MarkedText a = marked(text);
    MarkedText b = marked(changed(random, text));
    if (round % 2 == 0) {
      mask_some(random, a);
      mask_some(random, b);
    }
    const Comparison comparison = checked(a, b);
    ++verdicts[static_cast<std::size_t>(comparison.verdict)];
  }
  for (const Verdict verdict :
       {Verdict::identical, Verdict::unrelated, Verdict::boilerplate_only, Verdict::near_duplicate,
        Verdict::abridged, Verdict::expanded, Verdict::derived, Verdict::passage_reuse}) {
    CAPTURE(name_of(verdict));
    CHECK(verdicts[static_cast<std::size_t>(verdict)] > 0);
  }
}

TEST_CASE("texts of every script are measured as counting would, and alike from both sides") {
  Random random(42);
  std::size_t passages = 0;
  for (int round = 0; round < 300; ++round) {
    std::vector<std::string> parts(5);
    for (std::string& part : parts) {
      part = test::random_text(random, 5 + below(random, 50), round % 3 == 0);
      if (below(random, 2) == 0) part += below(random, 3) == 0 ? "\n" : "\n\n";
      if (below(random, 4) == 0) part.insert(0, "“");
    }
    std::string one;
    std::string other;
    for (int i = 0; i < 5; ++i) {
      one += parts[below(random, parts.size())];
      other += parts[below(random, parts.size())];
    }
    MarkedText a = marked(one);
    MarkedText b = marked(other);
    if (round % 2 == 0) mask_some(random, a);
    if (round % 5 == 0) mask_some(random, b);
    JudgeRule rule;
    if (round % 4 == 0) rule.align = AlignRule::ocr();
    passages += checked(a, b, rule).passages.size();
  }
  CHECK(passages > 200);
}

TEST_CASE("texts of equal length are told apart by their letters alone") {
  Random random(43);
  for (int round = 0; round < 100; ++round) {
    const std::string shared = test::story(random(), 60);
    const std::string one = shared + ' ' + std::string(90, 'x');
    const std::string other = std::string(90, below(random, 2) == 0 ? 'w' : 'y') + ' ' + shared;
    const Comparison comparison = checked(marked(one), marked(other));
    REQUIRE(comparison.a.of == comparison.b.of);
  }
}

TEST_CASE("original texts sliced by a passage differ by the edits it counts at most") {
  Random random(44);
  std::size_t sliced = 0;
  for (int round = 0; round < 100; ++round) {
    const std::string text = news(random, 1 + below(random, 4)) + " Café Müller\n\n";
    const std::string other = changed(random, text) + "naïve";
    const MarkedText a = marked(text);
    const MarkedText b = marked(other);
    const std::u32string original_a = test::code_points(text);
    const std::u32string original_b = test::code_points(other);
    for (const Passage& passage : checked(a, b).passages) {
      const Span in_a = a.text.original_span(passage.a.begin, passage.a.end);
      const Span in_b = b.text.original_span(passage.b.begin, passage.b.end);
      const std::u32string slice_a = test::code_points(
          normalize(test::utf8(original_a.substr(in_a.begin, in_a.end - in_a.begin))).letters());
      const std::u32string slice_b = test::code_points(
          normalize(test::utf8(original_b.substr(in_b.begin, in_b.end - in_b.begin))).letters());
      REQUIRE(slice_a == letters_of(a, passage.a));
      REQUIRE(slice_b == letters_of(b, passage.b));
      REQUIRE(oracle::edit_distance(std::span<const char32_t>(slice_a),
                                    std::span<const char32_t>(slice_b)) <=
              passage.columns - passage.equal_columns);
      ++sliced;
    }
  }
  CHECK(sliced > 100);
}

TEST_CASE("a judge gives the same whether its text is kept or taken anew") {
  Random random(45);
  const std::string text = news(random, 5);
  std::vector<MarkedText> texts(8);
  for (MarkedText& each : texts) mark(changed(random, text), each);
  Judge judge(texts[0]);
  for (const MarkedText& a : texts) {
    judge.take(a);
    for (const MarkedText& b : texts) {
      const Comparison kept = judge.judge(b);
      const Comparison anew = Judge(a).judge(b);
      REQUIRE(kept.verdict == anew.verdict);
      REQUIRE(kept.score == anew.score);
      REQUIRE(kept.passages == anew.passages);
      REQUIRE(kept.kinds == anew.kinds);
      REQUIRE(kept.slots == anew.slots);
    }
  }
}

TEST_CASE("texts that nobody would write are judged all the same") {
  constexpr std::size_t kSize = 5'000'000;
  Random random(46);
  const auto repeated = [](const std::string& what) {
    std::string text;
    while (text.size() < kSize) text += what;
    return text;
  };
  std::string no_spaces;
  while (no_spaces.size() < kSize) no_spaces += static_cast<char>('a' + below(random, 26));
  std::string numbers;
  while (numbers.size() < kSize) numbers += std::to_string(below(random, 1'000'000)) + " Was ";
  for (const std::string& text :
       {repeated("word "), repeated("\""), repeated("“a” "), repeated("A. 1,"), repeated("x\n\n"),
        repeated("> y\n"), repeated("é"), no_spaces, numbers}) {
    std::string other = text;
    other.insert(other.size() / 2, " something else entirely ");
    CAPTURE(text.substr(0, 20));
    MarkedText a = marked(text);
    const MarkedText b = marked(other);
    const Comparison comparison = Judge(a).judge(b);
    if (a.text.letters().empty()) continue;
    CHECK(comparison.score > 65000);
    a.masked = {{0, static_cast<std::uint32_t>(a.text.letters().size())}};
    CHECK(Judge(a).judge(b).verdict == Verdict::boilerplate_only);
    CHECK(Judge(b).judge(a).score == 0);
  }
}
