#include "wirecopy/blocks.h"

#include <string>

#include "base/hash.h"
#include "catch.h"
#include "random_text.h"
#include "stories.h"

using namespace wirecopy;
using test::below;
using test::random_bytes;
using test::random_text;

namespace {

struct Cut {
  NormalizedText text;
  std::vector<Block> blocks;
};

Cut cut(std::string_view utf8) {
  Cut result{normalize(utf8), {}};
  result.blocks = split_blocks(utf8, result.text);
  return result;
}

std::string letters_of(const Cut& cut, const Block& block) {
  return std::string(
      cut.text.letters().substr(block.letters.begin, block.letters.end - block.letters.begin));
}

std::vector<std::string> letters_of(std::string_view utf8) {
  const Cut result = cut(utf8);
  std::vector<std::string> letters;
  for (const Block& block : result.blocks) letters.push_back(letters_of(result, block));
  return letters;
}

std::size_t words_beginning_in(const NormalizedText& text, LetterRange range) {
  const auto words = text.words();
  return static_cast<std::size_t>(std::count_if(words.begin(), words.end(), [&](const auto& word) {
    return word.begin >= range.begin && word.begin < range.end;
  }));
}

// The blocks tile the letters in order, none is empty, and each counts its words.
void check_tiling(std::string_view utf8) {
  CAPTURE(utf8.substr(0, 2000));
  const Cut result = cut(utf8);
  std::uint32_t end = 0;
  bool good = true;
  for (const Block& block : result.blocks) {
    good = good && block.letters.begin == end && block.letters.end > end;
    good = good && block.words == words_beginning_in(result.text, block.letters);
    end = block.letters.end;
  }
  CHECK(good);
  CHECK(end == result.text.letters().size());
}

std::string with_line_ends(std::string text, std::string_view line_end) {
  std::string changed;
  for (const char c : text) {
    if (c == '\n') {
      changed += line_end;
    } else {
      changed += c;
    }
  }
  return changed;
}

// Lines of random text, empty and indented ones among them.
std::string random_lines(test::Random& random) {
  std::string text;
  for (std::size_t lines = below(random, 30); lines > 0; --lines) {
    if (below(random, 4) == 0) text += "    ";
    if (below(random, 8) == 0) text += "- ";
    if (below(random, 5) != 0) text += random_text(random, below(random, 12), true);
    if (below(random, 20) == 0) text += "\xe2\x80\xa9";
    text += '\n';
  }
  if (below(random, 2) == 0) text += random_text(random, 3);
  return text;
}

// By the rule itself where nothing is wrapped: what stands between newlines.
std::vector<std::string> lines_with_letters(std::string_view utf8) {
  std::vector<std::string> letters;
  for (std::size_t at = 0; at <= utf8.size();) {
    const std::size_t end = std::min(utf8.find('\n', at), utf8.size());
    const NormalizedText line = normalize(utf8.substr(at, end - at));
    if (!line.letters().empty()) letters.emplace_back(line.letters());
    at = end + 1;
  }
  return letters;
}

const std::string kWrapped =
    "The harbour board of Dunwick has sold its last crane to a museum in\n"
    "the north, which wants to lift nothing with it but the spirits of\n"
    "its visitors.\n"
    "    The crane was built in 1931 and has been out of order since the\n"
    "storm of 1953, when a herring boat was found hanging from its hook\n"
    "in the morning. Nobody has ever said whose boat it was.\n"
    "    \"We will miss it,\" said the chairman.\n";

}  // namespace

TEST_CASE("a block ends at a newline") {
  CHECK(letters_of("One line.\nAnd another, longer one.\n\nA third") ==
        std::vector<std::string>{"oneline", "andanotherlongerone", "athird"});
}

TEST_CASE("a text without newlines is one block") {
  CHECK(letters_of("One. Two. Three.") == std::vector<std::string>{"onetwothree"});
}

TEST_CASE("lines without letters are in no block") {
  CHECK(letters_of("\n\n---\nAlpha\n* * *\n\n\xe2\x80\x94\nBeta\n...") ==
        std::vector<std::string>{"alpha", "beta"});
  CHECK(cut("").blocks.empty());
  CHECK(cut("\n \n\t\n...\n").blocks.empty());
}

TEST_CASE("every kind of line end ends a block") {
  for (const std::string_view line_end : {"\n", "\r\n", "\r", "\xe2\x80\xa8", "\xe2\x80\xa9"}) {
    const std::string text = "Caf\xc3\xa9 one" + std::string(line_end) + "two";
    CHECK(letters_of(text) == std::vector<std::string>{"caf\xc3\xa9one", "two"});
  }
}

TEST_CASE("in a hard-wrapped text a block ends at a blank or indented line") {
  const Cut wrapped = cut(kWrapped + "\nNext week the museum opens.\n");
  REQUIRE(wrapped.blocks.size() == 4);
  CHECK(letters_of(wrapped, wrapped.blocks[0]).starts_with("theharbourboard"));
  CHECK(letters_of(wrapped, wrapped.blocks[0]).ends_with("itsvisitors"));
  CHECK(letters_of(wrapped, wrapped.blocks[1]).ends_with("whoseboatitwas"));
  CHECK(letters_of(wrapped, wrapped.blocks[2]) == "wewillmissitsaidthechairman");
  CHECK(letters_of(wrapped, wrapped.blocks[3]) == "nextweekthemuseumopens");
}

TEST_CASE("a hard-wrapped text that is indented as a whole is cut the same way") {
  std::string indented;
  for (const char c : "\n" + kWrapped)
    indented += c == '\n' ? std::string("\n  ") : std::string(1, c);
  CHECK(letters_of(indented) == letters_of(kWrapped));
}

TEST_CASE("paragraphs that were joined do not hide that a text is hard-wrapped") {
  const Cut joined = cut(
      "The harbour board of Dunwick has sold its last crane to a museum in\n"
      "the north, which wants to lift nothing.  The crane was built in 1931 and has been out of\n"
      "order since the storm of 1953, when a herring boat was found on its\n"
      "hook in the morning. Nobody has ever said whose boat it had been, or\n"
      "why.\n");
  CHECK(joined.blocks.size() == 1);
}

TEST_CASE("a few short lines are hard-wrapped if paragraphs are indented") {
  CHECK(letters_of("Dunwick Cranes said George\nFenn will leave.\n    It named\nnobody else.\n") ==
        std::vector<std::string>{"dunwickcranessaidgeorgefennwillleave", "itnamednobodyelse"});
}

TEST_CASE("items of a list are blocks in a hard-wrapped text") {
  CHECK(letters_of(kWrapped + "- a hook\n- a rope\n").size() == 5);
}

TEST_CASE("a trailer or credit under a hard-wrapped text is a block of its own") {
  for (const std::string last :
       {"Read more at dunwick.example", "Source: Dunwick Herald archive"}) {
    const std::vector<std::string> blocks = letters_of(kWrapped + "Nobody else spoke.\n" + last);
    CHECK(blocks.back() == normalize(last).letters());
  }
  // Broken for want of room, or no trailer: it goes on.
  CHECK(letters_of(kWrapped + "Nobody spoke.\nGeorge Fenn was out of town").back() ==
        "wewillmissitsaidthechairmannobodyspokegeorgefennwasoutoftown");
  CHECK(letters_of(kWrapped + "All of them said they would come to the new museum one day, and\n"
                              "Read more about cranes there")
            .back()
            .ends_with("onedayandreadmoreaboutcranesthere"));
}

TEST_CASE("a few lines are hard-wrapped if blank lines part the others") {
  const std::string parted =
      "Dunwick sells its crane.\n\nIt was old.\n\nNobody bid but one museum.\n\n";
  const std::string full =
      "The harbor board of Dunwick has said that it will miss the old crane of\n";
  CHECK(letters_of(parted + full + "the town.").size() == 4);
  CHECK(letters_of(parted + full.substr(0, 55) + "\nthe town.").size() == 5);
  CHECK(letters_of("Dunwick sells its crane.\n\n" + full + "the town.").size() == 3);
  CHECK(letters_of(parted + full + "the town.\n\nThe end.\n\nGeorge Fenn\nDunwick").size() == 7);
}

TEST_CASE("a row of things parted by hyphens is one block where it is broken before a hyphen") {
  const std::string row =
      "More from the Dunwick Herald: Weather - Traffic - Court notices\n- Jobs\n";
  CHECK(letters_of(kWrapped + "\n" + row).size() == letters_of(kWrapped).size() + 1);
  CHECK(letters_of(kWrapped + "\n" + "Weather.\n- Jobs\n").size() ==
        letters_of(kWrapped).size() + 2);
}

TEST_CASE("tables and lists are not hard-wrapped") {
  const std::string table =
      "    Shr 34 cts vs 1.19 dlrs\n    Net 807,000 vs 2,858,000\n    Revs 7.1 mln vs 9.0 mln\n";
  CHECK(letters_of(table).size() == 3);
  const std::string titles =
      "Mayor opens the new bridge and falls off it again\n"
      "Council votes to paint the town hall yellow at last\n"
      "Two swans hold up the ferry for most of a morning\n"
      "Baker of the year will not say what is in the rolls\n";
  CHECK(letters_of(titles).size() == 4);
}

TEST_CASE("blocks tile the letters of any text") {
  test::Random random(1);
  for (int i = 0; i < 400; ++i) check_tiling(random_lines(random));
  for (int i = 0; i < 200; ++i) check_tiling(random_bytes(random, below(random, 300)));
  for (int i = 0; i < 200; ++i) {
    std::string bytes = random_bytes(random, below(random, 300));
    for (char& c : bytes) {
      if (below(random, 6) == 0) c = "\n\r \t"[below(random, 4)];
    }
    check_tiling(bytes);
  }
}

TEST_CASE("blocks of unwrapped text are its lines with letters") {
  test::Random random(2);
  for (int i = 0; i < 300; ++i) {
    std::string text;
    for (std::size_t lines = below(random, 12); lines > 0; --lines) {
      text += "A" + random_text(random, 1 + below(random, 30)) + "\n";  // a capital: not wrapped
    }
    text = with_line_ends(text, "\n");
    if (text.find_first_of("\r") != text.npos || text.find("\xe2\x80\xa8") != text.npos ||
        text.find("\xe2\x80\xa9") != text.npos) {
      continue;
    }
    CAPTURE(text);
    CHECK(letters_of(text) == lines_with_letters(text));
  }
}

TEST_CASE("line ends of other systems change nothing") {
  test::Random random(3);
  for (int i = 0; i < 300; ++i) {
    std::string text = random_lines(random);
    std::erase(text, '\r');
    CAPTURE(text);
    const std::vector<Block> blocks = cut(text).blocks;
    CHECK(cut(with_line_ends(text, "\r\n")).blocks == blocks);
    CHECK(cut(with_line_ends(text, "\r")).blocks == blocks);
  }
  CHECK(cut(with_line_ends(kWrapped, "\r\n")).blocks == cut(kWrapped).blocks);
}

TEST_CASE("memory used again gives the same blocks") {
  test::Random random(4);
  std::vector<Block> blocks;
  for (int i = 0; i < 50; ++i) {
    const std::string text = random_lines(random);
    const NormalizedText normalized = normalize(text);
    split_blocks(text, normalized, blocks);
    CHECK(blocks == split_blocks(text, normalized));
  }
}

TEST_CASE("hostile texts cost linear time") {
  const std::size_t size = 5'000'000;
  CHECK(cut(std::string(size, '\n')).blocks.empty());
  CHECK(cut(std::string(size, '\0')).blocks.empty());
  CHECK(cut(std::string(size, ' ') + "x" + std::string(size, ' ')).blocks.size() == 1);
  CHECK(cut(std::string(size, 'x')).blocks.size() == 1);
  std::string lines;
  std::string crossed;
  std::string photos;
  while (lines.size() < size) lines += "x\n";
  while (crossed.size() < size) crossed += "\r\n\xe2\x80\xa8 \xe2\x80\x9d a";
  while (photos.size() < size) photos += "photo-";
  CHECK(cut(lines).blocks.size() == lines.size() / 2);
  check_tiling(photos + "\n(" + std::string(size, '(') + "photo" + std::string(size, ')'));
  CHECK(cut(crossed).blocks.size() == crossed.size() / 11);
}

TEST_CASE("the hash of a block is that of its letters") {
  const Cut one = cut("First line\nDon\xe2\x80\x99t  panic!\n");
  const Cut other = cut("don't panic");
  REQUIRE(one.blocks.size() == 2);
  CHECK(block_hash(one.text, one.blocks[1]) == block_hash(other.text, other.blocks[0]));
  CHECK(block_hash(one.text, one.blocks[1]) == base::hash64("dontpanic"));
  CHECK(block_hash(one.text, one.blocks[0]) != block_hash(one.text, one.blocks[1]));
}

TEST_CASE("in a text on one long line the sentences may be stock, elsewhere the blocks") {
  std::string utf8;
  for (std::uint64_t i = 0; i < 8; ++i) utf8 += "The " + test::story(i, 12) + "! ";
  const NormalizedText text = normalize(utf8);
  const std::vector<Block> blocks = split_blocks(utf8, text);
  REQUIRE(blocks.size() == 1);
  std::vector<Block> sentences;
  const std::span<const Block> stock = stock_blocks(utf8, text, blocks, sentences);
  REQUIRE(stock.size() == 8);
  std::uint32_t letters = 0;
  for (std::uint64_t i = 0; i < 8; ++i) {
    CHECK(stock[i].letters.begin == letters);
    CHECK(stock[i].words == 13);
    const NormalizedText alone = normalize("the " + test::story(i, 12));
    CHECK(block_hash(text, stock[i]) == base::hash64(alone.letters()));
    letters = stock[i].letters.end;
  }
  CHECK(letters == text.letters().size());

  const std::string two_lines = utf8 + "\n" + utf8;
  const NormalizedText of_two = normalize(two_lines);
  const std::vector<Block> lines = split_blocks(two_lines, of_two);
  CHECK(stock_blocks(two_lines, of_two, lines, sentences).data() == lines.data());
  const std::string brief = "The ferry sails. The ferry is late.";
  const NormalizedText of_brief = normalize(brief);
  CHECK(stock_blocks(brief, of_brief, split_blocks(brief, of_brief), sentences).size() == 1);
}
