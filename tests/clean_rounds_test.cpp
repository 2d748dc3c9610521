// Properties of cuts of random texts, in one round and in many.
#include <algorithm>
#include <array>

#include "base/hash.h"
#include "catch.h"
#include "clean/plan_cuts.h"
#include "random_text.h"

using namespace wirecopy;

namespace {

constexpr std::array<std::string_view, 12> kWords{
    "dam", "break", "Zoë", "naïve", "他们说", "Ünder", "wörk", "x", "ΑΒΓ", "1,200", "don’t", "мир"};
constexpr std::array<std::string_view, 6> kSigns{".", ",", "…", " 😀", ")", "”"};
constexpr std::array<std::string_view, 5> kNewlines{"\n", "\n\n", "\r\n", "\u2028", "\r\n\r\n"};

template <std::size_t kSize>
std::string_view any(const std::array<std::string_view, kSize>& of, oracle::Random& random) {
  return of[oracle::below(random, kSize)];
}

// Lines of words, without spaces at their ends.
std::string random_lines(oracle::Random& random) {
  std::string text;
  for (std::size_t lines = 1 + oracle::below(random, 6); lines > 0; --lines) {
    if (oracle::below(random, 5) == 0) text += "• ";
    for (std::size_t words = 1 + oracle::below(random, 12); words > 0; --words) {
      if (oracle::below(random, 9) == 0) text += "“(";
      text += any(kWords, random);
      if (oracle::below(random, 4) == 0) text += any(kSigns, random);
      if (words > 1) text += ' ';
    }
    if (lines > 1) text += any(kNewlines, random);
  }
  return text;
}

// Words, mostly of one block; the same for the same letters.
std::vector<Repeat> random_repeats(const NormalizedText& text, std::span<const Block> blocks,
                                   std::size_t most, std::uint64_t seed) {
  oracle::Random random(base::hash64(text.letters()) + seed);
  const auto range = [&] {
    const Block& block = blocks[oracle::below(random, blocks.size())];
    std::vector<NormalizedText::Word> words;
    for (const auto word : text.words()) {
      if (word.begin >= block.letters.begin && word.end <= block.letters.end) words.push_back(word);
    }
    const std::size_t first = oracle::below(random, words.size());
    const std::size_t last = first + oracle::below(random, words.size() - first);
    if (oracle::below(random, 9) == 0) {
      const auto all = text.words();
      return LetterRange{words[first].begin, all[oracle::below(random, all.size())].end};
    }
    return oracle::below(random, 3) == 0 ? block.letters
                                         : LetterRange{words[first].begin, words[last].end};
  };
  std::vector<Repeat> repeats;
  if (blocks.empty()) return repeats;
  for (std::size_t i = oracle::below(random, most + 1); i > 0; --i) {
    Repeat& repeat = repeats.emplace_back();
    repeat.kind = static_cast<RepeatKind>(oracle::below(random, kRepeatKindCount));
    repeat.repeat = range();
    if (oracle::below(random, 2) == 0) repeat.first = range();
    repeat.unique_letters = static_cast<std::uint32_t>(oracle::below(random, 3) * 99);
  }
  return repeats;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines(1);
  for (const char32_t point : test::code_points(text)) {
    if (point == '\n' || point == '\r' || point == 0x2028) {
      lines.emplace_back();
    } else {
      test::append(point, lines.back());
    }
  }
  return lines;
}

// The letters of the lines that have some.
std::vector<std::string> letters_of_lines(const std::string& text) {
  std::vector<std::string> letters;
  for (const std::string& line : lines_of(text)) {
    const NormalizedText normalized = normalize(line);
    if (!normalized.letters().empty()) letters.emplace_back(normalized.letters());
  }
  return letters;
}

std::size_t longest_gap(const std::string& text) {
  std::size_t longest = 0;
  std::size_t gap = 0;
  for (const std::string& line : lines_of(text)) {
    gap = line.empty() ? gap + 1 : 0;
    longest = std::max(longest, gap);
  }
  return longest;
}

bool ends_in_space(const std::string& line) { return line.ends_with(' '); }

void check_apart(const std::vector<Cut>& cuts, std::uint64_t size) {
  std::uint64_t past = 0;
  for (const Cut& cut : cuts) {
    REQUIRE(cut.span.begin >= past);
    REQUIRE(cut.span.begin < cut.span.end);
    past = cut.span.end;
  }
  REQUIRE(past <= size);
}

bool in_a_cut(std::uint64_t place, const std::vector<Cut>& cuts) {
  return std::any_of(cuts.begin(), cuts.end(), [&](const Cut& cut) {
    return cut.span.begin <= place && place < cut.span.end;
  });
}

// The lines of a text without the letters of the cuts.
std::vector<std::string> expected_lines(const std::string& text, const std::vector<Cut>& cuts) {
  std::u32string points = test::code_points(text);
  for (const Cut& cut : cuts) {
    for (std::uint64_t i = cut.span.begin; i < cut.span.end; ++i) {
      if (points[i] != '\n' && points[i] != '\r' && points[i] != 0x2028) points[i] = ' ';
    }
  }
  return letters_of_lines(test::utf8(points));
}

CutRule all_kinds() {
  CutRule rule;
  rule.kinds = {RepeatKind::headline,      RepeatKind::summary,    RepeatKind::caption_exact,
                RepeatKind::caption_near,  RepeatKind::block,      RepeatKind::trailer,
                RepeatKind::stock_caption, RepeatKind::boilerplate};
  return rule;
}

}  // namespace

TEST_CASE("cuts take their letters and leave all others, each in its line") {
  oracle::Random random(47);
  for (int round = 0; round < 4000; ++round) {
    const std::string utf8 = random_lines(random);
    const NormalizedText text = normalize(utf8);
    const std::vector<Block> blocks = split_blocks(utf8, text);
    const auto repeats = random_repeats(text, blocks, 4, 0);
    const auto in_two_blocks = [&](const Repeat& repeat) {
      return std::any_of(blocks.begin(), blocks.end(), [&](const Block& block) {
        return repeat.repeat.begin < block.letters.begin && block.letters.begin < repeat.repeat.end;
      });
    };
    const std::vector<Cut> cuts = clean::plan_cuts(utf8, text, blocks, repeats, all_kinds());
    const std::string rest = cut_text(utf8, cuts);
    CAPTURE(round, utf8, rest);

    check_apart(cuts, base::count_code_points(utf8));
    // Where the text looks hard-wrapped, or the end of a passage is the head of a block, lines may
    // become one.
    if (std::none_of(repeats.begin(), repeats.end(), in_two_blocks) &&
        blocks.size() == letters_of_lines(utf8).size()) {
      REQUIRE(letters_of_lines(rest) == expected_lines(utf8, cuts));
    }
    std::size_t letters = text.letters().size();
    for (const std::string_view removed : removed_texts(utf8, cuts)) {
      letters -= normalize(removed).letters().size();
    }
    REQUIRE(normalize(rest).letters().size() == letters);
    REQUIRE((rest.empty() || longest_gap(rest) <= longest_gap(utf8)));
    const std::vector<std::string> lines = lines_of(rest);
    REQUIRE(std::none_of(lines.begin(), lines.end(), ends_in_space));
    for (const Cut& cut : cuts) {
      REQUIRE(cut.unique_letters <= all_kinds().max_lost);
      if (!cut.first) continue;
      for (std::uint64_t at = cut.first->begin; at < cut.first->end; ++at) {
        if (!normalize(test::utf8({test::code_points(utf8)[at]})).letters().empty()) {
          REQUIRE_FALSE(in_a_cut(at, cuts));
        }
      }
    }
  }
}

TEST_CASE("the rounds together cut what they cut one after the other, in places of the original") {
  oracle::Random random(53);
  clean::RoundCutter cutter;
  std::size_t most_rounds = 0;
  for (int round = 0; round < 3000; ++round) {
    std::string utf8 = random_lines(random);
    if (round % 3 == 0) utf8 += test::random_text(random, 20);
    const CutRule rule = all_kinds();
    const auto repeats_of = [&](const NormalizedText& text, std::span<const Block> blocks) {
      return random_repeats(text, blocks, 2, static_cast<std::uint64_t>(round));
    };
    const std::vector<Cut> cuts =
        cutter.cuts(utf8, rule,
                    [&](std::string_view, const NormalizedText& text, std::span<const Block> blocks,
                        std::vector<Repeat>& into) { into = repeats_of(text, blocks); });
    std::string rest = utf8;
    std::uint64_t unique_letters = 0;
    for (std::size_t rounds = 0;; ++rounds) {
      const NormalizedText text = normalize(rest);
      const std::vector<Block> blocks = split_blocks(rest, text);
      const auto fresh = clean::plan_cuts(rest, text, blocks, repeats_of(text, blocks), rule);
      most_rounds = std::max(most_rounds, rounds);
      if (fresh.empty()) break;
      for (const Cut& cut : fresh) unique_letters += cut.unique_letters;
      rest = cut_text(rest, fresh);
    }
    CAPTURE(round, utf8, rest);
    check_apart(cuts, base::count_code_points(utf8));
    REQUIRE(cut_text(utf8, cuts) == rest);
    std::uint64_t told = 0;
    for (const Cut& cut : cuts) {
      told += cut.unique_letters;
      if (!cut.first) continue;
      REQUIRE(cut.first->begin < cut.first->end);
      REQUIRE_FALSE(in_a_cut(cut.first->begin, cuts));
      REQUIRE_FALSE(in_a_cut(cut.first->end - 1, cuts));
    }
    REQUIRE(told == unique_letters);
  }
  CHECK(most_rounds > 4);
}

TEST_CASE("a cut around an earlier one comes in pieces, of which each keeps its kind") {
  const std::string utf8 = "Same words here.\n\nSame words here. Read more.\n\nEnd.";
  clean::RoundCutter cutter;
  const auto find = [](std::string_view, const NormalizedText& text, std::span<const Block> blocks,
                       std::vector<Repeat>& into) {
    into.clear();
    const std::size_t trailer = text.letters().find("readmore");
    if (trailer != std::string_view::npos) {
      const auto begin = static_cast<std::uint32_t>(trailer);
      into.push_back({RepeatKind::trailer, {}, {begin, begin + 8}, 8});
    }
    for (std::size_t i = 1; i < blocks.size(); ++i) {
      if (block_hash(text, blocks[i]) == block_hash(text, blocks[0])) {
        into.push_back({RepeatKind::block, blocks[0].letters, blocks[i].letters, 0});
      }
    }
  };
  const std::vector<Cut> cuts = cutter.cuts(utf8, {}, find);
  CHECK(cuts == std::vector<Cut>{{RepeatKind::block, {18, 34}, Span{0, 15}, 0},
                                 {RepeatKind::trailer, {34, 45}, {}, 8},
                                 {RepeatKind::block, {45, 47}, Span{0, 15}, 0}});
  const std::string rest = cut_text(utf8, cuts);
  CHECK(rest == "Same words here.\n\nEnd.");
  CHECK(cutter.cuts(rest, {}, find).empty());
}

TEST_CASE("where what stayed goes in a later round, the earlier cut says what stays now") {
  const std::string utf8 = "Alpha.\n\nBeta.\n\nGamma.\n\nDelta.";
  clean::RoundCutter cutter;
  const auto rest_of = [&](std::optional<std::size_t> second) {
    return cutter.cuts(utf8, {},
                       [&](std::string_view, const NormalizedText&, std::span<const Block> blocks,
                           std::vector<Repeat>& into) {
                         into.clear();
                         Repeat repeat{RepeatKind::block, {}, {}, 0};
                         if (blocks.size() == 4) {  // beta, for gamma
                           repeat.first = blocks[2].letters;
                           repeat.repeat = blocks[1].letters;
                         } else if (blocks.size() == 3) {  // gamma, for another or for nothing
                           if (second) repeat.first = blocks[*second].letters;
                           repeat.repeat = blocks[1].letters;
                         } else {
                           return;
                         }
                         into.push_back(repeat);
                       });
  };
  const auto cuts = rest_of(2);
  REQUIRE(cuts.size() == 2);
  CHECK(cuts[0].first == Span{23, 28});
  CHECK(cuts[1].first == Span{23, 28});
  const auto without = rest_of({});
  REQUIRE(without.size() == 2);
  CHECK_FALSE(without[0].first);
  CHECK_FALSE(without[1].first);
}

TEST_CASE("a text that takes too many rounds is left as it came") {
  std::string utf8;
  for (int i = 0; i < 200; ++i) utf8 += "word " + std::string(1, 'a') + "\n";
  clean::RoundCutter cutter;
  const auto last_block = [](std::string_view, const NormalizedText&, std::span<const Block> blocks,
                             std::vector<Repeat>& into) {
    into.clear();
    if (blocks.size() > 1) into.push_back({RepeatKind::trailer, {}, blocks.back().letters, 5});
  };
  CHECK(cutter.cuts(utf8, {}, last_block).empty());
  CHECK(cutter.cuts(utf8.substr(0, 7 * 60), {}, last_block).size() == 59);
}

TEST_CASE("a rule without kinds cuts nothing and looks at nothing") {
  clean::RoundCutter cutter;
  CutRule rule;
  rule.kinds = {};
  CHECK(cutter
            .cuts("One.", rule,
                  [](std::string_view, const NormalizedText&, std::span<const Block>,
                     std::vector<Repeat>&) { FAIL("looked at"); })
            .empty());
}
