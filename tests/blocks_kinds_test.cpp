#include <string>
#include <utility>

#include "blocks/phrases.h"
#include "catch.h"
#include "wirecopy/blocks.h"
#include "wirecopy/error.h"

using namespace wirecopy;

namespace {

constexpr std::string_view kStory =
    "The ferry to the outer islands will sail again on Monday, the line said. Its engine has been "
    "replaced and its cook has come back.";

// The kind of a block that stands between paragraphs of a story.
BlockKind kind_inside(std::string_view block) {
  const std::string text =
      std::string(kStory) + "\n" + std::string(block) + "\n" + std::string(kStory) + "\n";
  const std::vector<Block> blocks = split_blocks(text, normalize(text));
  REQUIRE(blocks.size() == 3);
  CHECK(blocks[0].kind == BlockKind::paragraph);
  CHECK(blocks[2].kind == BlockKind::paragraph);
  return blocks[1].kind;
}

BlockKind kind_at_start(std::string_view block) {
  const std::string text = std::string(block) + "\n" + std::string(kStory) + "\n";
  const std::vector<Block> blocks = split_blocks(text, normalize(text));
  REQUIRE(blocks.size() == 2);
  return blocks[0].kind;
}

void check_all(BlockKind kind, std::initializer_list<std::string_view> blocks) {
  for (const std::string_view block : blocks) {
    CAPTURE(block);
    CHECK(name_of(kind_inside(block)) == name_of(kind));
  }
}

}  // namespace

TEST_CASE("a headline is a short first line that is no sentence") {
  CHECK(kind_at_start("Ferry sails again after engine fire") == BlockKind::headline);
  CHECK(kind_at_start("Паром снова в пути") == BlockKind::headline);
  CHECK(kind_at_start("渡輪週一恢復航行") == BlockKind::headline);
  CHECK(kind_at_start("It sails again.") == BlockKind::paragraph);
  CHECK(kind_at_start("“It sails again!”") == BlockKind::paragraph);
  CHECK(kind_at_start("渡輪週一恢復航行。") == BlockKind::paragraph);
  CHECK(kind_at_start("क्या नौका फिर चलेगी।") == BlockKind::paragraph);
  CHECK(kind_at_start("هل تبحر العبارة من جديد؟") == BlockKind::paragraph);
  CHECK(kind_at_start("HARROW BAY, March 3 (CPS) -") == BlockKind::paragraph);
  CHECK(kind_at_start("By Marta Ellison") == BlockKind::credit);
  CHECK(kind_inside("Ferry sails again after engine fire") == BlockKind::paragraph);
}

TEST_CASE("a text of one block has no headline") {
  CHECK(split_blocks("Ferry sails again", normalize("Ferry sails again"))[0].kind ==
        BlockKind::paragraph);
}

TEST_CASE("captions are told by their words and brackets") {
  check_all(BlockKind::caption,
            {"Pictured: the Petrel, which carries half as many cars",
             "The captain (left) and the cook (right) on Tuesday.",
             "The captain (pictured) did not want to speak of the sandwiches",
             "The Petrel leaves harbour. File photo", "Photo: Upland News Agency",
             "A gull on the bridge of the Petrel. (Photo by Nell Hargreave)", "Getty Images",
             "Der Kapitän (links) und der Koch im Hafen", "Foto: Anna Berg/dpa",
             "Le capitaine (à gauche) et le cuisinier", "Crédit photo : Lucien Aubrac",
             "El capitán (izquierda) en el puerto", "FOTO: Marta Ruiz / EFE"});
}

TEST_CASE("credits are told by their words, names and signs") {
  check_all(
      BlockKind::credit,
      {"By Marta Ellison", "BY MARTA ELLISON, Harbour Correspondent", "(AP)",
       "(Reporting by Marta Ellison; Editing by Gwen Stott)", "Source: Upland News Agency",
       "© 2026 Harrow Bay Herald", "(c) Harrow Bay Herald 2026",
       "Copyright 2026 The Harrow Bay Herald. All rights reserved.", "Von Anna Berg", "Quelle: dpa",
       "Par Lucien Aubrac", "Source : Agence des Vallées", "Por Marta Ruiz", "Fuente: EFE"});
}

TEST_CASE("trailers are told by their words") {
  check_all(BlockKind::trailer,
            {"Read more at harrowbayherald.example", "Scroll down for video",
             "SIGN UP for our newsletter and never miss a ferry", "Follow us on Twitter",
             "Click here", "Advertisement", "Lesen Sie auch: Fähre fährt wieder",
             "À LIRE AUSSI - Le bac repart", "Lea también: el ferry vuelve a navegar"});
}

TEST_CASE("bullets are told by the sign they begin with") {
  check_all(BlockKind::bullet,
            {"• Two tugs towed her back", "- Two tugs towed her back", "* Two tugs towed her back",
             "– Two tugs towed her back", "1. Two tugs towed her back", "12) Two tugs towed her",
             "(3) Two tugs towed her back", "・二隻のタグボート", "\xe2\x80\x8f• שתי גוררות"});
}

TEST_CASE("sentences that only resemble captions, credits, trailers and bullets are paragraphs") {
  check_all(BlockKind::paragraph,
            {"By noon two tugs had towed her back to the harbour.",
             "By the time that the two tugs had arrived the choir had sung for three hours on deck",
             "The source of the fire was a fuel pipe.", "Source code is read more than written.",
             "Bystanders clapped.", "The captain left the ship last.",
             "Readmore Books will open in June.", "2026 was a good year.", "1.5 million came.",
             "-5 degrees were measured at the harbour", "AP and UNA reported the fire at once.",
             "(Almost) nobody was hurt.", "1984", "1234. That was the number of the crane."});
}

TEST_CASE("long blocks are paragraphs whatever they begin with") {
  std::string block = "Photo:";
  for (int i = 0; i < 70; ++i) block += " gull";
  CHECK(kind_inside(block) == BlockKind::paragraph);
}

TEST_CASE("every row of the compiled-in tables can be found") {
  std::string_view rows = blocks::kPhrases;
  std::size_t found = 0;
  while (!rows.empty()) {
    const std::string_view row = rows.substr(0, rows.find('\n'));
    rows.remove_prefix(row.size() + 1);
    const std::string kind(row.substr(0, row.find('\t')));
    std::string phrase(row.substr(row.rfind('\t') + 1));
    if (phrase.front() == '(' && phrase.back() != ')') phrase += ")";
    CAPTURE(row);
    // Another row may come first, but none tells nothing.
    CHECK(blocks::PhraseTable(row)
              .kind_of({normalize(phrase),
                        phrase,
                        0,
                        {0, static_cast<std::uint32_t>(normalize(phrase).letters().size())},
                        0,
                        static_cast<std::uint32_t>(normalize(phrase).words().size()),
                        false})
              .has_value());
    ++found;
  }
  CHECK(found > 600);
}

TEST_CASE("a phrase table that cannot be read names its row") {
  for (const std::string_view row :
       {"caption", "caption\tstart", "poem\tstart\troses", "caption\tnowhere\troses",
        "caption\tstart\t---", "caption\tinside\tbow", "caption\tstart\t"}) {
    CAPTURE(row);
    CHECK_THROWS_AS(blocks::PhraseTable(row), Error);
    CHECK_THROWS_WITH(blocks::PhraseTable(row), Catch::Contains(std::string(row)));
  }
}
