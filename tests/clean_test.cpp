#include "wirecopy/clean.h"

#include <algorithm>
#include <numeric>
#include <random>
#include <set>

#include "base/utf8.h"
#include "catch.h"
#include "temporary_folder.h"
#include "wirecopy/error.h"
#include "wirecopy/report.h"

using namespace wirecopy;
using test::contents_of;
using test::TemporaryFolder;

namespace {

std::vector<std::uint32_t> order_of(std::string_view rule, const std::vector<KeepFacts>& facts) {
  return keep_order(KeepRule::parse(rule), facts);
}

// A row of the accepted input and what the run did with it.
struct AcceptedRow {
  enum class Fate { kept, repaired, dropped, repeated, repaired_and_dropped };
  Fate fate = Fate::kept;
  std::string bytes;  // as they came

  [[nodiscard]] bool is_kept() const { return fate == Fate::kept || fate == Fate::repaired; }
};

LedgerRow ledger_row(LedgerRow::Action action, const AcceptedRow& row, std::uint64_t position) {
  LedgerRow line;
  line.action = action;
  line.id = "id";
  line.input = "in.jsonl";
  line.row_number = position;
  line.position = position;
  line.row = row.bytes;
  return line;
}

void tell(Sink& sink, const AcceptedRow& row, std::uint64_t position) {
  const auto line = [&](LedgerRow::Action action) {
    sink.ledger(ledger_row(action, row, position));
  };
  switch (row.fate) {
    case AcceptedRow::Fate::kept:
      return sink.kept(row.bytes);
    case AcceptedRow::Fate::repaired:
      line(LedgerRow::Action::repair);
      return sink.kept(base::repair_utf8(row.bytes));
    case AcceptedRow::Fate::dropped:
      return line(LedgerRow::Action::drop);
    case AcceptedRow::Fate::repeated:
      return line(LedgerRow::Action::repeated);
    case AcceptedRow::Fate::repaired_and_dropped:
      line(position % 2 == 0 ? LedgerRow::Action::repair : LedgerRow::Action::drop);
      return line(position % 2 == 0 ? LedgerRow::Action::drop : LedgerRow::Action::repair);
  }
}

void write_run(const std::string& folder, const std::vector<AcceptedRow>& rows) {
  RunFolder sink(folder, OutputSet::all(), false, {});
  Summary summary;
  std::uint64_t position = 0;
  for (const AcceptedRow& row : rows) {
    tell(sink, row, ++position);
    ++(row.is_kept()                             ? summary.rows.kept
       : row.fate == AcceptedRow::Fate::repeated ? summary.rows.repeated
                                                 : summary.rows.dropped);
  }
  summary.rows.read = rows.size();
  sink.finish(summary);
}

std::string undone(const std::string& folder, UndoCounts* counts = nullptr) {
  std::string bytes;
  const UndoCounts result = undo(folder, {}, [&](std::string_view piece) { bytes += piece; });
  if (counts != nullptr) *counts = result;
  return bytes;
}

// The message of the Error(damaged) that undo throws; empty if it throws none.
std::string damage_of(const std::string& folder) {
  try {
    undo(folder, {}, [](std::string_view) {});
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::damaged);
    return error.what();
  }
  return {};
}

// Any bytes but newlines, of which a row has none.
std::string random_row(std::mt19937_64& random) {
  switch (random() % 4) {
    case 0:
      return "{}";
    case 1:
      return "{\"text\":\"plain\"}\r";
    case 2:
      return "{\"text\":\"caf\xc3\xa9 \\\"x\\\" \u202e\"}";
    default: {
      std::string bytes(random() % 30, '\0');
      for (char& byte : bytes) {
        byte = static_cast<char>(random());
        if (byte == '\n') byte = '\r';
      }
      return bytes;
    }
  }
}

// kept.jsonl and ledger.jsonl of: kept "one", dropped "two", kept "three", repaired "four".
struct SmallRun {
  TemporaryFolder folder;
  SmallRun() {
    using Fate = AcceptedRow::Fate;
    write_run(folder.path("run"), {{Fate::kept, "one"},
                                   {Fate::dropped, "two"},
                                   {Fate::kept, "three"},
                                   {Fate::repaired, "four\xff"}});
  }
  [[nodiscard]] std::string path() const { return folder.path("run"); }
  [[nodiscard]] std::string read(const std::string& name) const {
    return contents_of(path() + "/" + name);
  }
  void write(const std::string& name, const std::string& contents) const {
    (void)folder.file("run/" + name, contents);
  }
};

std::string with(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("keep rules are read and named") {
  for (const std::string_view text : {"first", "longest", "sources=a", "sources=b.com,a.com"}) {
    CHECK(KeepRule::parse(text).name() == text);
  }
  CHECK(KeepRule::parse("sources=b,a").sources == std::vector<std::string>{"b", "a"});
  for (const std::string_view text :
       {"", "last", "First", "sources", "sources=", "sources=a,", "sources=,a", "longest "}) {
    CAPTURE(text);
    CHECK_THROWS_AS(KeepRule::parse(text), Error);
  }
}

TEST_CASE("first considers documents by rank") {
  CHECK(order_of("first", {{2, 10, ""}, {0, 5, ""}, {1, 99, ""}}) ==
        std::vector<std::uint32_t>{2, 0, 1});
}

TEST_CASE("longest considers the most letters first, then rank") {
  CHECK(order_of("longest", {{0, 5, ""}, {2, 9, ""}, {1, 9, ""}, {3, 0, ""}}) ==
        std::vector<std::uint32_t>{2, 1, 0, 3});
}

TEST_CASE("sources considers the listed sources in their order, then all others by rank") {
  CHECK(order_of("sources=ap,reuters",
                 {{0, 1, "blog"}, {1, 1, "reuters"}, {2, 1, ""}, {3, 1, "ap"}, {4, 1, "ap"}}) ==
        std::vector<std::uint32_t>{3, 2, 4, 0, 1});
}

TEST_CASE("every keep order is a permutation, whatever the documents") {
  std::mt19937_64 random(23);
  const std::vector<std::string> sources{"", "a", "b", "c"};
  for (const std::string_view rule : {"first", "longest", "sources=b,a"}) {
    for (std::uint32_t count : {0U, 1U, 2U, 50U}) {
      std::vector<std::uint32_t> ranks(count);
      std::iota(ranks.begin(), ranks.end(), 0U);
      std::shuffle(ranks.begin(), ranks.end(), random);
      std::vector<KeepFacts> facts;
      for (const std::uint32_t rank : ranks) {
        facts.push_back({rank, static_cast<std::uint32_t>(random() % 3), sources[random() % 4]});
      }
      const std::vector<std::uint32_t> order = order_of(rule, facts);
      CHECK(std::set<std::uint32_t>(order.begin(), order.end()).size() == count);
      CHECK(std::all_of(order.begin(), order.end(), [&](auto place) { return place < count; }));
    }
  }
}

TEST_CASE("undo gives back the accepted rows byte for byte") {
  std::mt19937_64 random(29);
  for (int round = 0; round < 60; ++round) {
    CAPTURE(round);
    const TemporaryFolder folder;
    std::vector<AcceptedRow> rows(random() % 40);
    std::string expected;
    std::uint64_t restored = 0;
    for (AcceptedRow& row : rows) {
      row = {static_cast<AcceptedRow::Fate>(random() % 5), random_row(random)};
      expected += row.bytes + "\n";
      if (row.fate != AcceptedRow::Fate::kept) ++restored;
    }
    write_run(folder.path("run"), rows);
    UndoCounts counts;
    CHECK(undone(folder.path("run"), &counts) == expected);
    CHECK(counts.rows == rows.size());
    CHECK(counts.restored == restored);
  }
}

TEST_CASE("undo needs no summary") {
  const SmallRun run;
  std::filesystem::remove(run.path() + "/summary.json");
  CHECK(undone(run.path()) == "one\ntwo\nthree\nfour\xff\n");
}

TEST_CASE("undo of a missing file is an error of input that names it") {
  for (const std::string name : {"kept.jsonl", "ledger.jsonl"}) {
    const SmallRun run;
    std::filesystem::remove(run.path() + "/" + name);
    try {
      undone(run.path());
      FAIL("expected an error");
    } catch (const Error& error) {
      CHECK(error.code() == ErrorCode::input);
      CHECK(std::string(error.what()).find(name) != std::string::npos);
    }
  }
}

TEST_CASE("undo names file and line of a damaged ledger") {
  const SmallRun run;
  const std::string ledger = run.read("ledger.jsonl");
  const auto damage = [&](std::string_view from, std::string_view to) {
    run.write("ledger.jsonl", with(ledger, from, to));
    const std::string message = damage_of(run.path());
    CAPTURE(from, to, message);
    CHECK(message.find("ledger.jsonl:") != std::string::npos);
    return message;
  };
  CHECK(damage("{", "[").find("ledger.jsonl:1:") != std::string::npos);
  CHECK(damage("\"repair\"", "\"cut\"").find("ledger.jsonl:2:") != std::string::npos);
  damage("\"position\":2", "\"position\":0");
  damage("\"position\":2", "\"position\":\"2\"");
  damage("\"position\":2", "\"position\":5");
  damage("\"position\":4", "\"position\":1");
  damage("\"position\":4", "\"position\":9");
  damage("utf-8", "utf-7");
  damage("base64", "utf-16");
  damage("\"row\":\"two\"", "\"row\":null");
  damage("Zm91cv8=", "Zm91cv8");
}

TEST_CASE("undo refuses a second line for one position") {
  const SmallRun run;
  const std::string ledger = run.read("ledger.jsonl");
  const std::string first = ledger.substr(0, ledger.find('\n') + 1);
  run.write("ledger.jsonl", first + ledger);
  CHECK(damage_of(run.path()).find("ledger.jsonl:2:") != std::string::npos);
}

TEST_CASE("undo notices lines lost at the end of either file") {
  for (const std::string name : {"kept.jsonl", "ledger.jsonl"}) {
    const SmallRun run;
    const std::string whole = run.read(name);
    for (std::size_t length = 0; length < whole.size(); ++length) {
      CAPTURE(name, length);
      run.write(name, whole.substr(0, length));
      CHECK_FALSE(damage_of(run.path()).empty());
    }
    run.write(name, whole);
    CHECK(damage_of(run.path()).empty());
  }
}

TEST_CASE("undo notices rows added to either file") {
  const SmallRun run;
  const std::string kept = run.read("kept.jsonl");
  run.write("kept.jsonl", kept + "five\n");
  CHECK(damage_of(run.path()).find("summary.json") != std::string::npos);
}

TEST_CASE("undo hands over every row before the damage") {
  const SmallRun run;
  run.write("ledger.jsonl", with(run.read("ledger.jsonl"), "\"repair\"", "\"cut\""));
  std::string bytes;
  CHECK_THROWS_AS(undo(run.path(), {}, [&](std::string_view piece) { bytes += piece; }), Error);
  CHECK(std::string("one\ntwo\nthree\n").starts_with(bytes));
  CHECK_FALSE(bytes.empty());
}
