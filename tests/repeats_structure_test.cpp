// What repeats on purpose is never of a kind that is cut.
#include "catch.h"
#include "repeats_told.h"

using namespace wirecopy;

namespace {

void check_never_cut(std::string_view utf8) {
  for (const Repeat& each : find_repeats("", utf8)) {
    INFO(name_of(each.kind) << ": " << test::quoted(utf8, normalize(utf8), each.repeat));
    CHECK((each.kind == RepeatKind::structural || each.kind == RepeatKind::phrase));
  }
}

}  // namespace

TEST_CASE("rows of a list repeat on purpose") {
  check_never_cut(
      "These are the results of the day in full.\n\n- Harrow Bay beat Oakhaven in extra time\n"
      "- Redmarsh and Vantry drew\n- Harrow Bay beat Oakhaven in extra time\n\nThe league goes on "
      "next week with a full program of games.");
}

TEST_CASE("stamps and lines of a live blog repeat on purpose") {
  std::string text =
      "Follow the vote in the council of Harrow Bay here as it happens, all night.\n\n";
  for (const char* time : {"10:45", "10:45", "11:02", "11:02", "11:30", "11:30"}) {
    text += std::string(time) + " Ida Holm for the Herald\n\nThe mayor says at " + time +
            " that nothing was decided in this hour, and that nobody has left.\n\n";
  }
  check_never_cut(text);
}

TEST_CASE("a refrain repeats on purpose") {
  const std::string refrain =
      "Row me over the bay my dear\nThe night is cold and the tide is near\nRow me over again\n\n";
  check_never_cut("The captain\n\n" + refrain + "He had a boat with a broken sail\nAnd a lamp\n\n" +
                  refrain + "She had a house on the other side\nAnd a dog\n\n" + refrain);
}

TEST_CASE("speakers and answers of a transcript repeat on purpose") {
  check_never_cut(
      "Here is what was said in the council on Monday night, word by word.\n\n"
      "HOLM: I have said all that I can say about this boat.\n\n"
      "ORME: And what of the engine that you bought?\n\n"
      "HOLM: I have said all that I can say about this boat.\n\n"
      "ORME: Then let us go home, all of us, now.");
}

TEST_CASE("rows of a table repeat on purpose") {
  check_never_cut(
      "Corvane Industries\t3rd quarter\nShr 12 cts vs 13 cts of the year before\nNet 1,200,000 vs "
      "1,300,000\nNine mths\nShr 12 cts vs 13 cts of the year before\nNet 1,200,000 vs "
      "1,300,000\n");
}

TEST_CASE("quoted lines and signatures repeat on purpose") {
  const std::string quote = "> I have a boat with an old engine, and I want to sell it soon.\n";
  check_never_cut("Somebody wrote to us about a boat last week:\n\n" + quote +
                  "\nDo you? It is a fine thing to have, an old engine.\n\n" + quote +
                  "\nThen write to the mayor about it.\n\n-- \nOle Brandt, Harrow Bay\n");
}

TEST_CASE("short words again are nothing unless they come often") {
  CHECK(find_repeats("", "He waited.\n\nNo answer came.\n\nHe called the mayor.\n\nNo answer came.")
            .empty());
  std::string often;
  for (int i = 0; i < 5; ++i) {
    often += "No answer came.\n\nThen he waited for hour " + std::to_string(i) + ".\n\n";
  }
  const std::vector<Repeat> found = find_repeats("", often);
  CHECK(found.size() == 4);
  check_never_cut(often);
}
