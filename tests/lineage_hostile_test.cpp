// Credits in texts that nobody would write, and in the evaluation data.
#include <string>

#include "catch.h"
#include "random_text.h"
#include "wirecopy/lineage.h"

namespace {

using wirecopy::Credit;
using wirecopy::Credits;
using wirecopy::Field;
using wirecopy::find_credits;

std::string slice(const std::u32string& text, const wirecopy::Span& span) {
  REQUIRE(span.begin < span.end);
  REQUIRE(span.end <= text.size());
  return wirecopy::test::utf8(text.substr(span.begin, span.end - span.begin));
}

// Pieces that credits are made of, in any order and number.
std::string random_article(wirecopy::oracle::Random& random) {
  constexpr std::array<std::string_view, 30> kPieces = {
      "LONDON",
      ", March 5",
      " (Reuters) - ",
      "(AP)",
      "\n",
      "\n\n",
      " told ",
      "AFP",
      "Köln/Berlin",
      "(dpa) - ",
      "© ",
      "Source: ",
      "新华社",
      "电",
      "Photo: ",
      "/Jane Doe",
      "Northwire",
      "(CPS) - ",
      "/TASS/",
      ". ",
      "The dam held",
      "By ",
      "With files from ",
      " and ",
      "(",
      ")",
      "Reuters",
      "e\u0301",
      "\U0001F600 ",
      "The Associated Press contributed to this report."};
  std::string text;
  for (std::size_t pieces = wirecopy::oracle::below(random, 40); pieces > 0; --pieces) {
    text += kPieces[wirecopy::oracle::below(random, kPieces.size())];
  }
  return text;
}

void check_spans(const std::string& text, const Credits& credits) {
  const std::u32string points = wirecopy::test::code_points(text);
  std::uint64_t last = 0;
  for (const Credit& credit : credits.credits) {
    if (credit.field != Field::text) continue;
    CHECK(credit.span.begin >= last);
    last = credit.span.end;
    const std::string words = slice(points, credit.span);
    // A name that no table knows is given as it stands there.
    const Credits alone = find_credits("LONDON, March 5 (" + words + ") - Held.", "", "");
    if (credit.form == wirecopy::CreditForm::house_style) continue;
    CAPTURE(words);
    REQUIRE_FALSE(alone.credits.empty());
    CHECK(alone.credits[0].agency == credit.agency);
  }
  for (const Credit& photo : credits.photos) CHECK_FALSE(slice(points, photo.span).empty());
}

TEST_CASE("each span is the name that the text gives the agency") {
  wirecopy::oracle::Random random(21);
  std::size_t found = 0;
  for (int round = 0; round < 4000; ++round) {
    const std::string text = random_article(random);
    CAPTURE(text);
    const Credits credits = find_credits(text, "", "");
    found += credits.credits.size();
    check_spans(text, credits);
  }
  CHECK(found > 2000);
}

TEST_CASE("any text of any script, and any bytes, can be looked at") {
  wirecopy::oracle::Random random(22);
  for (int round = 0; round < 500; ++round) {
    for (const std::string& text :
         {wirecopy::test::random_text(random, 60), wirecopy::test::random_bytes(random, 3000),
          "LONDON (" + wirecopy::test::random_text(random, 3) + ") - X"}) {
      const Credits credits = find_credits(text, text, text);
      const std::u32string points = wirecopy::test::code_points(text);
      for (const Credit& credit : credits.credits) CHECK(credit.span.end <= points.size());
    }
  }
}

// Quadratic time would take hours here.
TEST_CASE("a million brackets, datelines or names take linear time") {
  for (const std::string_view piece :
       {"(", "((AP) - ", "LONDON, ", "LONDON, March 5 (Reuters) - ", "AP ", "Source: ", "/TASS/",
        "A/B", "\n", "\n(", "The ", "新华社", "Photo: AP/", "\xf0\x9f",
        "With files from Reuters "}) {
    std::string text;
    while (text.size() < 5'000'000) text += piece;
    CAPTURE(piece);
    const Credits credits = find_credits(text, text, text);
    CHECK(credits.credits.size() < 2000);
  }
}

TEST_CASE("nearly all of a wire's stories credit it by their dateline") {
  const auto data = wirecopy::test::shared_data("reuters_fin_2006_2009/docs.jsonl.zst");
  if (!data) {
    WARN("skipped: no reuters_fin_2006_2009");
    return;
  }
  wirecopy::ReadOptions options;
  options.inputs = {*data};
  wirecopy::Reader reader(options);
  std::size_t count = 0;
  std::size_t reuters = 0;
  while (auto block = reader.next()) {
    const wirecopy::ParsedBlock parsed = reader.parse(*std::move(block));
    for (const wirecopy::Document& document : parsed.documents) {
      ++count;
      if (find_credits(document.text, document.title, "").agency() == "Reuters") ++reuters;
    }
  }
  CHECK(reuters * 1000 >= count * 995);
}

}  // namespace
