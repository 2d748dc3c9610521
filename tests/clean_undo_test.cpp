// Undo of cuts, and of a part of what a run did.
#include <algorithm>
#include <array>

#include "base/utf8.h"
#include "catch.h"
#include "oracle.h"
#include "temporary_folder.h"
#include "wirecopy/clean.h"
#include "wirecopy/error.h"
#include "wirecopy/report.h"

using namespace wirecopy;
using test::contents_of;
using test::TemporaryFolder;

namespace {

using Action = LedgerRow::Action;

constexpr std::string_view kHead = R"({"text":")";
constexpr std::array<RepeatKind, 3> kKinds{RepeatKind::trailer, RepeatKind::block,
                                           RepeatKind::caption_near};

// An accepted row of the text `source` (in JSON, one byte a code point) and its fate.
struct Accepted {
  std::string id;
  std::string bytes;     // as they came
  std::string repaired;  // the same, where they need no repair
  std::optional<Action> missing;
  std::string why;  // of a missing row
  std::vector<Cut> cuts;
  std::vector<RemovedBytes> removed = {};
  std::string kept = {};  // the row in kept.jsonl

  [[nodiscard]] bool was_repaired() const { return bytes != repaired; }
};

std::string row_of(std::string_view text, bool broken) {
  return std::string(kHead) + std::string(text) + (broken ? "\",\"z\":\"\xff\"}" : "\"}");
}

void make_cuts(Accepted& row) {
  const std::string_view whole = row.repaired;
  row.kept =
      cut_row(whole, whole.substr(kHead.size(), whole.find('"', kHead.size()) - kHead.size()),
              row.cuts, row.removed);
}

std::vector<Accepted> random_rows(oracle::Random& random) {
  std::vector<Accepted> rows(oracle::below(random, 20));
  for (Accepted& row : rows) {
    row.id = std::string(1, static_cast<char>('a' + oracle::below(random, 6)));
    std::string text(oracle::below(random, 40), ' ');
    for (char& letter : text) letter = static_cast<char>('a' + oracle::below(random, 26));
    row.bytes = row_of(text, oracle::below(random, 3) == 0);
    row.repaired = base::repair_utf8(row.bytes);
    if (oracle::below(random, 3) == 0) {
      row.missing = oracle::below(random, 2) == 0 ? Action::drop : Action::repeated;
      row.why = oracle::below(random, 2) == 0 ? "identical" : "near_duplicate";
    } else {
      for (std::uint64_t at = oracle::below(random, 20); at + 1 < text.size();) {
        const std::uint64_t end = at + 1 + oracle::below(random, text.size() - at);
        row.cuts.push_back({kKinds[oracle::below(random, kKinds.size())], {at, end}, {}, 1});
        at = end + oracle::below(random, 3);
      }
    }
    make_cuts(row);
  }
  return rows;
}

void tell_line(Sink& sink, const Accepted& row, std::uint64_t position, Action action) {
  LedgerRow line;
  line.action = action;
  line.id = row.id;
  line.input = "in.jsonl";
  line.row_number = position;
  line.position = position;
  line.why = row.why;
  if (action == Action::repair) line.why = "invalid UTF-8";
  line.row = row.bytes;
  const std::string_view text = std::string_view(row.repaired).substr(kHead.size());
  const std::vector<std::string_view> texts = removed_texts(text, row.cuts);
  if (action == Action::cut) {
    line.cuts = row.cuts;
    line.cut_texts = texts;
    line.removed = row.removed;
  }
  sink.ledger(line);
}

void write_run(const std::string& folder, const std::vector<Accepted>& rows) {
  RunFolder sink(folder, OutputSet::all(), true, {});
  std::uint64_t position = 0;
  for (const Accepted& row : rows) {
    ++position;
    if (row.missing) {
      tell_line(sink, row, position, *row.missing);
      continue;
    }
    if (row.was_repaired()) tell_line(sink, row, position, Action::repair);
    if (!row.cuts.empty()) tell_line(sink, row, position, Action::cut);
    sink.kept(row.kept);
  }
  Summary summary;
  sink.finish(summary);
}

std::string undone(const std::string& folder, const UndoSelection& selection = {},
                   UndoCounts* counts = nullptr) {
  std::string bytes;
  const UndoCounts result =
      undo(folder, selection, [&](std::string_view piece) { bytes += piece; });
  if (counts != nullptr) *counts = result;
  return bytes;
}

bool has(const std::vector<std::string>& list, std::string_view text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

// What a selection gives back of one row; nothing if it stays dropped.
std::optional<std::string> expected(const Accepted& row, const UndoSelection& selection) {
  const bool id = selection.ids.empty() || has(selection.ids, row.id);
  const auto wanted = [&](std::initializer_list<std::string_view> reasons) {
    return id && (selection.reasons.empty() ||
                  std::any_of(reasons.begin(), reasons.end(),
                              [&](std::string_view each) { return has(selection.reasons, each); }));
  };
  if (row.missing) {
    const bool back = wanted({row.why, *row.missing == Action::drop ? "drop" : "repeated"});
    return back ? std::optional(row.bytes) : std::nullopt;
  }
  RepeatKinds kinds;
  for (const Cut& cut : row.cuts) kinds.add(cut.kind);
  std::vector<Cut> left;
  for (const Cut& cut : row.cuts) {
    if (!wanted({"cut", name_of(cut.kind), kinds.names()})) left.push_back(cut);
  }
  if (left.empty() && row.was_repaired() && wanted({"repair", "invalid UTF-8"})) return row.bytes;
  Accepted rest = row;
  rest.cuts = left;
  make_cuts(rest);
  return rest.kept;
}

// The message of the Error(damaged) that undo throws; empty if it throws none.
std::string damage_of(const std::string& folder) {
  try {
    (void)undone(folder);
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::damaged);
    return error.what();
  }
  return {};
}

// "abcdefghij" without b, and without f to h: of the id "one", repaired.
struct SmallRun {
  TemporaryFolder folder;
  SmallRun() {
    Accepted row;
    row.id = "one";
    row.bytes = row_of("abcdefghij", true);
    row.repaired = base::repair_utf8(row.bytes);
    row.cuts = {{RepeatKind::block, {1, 2}, {}, 0}, {RepeatKind::trailer, {5, 8}, {}, 3}};
    make_cuts(row);
    write_run(folder.path(), {row});
  }
  void damage(const std::string& name, std::string_view from, std::string_view to) const {
    std::string contents = contents_of(folder.path(name));
    const std::size_t at = contents.find(from);
    REQUIRE(at != std::string::npos);
    (void)folder.file(name, contents.replace(at, from.size(), to));
  }
};

std::string text_of(const std::string& row) {
  return row.substr(kHead.size(), row.find('"', kHead.size()) - kHead.size());
}

}  // namespace

TEST_CASE("undo puts back what was cut, dropped and repaired, byte for byte") {
  oracle::Random random(59);
  for (int round = 0; round < 200; ++round) {
    const TemporaryFolder folder;
    const std::vector<Accepted> rows = random_rows(random);
    write_run(folder.path(), rows);
    std::string accepted;
    std::uint64_t changed = 0;
    for (const Accepted& row : rows) {
      accepted += row.bytes + "\n";
      if (row.missing || row.kept != row.bytes) ++changed;
    }
    UndoCounts counts;
    REQUIRE(undone(folder.path(), {}, &counts) == accepted);
    REQUIRE(counts.rows == rows.size());
    REQUIRE(counts.restored == changed);
  }
}

TEST_CASE("undo of a selection leaves dropped, cut and repaired what is not selected") {
  oracle::Random random(61);
  const std::vector<std::string> reasons{
      "drop",    "repeated", "repair",       "cut",           "identical",     "near_duplicate",
      "trailer", "block",    "caption_near", "invalid UTF-8", "block,trailer", "nothing"};
  for (int round = 0; round < 500; ++round) {
    const TemporaryFolder folder;
    const std::vector<Accepted> rows = random_rows(random);
    write_run(folder.path(), rows);
    UndoSelection selection;
    for (std::size_t i = oracle::below(random, 4); i > 0; --i) {
      selection.reasons.push_back(reasons[oracle::below(random, reasons.size())]);
    }
    for (std::size_t i = oracle::below(random, 3); i > 0; --i) {
      selection.ids.emplace_back(1, static_cast<char>('a' + oracle::below(random, 7)));
    }
    std::string some;
    std::uint64_t changed = 0;
    for (const Accepted& row : rows) {
      const std::optional<std::string> left = expected(row, selection);
      if (left) some += *left + "\n";
      if (left && (row.missing || *left != row.kept)) ++changed;
    }
    UndoCounts counts;
    REQUIRE(undone(folder.path(), selection, &counts) == some);
    REQUIRE(counts.restored == changed);
  }
}

TEST_CASE("one kind of cuts is put back alone") {
  const SmallRun run;
  CHECK(text_of(undone(run.folder.path())) == "abcdefghij");
  CHECK(text_of(undone(run.folder.path(), {{}, {"trailer"}})) == "acdefghij");
  CHECK(text_of(undone(run.folder.path(), {{}, {"block"}})) == "abcdeij");
  CHECK(text_of(undone(run.folder.path(), {{"two"}, {}})) == "acdeij");
  CHECK(text_of(undone(run.folder.path(), {{"two", "one"}, {"cut"}})) == "abcdefghij");
}

TEST_CASE("a row that is still cut stays repaired") {
  const SmallRun run;
  const auto repaired = [&](const UndoSelection& selection) {
    return base::valid_utf8(undone(run.folder.path(), selection));
  };
  CHECK(repaired({{}, {"repair"}}));
  CHECK(repaired({{}, {"repair", "block"}}));
  CHECK(repaired({{}, {"cut"}}));
  CHECK_FALSE(repaired({{}, {"repair", "block", "trailer"}}));
  CHECK_FALSE(repaired({}));
}

TEST_CASE("cuts that do not fit their row are damage of a line that is named") {
  const auto message = [](std::string_view name, std::string_view from, std::string_view to) {
    const SmallRun run;
    run.damage(std::string(name), from, to);
    const std::string damage = damage_of(run.folder.path());
    CAPTURE(from, to, damage);
    CHECK(damage.find("ledger.jsonl:2:") != std::string::npos);
    return damage;
  };
  CHECK(message("ledger.jsonl", "\"at\":14", "\"at\":9").find("kept.jsonl:1") != std::string::npos);
  message("ledger.jsonl", "\"at\":14", "\"at\":1400");
  message("kept.jsonl", R"({"text":"acdeij")", "{");
  message("ledger.jsonl", "\"at\":14", "\"at\":-1");
  message("ledger.jsonl", "\"at\":14", "\"ad\":14");
  message("ledger.jsonl", "\"removed\":\"b\"", "\"removed\":\"\"");
  message("ledger.jsonl", "\"removed\":\"b\"", "\"removed\":null");
  message("ledger.jsonl", "\"kind\":\"block\"", "\"kind\":7");
  message("ledger.jsonl", "\"spans\":[{", "\"spam\":[{");
}

TEST_CASE("a row cannot be cut twice, nor cut and left out") {
  for (const std::string_view other : {"cut", "drop"}) {
    const SmallRun run;
    std::string ledger = contents_of(run.folder.path("ledger.jsonl"));
    std::string line = ledger.substr(ledger.find('\n') + 1);
    if (other == "drop") {
      line = R"({"action":"drop","position":1,"row":"x","encoding":"utf-8"})"
             "\n";
    }
    (void)run.folder.file("ledger.jsonl", ledger + line);
    CHECK(damage_of(run.folder.path()).find("ledger.jsonl:3:") != std::string::npos);
  }
}
