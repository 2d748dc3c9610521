// Rows of JSONL: what is accepted, what is rejected and why, and what a document says.
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <algorithm>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "base/json_walk.h"
#include "base/unicode.h"
#include "catch.h"
#include "reading.h"
#include "wirecopy/error.h"

namespace wirecopy {
namespace {

using test::read_all;
using test::read_text;
using test::Reading;
using test::TemporaryFolder;

// The reason for which a single row is rejected, or "accepted".
std::string fate(std::string_view row) {
  const Reading reading = read_text(row);
  REQUIRE(reading.rows == 1);
  REQUIRE(reading.conserved());
  return reading.rejected.empty() ? "accepted" : std::string(name_of(reading.rejected[0].reason));
}

std::string repeat(std::string_view text, std::size_t count) {
  std::string repeated;
  for (std::size_t i = 0; i < count; ++i) repeated += text;
  return repeated;
}

TEST_CASE("a row becomes a document with its fields") {
  const Reading reading = read_text(
      R"({"id":"a1","text":"Body.","title":"Head","source":"Gazette","url":"https://x.org/1",)"
      R"("canonical_url":"https://y.org/1","byline":"A. Writer","published":"2020-02-29T12:00:00Z"})");
  REQUIRE(reading.documents.size() == 1);
  const Document& document = reading.documents[0];
  CHECK(document.id == "a1");
  CHECK(document.text == "Body.");
  CHECK(document.title == "Head");
  CHECK(document.source == "Gazette");
  CHECK(document.url == "https://x.org/1");
  CHECK(document.canonical_url == "https://y.org/1");
  CHECK(document.byline == "A. Writer");
  CHECK(document.published_text == "2020-02-29T12:00:00Z");
  CHECK(document.published == TimeInterval{1582977600, 1582977600});
  CHECK_FALSE(document.published_unreadable);
  CHECK_FALSE(document.repaired());
}

TEST_CASE("an empty file has no rows") {
  const Reading reading = read_text("");
  CHECK(reading.rows == 0);
  CHECK(reading.documents.empty());
  CHECK(reading.rejected.empty());
}

TEST_CASE("blank lines are no rows, and a missing newline at the end is fine") {
  const Reading reading = read_text("\n  \t\r\n{\"text\":\"a\"}\n\n\r\n{\"text\":\"b\"}");
  CHECK(reading.texts() == std::vector<std::string>{"a", "b"});
  CHECK(reading.rows == 2);
  CHECK(reading.documents[0].row_in_block == 0);
  CHECK(reading.documents[1].row_in_block == 1);
}

TEST_CASE("a carriage return stays part of its row") {
  const Reading reading = read_text("{\"text\":\"a\"}\r\n{\"text\":\"b\"}\r\n");
  REQUIRE(reading.documents.size() == 2);
  CHECK(reading.documents[0].original == "{\"text\":\"a\"}\r");
  CHECK(reading.documents[1].offset == 14);
}

TEST_CASE("a byte-order mark is skipped at the start of an input only") {
  const Reading reading = read_text("\xEF\xBB\xBF{\"text\":\"a\"}\n\xEF\xBB\xBF{\"text\":\"b\"}\n");
  CHECK(reading.texts() == std::vector<std::string>{"a"});
  CHECK(reading.documents[0].offset == 3);
  CHECK(reading.reasons() == std::vector{RejectReason::not_json});
  CHECK(reading.rejected[0].row_number == 2);
}

TEST_CASE("every row is walked to its end") {
  CHECK(fate(R"({"text":"a","x":{"y":[1,{"z":null}],"w":false}})") == "accepted");
  for (const char* bad : {
           R"({"text":"a")",
           R"({"text":"a"}})",
           R"({"text":"a"} x)",
           R"({"text":"a","x":01})",
           R"({"text":"a","x":1.})",
           R"({"text":"a","x":+1})",
           R"({"text":"a","x":nul})",
           R"({"text":"a","x":[1,]})",
           R"({"text":"a","x":[1 2]})",
           R"({"text":"a","x":{"y"}})",
           R"({"text":"a","x":{"y":}})",
           R"({"text":"a",})",
           R"({"text":"a" "x":1})",
           R"({"text":"a","x":"\q"})",
           R"({"text":"a","x":"\u12g4"})",
           R"({"text":"a","x":"b":1}})",
           R"({"text":"a","x":["b":1]})",
           R"({"text":"a","x":[1})",
           R"({"text":"a","x":{"y":1]})",
           R"({"te\xt":"a"})",
           R"({"text":"a","x":"open})",
           R"({"text":"a","x":"b"c})",
           R"({"text":"a","x":--1})",
           R"({text:"a"})",
           R"({'text':'a'})",
           R"({"text":"a","x":1e})",
           R"({"text":"a","x":trueish})",
           "{\"text\":\"a\tb\"}",
           "{\"text\":\"a\",\"x\":1\x01}",
           R"({"text":"a"}{"text":"b"})",
           R"({"text":"a",1:2})",
           R"({"text":"a","x":0x10})",
           R"({"text":"a","x":NaN})",
           R"(})",
           R"(])",
           R"(],[)",
           R"(1,2)",
           R"(1],[2)",
           R"(:)",
           R"({)",
           R"([)",
           R"(")",
       }) {
    CAPTURE(bad);
    CHECK(fate(bad) == "not_json");
  }
}

// What RapidJSON, which shares nothing with simdjson, thinks of a row.
bool is_json_elsewhere(std::string_view row) {
  rapidjson::MemoryStream stream(row.data(), row.size());
  rapidjson::BaseReaderHandler<> handler;
  return !rapidjson::Reader()
              .Parse<rapidjson::kParseNumbersAsStringsFlag>(stream, handler)
              .IsError();
}

TEST_CASE("a row is JSON exactly where another parser finds it so") {
  const std::vector<std::string> pieces{
      "{",   "}",       "[",  "]",  ",",      ":",    "\"a\"", "\"b\"", "\"text\":", "1",
      "-",   "0",       ".5", "e9", "true",   "null", "fals",  " ",     "\"",        "\\",
      "\\n", "\\u00e9", "x",  "\t", "\"c\":", "[]",   "{}",    "\r",    "\\\"",      "\"\":"};
  const std::string valid = R"({"text":"a\n","b":[1,-2.5e3,{"c":null},[],{}],"d":{"e":"\u0041"}})";
  std::mt19937 random(23);
  base::RowWalker walker;
  base::TextArena arena;
  const base::JsonPaths paths(std::vector<std::string>{"text", "b"});
  std::vector<base::JsonFound> found(paths.size());
  std::size_t accepted = 0;
  for (int i = 0; i < 300'000; ++i) {
    std::string row;
    if (i % 2 == 0) {
      for (std::size_t count = 1 + random() % 9; count > 0; --count) {
        row += pieces[random() % pieces.size()];
      }
    } else {
      row = valid;
      for (std::size_t edits = 1 + random() % 2; edits > 0; --edits) {
        row.replace(random() % row.size(), random() % 3, pieces[random() % pieces.size()]);
      }
    }
    if (row.find_first_not_of(" \t\r") == std::string::npos) continue;
    CAPTURE(row);
    arena.clear();
    const base::RowFault fault = walker.walk(arena.copy_row(row), paths, arena, found);
    REQUIRE((fault != base::RowFault::not_json) == is_json_elsewhere(row));
    if (fault == base::RowFault::none) ++accepted;
  }
  CHECK(accepted > 10'000);
}

TEST_CASE("numbers are judged by their grammar, whatever their size") {
  for (const char* number : {"1e999", "-1e-999", "123456789012345678901234567890", "-0", "0.0",
                             "1E+5", "0e0", "-0.1e-2"}) {
    CAPTURE(number);
    CHECK(fate(R"({"text":"a","x":)" + std::string(number) + "}") == "accepted");
  }
}

TEST_CASE("a JSON value that is no object is told apart from what is no JSON") {
  for (const char* value :
       {"[]", "\"s\"", "1", "null", "true", R"([{"text":"a"}])", "-1.5e3", " [1, 2] "}) {
    CAPTURE(value);
    CHECK(fate(value) == "not_object");
  }
}

TEST_CASE("nesting is valid down to 1,024 levels") {
  const auto nested = [](std::size_t levels) {
    return R"({"text":"a","x":)" + repeat("[", levels - 1) + repeat("]", levels - 1) + "}";
  };
  CHECK(fate(nested(1024)) == "accepted");
  CHECK(fate(nested(1025)) == "not_json");
  CHECK(fate(R"({"text":"a","x":)" + repeat(R"({"k":)", 1023) + "1" + repeat("}", 1024)) ==
        "accepted");
  CHECK(fate(R"({"text":"a","x":)" + repeat(R"({"k":)", 1024) + "1" + repeat("}", 1025)) ==
        "not_json");
  CHECK(fate(repeat("[", 1024) + repeat("]", 1024)) == "not_object");
  CHECK(fate(repeat("[", 1025) + repeat("]", 1025)) == "not_json");
}

TEST_CASE("equal keys at the top level are found unescaped") {
  CHECK(fate(R"({"text":"a","text":"a"})") == "duplicate_key");
  CHECK(fate(R"({"text":"a","te\u0078t":"b"})") == "duplicate_key");
  CHECK(fate(R"({"text":"a","":1,"":2})") == "duplicate_key");
  CHECK(fate(R"({"text":"a","long name one":1,"long name two":2})") == "accepted");
  CHECK(fate(R"({"text":"a","x":{"k":1,"k":2}})") == "accepted");
  CHECK(fate(R"({"text":"a","x":1,"x\u0000":2})") == "accepted");
  std::string many = R"({"text":"a")";
  for (int i = 0; i < 1000; ++i) many += ",\"k" + std::to_string(i) + "\":0";
  CHECK(fate(many + "}") == "accepted");
  CHECK(fate(many + R"(,"k500":1})") == "duplicate_key");
}

TEST_CASE("a row of 200,000 keys takes no quadratic time") {
  std::string row = R"({"text":"a")";
  for (int i = 0; i < 200'000; ++i) row += ",\"abcdefgh" + std::to_string(i) + "\":0";
  CHECK(fate(row + "}") == "accepted");
}

TEST_CASE("a text must be a string") {
  CHECK(fate(R"({"text":""})") == "accepted");
  CHECK(fate(R"({"text":null})") == "no_text");
  CHECK(fate(R"({"text":5})") == "no_text");
  CHECK(fate(R"({"text":["a"]})") == "no_text");
  CHECK(fate(R"({"story":"a"})") == "no_text");
  CHECK(fate(R"({})") == "no_text");
}

TEST_CASE("escapes are undone, also NUL and pairs of surrogates") {
  const Reading reading =
      read_text(R"({"text":"a\"\\\/\b\f\n\r\t\u0000\u00e9\ud83d\ude00z","title":"\u0041"})");
  REQUIRE(reading.documents.size() == 1);
  CHECK(reading.documents[0].text == std::string_view("a\"\\/\b\f\n\r\t\0\u00e9\U0001F600z", 17));
  CHECK(reading.documents[0].title == "A");
  CHECK_FALSE(reading.documents[0].repaired());
}

TEST_CASE("texts with escapes stay apart from each other") {
  std::string rows;
  std::vector<std::string> expected;
  for (int i = 0; i < 5000; ++i) {
    expected.push_back("line\n" + std::to_string(i) +
                       std::string(static_cast<std::size_t>(i) % 997, 'x'));
    rows += R"({"text":"line\n)" + expected.back().substr(5) + "\"}\n";
  }
  CHECK(read_text(rows).texts() == expected);
}

TEST_CASE("ill-formed UTF-8 is repaired in a copy, and the original is kept") {
  const std::string row = "{\"id\":\"\xFFi\",\"text\":\"a\xC0\xAF z\xE2\x82\"}";
  const Reading reading = read_text(row + "\n{\"text\":\"fine\"}\n");
  REQUIRE(reading.documents.size() == 2);
  const Document& document = reading.documents[0];
  CHECK(document.repaired());
  CHECK(document.original == row);
  CHECK(document.row == "{\"id\":\"\uFFFDi\",\"text\":\"a\uFFFD\uFFFD z\uFFFD\"}");
  CHECK(document.text == "a\uFFFD\uFFFD z\uFFFD");
  CHECK(document.id == "\uFFFDi");
  CHECK_FALSE(reading.documents[1].repaired());
}

TEST_CASE("a lone surrogate is repaired wherever it stands") {
  for (const auto& [row, repaired] : std::vector<std::pair<std::string, std::string>>{
           {R"({"text":"\ud800 x"})", R"({"text":"\ufffd x"})"},
           {R"({"text":"\uDC00\uD800"})", R"({"text":"\ufffd\ufffd"})"},
           {R"({"text":"\ud83d\ude00\ud83d"})", R"({"text":"\ud83d\ude00\ufffd"})"},
           {R"({"text":"\\ud800 \ud800"})", R"({"text":"\\ud800 \ufffd"})"},
           {R"({"text":"a","x":["\udfff"]})", R"({"text":"a","x":["\ufffd"]})"},
           {R"({"text":"a","\ud9ab":1})", R"({"text":"a","\ufffd":1})"}}) {
    CAPTURE(row);
    const Reading reading = read_text(row);
    REQUIRE(reading.documents.size() == 1);
    CHECK(reading.documents[0].row == repaired);
    CHECK(reading.documents[0].original == row);
    CHECK(base::valid_utf8(reading.documents[0].text));
  }
  CHECK(fate(R"({"text":"\ud800","x":01})") == "not_json");
  CHECK(fate(R"({"text":"\ud800\u12"})") == "not_json");
  CHECK(fate(R"(["\ud800"])") == "not_object");
}

TEST_CASE("a repaired row that still is no JSON is rejected with its original bytes") {
  const Reading reading = read_text("{\"text\":\"\xFF\",}");
  REQUIRE(reading.rejected.size() == 1);
  CHECK(reading.rejected[0].row == "{\"text\":\"\xFF\",}");
  CHECK(reading.rejected[0].reason == RejectReason::not_json);
}

TEST_CASE("an id is a string or a number as written; null and empty are none") {
  const auto id_of = [](const std::string& value) {
    const Reading reading = read_text(R"({"text":"a","id":)" + value + "}");
    REQUIRE(reading.documents.size() == 1);
    return std::string(reading.documents[0].id);
  };
  CHECK(id_of("\"x\"") == "x");
  CHECK(id_of("12345678901234567890123") == "12345678901234567890123");
  CHECK(id_of("1e999") == "1e999");
  CHECK(id_of("null").empty());
  CHECK(id_of("\"\"").empty());
  CHECK(id_of("true").empty());
  CHECK(id_of("[1]").empty());
}

TEST_CASE("a byline may be an array of strings") {
  const auto byline_of = [](const std::string& value) {
    const Reading reading = read_text(R"({"text":"a","byline":)" + value + "}");
    REQUIRE(reading.documents.size() == 1);
    return std::string(reading.documents[0].byline);
  };
  CHECK(byline_of(R"(["A. One","B\u002e Two"])") == "A. One, B. Two");
  CHECK(byline_of(R"("C")") == "C");
  CHECK(byline_of("[]").empty());
  CHECK(byline_of(R"(["A",1])").empty());
  CHECK(byline_of(R"([["A"]])").empty());
  CHECK(byline_of("7").empty());
}

TEST_CASE("the source is the one given, else the host of the address, then mapped by aliases") {
  ReadOptions options;
  options.aliases = {{"example.org", "The Example"}, {"AP", "Associated Press"}};
  const auto source_of = [&](const std::string& fields) {
    const Reading reading = read_text(R"({"text":"a",)" + fields + "}", "rows.jsonl", options);
    REQUIRE(reading.documents.size() == 1);
    return std::string(reading.documents[0].source);
  };
  CHECK(source_of(R"("source":"Gazette","url":"http://x.org")") == "Gazette");
  CHECK(source_of(R"("url":"https://www.News.Example.COM:8080/a?b")") == "news.example.com");
  CHECK(source_of(R"("url":"https://user@Example.org/")") == "The Example");
  CHECK(source_of(R"("source":"AP")") == "Associated Press");
  CHECK(source_of(R"("source":"","url":"//cdn.org/x")") == "cdn.org");
  CHECK(source_of(R"("url":"http://[2001:db8::1]:80/")") == "[2001:db8::1]");
  CHECK(source_of(R"("url":"https://www.com/")") == "www.com");
  CHECK(source_of(R"("url":"/relative//path")").empty());
  CHECK(source_of(R"("url":"http://")").empty());
  CHECK(source_of(R"("url":"no address")").empty());
}

TEST_CASE("published is read from a string or a number, and counted where it is unreadable") {
  const Reading reading = read_text(
      "{\"text\":\"a\",\"published\":1580000000}\n{\"text\":\"b\",\"published\":\"None\"}\n"
      "{\"text\":\"c\",\"published\":null}\n{\"text\":\"d\",\"published\":\"\"}\n"
      "{\"text\":\"e\",\"published\":{\"y\":2020}}\n");
  REQUIRE(reading.documents.size() == 5);
  CHECK(reading.documents[0].published == TimeInterval{1580000000, 1580000000});
  CHECK(reading.documents[0].published_text == "1580000000");
  CHECK(reading.documents[1].published_unreadable);
  for (std::size_t i = 1; i < 5; ++i) CHECK_FALSE(reading.documents[i].published);
  for (std::size_t i = 2; i < 5; ++i) CHECK_FALSE(reading.documents[i].published_unreadable);
  CHECK(reading.blocks[0].published_unreadable == 1);
}

TEST_CASE("a text over the limit is too long, one at the limit is not") {
  ReadOptions options;
  options.max_text_bytes = 10;
  const Reading reading =
      read_text("{\"text\":\"0123456789\"}\n{\"text\":\"0123456789a\"}\n", "rows.jsonl", options);
  CHECK(reading.documents.size() == 1);
  CHECK(reading.reasons() == std::vector{RejectReason::too_long});
}

TEST_CASE("a row over the limit is too long and only its beginning is kept") {
  ReadOptions options;
  options.max_row_bytes = 100'000;
  const auto row = [](std::size_t size) {
    return R"({"text":")" + std::string(size - 11, 'x') + "\"}";
  };
  for (const std::size_t size : {100'001U, 600'000U, 1'700'000U}) {
    CAPTURE(size);
    const Reading reading =
        read_text(row(100'000) + "\n" + row(size) + "\n\n" + row(50) + "\n", "rows.jsonl", options);
    CHECK(reading.rows == 3);
    CHECK(reading.conserved());
    CHECK(reading.documents.size() == 2);
    REQUIRE(reading.rejected.size() == 1);
    CHECK(reading.rejected[0].reason == RejectReason::too_long);
    CHECK(reading.rejected[0].row == row(size).substr(0, 4096));
    CHECK(reading.rejected[0].offset == 100'001);
    CHECK(reading.documents[1].offset == 100'001 + size + 2);
  }
  const Reading at_end = read_text(row(3'000'000), "rows.jsonl", options);
  CHECK(at_end.reasons() == std::vector{RejectReason::too_long});
  CHECK(at_end.rows == 1);
}

TEST_CASE("one line of 16 MiB is read whole") {
  const std::string text(std::size_t{16} << 20U, 'x');
  const Reading reading = read_text("{\"text\":\"" + text + "\"}\n{\"text\":\"b\"}\n");
  REQUIRE(reading.documents.size() == 2);
  CHECK(reading.documents[0].text == text);
  CHECK(read_text("{\"text\":\"" + text + "x\"}").reasons() == std::vector{RejectReason::too_long});
}

TEST_CASE("rows of every length come out whole, in order and at their offsets") {
  std::mt19937 random(7);
  std::string contents;
  std::vector<std::string> rows;
  std::vector<std::uint64_t> offsets;
  while (contents.size() < 6'000'000) {
    const std::size_t length = random() % 50 == 0 ? random() % 900'000 : random() % 3000;
    rows.push_back(R"({"text":")" + std::string(length, static_cast<char>('a' + random() % 26)) +
                   "\"}");
    offsets.push_back(contents.size());
    contents += rows.back() + "\n";
    if (random() % 10 == 0) contents += " \n";
  }
  const TemporaryFolder folder;
  ReadOptions options;
  options.inputs = {folder.file("rows.jsonl", contents)};
  const Reading reading = read_all(options);
  REQUIRE(reading.documents.size() == rows.size());
  const Reader again(options);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    REQUIRE(reading.documents[i].original == rows[i]);
    REQUIRE(reading.documents[i].offset == offsets[i]);
    const ParsedBlock single = again.parse_row(0, rows[i]);
    REQUIRE(single.documents.size() == 1);
    REQUIRE(single.documents[0].text == reading.documents[i].text);
  }
}

TEST_CASE("a block gives the same documents on any thread") {
  std::string contents;
  for (int i = 0; i < 20'000; ++i) {
    contents += R"({"id":)" + std::to_string(i) + R"(,"text":"line\n)" + std::to_string(i * 7) +
                "\"}\n" + (i % 100 == 0 ? "broken\n" : "");
  }
  const TemporaryFolder folder;
  ReadOptions options;
  options.inputs = {folder.file("rows.jsonl", contents)};
  const Reading serial = read_all(options);

  Reader reader(options);
  std::vector<RowBlock> blocks;
  while (auto block = reader.next()) blocks.push_back(*std::move(block));
  std::vector<ParsedBlock> parsed(blocks.size());
  std::vector<std::thread> threads;
  for (std::size_t first = 0; first < 3; ++first) {
    threads.emplace_back([&, first] {
      for (std::size_t i = first; i < blocks.size(); i += 3) {
        parsed[i] = reader.parse(std::move(blocks[i]));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::vector<std::string> texts;
  for (const ParsedBlock& block : parsed) {
    for (const Document& document : block.documents) texts.emplace_back(document.text);
  }
  CHECK(texts == serial.texts());
  CHECK(serial.rejected.size() == 200);
}

TEST_CASE("parsed blocks outlive their reader") {
  const TemporaryFolder folder;
  ReadOptions options;
  options.inputs = {folder.file("rows.jsonl", "{\"text\":\"a\\nb\"}\n")};
  auto reader = std::make_unique<Reader>(options);
  ParsedBlock parsed = reader->parse(*reader->next());
  reader.reset();
  CHECK(parsed.documents[0].text == "a\nb");
  const ParsedBlock moved = std::move(parsed);
  CHECK(moved.documents[0].text == "a\nb");
}

TEST_CASE("a rejected row says what, where and why") {
  const Reading reading = read_text("{\"text\":\"a\"}\n{\"text\":\"b\",\"x\":1.}\n");
  REQUIRE(reading.rejected.size() == 1);
  CHECK(reading.rejected[0].row_number == 2);
  CHECK(reading.rejected[0].offset == 13);
  CHECK(reading.rejected[0].row == "{\"text\":\"b\",\"x\":1.}");
  CHECK(reading.rejected[0].detail == "what stands there is no value near byte 16 of the row");
}

}  // namespace
}  // namespace wirecopy
