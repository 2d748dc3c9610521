#include "wirecopy/report.h"

#include <sys/wait.h>

#include <algorithm>
#include <cstdlib>
#include <random>

#include "base/hash.h"
#include "base/json.h"
#include "base/utf8.h"
#include "catch.h"
#include "temporary_folder.h"
#include "wirecopy/error.h"

using namespace wirecopy;
using base::JsonObject;
using base::JsonRowReader;
using test::contents_of;
using test::TemporaryFolder;

namespace {

namespace fs = std::filesystem;

const fs::path kTests = fs::path(__FILE__).parent_path();

constexpr std::string_view kClusterId = "0123456789abcdef0123456789abcdef";

PairRow sample_pair(std::string_view a = "a1", std::string_view b = "b1") {
  return {
      a, b, Verdict::near_duplicate, 43690, {9, 8, 6}, std::nullopt, {Earlier::a, Lag{60, 3600}}};
}

ClusterRow sample_cluster(std::string_view title = "Dam breaks") {
  MemberRow first;
  first.id = "a1";
  first.source = "Daily";
  first.published = "2024-03-01";
  first.role = Role::first;
  MemberRow copy;
  copy.id = "b1";
  copy.link = MemberRow::Link{"a1", Verdict::near_duplicate, 43690, 2.0 / 3, {}, {}};
  MemberRow equal;
  equal.id = "c1";
  equal.source = "Post";
  equal.published = "2024-03-02T10:00:00Z";
  equal.link = MemberRow::Link{"a1", Verdict::identical, kFullScore, 1, {}, Lag{60, 3600}};
  return {kClusterId, "a1", title, {first, copy, equal}, 43690, 54613, {}, ""};
}

// As the presets that align tell it.
ClusterRow aligned_cluster() {
  ClusterRow cluster = sample_cluster();
  MemberRow& copy = cluster.members[1];
  copy.link->coverage = 0.75;
  copy.role = Role::version;
  copy.title_change = "edited";
  copy.agency = "Reuters";
  copy.credit_removed = false;
  cluster.members[2].link = MemberRow::Link{"b1", Verdict::unrelated, 0, {}, {}, {}};
  cluster.weak_members = {"c1"};
  cluster.agency = "Reuters";
  return cluster;
}

PairRow aligned_pair() {
  PairRow pair = sample_pair("a1", "d1");
  pair.verdict = Verdict::abridged;
  pair.aligned = PairRow::Aligned{{400, 800}, {390, 400}, 0.96875};
  return pair;
}

PassageRow sample_passage() {
  return {"a1", "d1", {0, 480}, {12, 490}, 0.96875, PassageKind::lead};
}

OutletRow sample_outlet() {
  OutletRow row;
  row.source = "The \"Daily\", Ltd";
  row.articles = 12;
  row.copies = 3;
  row.ran_first = 2;
  row.share_copied = Millionths(250'000);
  row.from = "Post";
  row.from_count = 2;
  row.median_lag_seconds = 3600;
  return row;
}

LedgerRow sample_ledger_row(std::string_view row = "{\"text\":\"x\"}") {
  LedgerRow line;
  line.id = "b1";
  line.input = "in.jsonl";
  line.row_number = 7;
  line.position = 5;
  line.why = "near_duplicate";
  line.kept = "a1";
  line.similarity = Similarity{4, 5, 3};
  line.row = row;
  return line;
}

Rejected sample_rejected(std::string row = "{") {
  return {0, 3, 120, RejectReason::not_json, std::move(row), "expected \"}\""};
}

Summary sample_summary() {
  Summary summary;
  summary.rows = {6, 2, 2, 1, 1, 1};
  summary.clusters = 1;
  summary.clustered = 3;
  summary.pairs = 1;
  summary.expected_recall = 0.951234;
  summary.settings = {{"threshold", "0.8"}, {"keep", "\"first\""}};
  summary.inputs = {"in.jsonl"};
  return summary;
}

void tell_sample_rows(Sink& sink) {
  sink.cluster(sample_cluster());
  sink.cluster(aligned_cluster());
  sink.pair(sample_pair());
  sink.pair(aligned_pair());
  sink.passage(sample_passage());
  sink.outlets(to_csv(std::vector<OutletRow>{sample_outlet()}));
  sink.model("{\"model\":1}\n");
  sink.kept("{\"text\":\"kept\"}");
  sink.ledger(sample_ledger_row());
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

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

// Ids, titles and file names that break naive writers and terminals.
std::vector<std::string> hostile_strings() {
  return {"\"quoted\", with \\ and /",
          "two\nlines\r\n\ttab",
          "\x1b]0;owned\x07\x1b[2J",
          std::string("null\0inside", 11),
          "\u202etxt.exe\u202c \u05e9\u05dc\u05d5\u05dd",
          "caf\xe9 \xed\xa0\x80 \xf0\x9f",
          "</script>\u2028\ufeff",
          std::string(10'000, 'x')};
}

std::vector<std::string_view> schema_keys(const JsonRowReader& schema) {
  return schema.object("properties")->keys();
}

// The keys of a row, against the schema of its file, in order.
void check_keys(std::string_view output, const std::string& json) {
  CAPTURE(output, json);
  const std::string path =
      kTests / "../src/report/schemas" / (std::string(output) + ".schema.json");
  JsonRowReader schema;
  JsonRowReader row;
  REQUIRE(schema.parse(contents_of(path)));
  REQUIRE(row.parse(json));
  CHECK(row.keys() == schema_keys(schema));
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

TEST_CASE("a pair is written with its shares, its order in time and no alignment") {
  CHECK(to_json(sample_pair()) ==
        R"({"a":"a1","b":"b1","verdict":"near_duplicate","score":43690,"jaccard":0.545455,)"
        R"("a_in_b":0.666667,"b_in_a":0.75,"coverage_a":null,"coverage_b":null,"aligned_a":null,)"
        R"("aligned_b":null,"identity":null,"earlier":"a","lag_min_seconds":60,)"
        R"("lag_max_seconds":3600})");
  PairRow pair = sample_pair();
  pair.time = {};
  CHECK(contains(to_json(pair),
                 R"("earlier":"unknown","lag_min_seconds":null,"lag_max_seconds":null)"));
}

TEST_CASE("a cluster is written with its members and the scores of their links") {
  CHECK(to_json(sample_cluster()) ==
        R"({"cluster":"0123456789abcdef0123456789abcdef","size":3,"representative":"a1",)"
        R"("title":"Dam breaks","members":[)"
        R"({"id":"a1","source":"Daily","published":"2024-03-01","role":"first","parent":null,)"
        R"("lag_min_seconds":null,"lag_max_seconds":null,"verdict":null,"score":null,)"
        R"("jaccard":null,"coverage":null,"title_change":null,"agency":null,)"
        R"("credit_removed":null},)"
        R"({"id":"b1","source":null,"published":null,"role":"copy","parent":"a1",)"
        R"("lag_min_seconds":null,"lag_max_seconds":null,"verdict":"near_duplicate","score":43690,)"
        R"("jaccard":0.666667,"coverage":null,"title_change":null,"agency":null,)"
        R"("credit_removed":null},)"
        R"({"id":"c1","source":"Post","published":"2024-03-02T10:00:00Z","role":"copy",)"
        R"("parent":"a1","lag_min_seconds":60,"lag_max_seconds":3600,"verdict":"identical",)"
        R"("score":65536,"jaccard":1,"coverage":null,"title_change":null,"agency":null,)"
        R"("credit_removed":null}],)"
        R"("min_score":43690,"mean_score":54613,"weak_members":[],"agency":null})");
  CHECK(contains(to_json(sample_cluster("")), R"("title":null)"));
}

TEST_CASE("the presets that align tell roles, coverage, titles and credits") {
  const std::string json = to_json(aligned_cluster());
  CHECK(contains(json, R"("role":"version","parent":"a1",)"));
  CHECK(contains(json, R"("coverage":0.75,"title_change":"edited","agency":"Reuters",)"
                       R"("credit_removed":false})"));
  CHECK(contains(json, R"("parent":"b1","lag_min_seconds":null,"lag_max_seconds":null,)"
                       R"("verdict":"unrelated","score":0,"jaccard":null,"coverage":null,)"));
  CHECK(contains(json, R"("weak_members":["c1"],"agency":"Reuters"})"));
}

TEST_CASE("an aligned pair is written with the coverage of both, a passage with its places") {
  CHECK(contains(to_json(aligned_pair()),
                 R"("coverage_a":0.5,"coverage_b":0.975,"aligned_a":400,"aligned_b":390,)"
                 R"("identity":0.96875,)"));
  CHECK(to_json(sample_passage()) ==
        R"({"a":"a1","b":"d1","a_begin":0,"a_end":480,"b_begin":12,"b_end":490,)"
        R"("identity":0.96875,"kind":"lead"})");
}

TEST_CASE("outlets are a CSV file with a header, names in quotes") {
  OutletRow nobody;
  nobody.source = "Echo";
  CHECK(to_csv(std::vector<OutletRow>{nobody, sample_outlet()}) ==
        "source,articles,copies,ran_first,share_copied,from,from_count,median_lag_seconds\n"
        "\"Echo\",0,0,0,0.000000,\"\",0,\n"
        "\"The \"\"Daily\"\", Ltd\",12,3,2,0.250000,\"Post\",2,3600\n");
}

TEST_CASE("a dropped row is written with its evidence and its bytes") {
  CHECK(to_json(sample_ledger_row()) ==
        R"({"action":"drop","id":"b1","input":"in.jsonl","row_number":7,"position":5,)"
        R"("why":"near_duplicate","evidence":{"kept":"a1","jaccard":0.5,"kept_in_dropped":0.75,)"
        R"("dropped_in_kept":0.6},"spans":null,"row":"{\"text\":\"x\"}","encoding":"utf-8",)"
        R"("unique_text_lost":null})");
}

TEST_CASE("what is lost with a row is written where it is known, and a repair has no evidence") {
  LedgerRow row = sample_ledger_row();
  row.why = "identical";
  row.similarity.reset();
  row.unique_text_lost = 0;
  CHECK(contains(to_json(row), R"("evidence":{"kept":"a1","jaccard":null,)"));
  CHECK(contains(to_json(row), R"("unique_text_lost":0})"));
  row.unique_text_lost.reset();
  row.action = LedgerRow::Action::repair;
  row.kept = "";
  CHECK(contains(to_json(row), R"("evidence":null)"));
  CHECK(contains(to_json(row), R"("unique_text_lost":null})"));
}

TEST_CASE("a rejected row is written with its place, its reason and its bytes") {
  CHECK(to_json(sample_rejected(), "in.jsonl") ==
        R"({"input":"in.jsonl","row_number":3,"offset":120,"reason":"not_json",)"
        R"("detail":"expected \"}\"","row":"{","encoding":"utf-8"})");
  CHECK(contains(to_json(sample_rejected("\xff\xfe"), "in.jsonl"),
                 R"("row":"//4=","encoding":"base64")"));
}

TEST_CASE("the summary is indented, with its settings as they are") {
  Summary summary = sample_summary();
  summary.digest = kClusterId;
  const std::string json = to_json(summary);
  CHECK(contains(json, "{\n  \"rows\": {\n    \"read\": 6,\n    \"kept\": 2,"));
  CHECK(contains(json, "\"settings\": {\n    \"threshold\": 0.8,\n    \"keep\": \"first\"\n  }"));
  CHECK(contains(json, "\"expected_recall\": 0.951234"));
  CHECK(json.ends_with("\"digest\": \"0123456789abcdef0123456789abcdef\"\n}"));
}

TEST_CASE("every row has the keys of its schema, in that order") {
  check_keys("clusters", to_json(sample_cluster()));
  check_keys("pairs", to_json(sample_pair()));
  check_keys("passages", to_json(sample_passage()));
  check_keys("ledger", to_json(sample_ledger_row()));
  check_keys("rejected", to_json(sample_rejected(), "in.jsonl"));
  check_keys("summary", to_json(sample_summary()));
}

TEST_CASE("hostile ids, titles and rows come back as they went in") {
  JsonRowReader json;
  for (const std::string& hostile : hostile_strings()) {
    const std::string repaired = base::repair_utf8(hostile);
    REQUIRE(json.parse(to_json(sample_pair(hostile, "b"))));
    CHECK(json.string("a") == repaired);
    REQUIRE(json.parse(to_json(sample_cluster(hostile))));
    CHECK(json.string("title") == repaired);

    REQUIRE(json.parse(to_json(sample_ledger_row(hostile))));
    const std::string row(*json.string("row"));
    const bool utf8 = json.string("encoding") == "utf-8";
    CHECK((utf8 ? row : base::from_base64(row).value()) == hostile);
    CHECK(utf8 == base::valid_utf8(hostile));
  }
}

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
  CHECK(names_in(out) == std::vector<std::string>{"clusters.jsonl", "kept.jsonl", "ledger.jsonl",
                                                  "model.jsonl", "outlets.csv", "pairs.jsonl",
                                                  "passages.jsonl", "rejected.jsonl",
                                                  "summary.json"});
  CHECK(sink.files().size() == kOutputCount);
  CHECK(sink.files().front() == out + "/clusters.jsonl");
  CHECK(contents_of(out + "/pairs.jsonl") ==
        to_json(sample_pair()) + "\n" + to_json(aligned_pair()) + "\n");
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
  CHECK(summary.file_digests ==
        std::vector<std::pair<std::string, std::string>>{{"clusters.jsonl", digest_of(clusters)},
                                                         {"pairs.jsonl", digest_of(pairs)},
                                                         {"passages.jsonl", digest_of(passages)}});
  CHECK(summary.digest == digest_of({clusters[0], clusters[1], pairs[0], pairs[1], passages[0]}));
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
