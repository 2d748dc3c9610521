// Cuts for other tools: cuts.tsv and Dolma attributes.
#include "report/cuts.h"

#include <filesystem>

#include "base/lines.h"
#include "base/utf8.h"
#include "catch.h"
#include "report_samples.h"
#include "temporary_folder.h"
#include "wirecopy/error.h"

using namespace wirecopy;
using namespace wirecopy::test;

namespace {

namespace fs = std::filesystem;

std::string attributes_of(const CutsRow& row) {
  base::JsonWriter json;
  report::write_attributes(json, row, "mine");
  return std::string(json.text());
}

CutsRow plain_row(std::string_view id, std::uint32_t input = 0) {
  CutsRow row;
  row.id = id;
  row.input = input;
  return row;
}

std::vector<InputInfo> inputs_called(const std::vector<std::string>& names) {
  std::vector<InputInfo> inputs;
  for (const std::string& name : names) inputs.push_back({"elsewhere/" + name, name, true});
  return inputs;
}

std::vector<std::string> lines_in(const std::string& path) {
  std::vector<std::string> lines;
  base::LineReader reader(path);
  while (const auto line = reader.next()) lines.emplace_back(*line);
  return lines;
}

void finish(RunFolder& sink) {
  Summary summary;
  sink.finish(summary);
}

}  // namespace

TEST_CASE("cuts are lines of seven cells, with their newlines and tabs escaped") {
  CHECK(report::to_tsv(sample_cuts()) ==
        "b1\ttrailer\t4\t9\t\t\t\\n\\ta\\\\\\r\n"
        "b1\tcaption_exact\t20\t22\t10\t12\t😀.\n"
        "b1\ttrailer\t30\t31\t\t\tx\n");
  CHECK(report::to_tsv(plain_row("a")).empty());
  for (const std::string& hostile : hostile_strings()) {
    CutsRow row = sample_cuts();
    row.id = hostile;
    const std::string lines = report::to_tsv(row);
    CHECK(base::valid_utf8(lines));
    CHECK(std::count(lines.begin(), lines.end(), '\n') == 3);
    CHECK(std::count(lines.begin(), lines.end(), '\t') == 18);
    CHECK(std::count(lines.begin(), lines.end(), '\r') == 0);
  }
}

TEST_CASE("attributes are spans by kind, in the order of the kinds") {
  CHECK(attributes_of(sample_cuts()) ==
        R"({"id":"b1","attributes":{"mine__wirecopy__caption_exact":[[20,22,1.0]],)"
        R"("mine__wirecopy__trailer":[[4,9,1.0],[30,31,1.0]]}})");
}

TEST_CASE("a row that lost nothing has no attributes, and one that was left out all of its text") {
  CutsRow row = plain_row("a#2");
  CHECK(attributes_of(row) == R"({"id":"a#2","attributes":{}})");
  row.given_id = "a";
  CHECK(attributes_of(row) == R"({"id":"a","attributes":{}})");
  row.dropped = 120;
  CHECK(attributes_of(row) == R"({"id":"a","attributes":{"mine__wirecopy__drop":[[0,120,1.0]]}})");
}

TEST_CASE("cuts.tsv has a header, and a line for each cut") {
  const TemporaryFolder folder;
  RunFolder sink(folder.path("out"), OutputSet::parse("cuts,summary"), false, {});
  CHECK(sink.wants(Output::cuts));
  sink.cuts(plain_row("a"));
  sink.cuts(sample_cuts());
  finish(sink);
  CHECK(contents_of(folder.path("out/cuts.tsv")) ==
        std::string(report::cuts_header()) + report::to_tsv(sample_cuts()));
}

TEST_CASE("attributes lie in a file for each input, of its name, with a line for each row") {
  const TemporaryFolder folder;
  const auto inputs = inputs_called({"a.jsonl", "b.jsonl.gz", "c.json.zst"});
  RunFolder sink(folder.path("out"), OutputSet::parse("summary"), false, inputs);
  CHECK_FALSE(sink.wants(Output::cuts));
  sink.add_attributes("mine");
  CHECK(sink.wants(Output::cuts));
  std::vector<std::string> expected;
  for (int i = 0; i < 20'000; ++i) {
    const std::string id = "row " + std::to_string(i) + std::string(50, 'x');
    expected.push_back(attributes_of(plain_row(id)));
    for (const std::uint32_t input : {0U, 1U, 2U}) sink.cuts(plain_row(id, input));
  }
  CHECK_FALSE(fs::exists(folder.path("out/attributes/mine/a.jsonl")));
  finish(sink);
  for (const InputInfo& input : inputs) {
    CAPTURE(input.name);
    CHECK(lines_in(folder.path("out/attributes/mine/" + input.name)) == expected);
  }
  CHECK(contents_of(folder.path("out/attributes/mine/b.jsonl.gz")).starts_with("\x1f\x8b"));
  CHECK(contents_of(folder.path("out/attributes/mine/c.json.zst")).starts_with("\x28\xb5\x2f\xfd"));
  CHECK(sink.files().size() == 4);
  CHECK(sink.files().back() == folder.path("out/attributes/mine/c.json.zst"));
}

TEST_CASE("attributes of a run that ends early leave nothing behind") {
  const TemporaryFolder folder;
  {
    RunFolder sink(folder.path("out"), OutputSet::all(), false, inputs_called({"a.jsonl"}));
    sink.add_attributes("mine");
    sink.cuts(plain_row("a"));
  }
  CHECK(folder.empty());
}

TEST_CASE("attributes replace former ones only where they may") {
  const TemporaryFolder folder;
  (void)folder.file("out/attributes/mine/a.jsonl", "former");
  for (const bool replace : {false, true}) {
    RunFolder sink(folder.path("out"), OutputSet::parse("summary"), replace,
                   inputs_called({"a.jsonl"}));
    if (!replace) {
      CHECK_THROWS_AS(sink.add_attributes("mine"), Error);
      continue;
    }
    sink.add_attributes("mine");
    finish(sink);
  }
  CHECK(contents_of(folder.path("out/attributes/mine/a.jsonl")).empty());
}

TEST_CASE("attributes of a former run under another name go with --replace, those of others stay") {
  const TemporaryFolder folder;
  const auto write = [&](const std::vector<std::string>& inputs, const char* name, bool replace) {
    RunFolder sink(folder.path("out"), OutputSet::parse("summary"), replace, inputs_called(inputs));
    if (name != nullptr) sink.add_attributes(name);
    CutsRow row = sample_cuts();
    for (std::uint32_t input = 0; input < inputs.size(); ++input) {
      row.input = input;
      sink.cuts(row);
    }
    finish(sink);
  };
  const auto there = [&](const std::string& file) {
    return fs::exists(folder.path("out/attributes/" + file));
  };
  write({"a.jsonl.gz", "b.jsonl"}, "old", false);
  (void)folder.file("out/attributes/theirs/a.jsonl", R"({"id":"a","attributes":{"x__y__z":[]}})");
  (void)folder.file("out/attributes/old/notes.txt", "not ours");
  write({"b.jsonl"}, "old", true);
  CHECK_FALSE(there("old/a.jsonl.gz"));
  CHECK(there("old/b.jsonl"));
  write({"b.jsonl"}, "new", true);
  CHECK_FALSE(there("old/b.jsonl"));
  CHECK(there("old/notes.txt"));
  CHECK(there("new/b.jsonl"));
  write({"b.jsonl"}, nullptr, true);
  CHECK_FALSE(there("new"));
  CHECK(there("theirs/a.jsonl"));
}

TEST_CASE("attributes never take the place of an input") {
  const TemporaryFolder folder;
  const std::string path = folder.file("out/attributes/mine/a.jsonl", "input");
  RunFolder sink(folder.path("out"), OutputSet::parse("summary"), true, {{path, "a.jsonl", true}});
  CHECK_THROWS_AS(sink.add_attributes("mine"), Error);
  CHECK(contents_of(path) == "input");
}

TEST_CASE("what cannot name attributes is refused, and so are two inputs of one name") {
  const TemporaryFolder folder;
  RunFolder sink(folder.path("out"), OutputSet::parse("summary"), false,
                 inputs_called({"a.jsonl", "a.jsonl"}));
  for (const std::string_view name : {"", "a/b", "..", ".a", "a__b", "a_", "é", "a b"}) {
    CAPTURE(name);
    CHECK_THROWS_AS(sink.add_attributes(name), Error);
  }
  CHECK_THROWS_WITH(sink.add_attributes("mine"), Catch::Contains("a.jsonl"));
  CHECK_FALSE(fs::exists(folder.path("out/attributes")));
}
