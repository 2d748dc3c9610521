#include "base/json.h"

#include <limits>
#include <random>

#include "base/compression_block.h"
#include "base/lines.h"
#include "base/utf8.h"
#include "catch.h"
#include "temporary_folder.h"
#include "wirecopy/error.h"

using namespace wirecopy;
using base::JsonObject;
using base::JsonRowReader;
using base::JsonWriter;
using test::TemporaryFolder;

namespace {

std::string share_text(double value) {
  JsonWriter json;
  json.share(value);
  return std::string(json.text());
}

std::string random_bytes(std::mt19937_64& random, std::size_t most) {
  std::string bytes(random() % (most + 1), '\0');
  for (char& byte : bytes) byte = static_cast<char>(random());
  return bytes;
}

// Strings that break naive writers.
std::vector<std::string> hostile_strings() {
  return {"",
          "plain",
          "\"quoted\" \\back\\slash/",
          "line\nfeed, return\r, tab\t, bell\a",
          "\x1b[31mred\x1b[0m",
          std::string("null\0inside", 11),
          "\u202eright to left\u202c \u05e9\u05dc\u05d5\u05dd",
          "\u2028\u2029\ufeff\U0001f600",
          "</script><!--",
          std::string(10'000, '"')};
}

}  // namespace

TEST_CASE("objects, arrays and values are written in the order given") {
  JsonWriter json;
  json.begin_object();
  json.key("b").string("x").key("a").begin_array();
  json.integer(std::int64_t{-5}).integer(std::numeric_limits<std::uint64_t>::max());
  json.boolean(true).null().share(0.5).raw("[1, 2]").end_array();
  json.key("c").string_or_null("").key("d").begin_object().end_object();
  json.end_object();
  CHECK(json.text() ==
        R"({"b":"x","a":[-5,18446744073709551615,true,null,0.5,[1, 2]],"c":null,"d":{}})");

  json.clear();
  json.string("again");
  CHECK(json.text() == "\"again\"");
}

TEST_CASE("the indented layout is the same value with two spaces a level") {
  JsonWriter json(JsonWriter::Layout::indented);
  json.begin_object().key("a").begin_array().integer(1U).share(0.25).end_array().end_object();
  CHECK(json.text() == "{\n  \"a\": [\n    1,\n    0.25\n  ]\n}");
}

TEST_CASE("a share has six decimals at most and no trailing zeros") {
  CHECK(share_text(0) == "0");
  CHECK(share_text(1) == "1");
  CHECK(share_text(0.5) == "0.5");
  CHECK(share_text(0.669355) == "0.669355");
  CHECK(share_text(2.0 / 3) == "0.666667");
  CHECK(share_text(0.9999994) == "0.999999");
  CHECK(share_text(0.9999996) == "1");
  CHECK(share_text(0.0000004) == "0");
  CHECK(share_text(-0.0000004) == "0");
  CHECK(share_text(-0.1) == "-0.1");
  CHECK(share_text(12345.25) == "12345.25");
  CHECK(share_text(0.000001) == "0.000001");
}

TEST_CASE("hostile strings come back as they went in") {
  JsonRowReader row;
  for (const std::string& hostile : hostile_strings()) {
    JsonWriter json;
    json.begin_object().key("value").string(hostile).end_object();
    CHECK(json.text().find('\n') == std::string_view::npos);
    REQUIRE(row.parse(json.text()));
    CHECK(row.string("value") == hostile);
  }
}

// Some writers let them through in what they copy many bytes at a time.
TEST_CASE("every control character is escaped, wherever it stands in a long string") {
  for (char control = 0; control < 0x20; ++control) {
    for (std::size_t place = 0; place < 40; ++place) {
      std::string text(40, 'x');
      text[place] = control;
      JsonWriter json;
      json.string(text);
      CHECK(json.text().find(control) == std::string_view::npos);
    }
  }
}

TEST_CASE("bytes that are no UTF-8 are written repaired and never break the row") {
  JsonWriter json;
  json.string("caf\xe9.jsonl");
  CHECK(json.text() == "\"caf\ufffd.jsonl\"");

  JsonRowReader row;
  std::mt19937_64 random(11);
  for (int round = 0; round < 500; ++round) {
    const std::string bytes = random_bytes(random, 40);
    json.clear();
    json.begin_object().key("value").string(bytes).end_object();
    REQUIRE(row.parse(json.text()));
    CHECK(row.string("value") == base::repair_utf8(bytes));
  }
}

TEST_CASE("a getter answers only for a key of its type") {
  JsonRowReader row;
  REQUIRE(row.parse(
      R"({"s":"x","u":7,"n":-7,"d":0.5,"z":null,"o":{"k":"v"},"t":[1,{"i":1},"x",{"i":2},"y"],"b":false})"));
  CHECK(row.string("s") == "x");
  CHECK(row.unsigned_integer("u") == 7U);
  CHECK(row.number("u") == 7.0);
  CHECK(row.number("n") == -7.0);
  CHECK(row.number("d") == 0.5);
  CHECK_FALSE(row.unsigned_integer("n"));
  CHECK_FALSE(row.unsigned_integer("d"));
  CHECK_FALSE(row.string("u"));
  CHECK_FALSE(row.string("z"));
  CHECK_FALSE(row.string("missing"));
  CHECK(row.boolean("b") == false);
  CHECK_FALSE(row.boolean("u"));
  CHECK_FALSE(row.object("t"));
  CHECK(row.strings("t") == std::vector<std::string_view>{"x", "y"});
  CHECK(row.strings("s").empty());
  REQUIRE(row.object("o"));
  CHECK(row.object("o")->string("k") == "v");

  std::vector<std::uint64_t> seen;
  row.for_each_object(
      "t", [&](const JsonObject& object) { seen.push_back(*object.unsigned_integer("i")); });
  CHECK(seen == std::vector<std::uint64_t>{1, 2});
  row.for_each_object("s", [&](const JsonObject&) { seen.clear(); });
  CHECK(seen.size() == 2);
  CHECK(row.keys() == std::vector<std::string_view>{"s", "u", "n", "d", "z", "o", "t", "b"});
}

TEST_CASE("only one valid JSON object is a row") {
  JsonRowReader row;
  for (const std::string_view line : {"", " ", "[]", "\"x\"", "7", "{", "{}{}", "{} x", "{'a':1}",
                                      "{\"a\":}", "{\"a\":\"\xff\"}", "{\"a\":\"\n\"}", "nul"}) {
    CAPTURE(line);
    CHECK_FALSE(row.parse(line));
  }
  CHECK(row.parse(" {\"a\" : 1}\r"));
  CHECK(row.unsigned_integer("a") == 1U);
}

TEST_CASE("rows of 20 MB are read, and small ones after them") {
  JsonRowReader row;
  const std::string text(20'000'000, 'x');
  REQUIRE(row.parse("{\"a\":\"" + text + "\"}"));
  CHECK(row.string("a") == text);
  REQUIRE(row.parse(R"({"a":"y"})"));
  CHECK(row.string("a") == "y");
}

TEST_CASE("base64 gives the test vectors of RFC 4648") {
  const std::vector<std::pair<std::string, std::string>> vectors{{"", ""},
                                                                 {"f", "Zg=="},
                                                                 {"fo", "Zm8="},
                                                                 {"foo", "Zm9v"},
                                                                 {"foob", "Zm9vYg=="},
                                                                 {"fooba", "Zm9vYmE="},
                                                                 {"foobar", "Zm9vYmFy"}};
  for (const auto& [bytes, text] : vectors) {
    CHECK(base::to_base64(bytes) == text);
    CHECK(base::from_base64(text) == bytes);
  }
}

TEST_CASE("any bytes survive base64") {
  std::mt19937_64 random(13);
  for (int round = 0; round < 500; ++round) {
    const std::string bytes = random_bytes(random, 100);
    CHECK(base::from_base64(base::to_base64(bytes)) == bytes);
  }
}

TEST_CASE("what is not base64, or not its only spelling, is refused") {
  for (const std::string_view text : {"Z", "Zg", "Zg=", "Zg===", "Z===", "====", "Zh==", "Zm9=",
                                      "Zm 8=", "Zm8=\n", "Zm8=Zm8=", "Zm-_", "Zm9\xe9"}) {
    CAPTURE(text);
    CHECK_FALSE(base::from_base64(text));
  }
}

TEST_CASE("lines end at newlines alone and keep every other byte") {
  const TemporaryFolder folder;
  base::LineReader lines(folder.file("lines", std::string("a\r\n\n\0b\x0b\n c", 10)));
  CHECK(lines.next() == "a\r");
  CHECK(lines.number() == 1);
  CHECK(lines.next() == "");
  CHECK(lines.next() == std::string_view("\0b\x0b", 3));
  CHECK(lines.complete());
  CHECK(lines.next() == " c");
  CHECK_FALSE(lines.complete());
  CHECK(lines.number() == 4);
  CHECK_FALSE(lines.next());
  CHECK_FALSE(lines.next());
}

TEST_CASE("lines of any length come whole, also across the pieces that are read") {
  const TemporaryFolder folder;
  std::mt19937_64 random(17);
  std::vector<std::string> expected;
  std::string contents;
  for (const std::size_t length :
       {std::size_t{0}, std::size_t{1}, std::size_t{262'143}, std::size_t{262'144},
        std::size_t{262'145}, std::size_t{3'000'000}, std::size_t{5}}) {
    expected.emplace_back(length, static_cast<char>('a' + random() % 26));
    contents += expected.back() + "\n";
  }
  base::LineReader lines(folder.file("lines", contents));
  for (const std::string& line : expected) CHECK(lines.next() == line);
  CHECK_FALSE(lines.next());
  CHECK(lines.complete());
}

TEST_CASE("compressed lines are read as they are, and a cut archive is named") {
  const TemporaryFolder folder;
  const std::string frame = base::compress_block("one\ntwo\n");
  base::LineReader lines(folder.file("whole", frame));
  CHECK(lines.next() == "one");
  CHECK(lines.next() == "two");
  CHECK_FALSE(lines.next());

  base::LineReader cut(folder.file("cut", frame.substr(0, frame.size() - 3)));
  try {
    while (cut.next()) continue;
    FAIL("expected an error");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::damaged);
    CHECK(std::string(error.what()).find("cut is damaged") != std::string::npos);
  }
  constexpr std::string_view kXz(
      "\xfd"
      "7zXZ\0\0\0\0\0",
      11);
  CHECK_THROWS_AS(base::LineReader(folder.file("xz", kXz)), Error);
}

TEST_CASE("an empty file has no lines and a missing one is an error of input") {
  const TemporaryFolder folder;
  base::LineReader lines(folder.file("empty", ""));
  CHECK_FALSE(lines.next());
  CHECK(lines.complete());
  CHECK_THROWS_AS(base::LineReader(folder.path("missing")), Error);
}
