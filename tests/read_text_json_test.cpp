// Where the text stands in its row, as written there.
#include <string>

#include "base/json.h"
#include "catch.h"
#include "random_text.h"
#include "reading.h"

using namespace wirecopy;
using test::read_text;
using test::Reading;
using test::TemporaryFolder;

namespace {

// It lies in the row, between quotes, and reads as the text.
void check_source(const Document& document) {
  CAPTURE(std::string(document.row));
  const std::string_view row = document.row;
  const std::string_view source = document.text_json;
  REQUIRE(source.data() > row.data());
  REQUIRE(source.data() + source.size() < row.data() + row.size());
  const auto at = static_cast<std::size_t>(source.data() - row.data());
  CHECK(row[at - 1] == '"');
  CHECK(row[at + source.size()] == '"');
  base::JsonRowReader again;
  REQUIRE(again.parse("{\"text\":\"" + std::string(source) + "\"}"));
  CHECK(again.string("text") == document.text);
}

std::string source_of(const std::string& row, const ReadOptions& options = {}) {
  const Reading reading = read_text(row, "rows.jsonl", options);
  REQUIRE(reading.documents.size() == 1);
  check_source(reading.documents.front());
  return std::string(reading.documents.front().text_json);
}

}  // namespace

TEST_CASE("the source of a text is what the row has between the quotes") {
  CHECK(source_of(R"({"id":"text","text": "a\n\"b\" \u2019\ud83d\ude00 é" , "z":"\n"})") ==
        R"(a\n\"b\" \u2019\ud83d\ude00 é)");
  CHECK(source_of(R"({"text":"plain"})") == "plain");
  CHECK(source_of(R"({"text":""})").empty());
  CHECK(source_of(R"({"text":"ends in a backslash \\"  })") == R"(ends in a backslash \\)");
}

TEST_CASE("the source of a repaired text is that of the repaired row") {
  CHECK(source_of("{\"text\":\"a\\n\xff\"}") == "a\\n\uFFFD");
  CHECK(source_of(R"({"text":"a\ud800\n"})") == R"(a\ufffd\n)");
}

TEST_CASE("the source of a text is found at dotted paths and among alternatives") {
  ReadOptions options;
  options.fields = {{Field::text, "body.main"}, {Field::text, "text"}};
  CHECK(source_of(R"({"text":"no","body":{"x":"\n","main":"\tyes"}})", options) == R"(\tyes)");
  CHECK(source_of(R"({"text":"\tno","body":{"main":5}})", options) == R"(\tno)");
  CHECK(source_of(R"({"body.main":"\u0041"})", options) == R"(\u0041)");
}

TEST_CASE("texts of CSV, TSV and plain files have their source in the row made of them") {
  const Reading csv = read_text("id,text\n1,\"two\nlines, \"\"x\"\"\"\n2,plain\n", "a.csv");
  REQUIRE(csv.documents.size() == 2);
  for (const Document& document : csv.documents) check_source(document);
  CHECK(csv.documents[0].text_json == R"(two\nlines, \"x\")");
  const Reading tsv = read_text("id\ttext\n1\ta\\b\n", "a.tsv");
  REQUIRE(tsv.documents.size() == 1);
  check_source(tsv.documents[0]);
  const Reading txt = read_text("one\r\ntwo\t\xff\n", "a.txt");
  REQUIRE(txt.documents.size() == 1);
  check_source(txt.documents[0]);
}

TEST_CASE("a row read back has its source in the row read back") {
  const TemporaryFolder folder;
  ReadOptions options;
  options.inputs = {folder.file("a.jsonl", "{\"text\":\"a\\nb\"}\n{\"text\":\"\xff\\n\"}\n")};
  Reader reader(options);
  while (auto block = reader.next()) {
    const ParsedBlock parsed = reader.parse(*std::move(block));
    for (const Document& document : parsed.documents) {
      const ParsedBlock again = reader.parse_row(parsed.input, document.original);
      REQUIRE(again.documents.size() == 1);
      check_source(again.documents[0]);
      CHECK(again.documents[0].text_json == document.text_json);
    }
  }
}

TEST_CASE("the source of random texts reads as the text, however it was escaped") {
  oracle::Random random(41);
  base::JsonWriter json;
  for (int round = 0; round < 200; ++round) {
    json.clear();
    json.begin_object();
    json.key("text").string(test::random_text(random, oracle::below(random, 20)));
    json.end_object();
    (void)source_of(std::string(json.text()));
  }
}
