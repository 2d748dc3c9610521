#include <filesystem>
#include <string>

#include "catch.h"
#include "temporary_folder.h"
#include "wirecopy/error.h"
#include "wirecopy/evaluate.h"

using namespace wirecopy;
using test::TemporaryFolder;

namespace {

TruthKind kind_of(const std::string& name, const std::string& rows) {
  const TemporaryFolder folder;
  const TruthFiles truth = truth_files({folder.file(name, rows)});
  REQUIRE(truth.size() == 1);
  return truth.begin()->first;
}

}  // namespace

TEST_CASE("a truth is known by the fields of its first row, whatever its name") {
  CHECK(kind_of("x.jsonl", R"({"a":"1","b":"2"})") == TruthKind::pairs);
  CHECK(kind_of("truth.clusters.jsonl", R"({"a":"1","b":"2","j":0.5,"c":1})") == TruthKind::pairs);
  CHECK(kind_of("x.jsonl",
                "\n"
                R"({"cluster":"1","kind":"story","members":["1"]})") == TruthKind::clusters);
  CHECK(kind_of("x.jsonl", R"({"story":"1","members":[{"id":"1"}]})") == TruthKind::clusters);
  CHECK(kind_of("x.jsonl", R"({"a":"1","b":"2","a_begin":0,"a_end":1,"b_begin":0,"b_end":1})") ==
        TruthKind::passages);
  CHECK(kind_of("x.jsonl", R"({"a":"1","b":"2","label":"l","a_off":0,"a_len":1})") ==
        TruthKind::passages);
  CHECK(kind_of("x.jsonl", R"({"id":"1","parent":null})") == TruthKind::lineage);
  CHECK(kind_of("x.jsonl", R"({"id":"1","kind":"block","repeat":[0,1]})") == TruthKind::repeats);
  CHECK(kind_of("x.jsonl", R"({"id":"1","repeats":[]})") == TruthKind::repeats);
}

TEST_CASE("an empty truth is known by its name") {
  CHECK(kind_of("truth.pairs.jsonl", "") == TruthKind::pairs);
  CHECK(kind_of("truth.clusters.jsonl", "\n") == TruthKind::clusters);
  CHECK(kind_of("truth-stories.jsonl", "") == TruthKind::clusters);
  CHECK(kind_of("truth.passages.jsonl", "") == TruthKind::passages);
  CHECK(kind_of("truth.lineage.jsonl", "") == TruthKind::lineage);
  CHECK(kind_of("truth.repeats.jsonl", "") == TruthKind::repeats);
}

TEST_CASE("of a folder the files called truth count, and files may be named beside it") {
  const TemporaryFolder folder;
  static_cast<void>(folder.file("gen/articles.jsonl", R"({"id":"1","text":"x"})"));
  static_cast<void>(folder.file("gen/truth.pairs.jsonl", R"({"a":"1","b":"2"})"));
  static_cast<void>(folder.file("gen/truth.lineage.jsonl", R"({"id":"1","parent":null})"));
  static_cast<void>(folder.file("gen/truth.txt", "no rows"));
  const std::string more = folder.file("more.jsonl", R"({"a":"1","b":"3"})");
  const TruthFiles truth = truth_files({folder.path("gen"), more});
  REQUIRE(truth.size() == 2);
  CHECK(truth.at(TruthKind::pairs) ==
        std::vector<std::string>{folder.path("gen/truth.pairs.jsonl"), more});
  CHECK(truth.at(TruthKind::lineage).size() == 1);
}

TEST_CASE("what is no truth is named by file and line") {
  const TemporaryFolder folder;
  const auto message = [](const std::string& path) -> std::string {
    try {
      static_cast<void>(truth_files({path}));
    } catch (const Error& error) {
      CHECK(error.code() == ErrorCode::input);
      return error.what();
    }
    return "no error";
  };
  for (const std::string bad : {"{}", "[]", "nonsense", R"({"id":"1","text":"x"})"}) {
    CAPTURE(bad);
    CHECK(message(folder.file("bad.jsonl", "\n" + bad + "\n")).find("bad.jsonl:2:") !=
          std::string::npos);
  }
  CHECK(message(folder.path("missing")).find("missing") != std::string::npos);
  std::filesystem::create_directory(folder.path("empty"));
  CHECK(message(folder.path("empty")).find("no truth*.jsonl") != std::string::npos);
}

// Kinds of the lists beside the repository, where there are any.
TEST_CASE("the truths of the shared data are known by their fields") {
  const char* set_data = std::getenv("WIRECOPY_DATA");
  const std::filesystem::path data =
      set_data != nullptr ? std::filesystem::path(set_data)
                          : std::filesystem::path(__FILE__).parent_path() / "../../shared/data";
  if (!std::filesystem::exists(data)) {
    WARN("skipped: no folder " << data << "; set WIRECOPY_DATA");
    return;
  }
  const TruthFiles pan = truth_files({(data / "pan13_train").string()});
  CHECK(pan.at(TruthKind::passages).size() == 1);
  CHECK(pan.at(TruthKind::pairs).size() == 1);
  const TruthFiles fnc = truth_files({(data / "fnc1_train").string()});
  CHECK(fnc.at(TruthKind::pairs).size() == 2);
  CHECK(fnc.at(TruthKind::repeats).size() == 1);
}
