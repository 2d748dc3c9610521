// Verdicts on real articles; the small twins of these are in verify_judge_test.cpp.
#include <algorithm>
#include <array>
#include <map>
#include <string>

#include "base/json.h"
#include "base/lines.h"
#include "catch.h"
#include "random_text.h"
#include "wirecopy/verify.h"

using namespace wirecopy;

namespace {

std::map<std::string, MarkedText> marked_texts(const std::string& folder) {
  std::map<std::string, MarkedText> texts;
  base::JsonRowReader row;
  base::LineReader rows(folder + "/docs.jsonl.zst");
  while (const auto line = rows.next()) {
    if (row.parse(*line)) mark(*row.string("text"), texts[std::string(*row.string("id"))]);
  }
  return texts;
}

}  // namespace

TEST_CASE("articles that have half their words in common are copies, or quote the same words") {
  const auto folder = test::shared_data("fnc1_train");
  if (!folder) {
    WARN("skipped: no shared data; set WIRECOPY_DATA");
    return;
  }
  const std::map<std::string, MarkedText> texts = marked_texts(*folder);
  base::JsonRowReader row;
  base::LineReader truth(*folder + "/truth.exact5.jsonl.zst");
  std::size_t pairs = 0;
  std::size_t copies = 0;
  std::size_t quotes = 0;
  while (const auto line = truth.next()) {
    if (!row.parse(*line) || *row.number("c") < 0.5) continue;
    Judge judge(texts.at(std::string(*row.string("a"))));
    const Comparison comparison = judge.judge(texts.at(std::string(*row.string("b"))));
    ++pairs;
    copies += comparison.score > 0 ? 1U : 0U;
    quotes += comparison.verdict == Verdict::quote_only ? 1U : 0U;
  }
  CHECK(pairs > 200);
  CHECK(copies * 100 >= pairs * 94);
  CHECK((copies + quotes) * 100 >= pairs * 98);
}

TEST_CASE("earnings tables are copies of each other where they are corrected, else forms") {
  const auto folder = test::shared_data("reuters21578");
  if (!folder) {
    WARN("skipped: no shared data; set WIRECOPY_DATA");
    return;
  }
  std::vector<MarkedText> tables;
  base::JsonRowReader row;
  base::LineReader rows(*folder + "/docs.jsonl.zst");
  while (const auto line = rows.next()) {
    if (!row.parse(*line)) continue;
    const std::string text(*row.string("text"));
    constexpr std::array<std::string_view, 3> kSigns = {"Shr ", "Net ", " vs "};
    if (std::all_of(kSigns.begin(), kSigns.end(),
                    [&](std::string_view sign) { return text.find(sign) != std::string::npos; }))
      mark(text, tables.emplace_back());
  }
  CHECK(tables.size() > 1000);
  std::size_t copies = 0;
  std::size_t forms = 0;
  for (std::size_t i = 0; i < tables.size(); ++i) {
    Judge judge(tables[i]);
    for (std::size_t j = i + 1; j < tables.size(); ++j) {
      const Comparison comparison = judge.judge(tables[j]);
      copies += comparison.score > 0 ? 1U : 0U;
      forms += comparison.cannot_link ? 1U : 0U;
    }
  }
  CHECK(copies < 100);
  CHECK(forms > 400);
}
