#include "wirecopy/report.h"

#include <sys/wait.h>

#include <algorithm>
#include <cstdlib>
#include <random>

#include "base/hash.h"
#include "base/json.h"
#include "base/utf8.h"
#include "catch.h"
#include "report/rows.h"
#include "report_samples.h"
#include "temporary_folder.h"
#include "wirecopy/error.h"

using namespace wirecopy;
using namespace wirecopy::test;
using base::JsonObject;
using base::JsonRowReader;
using report::to_json;

namespace {

namespace fs = std::filesystem;

const fs::path kTests = fs::path(__FILE__).parent_path();

void tell_sample_rows(Sink& sink) {
  sink.cluster(sample_cluster());
  sink.cluster(aligned_cluster());
  sink.pair(sample_pair());
  sink.pair(aligned_pair());
  sink.passage(sample_passage());
  sink.repeat(sample_repeat());
  sink.stock(sample_stock());
  sink.whole(Output::outlets, to_csv(std::vector<OutletRow>{sample_outlet()}));
  sink.whole(Output::model, "{\"model\":1}\n");
  sink.kept("{\"text\":\"kept\"}");
  sink.ledger(sample_ledger_row());
  sink.cuts(sample_cuts());
  sink.change(sample_change());
  sink.rejected(sample_rejected(), "in.jsonl");
}

Summary write_run(const std::string& folder, OutputSet outputs = OutputSet::all(),
                  bool replace = false) {
  RunFolder sink(folder, outputs, replace, {});
  tell_sample_rows(sink);
  Summary summary = sample_summary();
  sink.finish(summary);
  return summary;
}

std::vector<std::string> names_in(const std::string& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) {
    names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

// What a RunFolder says when it refuses to begin; empty if it does not.
std::string refusal(const std::string& folder, bool replace,
                    const std::vector<InputInfo>& inputs = {}) {
  try {
    RunFolder sink(folder, OutputSet::all(), replace, inputs);
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::output);
    return error.what();
  }
  return {};
}

void append_big_endian(std::string& bytes, std::uint64_t word) {
  for (int i = 7; i >= 0; --i) bytes += static_cast<char>(word >> (8 * i));
}

// The digest as its definition says, from the rows themselves.
std::string digest_of(const std::vector<std::string>& rows) {
  std::vector<base::Hash128> hashes;
  for (const std::string& row : rows) hashes.push_back(base::hash128(row));
  std::sort(hashes.begin(), hashes.end());
  std::string bytes;
  for (const base::Hash128& hash : hashes) {
    append_big_endian(bytes, hash.high);
    append_big_endian(bytes, hash.low);
  }
  return base::hex(base::hash128(bytes));
}

// Exit code of the schema validator for the files of a run.
int validation_of(const std::string& run) {
  const std::string script = kTests / "cli/validate_schemas.py";
  return WEXITSTATUS(std::system(("python3 '" + script + "' '" + run + "' 2>/dev/null").c_str()));
}

}  // namespace

TEST_CASE("sets of outputs are read from a list") {
  const OutputSet some = OutputSet::parse("clusters,summary");
  CHECK(some.has(Output::clusters));
  CHECK(some.has(Output::summary));
  CHECK_FALSE(some.has(Output::kept));
  for (std::size_t i = 0; i < kOutputCount; ++i) {
    const auto output = static_cast<Output>(i);
    CHECK(OutputSet::all().has(output));
    CHECK(OutputSet::parse(name_of(output)).has(output));
    CHECK(file_name_of(output).starts_with(name_of(output)));
  }
  for (const std::string_view list : {"", "all", "clusters,", ",pairs", "pairs, kept", "Pairs"}) {
    CAPTURE(list);
    CHECK_THROWS_AS(OutputSet::parse(list), Error);
  }
}

TEST_CASE("the files of a run appear when it is finished, and not before") {
  const TemporaryFolder folder;
  const std::string out = folder.path("new/deep/out");
  RunFolder sink(out, OutputSet::all(), false, {});
  tell_sample_rows(sink);
  for (const std::string& name : names_in(out)) CHECK(name.starts_with("."));
  Summary summary = sample_summary();
  sink.finish(summary);
  CHECK(names_in(out) == std::vector<std::string>{
                             "changes.jsonl", "clusters.jsonl", "cuts.tsv", "kept.jsonl",
                             "ledger.jsonl", "model.jsonl", "outlets.csv", "pairs.jsonl",
                             "passages.jsonl", "rejected.jsonl", "repeats.jsonl", "summary.json"});
  CHECK(sink.files().size() == kOutputCount);
  CHECK(sink.files().front() == out + "/clusters.jsonl");
  CHECK(contents_of(out + "/pairs.jsonl") ==
        to_json(sample_pair()) + "\n" + to_json(aligned_pair()) + "\n");
  CHECK(contents_of(out + "/changes.jsonl") == to_json(sample_change()) + "\n");
  CHECK(contents_of(out + "/model.jsonl") == "{\"model\":1}\n");
  CHECK(contents_of(out + "/kept.jsonl") == "{\"text\":\"kept\"}\n");
  CHECK(contents_of(out + "/summary.json") == to_json(summary) + "\n");
  CHECK(summary.file_rows.size() == kOutputCount - 1);
  CHECK(summary.file_rows.front() == std::pair<std::string, std::uint64_t>("clusters.jsonl", 2));
}

TEST_CASE("only the files asked for are written") {
  const TemporaryFolder folder;
  write_run(folder.path("out"), OutputSet::parse("pairs,summary"));
  CHECK(names_in(folder.path("out")) == std::vector<std::string>{"pairs.jsonl", "summary.json"});
}

TEST_CASE("a run that ends early leaves nothing behind, not even the folders it made") {
  const TemporaryFolder folder;
  {
    RunFolder sink(folder.path("new/out"), OutputSet::all(), false, {});
    tell_sample_rows(sink);
  }
  CHECK(folder.empty());
}

TEST_CASE("a run that ends early leaves a folder alone that was there before") {
  const TemporaryFolder folder;
  (void)folder.file("out/notes.txt", "mine");
  { RunFolder sink(folder.path("out"), OutputSet::all(), false, {}); }
  CHECK(names_in(folder.path("out")) == std::vector<std::string>{"notes.txt"});
  fs::remove(folder.path("out/notes.txt"));
  { RunFolder sink(folder.path("out"), OutputSet::all(), false, {}); }
  CHECK(fs::exists(folder.path("out")));
}

TEST_CASE("a former run is in the way unless it is to be replaced") {
  const TemporaryFolder folder;
  write_run(folder.path("out"), OutputSet::parse("pairs,kept"));
  const std::string message = refusal(folder.path("out"), false);
  CHECK(contains(message, "pairs.jsonl, kept.jsonl"));
  CHECK(contains(message, "--replace"));
  CHECK(names_in(folder.path("out")) == std::vector<std::string>{"kept.jsonl", "pairs.jsonl"});
}

TEST_CASE("replacing a run keeps its files until the new ones are complete, then removes all") {
  const TemporaryFolder folder;
  const std::string out = folder.path("out");
  write_run(out);
  (void)folder.file("out/notes.txt", "mine");
  const auto before = names_in(out);
  {
    RunFolder sink(out, OutputSet::parse("pairs"), true, {});
    sink.pair(sample_pair("new", "pair"));
  }
  CHECK(names_in(out) == before);
  CHECK(contents_of(out + "/pairs.jsonl") ==
        to_json(sample_pair()) + "\n" + to_json(aligned_pair()) + "\n");
  CHECK(contents_of(out + "/model.jsonl") == "{\"model\":1}\n");

  RunFolder sink(out, OutputSet::parse("pairs"), true, {});
  sink.pair(sample_pair("new", "pair"));
  Summary summary = sample_summary();
  sink.finish(summary);
  CHECK(names_in(out) == std::vector<std::string>{"notes.txt", "pairs.jsonl"});
  CHECK(contents_of(out + "/pairs.jsonl") == to_json(sample_pair("new", "pair")) + "\n");
}

TEST_CASE("an input is never replaced or removed, by whatever path it is named") {
  const TemporaryFolder folder;
  const std::string out = folder.path("out");
  const std::string kept = folder.file("out/kept.jsonl", "{}\n");
  fs::create_hard_link(kept, folder.path("hard"));
  fs::create_symlink(kept, folder.path("soft"));
  for (const std::string& path :
       {kept, folder.path("out/../out/kept.jsonl"), folder.path("hard"), folder.path("soft")}) {
    for (const bool replace : {false, true}) {
      CAPTURE(path, replace);
      CHECK(contains(refusal(out, replace, {{"-", "-", false}, {path, "kept.jsonl", true}}),
                     "never edited"));
    }
  }
  CHECK(contents_of(kept) == "{}\n");
  CHECK(refusal(out, true, {{"-", "-", false}}).empty());
}

TEST_CASE("a folder that cannot be made or written is an error that names it") {
  const TemporaryFolder folder;
  const std::string file = folder.file("file", "");
  CHECK(contains(refusal(file, false), file));
  CHECK(contains(refusal(file + "/below", false), file + "/below"));
  CHECK(contains(refusal("/proc/nothing/here", false), "/proc/nothing/here"));
  fs::create_directories(folder.path("out/kept.jsonl"));
  CHECK(contains(refusal(folder.path("out"), true), "kept.jsonl is a folder"));
}

TEST_CASE("the digest is what its definition says") {
  const TemporaryFolder folder;
  const Summary summary = write_run(folder.path("out"));
  const std::vector<std::string> clusters{to_json(sample_cluster()), to_json(aligned_cluster())};
  const std::vector<std::string> pairs{to_json(sample_pair()), to_json(aligned_pair())};
  const std::vector<std::string> passages{to_json(sample_passage())};
  const std::vector<std::string> repeats{to_json(sample_repeat()), to_json(sample_stock())};
  CHECK(summary.file_digests ==
        std::vector<std::pair<std::string, std::string>>{{"clusters.jsonl", digest_of(clusters)},
                                                         {"pairs.jsonl", digest_of(pairs)},
                                                         {"passages.jsonl", digest_of(passages)},
                                                         {"repeats.jsonl", digest_of(repeats)}});
  CHECK(summary.digest == digest_of({clusters[0], clusters[1], pairs[0], pairs[1], passages[0],
                                     repeats[0], repeats[1]}));
}

TEST_CASE("the digest depends on the rows of clusters and pairs, not on order or outputs") {
  const TemporaryFolder folder;
  std::vector<std::string> ids;
  for (int i = 0; i < 50; ++i) ids.push_back("id" + std::to_string(i));
  std::mt19937_64 random(3);
  const auto digest = [&](const std::string& name, std::string_view outputs, std::size_t count) {
    RunFolder sink(folder.path(name), OutputSet::parse(outputs), false, {});
    std::vector<std::string> shuffled(ids.begin(), ids.begin() + static_cast<long>(count));
    std::shuffle(shuffled.begin(), shuffled.end(), random);
    for (const std::string& id : shuffled) sink.pair(sample_pair(id, "b"));
    Summary summary;
    sink.finish(summary);
    return summary.digest;
  };
  const std::string expected = digest("one", "pairs", 50);
  CHECK(digest("two", "pairs,summary", 50) == expected);
  CHECK(digest("three", "kept", 50) == expected);
  CHECK(digest("four", "pairs", 49) != expected);
}

TEST_CASE("the files of a hostile run are valid against their schemas") {
  const TemporaryFolder folder;
  RunFolder sink(folder.path("out"), OutputSet::all(), false, {});
  tell_sample_rows(sink);
  std::vector<LedgerRow::Action> actions{LedgerRow::Action::drop, LedgerRow::Action::repeated,
                                         LedgerRow::Action::repair};
  for (const std::string& hostile : hostile_strings()) {
    ClusterRow cluster = sample_cluster(hostile);
    for (MemberRow& member : cluster.members) member.id = member.source = hostile;
    sink.cluster(cluster);
    sink.pair(sample_pair(hostile, hostile));
    for (const LedgerRow::Action action : actions) {
      LedgerRow row = sample_ledger_row(hostile);
      row.action = action;
      row.id = row.input = hostile;
      row.kept = action == LedgerRow::Action::repair ? std::string_view() : hostile;
      sink.ledger(row);
    }
    sink.rejected(sample_rejected(hostile), hostile);
  }
  Summary summary = sample_summary();
  summary.inputs = hostile_strings();
  sink.finish(summary);

  const int status = validation_of(folder.path("out"));
  if (status == 77 || status == 127) {
    WARN("skipped: needs python3 with the package jsonschema");
    return;
  }
  CHECK(status == 0);

  const std::string pair = to_json(sample_pair());
  for (const auto& [from, to] : std::vector<std::pair<std::string, std::string>>{
           {R"("a":"a1","b":"b1")", R"("b":"b1","a":"a1")"},
           {R"("a":"a1",)", ""},
           {R"("score":43690)", R"("score":70000)"},
           {R"("verdict":)", R"("new":1,"verdict":)"}}) {
    CAPTURE(from, to);
    std::string broken = pair;
    REQUIRE(contains(broken, from));
    broken.replace(broken.find(from), from.size(), to);
    (void)folder.file("out/pairs.jsonl", broken + "\n");
    CHECK(validation_of(folder.path("out")) == 1);
  }
}
