#include <string>

#include "catch.h"
#include "wirecopy/lineage.h"

namespace {

using wirecopy::Credit;
using wirecopy::Credits;
using wirecopy::find_credits;

// "dateline Reuters; line? Northwire": the credits of a text, `?` = not certain.
std::string told(const std::vector<Credit>& credits) {
  std::string all;
  for (const Credit& credit : credits) {
    if (!all.empty()) all += "; ";
    all += std::string(name_of(credit.form)) + (credit.certain ? " " : "? ") + credit.agency;
  }
  return all;
}

std::string in_text(std::string_view text) { return told(find_credits(text, "", "").credits); }
std::string in_byline(std::string_view byline) {
  return told(find_credits("The dam held.", "", byline).credits);
}
std::string in_title(std::string_view title) {
  return told(find_credits("The dam held.", title, "").credits);
}

// A body that is long enough to keep an opening and a closing apart.
std::string body() {
  std::string text;
  for (int i = 0; i < 60; ++i) text += "The council heard from the people who live below the dam. ";
  return text;
}

struct Case {
  std::string_view text;
  std::string_view credits;
};

void check(const std::vector<Case>& cases) {
  for (const auto& [text, credits] : cases) {
    CAPTURE(text);
    CHECK(in_text(text) == credits);
  }
}

TEST_CASE("the agency in the brackets of a dateline is credited") {
  check({
      {"LONDON, March 5 (Reuters) - The dam held.", "dateline Reuters"},
      {"LONDON  (Reuters) - The dam held.", "dateline Reuters"},
      {"DUBAI/LONDON (Reuters) - The dam held.", "dateline Reuters"},
      {"RICHMOND, Virginia (Reuters) -The dam held.", "dateline Reuters"},
      {"April 12 (Reuters) - The dam held.", "dateline Reuters"},
      {"(Reuters) - The dam held.", "dateline Reuters"},
      {"WASHINGTON (AP) — The dam held.", "dateline AP"},
      {"PROVIDENCE, R.I. (AP) -- The dam held.", "dateline AP"},
      {"Iguala de la Independencia (Mexico) (AFP) - The dam held.", "dateline AFP"},
      {"LAS VEGAS, Feb. 19 (UPI) -- The dam held.", "dateline UPI"},
      {"BEIJING, March 5 (Xinhua) -- The dam held.", "dateline Xinhua"},
      {"OTTAWA (CP) - The dam held.", "dateline The Canadian Press"},
      {"KUALA LUMPUR, March 5 (Bernama) -- The dam held.", "dateline Bernama"},
      {"New Delhi, Mar 5 (PTI) The dam held.", "dateline PTI"},
      {"New Delhi [India], March 5 (ANI): The dam held.", "dateline ANI"},
      {"Port Gibson, Mississippi (CNN)The dam held.", "dateline CNN"},
      {"(CNN)The dam held.", "dateline CNN"},
      {"BEIRUT (Reuters/AFP) - The dam held.", "dateline Reuters; dateline AFP"},
      {"By Jane Doe NEW YORK (Reuters) - The dam held.", "dateline Reuters"},
      {"LONDON (agencies) - The dam held.", "dateline agencies"},
  });
}

TEST_CASE("datelines of other languages are read") {
  check({
      {"Paris (AFP) - Le barrage a tenu.", "dateline AFP"},
      {"PARIS, 5 mars 2020 (AFP) - Le barrage a tenu.", "dateline AFP"},
      {"Madrid, 5 mar (EFE).- La presa aguantó.", "dateline EFE"},
      {"Madrid, 5 de marzo (EFE).- La presa aguantó.", "dateline EFE"},
      {"(ANSA) - ROMA, 05 MAR - La diga ha tenuto.", "dateline ANSA"},
      {"Lisboa, 05 mar 2020 (Lusa) – A barragem aguentou.", "dateline Lusa"},
      {"Berlin (dpa) - Der Damm hielt.", "dateline dpa"},
      {"Berlin/Köln (dpa) - Der Damm hielt.", "dateline dpa"},
      {"Mainz (dpa/lrs) - Der Damm hielt.", "dateline dpa"},
      {"Wien (APA) – Der Damm hielt.", "dateline APA"},
      {"Warszawa (PAP) - Tama wytrzymała.", "dateline PAP"},
      {"МОСКВА, 5 марта. /ТАСС/. Плотина выдержала.", "dateline TASS"},
      {"MOSCOW, March 5. /TASS/. The dam held.", "dateline TASS"},
      {"Riyadh, March 5, 2020, SPA -- The dam held.", "dateline SPA"},
      {"新华社北京3月5日电 大坝安全。", "dateline Xinhua"},
      {"中新社北京3月5日电 大坝安全。", "dateline China News Service"},
      {"【ワシントン共同】ダムは無事だった。", "dateline Kyodo"},
      {"［東京　５日　ロイター］ - ダムは無事だった。", "dateline Reuters"},
      {"(서울=연합뉴스) 홍길동 기자 = 댐은 안전했다", "dateline Yonhap"},
      {"القاهرة (أ ف ب) - صمد السد", "dateline AFP"},
      {"नई दिल्ली, पांच मार्च (भाषा) बांध सुरक्षित रहा", "dateline PTI"},
  });
}

TEST_CASE("an agency that no table knows is credited where the form is whole") {
  check({
      {"PORT CALDER (CPS) - The dam held.", "dateline CPS"},
      {"(CPS) - The dam held.", "dateline CPS"},
      {"LONDON, March 5 (Northwire) - The dam held.", "dateline Northwire"},
      {"LONDON, March 5 (Meridian Press) - The dam held.", "dateline Meridian Press"},
      {"LONDON (Northwire) - The dam held.", "dateline? Northwire"},
      {"LONDON (Coastal Press Service) - The dam held.", "dateline Coastal Press Service"},
      {"Some header of the paper\n\nKESTREL BRIDGE, March 4 (UNA) - The dam held.", "dateline UNA"},
      // Not the whole form, or other words than a name:
      {"(Mashable) The dam held.", ""},
      {"TALKS ON DAM (REVISED) - The dam held.", ""},
      {"(CORRECTION) - The dam held.", ""},
      {"The dam (built in 1936) - held.", ""},
      {"The board of the valley (the owner) - said so.", ""},
      {"Legacy costs (Northwire): none", ""},
  });
}

TEST_CASE("a name in a sentence is a mention and no credit") {
  const std::vector<std::string_view> sentences = {
      "The mayor told Reuters that the dam held.",
      "The dam held, Reuters reported on Monday.",
      "AP reported that the dam held.",
      "The dam held, according to AFP.",
      "The mayor told The Associated Press\nthat the dam held.",
      "The dam held, the Xinhua news agency said.",
      "A Reuters poll showed that the dam held.",
      "Agence France-Presse (AFP) said the dam held.",
      "The Press Trust of India (PTI) said the dam held.",
      "Der Damm hielt, sagte er der dpa.",
      "Le barrage a tenu, a-t-il déclaré à l'AFP.",
      "La presa aguantó, dijo a EFE el alcalde.",
      "Плотина выдержала, сообщил Интерфакс.",
      "据新华社报道，大坝安全。",
      "The dam held, a source told Bloomberg News.",
      "The dam held, the mayor told\nReuters.",
  };
  for (const std::string_view sentence : sentences) {
    CAPTURE(sentence);
    const Credits credits = find_credits(sentence, "", "");
    CHECK(told(credits.credits).empty());
    CHECK(credits.mentions >= 1);
    CHECK(credits.agency().empty());
    CHECK(find_credits(body() + std::string(sentence), "", "").credits.empty());
  }
}

TEST_CASE("short names that mean other things count only where credits stand") {
  for (const std::string_view sentence :
       {"He lives in Pittsburgh, PA 15213 now.", "Shares of CP rose.", "The AA came to the car.",
        "PA-28 Warrior, PA-28 Archer and PA-44 were built.", "Write to jane.doe@reuters.com today.",
        "See www.reuters.com for more."}) {
    CAPTURE(sentence);
    const Credits credits = find_credits(sentence, "", "");
    CHECK(told(credits.credits).empty());
    CHECK(credits.mentions == 0);
  }
}

TEST_CASE("lines at the end give credit") {
  const std::vector<Case> cases = {
      {"With files from The Canadian Press", "line The Canadian Press"},
      {"(With inputs from PTI)", "line PTI"},
      {"(With the Associated Press)", "line AP"},
      {"[With agencies]", "line agencies"},
      {"Staff and agencies", "line agencies"},
      {"Additional reporting by Reuters", "line Reuters"},
      {"Source: AFP", "line AFP"},
      {"Quelle: dpa", "line dpa"},
      {"Fonte: ANSA", "line ANSA"},
      {"Con información de EFE", "line EFE"},
      {"Источник: ТАСС", "line TASS"},
      {"来源：新华社", "line Xinhua"},
      {"AFP", "line AFP"},
      {"- Reuters", "line Reuters"},
      {"Agence France Presse, Reuters", "line AFP; line Reuters"},
      {"glb/sb (Reuters, AFP)", "line Reuters; line AFP"},
      {"(FRANCE 24 with AFP, AP)", "line AFP; line AP"},
      {"Jane Doe, Associated Press", "line AP"},
      {"The Associated Press contributed to this report.", "line AP"},
      {"Associated Press writer Lolita C. Baldor contributed to this report.", "line AP"},
      {"CNN's Jane Doe and John Roe contributed to this report.", "line CNN"},
      {"With files from Reuters and The Associated Press", "line Reuters; line AP"},
      {"© AFP", "copyright AFP"},
      {"(c) Reuters", "copyright Reuters"},
      {"Copyright 2014 The Associated Press. All rights reserved.", "copyright AP"},
      {"© 2020 by The Canadian Press", "copyright The Canadian Press"},
      {"(Reporting by Jane Doe; Editing by John Roe)", "house_style? Reuters"},
      // Names that no table knows
      {"Source: Northwire", "line? Northwire"},
      {"With reporting by Meridian Press.", "line? Meridian Press"},
      {"(c) Calder News", "copyright? Calder News"},
      {"(CPS)", "line? CPS"},
      {"Coastal Press Service", "line Coastal Press Service"},
      // No credits
      {"Reporting by the council is due on Friday.", ""},
      {"The copyright of the map is held by the council.", ""},
      {"The source: a leak below the dam.", ""},
  };
  for (const auto& [line, credits] : cases) {
    CAPTURE(line);
    CHECK(in_text(body() + "\n\n" + std::string(line)) == credits);
    CHECK(in_text(body() + "\n" + std::string(line) + "\n") == credits);
  }
}

TEST_CASE("bylines give credit, in the field and as a line") {
  for (const auto& [byline, credits] :
       std::vector<Case>{{"By Jane Doe, Associated Press", "byline AP"},
                         {"Associated Press", "byline AP"},
                         {"Jane Doe | Reuters", "byline Reuters"},
                         {"By Staff and agencies", "byline agencies"},
                         {"Von Jana Muster, dpa", "byline dpa"},
                         {"Par l'AFP", "byline AFP"},
                         {"PTI", "byline PTI"},
                         {"Ada Lindqvist, Coastal Press Service", "byline Coastal Press Service"},
                         {"Northwire", "byline? Northwire"},
                         {"By Jane Doe", "byline? Jane Doe"},
                         {"Photo: AFP", ""},
                         {"Nick Doe, PC Consultant", ""},
                         {"", ""}}) {
    CAPTURE(byline);
    CHECK(in_byline(byline) == credits);
  }
  for (const auto& [line, credits] : std::vector<Case>{
           {"By Jane Doe, Associated Press", "byline AP"},
           {"By JANE DOE\nAssociated Press Writer", "byline AP"},
           {"Reuters Staff", "byline Reuters"},
           {"By: Press Trust of India | New Delhi | Posted: January 8, 2015", "byline PTI"},
           {"Agence France Presse", "byline AFP"},
           {"By Coastal Press Service", "byline Coastal Press Service"},
           {"By Jane Doe", ""}}) {
    CAPTURE(line);
    CHECK(in_text(std::string(line) + "\n\n" + body()) == credits);
  }
}

TEST_CASE("titles give credit in brackets and behind a bar") {
  CHECK(in_title("Dam above the town held (AP)") == "headline AP");
  CHECK(in_title("(AFP) Dam above the town held") == "headline AFP");
  CHECK(in_title("Dam above the town held | Reuters") == "headline Reuters");
  CHECK(in_title("Dam above the town held - Reuters").empty());
  CHECK(in_title("Dam above the town held: Reuters").empty());
  CHECK(in_title("Reuters to cut jobs").empty());
}

TEST_CASE("credits of pictures are kept apart") {
  for (const auto& [text, photos] :
       std::vector<Case>{{"The dam. (AP Photo/Jane Doe)", "photo AP"},
                         {"The dam. REUTERS/Jane Doe", "photo Reuters"},
                         {"The dam. Photo: AFP\n\nIt held.", "photo AFP"},
                         {"The dam. (Photo by Jane Doe/AP)", "photo AP"},
                         {"The dam. Jane Doe / Getty Images", "photo Getty Images"},
                         {"The dam. PA Wire", "photo PA"},
                         {"[Image via AP]", "photo AP"},
                         {"Der Damm. Foto: dpa", "photo dpa"}}) {
    CAPTURE(text);
    const Credits credits = find_credits(text, "", "");
    CHECK(told(credits.photos) == photos);
    CHECK(told(credits.credits).empty());
    CHECK(credits.mentions == 0);
  }
  CHECK(find_credits("A Reuters/Ipsos poll was out.", "", "").photos.empty());
}

TEST_CASE("the plainest certain credit names the agency") {
  const Credits credits =
      find_credits("LONDON, March 5 (Reuters) - " + body() + "\n\n© AFP", "", "By Jane Doe, dpa");
  CHECK(told(credits.credits) == "dateline Reuters; copyright AFP; byline dpa");
  CHECK(credits.agency() == "Reuters");
  CHECK(find_credits("The dam held.", "", "Northwire").agency().empty());
}

TEST_CASE("a name counts as credited if it is uncertain, unnamed or written in initials") {
  CHECK(find_credits(body() + "\n\nSource: Northwire", "", "").name("Northwire"));
  CHECK(find_credits(body(), "", "Staff and agencies").name("Northwire"));
  CHECK(find_credits("PORT CALDER (CPS) - " + body(), "", "").name("Coastal Press Service"));
  CHECK(find_credits(body(), "", "Coastal Press Service").name("CPS"));
  CHECK_FALSE(find_credits(body(), "", "Coastal Press Service").name("CP"));
  CHECK_FALSE(find_credits("LONDON (AP) - " + body(), "", "").name("Reuters"));
  CHECK_FALSE(find_credits(body() + "The mayor told Reuters.", "", "").name("Reuters"));
}

}  // namespace
