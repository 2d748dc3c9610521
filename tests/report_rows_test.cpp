// Rows as lines of JSON, and the files that are written whole.
#include <filesystem>

#include "base/json.h"
#include "base/utf8.h"
#include "catch.h"
#include "report/rows.h"
#include "report_samples.h"
#include "temporary_folder.h"

using namespace wirecopy;
using namespace wirecopy::test;
using base::JsonObject;
using base::JsonRowReader;
using report::to_json;

namespace {

const std::filesystem::path kTests = std::filesystem::path(__FILE__).parent_path();

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

TEST_CASE("a cut row is written with its cuts, their kinds and what is lost by all of them") {
  const std::vector<Cut> cuts{{RepeatKind::trailer, {4, 9}, {}, 12},
                              {RepeatKind::caption_exact, {20, 22}, Span{10, 12}, 0}};
  const std::vector<std::string_view> texts{"\n“a”\t", "\xf0\x9f\x98\x80."};
  const std::vector<RemovedBytes> removed{{13, R"(\n\u201ca”\t)"}, {40, R"(\ud83d\ude00.)"}};
  LedgerRow row = sample_ledger_row();
  row.action = LedgerRow::Action::cut;
  row.kept = "";
  row.cuts = cuts;
  row.cut_texts = texts;
  row.removed = removed;
  CHECK(to_json(row) ==
        R"({"action":"cut","id":"b1","input":"in.jsonl","row_number":7,"position":5,)"
        R"("why":"caption_exact,trailer","evidence":null,"spans":[)"
        R"({"kind":"trailer","begin":4,"end":9,"first":null,"unique_text_lost":12,)"
        R"("text":"\n“a”\t","at":13,"removed":"\\n\\u201ca”\\t"},)"
        R"({"kind":"caption_exact","begin":20,"end":22,"first":[10,12],"unique_text_lost":0,)"
        "\"text\":\"\xf0\x9f\x98\x80.\","
        R"("at":40,"removed":"\\ud83d\\ude00."}],)"
        R"("row":null,"encoding":null,"unique_text_lost":12})");
  check_keys("ledger", to_json(row));
}

TEST_CASE("a change of a cluster is written with what it is about") {
  CHECK(to_json(sample_change()) ==
        R"({"cluster":"0123456789abcdef0123456789abcdef","event":"merged_into",)"
        R"("other":"fedcba9876543210fedcba9876543210","members":["a","b"]})");
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
  check_keys("changes", to_json(sample_change()));
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
