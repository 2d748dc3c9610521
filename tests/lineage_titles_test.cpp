#include <vector>

#include "catch.h"
#include "random_text.h"
#include "wirecopy/lineage.h"

namespace {

using wirecopy::compare_titles;
using wirecopy::MarkedTitle;
using wirecopy::TitleChange;
using wirecopy::version_marks;
using wirecopy::VersionKind;
using wirecopy::VersionMark;

struct MarkCase {
  std::string_view title;
  std::vector<VersionMark> marks;
  std::string_view headline;
};

TEST_CASE("marks of versions are read from the head of a title") {
  const VersionMark update{VersionKind::update, 0};
  const VersionMark correction{VersionKind::correction, 0};
  const VersionMark urgent{VersionKind::urgent, 0};
  for (const auto& [title, marks, headline] : std::vector<MarkCase>{
           {"UPDATE 2-Dam held", {{VersionKind::update, 2}}, "Dam held"},
           {"UPDATE 10 - Dam held", {{VersionKind::update, 10}}, "Dam held"},
           {"Update: Dam held", {update}, "Dam held"},
           {"(UPDATE) Dam held", {update}, "Dam held"},
           {"CORRECTED-Dam held", {correction}, "Dam held"},
           {"CORRECTED: Dam held", {correction}, "Dam held"},
           {"REFILE-Dam held", {{VersionKind::refile, 0}}, "Dam held"},
           {"WRAPUP 3-Dam held", {{VersionKind::wrapup, 3}}, "Dam held"},
           {"RPT-UPDATE 2-Dam held",
            {{VersionKind::repeat, 0}, {VersionKind::update, 2}},
            "Dam held"},
           {"1st Ld: Dam held", {{VersionKind::lead, 1}}, "Dam held"},
           {"3rd Ld-Writethru: Dam held", {{VersionKind::lead, 3}}, "Dam held"},
           {"URGENT - Dam held", {urgent}, "Dam held"},
           {"Breaking: Dam held", {urgent}, "Dam held"},
           {"EILMELDUNG: Damm hielt", {urgent}, "Damm hielt"},
           {"2. ZUSAMMENFASSUNG: Damm hielt", {{VersionKind::wrapup, 2}}, "Damm hielt"},
           {"Korrektur: Damm hielt", {correction}, "Damm hielt"},
           {"RECTIFICATIF - Barrage", {correction}, "Barrage"},
           {"ACTUALIZA 1-La presa", {{VersionKind::update, 1}}, "La presa"},
           {"Última hora: la presa", {urgent}, "la presa"},
           {"última hora: la presa", {urgent}, "la presa"},
           {"СРОЧНО: Плотина", {urgent}, "Плотина"},
           {"速報：ダム", {urgent}, "ダム"},
           {"MISE À JOUR - Barrage", {update}, "Barrage"},
           {"Updates on the dam: none", {}, "Updates on the dam: none"},
           {"Lead-free paint sells", {}, "Lead-free paint sells"},
           {"Urgent care: a guide", {}, "Urgent care: a guide"},
           {"2020-in review", {}, "2020-in review"},
           {"UPDATE 1-", {}, "UPDATE 1-"},
           {"", {}, ""}}) {
    CAPTURE(title);
    const MarkedTitle marked = version_marks(title);
    CHECK(marked.marks == marks);
    CHECK(title.substr(marked.headline) == headline);
  }
}

struct TitlePair {
  std::string_view a;
  std::string_view b;
};

TEST_CASE("case, punctuation, marks and the name of the outlet do not change a headline") {
  for (const auto& [a, b] : std::vector<TitlePair>{
           {"Dam above the town held", "DAM ABOVE THE TOWN HELD"},
           {"Dam above the town held", "Dam Above The Town Held!"},
           {"‘Dam’ above the town held", "'Dam' above the town held"},
           {"Dam above the town held", "UPDATE 2-Dam above the town held"},
           {"Dam above the town held", "Dam above the town held - The Times"},
           {"Dam above the town held | Reuters", "Dam above the town held – BBC News"},
           {"水库大坝安全", "水库大坝，安全"}}) {
    CAPTURE(a, b);
    CHECK(compare_titles(a, b) == TitleChange::same);
  }
}

TEST_CASE("a headline that keeps most of its words is edited, else it is new") {
  for (const auto& [a, b] :
       std::vector<TitlePair>{{"Dam above the town held", "Dam above the village held"},
                              {"Dam above the town held", "Old dam above the town held on Monday"},
                              {"Reservoir above Tarn Hollow to be lowered after seepage is found",
                               "Reservoir above Tarn Hollow to be lowered"},
                              {"水库大坝今天安全", "水库大坝昨天安全"}}) {
    CAPTURE(a, b);
    CHECK(compare_titles(a, b) == TitleChange::edited);
    CHECK(compare_titles(b, a) == TitleChange::edited);
  }
  for (const auto& [a, b] :
       std::vector<TitlePair>{{"Dam above the town held", "We will sleep with one ear open"},
                              {"Dam above the town held", "The council met"},
                              {"Dam", "The old dam above the town that everybody feared held"}}) {
    CAPTURE(a, b);
    CHECK(compare_titles(a, b) == TitleChange::fresh);
    CHECK(compare_titles(b, a) == TitleChange::fresh);
  }
}

TEST_CASE("nothing is said about a title that is missing") {
  CHECK(compare_titles("", "Dam held") == TitleChange::unknown);
  CHECK(compare_titles("Dam held", "…") == TitleChange::unknown);
  CHECK(compare_titles("", "") == TitleChange::unknown);
}

TEST_CASE("comparing titles is symmetric, and a title is the same as itself") {
  wirecopy::oracle::Random random(11);
  for (int round = 0; round < 500; ++round) {
    const std::string a = wirecopy::test::random_text(random, 40);
    const std::string b = wirecopy::test::random_text(random, 40);
    CAPTURE(a, b);
    CHECK(compare_titles(a, b) == compare_titles(b, a));
    const TitleChange itself = compare_titles(a, a);
    CHECK((itself == TitleChange::same || itself == TitleChange::unknown));
    CHECK(version_marks(a).headline <= a.size());
  }
}

TEST_CASE("the four answers about titles have the names that the files use") {
  CHECK(name_of(TitleChange::same) == "same");
  CHECK(name_of(TitleChange::edited) == "edited");
  CHECK(name_of(TitleChange::fresh) == "new");
  CHECK(name_of(TitleChange::unknown) == "unknown");
}

}  // namespace
