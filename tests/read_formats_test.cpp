// CSV, TSV, .txt, folders, patterns, presets.
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "catch.h"
#include "read/csv_records.h"
#include "reading.h"
#include "wirecopy/error.h"

namespace wirecopy {
namespace {

using test::read_all;
using test::read_paths;
using test::read_text;
using test::Reading;
using test::TemporaryFolder;

// The message of the Error that reading throws.
std::string error_of(const ReadOptions& options) {
  try {
    (void)read_all(options);
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}
std::string error_of(const std::string& path) {
  ReadOptions options;
  options.inputs = {path};
  return error_of(options);
}

std::vector<std::string> rows_of(const Reading& reading) {
  std::vector<std::string> rows;
  for (const Document& document : reading.documents) rows.emplace_back(document.row);
  return rows;
}

TEST_CASE("a CSV record becomes a row with all columns in order") {
  const Reading reading = read_text(
      "id,text,extra\r\n1,\"Hello, \"\"you\"\"\nthere\",x\r\n\r\n2,plain \\ text,\n", "rows.csv");
  CHECK(rows_of(reading) ==
        std::vector<std::string>{R"({"id":"1","text":"Hello, \"you\"\nthere","extra":"x"})",
                                 R"({"id":"2","text":"plain \\ text","extra":""})"});
  CHECK(reading.texts() == std::vector<std::string>{"Hello, \"you\"\nthere", "plain \\ text"});
  CHECK(reading.documents[0].offset == 15);
  CHECK(reading.documents[1].row_in_block == 1);
  CHECK_FALSE(reading.documents[0].repaired());
}

TEST_CASE("tabs separate the cells of TSV") {
  const Reading reading = read_text("text\ttitle\n a, b \t\"c\td\"\n", "rows.tsv");
  CHECK(rows_of(reading) == std::vector<std::string>{R"({"text":" a, b ","title":"c\td"})"});
}

TEST_CASE("a CSV record with another number of cells is no record") {
  const Reading reading = read_text("id,text\n1,a\n2\n3,b,c\n4,d\n", "rows.csv");
  CHECK(reading.texts() == std::vector<std::string>{"a", "d"});
  REQUIRE(reading.rejected.size() == 2);
  CHECK(reading.rejected[0].reason == RejectReason::not_csv);
  CHECK(reading.rejected[0].row == "2");
  CHECK(reading.rejected[0].row_number == 2);
  CHECK(reading.rejected[0].offset == 12);
  CHECK(reading.rejected[1].row_number == 3);
  CHECK(reading.conserved());
}

TEST_CASE("a forgotten quote costs one row") {
  std::string contents = "id,text\n1,good\n2,\"open\n";
  for (int i = 3; i < 30'000; ++i) contents += std::to_string(i) + ",also good\n";
  const Reading reading = read_text(contents, "rows.csv");
  CHECK(reading.documents.size() == 29'998);
  REQUIRE(reading.rejected.size() == 1);
  CHECK(reading.rejected[0].row == "2,\"open");
  CHECK(reading.conserved());

  ReadOptions options;
  options.max_row_bytes = 100'000;
  const Reading limited = read_text(contents + contents, "rows.csv", options);
  CHECK(limited.conserved());
  CHECK(limited.rejected.size() <= 5);
  CHECK(limited.documents.size() > 59'990);
}

TEST_CASE("quotes that never close take no quadratic time") {
  std::string contents = "id,text\n";
  for (int i = 0; i < 200'000; ++i) contents += "\"a\"b\n";
  const Reading reading = read_text(contents, "rows.csv");
  CHECK(reading.rejected.size() == 200'000);
  CHECK(reading.conserved());
}

TEST_CASE("a CSV record over the limit is too long") {
  ReadOptions options;
  options.max_row_bytes = 1000;
  const Reading reading = read_text(
      "text\n" + std::string(1001, 'x') + "\nfits\n\"" + std::string(900'000, 'y') + "\"\nalso\n",
      "rows.csv", options);
  CHECK(reading.texts() == std::vector<std::string>{"fits", "also"});
  CHECK(reading.reasons() == std::vector{RejectReason::too_long, RejectReason::too_long});
  CHECK(reading.conserved());
}

TEST_CASE("a CSV file without records, or without a text column, gives no documents") {
  CHECK(read_text("", "rows.csv").rows == 0);
  CHECK(read_text("id,text\n", "rows.csv").rows == 0);
  CHECK(read_text("id,body_text\n1,a\n", "rows.csv").reasons() ==
        std::vector{RejectReason::no_text});
  CHECK(read_text("text,text\na,b\n", "rows.csv").reasons() ==
        std::vector{RejectReason::duplicate_key});
  CHECK_THROWS_AS(read_text("id,text\r1,a\r2,b\r", "rows.csv"), Error);
}

TEST_CASE("bytes of CSV that are no UTF-8 reach the repair") {
  const Reading reading = read_text("\xEF\xBB\xBFtext,\xFF\na\xE9z,\x01\n", "rows.csv");
  REQUIRE(reading.documents.size() == 1);
  CHECK(reading.documents[0].repaired());
  CHECK(reading.documents[0].text == "a\uFFFDz");
  CHECK(reading.documents[0].original == "{\"text\":\"a\xE9z\",\"\xFF\":\"\\u0001\"}");
}

// The plain way to read CSV by the same rules: one byte after the other.
std::vector<std::string> records_by_the_byte(const std::string& bytes) {
  std::vector<std::string> records;
  std::string record;
  bool quoted = false;
  bool cell_start = true;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const char c = bytes[i];
    const char next = i + 1 < bytes.size() ? bytes[i + 1] : '\n';
    const char after = i + 2 < bytes.size() ? bytes[i + 2] : '\n';
    if (quoted) {
      record += c;
      if (c != '"') continue;
      if (next == '"') {
        record += bytes[++i];
      } else if (next == ',' || next == '\n' || (next == '\r' && after == '\n')) {
        quoted = false;
      }
    } else if (c == '\n') {
      if (record.ends_with('\r')) record.pop_back();
      records.push_back(std::exchange(record, {}));
      cell_start = true;
      continue;
    } else {
      record += c;
      quoted = cell_start && c == '"';
    }
    cell_start = !quoted && c == ',';
  }
  if (record.ends_with('\r')) record.pop_back();
  if (!record.empty()) records.push_back(record);
  return quoted ? std::vector<std::string>{"open"} : records;
}

TEST_CASE("records are cut as the plain way would cut them, wherever the bytes break off") {
  std::mt19937 random(17);
  const std::string alphabet = "ab,\"\"\"\n\r ";
  for (int i = 0; i < 50'000; ++i) {
    std::string bytes;
    for (std::size_t length = random() % 24; length > 0; --length) {
      bytes += alphabet[random() % alphabet.size()];
    }
    CAPTURE(bytes);
    std::vector<std::string> expected;
    for (const std::string& record : records_by_the_byte(bytes)) {
      if (record.find_first_not_of(" \t\r\n") != std::string::npos) expected.push_back(record);
    }
    if (expected == std::vector<std::string>{"open"}) continue;
    std::vector<read::RecordPlace> places;
    const std::size_t split = random() % (bytes.size() + 1);
    const std::size_t whole =
        read::cut_records(std::string_view(bytes).substr(0, split), ',', false, places);
    std::vector<std::string> found;
    for (const auto& place : places) found.push_back(bytes.substr(place.begin, place.length));
    places.clear();
    REQUIRE(read::cut_records(std::string_view(bytes).substr(whole), ',', true, places) ==
            bytes.size() - whole);
    for (const auto& place : places) {
      found.push_back(bytes.substr(whole + place.begin, place.length));
    }
    REQUIRE(found == expected);
  }
}

TEST_CASE("a single .txt file is one row with its base name as id") {
  const Reading reading = read_text("\xEF\xBB\xBFOne \"line\".\r\nTwo\x80.", "story.txt");
  REQUIRE(reading.documents.size() == 1);
  CHECK(reading.documents[0].id == "story.txt");
  CHECK(reading.documents[0].text == "One \"line\".\r\nTwo\uFFFD.");
  CHECK(reading.documents[0].repaired());
  CHECK(reading.documents[0].offset == 0);
  CHECK(read_text("", "empty.txt").texts() == std::vector<std::string>{""});
}

TEST_CASE("the .txt files of a folder are the rows of one input, sorted by path") {
  const TemporaryFolder folder;
  (void)folder.file("b.txt", "bee");
  (void)folder.file("a/z.txt", "zed");
  (void)folder.file("a/y.txt", "why");
  (void)folder.file("rows.jsonl", "{\"id\":\"j\",\"text\":\"row\"}\n");
  (void)folder.file("a/table.csv", "id,text\nc,cell\n");
  (void)folder.file("picture.png", "no");
  (void)folder.file(".hidden.txt", "no");
  (void)folder.file(".git/rows.jsonl", "no");
  const Reading reading = read_paths({folder.path()});
  std::vector<std::string> ids;
  for (const Document& document : reading.documents) ids.emplace_back(document.id);
  CHECK(ids == std::vector<std::string>{"a/y.txt", "a/z.txt", "b.txt", "c", "j"});
  REQUIRE(reading.inputs.size() == 3);
  CHECK(reading.inputs[0].path == folder.path());
  CHECK_FALSE(reading.inputs[0].seekable_rows);
  CHECK_FALSE(reading.inputs[1].seekable_rows);
  CHECK(reading.inputs[2].name == "rows.jsonl");
  CHECK(reading.inputs[2].seekable_rows);
  CHECK(reading.messages[0] == folder.path() + ": 2 files of other kinds left out");
}

TEST_CASE("a folder may be named with a slash behind it, and files in capitals") {
  const TemporaryFolder folder;
  (void)folder.file("a/STORY.TXT", "text");
  (void)folder.file("a/ROWS.JSONL.GZ", "{\"text\":\"row\"}");
  const Reading reading = read_paths({folder.path("a/")});
  REQUIRE(reading.documents.size() == 2);
  CHECK(reading.documents[0].id == "STORY.TXT");
  CHECK(reading.inputs[0].name == "a");
}

TEST_CASE("a .txt file over the limit is too long, and the others keep their places") {
  const TemporaryFolder folder;
  for (const char* name : {"a.txt", "c.txt"}) (void)folder.file(name, name);
  (void)folder.file("b.txt", std::string(900'000, 'x'));
  ReadOptions options;
  options.inputs = {folder.path()};
  options.max_text_bytes = 5;
  const Reading reading = read_all(options);
  CHECK(reading.texts() == std::vector<std::string>{"a.txt", "c.txt"});
  REQUIRE(reading.rejected.size() == 1);
  CHECK(reading.rejected[0].reason == RejectReason::too_long);
  CHECK(reading.rejected[0].row == std::string(4096, 'x'));
  CHECK(reading.conserved());
}

TEST_CASE("thousands of small files need no more descriptors than one") {
  const TemporaryFolder folder;
  for (int i = 0; i < 3000; ++i) {
    (void)folder.file(std::to_string(i) + ".txt", "text " + std::to_string(i));
    if (i % 2 == 0) (void)folder.file(std::to_string(i) + ".jsonl", "{\"text\":\"row\"}\n");
  }
  rlimit before{};
  REQUIRE(::getrlimit(RLIMIT_NOFILE, &before) == 0);
  const rlimit few{32, before.rlim_max};
  REQUIRE(::setrlimit(RLIMIT_NOFILE, &few) == 0);
  const Reading reading = read_paths({folder.path()});
  ::setrlimit(RLIMIT_NOFILE, &before);
  CHECK(reading.documents.size() == 4500);
  CHECK(reading.inputs.size() == 1501);
  CHECK(reading.messages.size() == 2);
}

TEST_CASE("patterns are expanded where the shell did not") {
  const TemporaryFolder folder;
  (void)folder.file("b.jsonl", "{\"text\":\"b\"}");
  (void)folder.file("a.jsonl", "{\"text\":\"a\"}");
  (void)folder.file("c.txt", "c");
  (void)folder.file("odd[1].jsonl", "{\"text\":\"odd\"}");
  CHECK(read_paths({folder.path("?.jsonl")}).texts() == std::vector<std::string>{"a", "b"});
  CHECK(read_paths({folder.path("odd[1].jsonl")}).texts() == std::vector<std::string>{"odd"});
  CHECK_THAT(error_of(folder.path("x*.jsonl")), Catch::Contains("x*.jsonl"));
}

TEST_CASE("the format can be given where the name does not tell it") {
  ReadOptions options;
  options.format = Format::csv;
  CHECK(read_text("text\na\n", "table.dat", options).texts() == std::vector<std::string>{"a"});
  options.format = Format::txt;
  CHECK(read_text("a", "story", options).texts() == std::vector<std::string>{"a"});
  CHECK(read_text("{\"text\":\"a\"}", "rows").texts() == std::vector<std::string>{"a"});
}

TEST_CASE("inputs that cannot be read are named") {
  const TemporaryFolder folder;
  CHECK_THAT(error_of(folder.path("none.jsonl")), Catch::Contains("none.jsonl"));
  CHECK_THAT(error_of(folder.path()), Catch::Contains("holds no file"));
  ReadOptions options;
  CHECK_THAT(error_of(options), Catch::Contains("at least one"));
  options.inputs = {"-", "-"};
  CHECK_THAT(error_of(options), Catch::Contains("only once"));
  if (::geteuid() != 0) {
    const std::string locked = folder.file("locked.jsonl", "{}");
    ::chmod(locked.c_str(), 0);
    CHECK_THAT(error_of(locked), Catch::Contains("locked.jsonl"));
  }
}

TEST_CASE("an input that vanishes before its turn is an error that names it") {
  const TemporaryFolder folder;
  ReadOptions options;
  options.inputs = {folder.file("a.jsonl", "{\"text\":\"a\"}"),
                    folder.file("b.jsonl", "{\"text\":\"b\"}")};
  Reader reader(options);
  CHECK(reader.next().has_value());
  std::filesystem::remove(options.inputs[1]);
  CHECK_THROWS_WITH(reader.next(), Catch::Contains("b.jsonl"));
}

TEST_CASE("a pipe is read once, from its beginning") {
  const TemporaryFolder folder;
  const std::string pipe = folder.path("rows.jsonl");
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  std::thread writer([&] {
    std::ofstream out(pipe);
    for (int i = 0; i < 1000; ++i) out << "{\"text\":\"" << i << "\"}\n" << std::flush;
  });
  const Reading reading = read_paths({pipe});
  writer.join();
  CHECK(reading.documents.size() == 1000);
  CHECK_FALSE(reading.inputs[0].seekable_rows);
}

TEST_CASE("a run can be stopped while it reads") {
  const TemporaryFolder folder;
  const std::atomic<bool> stop = true;
  ReadOptions options;
  options.inputs = {folder.file("a.jsonl", "{\"text\":\"a\"}")};
  options.stop = &stop;
  Reader reader(options);
  CHECK_THROWS_AS(reader.next(), Error);
}

TEST_CASE("presets are recognised by the keys of the first rows") {
  const std::vector<std::pair<std::string, std::string>> rows{
      {"wirecopy",
       R"({"id":"1","text":"T","title":"H","source":"S","url":"U","published":"2020"})"},
      {"wirecopy", R"({"id":"1","text":"T"})"},
      {"cc-news",
       R"({"title":"H","text":"T","domain":"S","date":"2020","description":"","url":"U","image_url":null})"},
      {"news-please",
       R"({"maintext":"T","title":"H","source_domain":"S","date_publish":"2020","url":"U","authors":["A"]})"},
      {"trafilatura",
       R"({"title":"H","author":"A","hostname":"S","date":"2020","fingerprint":"f","id":null,"text":"T","source":"U"})"},
      {"dolma",
       R"({"id":"1","text":"T","source":"S","added":"x","created":"2020","metadata":{"url":"U"}})"},
      {"datatrove",
       R"({"text":"T","id":"1","metadata":{"title":"H","domain":"S","url":"U","date":"2020"}})"},
      {"hf", R"({"content":"T","headline":"H","publisher":"S","link":"U","timestamp":"2020"})"},
  };
  for (const auto& [preset, row] : rows) {
    CAPTURE(preset, row);
    const TemporaryFolder folder;
    ReadOptions options;
    options.inputs = {folder.file("rows.jsonl", "broken\n" + row + "\n")};
    Reader reader(options);
    const ParsedBlock parsed = reader.parse(*reader.next());
    CHECK(reader.fields(0).preset == preset);
    REQUIRE(parsed.documents.size() == 1);
    const Document& document = parsed.documents[0];
    CHECK(document.text == "T");
    const bool full = row.find("2020") != std::string::npos;
    CHECK(document.source == (full ? "S" : ""));
    CHECK(document.url == (full ? "U" : ""));
    CHECK(document.published.has_value() == full);
  }
}

TEST_CASE("the fields found are told in one sentence, once for inputs that are alike") {
  const TemporaryFolder folder;
  const std::string row = R"({"title":"H","text":"T","domain":"S","date":"2020","url":"U"})";
  const Reading reading = read_paths({folder.file("a.jsonl", row), folder.file("b.jsonl", row),
                                      folder.file("c.jsonl", R"({"text":"T"})")});
  REQUIRE(reading.messages.size() == 2);
  CHECK(reading.messages[0] ==
        folder.path("a.jsonl") +
            ": fields as in cc-news (text, title, domain → source, url, date "
            "→ published)");
  CHECK(reading.messages[1] == folder.path("c.jsonl") + ": fields as in wirecopy (text)");
}

TEST_CASE("fields can be overridden, switched off and reached by dotted paths") {
  ReadOptions options;
  options.fields = {{Field::text, "article.body"},
                    {Field::source, ""},
                    {Field::title, "h1"},
                    {Field::title, "h2"}};
  const Reading reading =
      read_text(R"({"article":{"body":"T","x":{"body":1}},"source":"S","h1":null,"h2":"second"})"
                "\n"
                R"({"article.body":"dotted","h1":"first","h2":"second"})"
                "\n"
                R"({"article":"no object","h1":"first"})",
                "rows.jsonl", options);
  CHECK(reading.texts() == std::vector<std::string>{"T", "dotted"});
  CHECK(reading.documents[0].source.empty());
  CHECK(reading.documents[0].title == "second");
  CHECK(reading.documents[1].title == "first");
  CHECK(reading.reasons() == std::vector{RejectReason::no_text});

  options.fields = {{Field::text, ""}};
  CHECK_THROWS_AS(read_text("{}", "rows.jsonl", options), Error);
}

TEST_CASE("a preset can be given by name") {
  ReadOptions options;
  options.preset = "news-please";
  const Reading reading = read_text(R"({"maintext":"T","text":"other"})", "rows.jsonl", options);
  CHECK(reading.texts() == std::vector<std::string>{"T"});
  CHECK(reading.messages.empty());
  options.preset = "nonesuch";
  CHECK_THROWS_WITH(read_text("{}", "rows.jsonl", options), Catch::Contains("datatrove"));
}

TEST_CASE("names of fields and presets read back") {
  for (std::size_t i = 0; i < kFieldCount; ++i) {
    const auto field = static_cast<Field>(i);
    CHECK(field_named(name_of(field)) == field);
  }
  CHECK_FALSE(field_named("body"));
  for (const std::string_view name : field_presets()) {
    CHECK(field_preset(name).preset == name);
    CHECK_FALSE(field_preset(name).paths[static_cast<std::size_t>(Field::text)].empty());
  }
}

}  // namespace
}  // namespace wirecopy
