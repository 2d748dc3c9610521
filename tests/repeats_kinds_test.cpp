// Each kind of repeat by itself, and all of them in one article.
#include "catch.h"
#include "repeats_told.h"

using namespace wirecopy;
using test::Rows;
using test::told;

namespace {

const std::string kLead =
    "The council of Harrow Bay voted on Monday to keep the night ferry running through the winter.";
const std::string kBody =
    "Nobody had expected that: the boat is forty years old, and its engine is older than the boat.";

const std::string kLast = "The next boat leaves at six, and this time the mayor will be on it.";

std::string article(const std::vector<std::string>& blocks) {
  std::string text;
  for (const std::string& each : blocks) text += (text.empty() ? "" : "\n\n") + each;
  return text;
}

}  // namespace

TEST_CASE("all that an article says twice is found with its kind, and nothing else") {
  const std::string text = article({
      "Ferry stays afloat",
      "Ferry stays afloat for one more winter, council decides after a long night",
      "- Night ferry will run through the winter",
      "- Engine is older than the boat itself",
      "- Mayor Ida Holm cast the last vote",
      "- Tickets will cost two crowns more",
      "The night ferry to Harrow Bay will run through the winter after all, the council decided.",
      "The 'Marigold' at the pier of Harrow Bay on Monday",
      "Her engine, a gift of the navy, is older than the boat itself and twice as loud as it was.",
      "The ‘Marigold’ at the  pier of Harrow Bay on Monday",
      "It was the mayor, Ida Holm, who cast the last vote, at two in the morning and half asleep.",
      "Deck hand Jonas Sallow paints the funnel",
      "From May on tickets will cost two crowns more, which nobody in the hall called a surprise.",
      "Deck hand Jonas Sallow paints the funnel",
      "Passengers wait in the rain for the first boat of the day, which was an hour late as usual",
      "Passengers wait in the rain for the first boat of the day (pictured above).",
      "She went home on the last boat.Read more at harrowbayherald.example",
  });
  CHECK(
      told("Ferry stays afloat", text) ==
      Rows{
          "headline: Ferry stays afloat",
          "headline: Ferry stays afloat for one more winter, council decides after a long night",
          "summary: Night ferry will run through the winter < The night ferry to Harrow Bay will "
          "run through the winter after all, the council decided",
          "summary: Engine is older than the boat itself < Her engine, a gift of the navy, is "
          "older than the boat itself and twice as loud as it was",
          "summary: Mayor Ida Holm cast the last vote < It was the mayor, Ida Holm, who cast the "
          "last vote, at two in the morning and half asleep",
          "summary: Tickets will cost two crowns more < From May on tickets will cost two crowns "
          "more, which nobody in the hall called a surprise",
          "caption_exact: The ‘Marigold’ at the  pier of Harrow Bay on Monday < The 'Marigold' at "
          "the pier of Harrow Bay on Monday",
          "caption_exact: Deck hand Jonas Sallow paints the funnel < Deck hand Jonas Sallow paints "
          "the funnel",
          "caption_near: Passengers wait in the rain for the first boat of the day (pictured above "
          "< Passengers wait in the rain for the first boat of the day, which was an hour late as "
          "usual",
          "trailer: Read more at harrowbayherald.example",
      });
}

TEST_CASE("a headline printed twice, the second time longer, is repeated by the second") {
  const std::string text =
      article({"Ferry stays afloat", "Ferry stays afloat, and so does its captain", kLead, kBody});
  CHECK(told(text) ==
        Rows{"headline: Ferry stays afloat, and so does its captain < Ferry stays afloat"});
  CHECK(told("Ferry stays afloat", text) ==
        Rows{"headline: Ferry stays afloat",
             "headline: Ferry stays afloat, and so does its captain"});
}

TEST_CASE("the title again is a headline, but a lead that begins with its words is none") {
  CHECK(told("Council keeps night ferry", article({"COUNCIL KEEPS NIGHT FERRY", kLead, kBody})) ==
        Rows{"headline: COUNCIL KEEPS NIGHT FERRY"});
  CHECK(told("The council of Harrow Bay voted", article({kLead, kBody})).empty());
  CHECK(told("Weather", article({"Weather in the north was cold", kLead, kBody})).empty());
}

TEST_CASE("a highlight without a sign is taken up by the body, and chance is no highlight") {
  const std::string body =
      "After a long night the council voted to keep the old ferry running through the winter.";
  CHECK(
      told(article({"The boat", "Council votes to keep old ferry running",
                    "Winter timetable starts in the first week", body, kBody,
                    "The winter timetable starts in the first week of May, as it always does."})) ==
      Rows{"summary: Council votes to keep old ferry running < " + body.substr(0, body.size() - 1),
           "summary: Winter timetable starts in the first week < The winter timetable starts in "
           "the first week of May, as it always does"});
  CHECK(told(article({"- The man in the hall", "- One of the two", kBody,
                      "He was one of the few in the hall who had seen the two of them there."}))
            .empty());
}

TEST_CASE("of two captions of which one covers most of the other the shorter goes") {
  const std::string caption = "Farmers' tractors line the road to the parliament in Inverlea";
  CHECK(told(article({caption, kLead, caption + " (pictured)", kBody})) ==
        Rows{"caption_near: " + caption + " < " + caption + " (pictured"});
  CHECK(told(article({kLead, "Above: " + caption, kBody, caption, kLast})) ==
        Rows{"caption_near: " + caption + " < Above: " + caption});
  const std::string cut = "Farmers' tractors line the road to the parliament in Inv";
  CHECK(told(article({kLead, caption, kBody, cut + "...", kLast})) ==
        Rows{"caption_near: " + cut + " < " + caption});
}

TEST_CASE("captions of another number are other captions") {
  CHECK(told(article({kLead, "Runners of heat 3 wait for the start at the old stadium", kBody,
                      "Runners of heat 4 wait for the start at the old stadium", kLast}))
            .empty());
}

TEST_CASE("captions in one form that tell of different things are different captions") {
  CHECK(told(article({kLead, "Guards take position at the gate of the old palace in the capital",
                      kBody, "Guards leave quickly by the gate of the old palace in the capital",
                      kLast}))
            .empty());
}

TEST_CASE("captions are told by cues in German, French and Spanish") {
  const auto twice = [](const std::string& caption) {
    return article({kLead, caption, kBody, caption, "And so to bed, said the mayor at last."});
  };
  for (const std::string caption : {"Der Fischer Ole Brandt vor seinem Kutter. Foto: Rolf Wenk",
                                    "Le maire devant la gare de Saint-Aubin (photo d’archives)",
                                    "El alcalde saluda a los vecinos de Oria. Foto de archivo."}) {
    const Rows rows = told(twice(caption));
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].starts_with("caption_exact: "));
  }
}

TEST_CASE("a paragraph printed twice is a block, also with a word changed") {
  const std::string lead = kLead.substr(0, kLead.size() - 1);
  CHECK(told(article({kLead, kBody, kLast, kLead})) == Rows{"block: " + lead + " < " + lead});
  std::string changed = lead + ", said the mayor";
  const std::string longer = changed;
  changed.replace(changed.find("keep"), 4, "kept");
  CHECK(told(article({longer + ".", kBody, kLast, changed + "."})) ==
        Rows{"block: " + changed + " < " + longer});
}

TEST_CASE("trailers are blocks, or glued to the last sentence, in four languages") {
  for (const std::string trailer :
       {"Read more at harrow.example", "Lesen Sie auch: Die Fähre fährt weiter",
        "Lire aussi : le bac reste à flot", "Lea también: el ferry sigue a flote"}) {
    CHECK(told(article({kLead, kBody, trailer})) == Rows{"trailer: " + trailer});
    CHECK(told(article({kLead, kBody + trailer})) == Rows{"trailer: " + trailer});
    CHECK(told(kLead + " " + kBody + " " + trailer) == Rows{"trailer: " + trailer});
  }
  CHECK(told(article({kLead, kBody, "Copyright Harrow Bay Herald. All rights reserved."})) ==
        Rows{"trailer: Copyright Harrow Bay Herald. All rights reserved"});
}

TEST_CASE("a paragraph that ends in a trailer is not cut as a whole") {
  CHECK(told(article({kLead, kBody + " To have your say, click here.", kLast})) ==
        Rows{"trailer: To have your say, click here"});
}

TEST_CASE("an imprint is a trailer from its first sentence on") {
  const std::string imprint =
      "The Harrow Bay Herald is published in Harrow Bay by Ida Holm. Printed on recycled paper";
  CHECK(told(article({kLead, kBody, imprint + "."})) == Rows{"trailer: " + imprint});
  CHECK(told(article({kLead, kLast, kBody + " Printed on recycled paper."})) ==
        Rows{"trailer: Printed on recycled paper"});
}

TEST_CASE("a trailer under a hard-wrapped text is cut from the paragraph it stands under") {
  const std::string wrapped =
      "The council of Harrow Bay voted on Monday to keep the night\n"
      "ferry running through the winter. Nobody had expected that:\n"
      "the boat is forty years old, and its engine is older than\n"
      "the boat\n";
  CHECK(told(wrapped + "Read more at the Harrow Bay Herald") ==
        Rows{"trailer: Read more at the Harrow Bay Herald"});
}

TEST_CASE("a trailer broken for want of room where blank lines part paragraphs is whole") {
  const std::string trailer =
      "Support local journalism. A subscription to the Harrow Bay Herald costs\n"
      "less than one coffee a week";
  CHECK(told(article({kLead, kBody, kLast, "Ida Holm", trailer + "."})) ==
        Rows{"trailer: " + trailer});
}

TEST_CASE("prose that speaks of more to come is no trailer, nor the rest of a sentence") {
  CHECK(
      told(article({kLead, "The mayor spoke of a bad winter, and warned of more to come.", kBody}))
          .empty());
  CHECK(told(article({kLead, "Those who want to come to the hall can\nsign up for the boat today",
                      kBody, kLast}))
            .empty());
  CHECK(told(article({kLead, kBody, "More to follow."})) == Rows{"trailer: More to follow"});
}

TEST_CASE("credits behind a glued trailer stay") {
  CHECK(told(article(
            {kLead, kBody + " For more on the ferry, click here (Reporting by Ida Holm)"})) ==
        Rows{"trailer: For more on the ferry, click here"});
}

TEST_CASE("what trailers begin with is none far from the end, or where a text begins") {
  std::string text = kLead + " Read more books, said the mayor. ";
  for (int i = 0; i < 12; ++i) text += "Line " + std::to_string(i) + " of a very long speech. ";
  CHECK(told(text + kBody).empty());
  CHECK(told(article({"Read more books, says mayor", kLead, kBody})).empty());
}

TEST_CASE("many words again that are no block are a phrase") {
  const std::string words =
      "the boat is forty years old, and its engine is older than the boat and louder";
  CHECK(told(article(
            {"He said that " + words + " too.", kLead, "She knew that " + words + ", too."})) ==
        Rows{"phrase: that " + words + ", too < that " + words + " too"});
}

TEST_CASE("letters that only the repeat says are counted") {
  const std::string text =
      article({"Ferry stays afloat", "Ferry stays afloat again", kLead, kBody});
  const std::vector<Repeat> found = find_repeats("Ferry stays afloat", text);
  REQUIRE(found.size() == 2);
  CHECK(found[0].unique_letters == 0);
  CHECK(found[1].unique_letters == 5);
}

TEST_CASE("a text of one line repeats phrases, and captions only where a cue tells") {
  const std::string caption = "The Marigold at the pier on Monday (pictured).";
  CHECK(
      told(caption + " " + kLead + " " + caption + " " + kBody) ==
      Rows{"caption_exact: The Marigold at the pier on Monday (pictured < The Marigold at the pier "
           "on Monday (pictured"});
  CHECK(told(kLead + " " + kBody + " " + kLead + " And that was that.") ==
        Rows{"phrase: " + kLead.substr(0, kLead.size() - 1) + " < " +
             kLead.substr(0, kLead.size() - 1)});
  CHECK(told("The Marigold lies at the pier. The Marigold lies at the pier. " + kBody) ==
        Rows{"caption_exact: The Marigold lies at the pier < The Marigold lies at the pier"});
  CHECK(told("Night ferry stays afloat", "Night ferry stays afloat. " + kLead + " " + kBody) ==
        Rows{"headline: Night ferry stays afloat"});
}

TEST_CASE("scripts without spaces repeat phrases of twice as many letters") {
  const std::string said = "市议会星期一决定让夜间渡轮在整个冬天继续航行直到明年春天";
  CHECK(told("据报道" + said + "。没有人想到会这样。他说" + said + "吗？") ==
        Rows{"phrase: " + said + " < " + said});
  CHECK(told("市议会决定让渡轮航行。没有人想到。市议会决定让渡轮航行。").empty());
}
