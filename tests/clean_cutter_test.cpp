// Texts as they arrive, cut with what is found in them.
#include "catch.h"
#include "random_text.h"
#include "wirecopy/clean.h"
#include "wirecopy/error.h"
#include "wirecopy/read.h"

using namespace wirecopy;

namespace {

const std::string kHead =
    "Storm leaves thousands without power\n\n"
    "A storm that came in from the sea on Monday night left forty thousand homes on the coast "
    "without power, the utility said.\n\n";
const std::string kCaption =
    "Workers clear a fallen oak from the road to Harbor Point early on Tuesday";
const std::string kBody =
    "Crews from three counties were at work by dawn, and the mayor said that schools would stay "
    "closed until the end of the week.\n\n"
    "It was the third storm of the season, and the first since the sea wall was raised by a meter "
    "two years ago.";

std::vector<RepeatKind> kinds_of(const std::vector<Cut>& cuts) {
  std::vector<RepeatKind> kinds;
  for (const Cut& cut : cuts) kinds.push_back(cut.kind);
  return kinds;
}

// Cuts a text twice; the second time nothing may be left to cut.
std::string cut(std::string_view utf8, std::vector<RepeatKind> kinds, const CutRule& rule = {}) {
  Cutter cutter(rule);
  const std::vector<Cut> cuts = cutter.cuts("Power out on the coast", utf8);
  CHECK(kinds_of(cuts) == kinds);
  std::string rest = cut_text(utf8, cuts);
  CHECK(cutter.cuts("Power out on the coast", rest).empty());
  return rest;
}

}  // namespace

TEST_CASE("an article without repeats is left as it is") {
  CHECK(cut(kHead + kBody, {}) == kHead + kBody);
}

TEST_CASE("a caption printed twice is printed once, and a trailer goes") {
  CHECK(cut(kHead + "PICTURED: " + kCaption + ".\n\n" + kBody + "\n\nPICTURED: " + kCaption +
                ".\n\nRead more at coastpost.example.\n",
            {RepeatKind::caption_exact, RepeatKind::trailer}) ==
        kHead + "PICTURED: " + kCaption + ".\n\n" + kBody + "\n");
}

TEST_CASE("a trailer glued to the last sentence goes, and the sentence stays") {
  CHECK(cut(kHead + kBody + " Read more at coastpost.example.", {RepeatKind::trailer}) ==
        kHead + kBody);
}

TEST_CASE("a paragraph printed twice is printed once") {
  CHECK(cut(kHead + kBody + "\n\n" + kBody.substr(0, kBody.find('\n')) + "\n\nEnd of story here.",
            {RepeatKind::block}) == kHead + kBody + "\n\nEnd of story here.");
}

TEST_CASE("kinds that are not asked for stay") {
  const std::string text = kHead + kBody + "\n\n" + kBody.substr(0, kBody.find('\n')) +
                           "\n\nEnd of story here. Read more at coastpost.example.";
  CutRule rule;
  rule.kinds = {RepeatKind::trailer};
  CHECK(cut(text, {RepeatKind::trailer}, rule) ==
        text.substr(0, text.find(" Read more at coastpost")));
  rule.kinds = {};
  CHECK(cut(text, {}, rule) == text);
}

TEST_CASE("what is known of other articles is cut on request") {
  const std::string text = kHead + kBody + "\n\nSign up for our morning letter.";
  CutRule rule;
  rule.kinds.add(RepeatKind::boilerplate);
  Cutter cutter(rule);
  const auto known = [](std::string_view, const NormalizedText& letters,
                        std::span<const Block> blocks, std::vector<Repeat>& into) {
    for (const Block& block : blocks) {
      const auto size = block.letters.end - block.letters.begin;
      if (letters.letters().substr(block.letters.begin, size) == "signupforourmorningletter") {
        into.push_back({RepeatKind::boilerplate, {}, block.letters, 0});
      }
    }
  };
  CHECK(cut_text(text, cutter.cuts("", text, known)) == kHead + kBody);
}

TEST_CASE("a rule that cuts phrases, or is out of range, is refused") {
  CutRule rule;
  rule.kinds.add(RepeatKind::phrase);
  CHECK_THROWS_AS(Cutter(rule), Error);
  rule = {};
  rule.repeats.near_percent = 0;
  CHECK_THROWS_AS(Cutter(rule), Error);
}

TEST_CASE("real articles are cut once and for all, and their rows come back byte for byte") {
  std::size_t looked_at = 0;
  std::size_t cut_rows = 0;
  for (const std::string name : {"cnn_1k", "fnc1_train", "bbc", "udhr_multilingual"}) {
    const auto path = test::shared_data(name + "/docs.jsonl.zst");
    if (!path) {
      WARN("skipped: " << name << " is not here");
      continue;
    }
    CutRule rule;
    rule.kinds.add(RepeatKind::headline);
    rule.kinds.add(RepeatKind::summary);
    Cutter cutter(rule);
    ReadOptions options;
    options.inputs = {*path};
    Reader reader(options);
    while (auto block = reader.next()) {
      for (const ParsedBlock parsed = reader.parse(*std::move(block));
           const Document& document : parsed.documents) {
        ++looked_at;
        const auto cuts = cutter.cuts(document.title, document.text);
        if (cuts.empty()) continue;
        ++cut_rows;
        std::vector<RemovedBytes> removed;
        std::string row = cut_row(document.row, document.text_json, cuts, removed);
        const ParsedBlock again = reader.parse_row(parsed.input, row);
        REQUIRE(again.documents.size() == 1);
        REQUIRE(again.documents[0].text == cut_text(document.text, cuts));
        REQUIRE(cutter.cuts(document.title, again.documents[0].text).empty());
        for (const RemovedBytes& each : removed) row.insert(each.at, each.bytes);
        REQUIRE(row == document.row);
      }
    }
  }
  CHECK((looked_at == 0 || cut_rows > 0));
}
