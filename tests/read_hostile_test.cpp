// Everything in the shared set of bad input that rows can meet. Its shapes have self-written twins
// in the other read tests and below, which always run.
#include <cstdlib>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "archives.h"
#include "base/unicode.h"
#include "catch.h"
#include "reading.h"
#include "wirecopy/error.h"

namespace wirecopy {
namespace {

namespace fs = std::filesystem;
using test::contents_of;
using test::read_paths;
using test::read_text;
using test::Reading;

// A folder of the shared data; nothing, with a warning, where it is absent.
std::optional<fs::path> bad_input(const std::string& name) {
  const char* set_data = std::getenv("WIRECOPY_DATA");
  const fs::path data = set_data != nullptr
                            ? fs::path(set_data)
                            : fs::path(__FILE__).parent_path() / "../../shared/data";
  fs::path folder = data / "badinput" / name;
  if (fs::exists(folder)) return folder;
  WARN("skipped: no folder " << folder << "; set WIRECOPY_DATA");
  return std::nullopt;
}

std::vector<fs::path> files_of(const fs::path& folder) {
  std::set<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) files.insert(entry.path());
  return {files.begin(), files.end()};
}

// What every reading must hold, whatever came in.
void check_sound(const Reading& reading) {
  CHECK(reading.conserved());
  for (const Document& document : reading.documents) {
    CHECK(base::valid_utf8(document.text));
    CHECK(base::valid_utf8(document.row));
    CHECK(base::valid_utf8(document.id));
    CHECK(document.repaired() == (document.row != document.original));
  }
}

TEST_CASE("hostile files end in bounded time with every row counted") {
  const auto folder = bad_input("bombs");
  if (!folder) return;
  for (const fs::path& file : files_of(*folder / "out")) {
    CAPTURE(file);
    const std::string extension = file.extension();
    if (extension == ".bz2" || extension == ".xz") {
      CHECK_THROWS_AS(read_paths({file.string()}), Error);
      continue;
    }
    const Reading reading = read_paths({file.string()});
    check_sound(reading);
    static const std::set<std::string> kDamaged{
        "badcrc.gz",       "one-line-64MiB.jsonl.gz", "trailing-garbage.gz", "truncated.gz",
        "window-2GiB.zst", "zeros-1GiB.zst",          "zeros-256MiB.gz"};
    CHECK(reading.damaged == kDamaged.contains(file.filename()));
  }
}

TEST_CASE("hostile lines are judged one by one") {
  const auto folder = bad_input("bombs");
  if (!folder) return;
  const Reading reading = read_paths({(*folder / "out/hostile-lines.jsonl").string()});
  check_sound(reading);
  std::map<std::string, std::size_t> reasons;
  for (const Rejected& row : reading.rejected) ++reasons[std::string(name_of(row.reason))];
  CHECK(reasons == std::map<std::string, std::size_t>{
                       {"duplicate_key", 1}, {"no_text", 2}, {"not_json", 1}, {"not_object", 2}});
  std::set<std::string> repaired;
  for (const Document& document : reading.documents) {
    if (document.repaired()) repaired.emplace(document.id);
  }
  CHECK(repaired == std::set<std::string>{"lone", "rev", "overlong", "cesu", "trunc"});
}

// JSONTestSuite as the value of a field, so that its verdicts become ours.
TEST_CASE("the verdicts of JSONTestSuite hold for values") {
  const auto folder = bad_input("json-testsuite");
  if (!folder) return;
  // Invalid UTF-8 and lone surrogates are repaired, not refused.
  static const std::set<std::string> kRepaired{"n_string_overlong_sequence_2_bytes.json",
                                               "n_string_invalid_utf-8.json"};
  std::size_t judged = 0;
  for (const fs::path& file : files_of(*folder / "test_parsing")) {
    const std::string name = file.filename();
    std::string value = contents_of(file);
    CAPTURE(name);
    // A row ends at its newline: elsewhere a newline is white space, as a blank is.
    while (value.ends_with('\n')) value.pop_back();
    const bool newlines = value.find('\n') != std::string::npos;
    const Reading reading = read_text(R"({"text":"x","v":)" + value + "}");
    check_sound(reading);
    if (newlines) continue;
    REQUIRE(reading.rows == 1);
    const bool accepted = reading.documents.size() == 1;
    ++judged;
    if (name.starts_with("y_")) {
      CHECK(accepted);
    } else if (name.starts_with("n_")) {
      CHECK(accepted == kRepaired.contains(name));
    } else {
      // Implementations are free here: we take numbers of any size, and repair text; bytes that
      // are UTF-16, or a byte-order mark inside a row, are no JSON.
      const bool refused = name.find("UTF-16") != std::string::npos ||
                           name.find("utf16") != std::string::npos ||
                           name == "i_structure_UTF-8_BOM_empty_object.json";
      CHECK(accepted == !refused);
    }
  }
  CHECK(judged > 300);
}

TEST_CASE("rows of JSONTestSuite alone are told apart") {
  const auto folder = bad_input("json-testsuite");
  if (!folder) return;
  for (const fs::path& file : files_of(*folder / "test_parsing")) {
    const std::string name = file.filename();
    CAPTURE(name);
    const Reading reading = read_text(contents_of(file));
    check_sound(reading);
    CHECK(reading.documents.empty());
    if (!name.starts_with("y_") || reading.rows != 1) continue;
    CHECK(reading.rejected[0].reason != RejectReason::not_json);
  }
}

TEST_CASE("transformations of JSONTestSuite keep their rows") {
  const auto folder = bad_input("json-testsuite");
  if (!folder) return;
  for (const fs::path& file : files_of(*folder / "test_transform")) {
    CAPTURE(file);
    std::string value = contents_of(file);
    while (value.ends_with('\n')) value.pop_back();
    const Reading reading = read_text(R"({"text":"x","v":)" + value + "}");
    check_sound(reading);
    CHECK(reading.documents.size() == 1);
  }
}

TEST_CASE("naughty strings, UTF-8 tests and zstd's golden files pass through") {
  for (const char* name : {"naughty-strings", "utf8-kuhn", "utf8tests"}) {
    const auto folder = bad_input(name);
    if (!folder) return;
    for (const fs::path& file : files_of(*folder)) {
      CAPTURE(file);
      const std::string bytes = contents_of(file);
      check_sound(read_text(bytes, "rows.jsonl"));
      check_sound(read_text(bytes, "rows.csv"));
      const Reading text = read_text(bytes, "story.txt");
      check_sound(text);
      REQUIRE(text.documents.size() == 1);
      const std::string_view without_mark =
          std::string_view(bytes).substr(bytes.starts_with("\xEF\xBB\xBF") ? 3 : 0);
      CHECK(text.documents[0].text == base::repair_utf8(without_mark));
    }
  }
  const auto golden = bad_input("zstd-golden");
  if (!golden) return;
  // Which of these are damaged depends on the version of libzstd (1.5.4 takes most of the bad
  // ones).
  for (const char* name : {"golden-decompression", "golden-decompression-errors"}) {
    for (const fs::path& file : files_of(*golden / "tests" / name)) {
      CAPTURE(file);
      check_sound(read_paths({file.string()}));
    }
  }
}

// The twins.

TEST_CASE("brackets without end are no JSON, whatever their number") {
  CHECK(read_text(std::string(1'000'000, '[')).reasons() == std::vector{RejectReason::not_json});
  std::string objects;
  for (int i = 0; i < 100'000; ++i) objects += "{\"a\":";
  CHECK(read_text(objects).reasons() == std::vector{RejectReason::not_json});
  CHECK(read_text(objects + "1" + std::string(100'000, '}')).reasons() ==
        std::vector{RejectReason::not_json});
}

// A missing bracket sends simdjson behind the row: found by the fuzzer, where stale memory closed
// it.
TEST_CASE("rows with a bracket too few are no JSON, whatever follows them in memory") {
  for (const char* row : {"[[1]", "[[[]]", R"({"text":"a","x":[[1]})", R"({"text":"a","x":{"y":{})",
                          "[1,", "[\"a\",", R"({"text":"a","x":[1,)", R"({"text":"a","x":)",
                          R"({"text":"a",)", "\xFF[[1]", "{\"text\":\"\xFF\",\"x\":[{}"}) {
    CAPTURE(row);
    for (const char* before : {"", "{\"text\":\"]]]]]]}}}}}}\\n]]]]]}}}}}}\"}\n"}) {
      for (const char* behind : {"", "\n", "\n]]]]\n", "\n,1]]\n", "\n}}}\n"}) {
        const Reading reading = read_text(std::string(before) + row + behind);
        check_sound(reading);
        CHECK(reading.documents.size() == (*before == '\0' ? 0 : 1));
        CHECK(reading.rejected[0].reason == RejectReason::not_json);
      }
    }
  }
}

TEST_CASE("strange but valid strings pass unchanged") {
  for (const std::string text :
       {"\u202Eevil\u202C", "a\u200Bb\uFEFFc", "\U000E0068\U000E0069", "=1+1", "../../etc/x",
        "<script>", "\uFFFE\uFFFF\U0010FFFF", "\x7F"}) {
    CAPTURE(text);
    const Reading reading = read_text("{\"id\":\"" + text + "\",\"text\":\"" + text + "\"}");
    check_sound(reading);
    REQUIRE(reading.documents.size() == 1);
    CHECK(reading.documents[0].text == text);
    CHECK(reading.documents[0].id == text);
    CHECK_FALSE(reading.documents[0].repaired());
  }
}

TEST_CASE("one combining mark 20,000 times is an ordinary text") {
  std::string text = "a";
  for (int i = 0; i < 20'000; ++i) text += "\u0301";
  CHECK(read_text("{\"text\":\"" + text + "\"}").texts() == std::vector{text});
}

TEST_CASE("a zstd frame that claims to hold 1 EiB takes no memory for it") {
  const std::string frame("\x28\xB5\x2F\xFD\xC0\x88\x00\x00\x00\x00\x00\x00\x00\x10\x01\x00\x00",
                          17);
  CHECK(read_text(frame).rows == 0);
}

TEST_CASE("UTF-16 is no JSON") {
  const Reading reading = read_text(std::string("\xFF\xFE{\0}\0\n\0", 8));
  check_sound(reading);
  CHECK(reading.documents.empty());
}

TEST_CASE("a million empty texts are a million documents") {
  std::string rows;
  for (int i = 0; i < 1'000'000; ++i) rows += "{\"text\":\"\"}\n";
  const Reading reading = read_text(rows);
  CHECK(reading.documents.size() == 1'000'000);
}

}  // namespace
}  // namespace wirecopy
