// The plain words about a finished run, and that they are safe to print.
#include <algorithm>

#include "catch.h"
#include "temporary_folder.h"
#include "wirecopy/error.h"
#include "wirecopy/report.h"

using namespace wirecopy;
using test::TemporaryFolder;

namespace {

constexpr Summary::Rows kRows{
    .read = 41203, .kept = 41190, .dropped = 10, .rejected = 1, .repeated = 2, .repaired = 0};

struct Member {
  std::string id;
  std::string source;
  std::string published;
  double jaccard = 1;                             // with the first
  std::optional<Verdict> aligned = std::nullopt;  // what it is of the first
  bool credit_removed = false;
};

// One cluster a call; the first member has no parent and is the one kept.
class Run {
 public:
  Run() : sink_(folder_.path("out"), OutputSet::all(), false, {}) {}

  Run& cluster(const std::string& id, const std::string& title, const std::vector<Member>& members,
               const std::string& agency = "") {
    ClusterRow row;
    row.agency = agency;
    row.cluster = id;
    row.representative = members.front().id;
    row.title = title;
    for (const Member& member : members) {
      MemberRow& told = row.members.emplace_back();
      told.id = member.id;
      told.source = member.source;
      told.published = member.published;
      if (row.members.size() == 1) continue;
      const Verdict exact = member.jaccard == 1 ? Verdict::identical : Verdict::near_duplicate;
      told.link = MemberRow::Link{members.front().id,
                                  member.aligned.value_or(exact),
                                  static_cast<std::uint32_t>(member.jaccard * kFullScore),
                                  member.jaccard,
                                  member.aligned ? std::optional(0.9) : std::nullopt,
                                  std::nullopt};
      told.credit_removed = member.credit_removed;
    }
    sink_.cluster(row);
    ++summary_.clusters;
    summary_.clustered += members.size();
    return *this;
  }

  std::string words(std::size_t stories = 10) {
    summary_.rows = kRows;
    sink_.finish(summary_);
    return describe_run(folder_.path("out"), stories);
  }

  TemporaryFolder folder_;
  Summary summary_;
  RunFolder sink_;
};

std::vector<Member> unknown_members(std::size_t count) {
  std::vector<Member> members;
  for (std::size_t i = 0; i < count; ++i) members.push_back({"id" + std::to_string(i), "", "", 1});
  return members;
}

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

}  // namespace

TEST_CASE("the words begin with what came in and what became of it") {
  Run run;
  const std::string words = run.words();
  CHECK(
      words.starts_with("41,203 rows read\n"
                        "  41,190 articles kept\n"
                        "  10 articles left out, because a copy is kept\n"
                        "  1 row could not be read as an article; rejected.jsonl says why\n"
                        "  2 rows were there before, with the same id and text\n"
                        "\nNo story ran more than once.\n"));
  CHECK_FALSE(contains(words, "broken characters"));
}

TEST_CASE("the words end with the digest and the files") {
  Run run;
  const std::string words = run.words();
  CHECK(contains(words, "Digest " + run.summary_.digest));
  CHECK(contains(words, "\n  kept.jsonl  0 bytes\n"));
  CHECK(contains(words, "\n  summary.json  "));
}

TEST_CASE(
    "a story of several outlets says who ran it first, which is kept and how alike they are") {
  Run run;
  run.cluster("c1", "Dam breaks",
              {{"a", "Daily", "2024-03-01T08:00:00Z"},
               {"b", "Post", "2024-03-01T09:30:00Z", 0.83},
               {"c", "Mail", "2024-03-02", 0.999999}});
  CHECK(contains(run.words(),
                 "1 story ran more than once (3 articles in all):\n"
                 "  3 outlets ran \"Dam breaks\"\n"
                 "    first: Daily, 2024-03-01T08:00:00Z\n"
                 "    main copy: a\n"
                 "    copies: the least alike have 83 % of their wording in common\n"));
}

TEST_CASE("the first is the earliest by date, not the one that is kept") {
  Run run;
  run.cluster(
      "c1", "Dam breaks",
      {{"a", "Daily", "2024-03-09"}, {"b", "Post", "2024-03-01"}, {"c", "Mail", "2024-03-05"}});
  CHECK(contains(run.words(),
                 "first: Post, 2024-03-01\n"
                 "    main copy: a\n    copies: all have the same words\n"));
}

TEST_CASE("copies of aligned texts are counted by what was done to them") {
  Run run;
  run.cluster("c1", "Dam breaks",
              {{"a", "", ""},
               {"b", "", "", 0.5, Verdict::derived},
               {"c", "", "", 0.9, Verdict::near_duplicate},
               {"d", "", "", 0.9, Verdict::near_duplicate},
               {"e", "", "", 1, Verdict::identical},
               {"f", "", "", 0.6, Verdict::abridged},
               {"g", "", "", 0.6, Verdict::expanded}});
  CHECK(contains(run.words(),
                 "    copies: 1 identical, 2 slightly changed, 1 shortened, 1 extended, 1 partly "
                 "rewritten\n"));
}

TEST_CASE("an agency is named, and how many copies left it out") {
  Run run;
  run.cluster("c1", "x", {{"a", "", ""}, {"b", "", "", 0.9, Verdict::abridged, true}}, "CPS");
  run.cluster("c2", "y", {{"c", "", ""}, {"d", "", ""}, {"e", "", ""}}, "UNA");
  const std::string words = run.words();
  CHECK(contains(words, "    agency: CPS; 1 copy left its name out\n"));
  CHECK(contains(words, "    agency: UNA\n"));
}

TEST_CASE("seconds since 1970 are told as a date") {
  Run run;
  run.cluster("c1", "x", {{"a", "Daily", "1772528400"}, {"b", "Post", "2026-03-04"}});
  CHECK(contains(run.words(), "first: Daily, 2026-03-03T09:00:00Z\n"));
}

TEST_CASE("no first is claimed where dates overlap or are missing") {
  Run overlap;
  overlap.cluster("c1", "x", {{"a", "Daily", "2024-03-01"}, {"b", "Post", "2024-03-01T09:30:00Z"}});
  CHECK(contains(overlap.words(),
                 "first: not certain, dates overlap; earliest date: Post, 2024-03-01T09:30:00Z"));
  Run dateless;
  dateless.cluster("c1", "x", {{"a", "Daily", ""}, {"b", "Post", ""}});
  CHECK(contains(dateless.words(), "first: not known, there are no dates"));
  Run partly;
  partly.cluster("c1", "x", {{"a", "", "2024-03-01"}, {"b", "", "2024-03-04"}, {"c", "", ""}});
  CHECK(contains(partly.words(), "first: a, 2024-03-01 (of those with a date; 1 without)"));
}

TEST_CASE("outlets are counted once, and not at all where some are unknown") {
  Run run;
  run.cluster("c1", "Often", {{"a", "Daily", ""}, {"b", "Daily", ""}, {"c", "Post", ""}});
  run.cluster("c2", "Own", {{"d", "Daily", ""}, {"e", "Daily", ""}});
  run.cluster("c3", "Half", {{"f", "Daily", ""}, {"g", "", ""}});
  run.cluster("c4", "", {{"h", "", ""}, {"i", "", ""}});
  const std::string words = run.words();
  CHECK(contains(words, "  2 outlets ran \"Often\", 3 times in all\n"));
  CHECK(contains(words, "  Daily ran \"Own\" 2 times\n"));
  CHECK(contains(words, "  2 copies of \"Half\"\n"));
  CHECK(contains(words, "  2 copies of a story without title\n"));
}

TEST_CASE("99.9999 % alike is never told as 100 %") {
  Run run;
  run.cluster("c1", "x", {{"a", "", ""}, {"b", "", "", 0.999999}});
  CHECK(contains(run.words(), "the least alike have 99 % of their wording in common"));
}

TEST_CASE("stories come largest first, ties by cluster id, and the rest is counted") {
  Run run;
  run.cluster("c1", "three", unknown_members(3));
  run.cluster("c2", "two, later", unknown_members(2));
  run.cluster("c0", "two, earlier", unknown_members(2));
  run.cluster("c3", "five", unknown_members(5));
  const std::string words = run.words(3);
  const std::size_t five = words.find("\"five\"");
  const std::size_t three = words.find("\"three\"");
  const std::size_t two = words.find("\"two, earlier\"");
  REQUIRE(two != std::string::npos);
  CHECK(five < three);
  CHECK(three < two);
  CHECK_FALSE(contains(words, "two, later"));
  CHECK(contains(words, "  … and 1 more\n"));

  const std::string none = describe_run(run.folder_.path("out"), 0);
  CHECK(contains(none, "4 stories ran more than once (12 articles in all):\n  … and 4 more\n"));
}

TEST_CASE("hostile ids, titles and outlets cannot reach the terminal as control characters") {
  Run run;
  const std::string evil = std::string("\x1b]0;x\x07 \r\n\t") + '\0' + "\x7f\u009b31m\u202e\u2028";
  run.cluster("c1", evil, {{evil, evil, evil}, {"b", "Post", "2024-03-01"}});
  const std::string words = run.words();
  CHECK(std::none_of(words.begin(), words.end(), [](char c) {
    return c != '\n' && (static_cast<unsigned char>(c) < 0x20 || c == 0x7f);
  }));
  for (const std::string_view hidden : {"\u009b", "\u202e", "\u2028"}) {
    CHECK_FALSE(contains(words, hidden));
  }
  CHECK(
      contains(words, R"("\u{1b}]0;x\u{7} \u{d}\u{a}\u{9}\u{0}\u{7f}\u{9b}31m\u{202e}\u{2028}")"));
}

TEST_CASE("a folder without a run, or with a broken one, is an error that names the file") {
  const auto failure = [](const std::string& folder) {
    try {
      return describe_run(folder);
    } catch (const Error& error) {
      return std::string(error.what());
    }
  };
  const TemporaryFolder folder;
  CHECK(contains(failure(folder.path()), "summary.json"));
  (void)folder.file("summary.json", "{\"rows\":");
  CHECK(contains(failure(folder.path()), "summary.json is not the summary of a run"));
  (void)folder.file("summary.json", R"({"rows":{"read":1},"clusters":1})");
  CHECK(contains(failure(folder.path()), "clusters.jsonl"));
  (void)folder.file("clusters.jsonl", "{}\n{\n");
  CHECK(contains(failure(folder.path()), "clusters.jsonl:2:"));
}
