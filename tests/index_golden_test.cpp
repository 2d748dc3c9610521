// An index of each format that ever was, kept for ever: this version must read it and go on with
// it.
#include <filesystem>
#include <set>
#include <string>

#include "catch.h"
#include "runs.h"
#include "temporary_folder.h"
#include "wirecopy/error.h"
#include "wirecopy/index.h"

using namespace wirecopy;
using test::TemporaryFolder;

namespace {

namespace fs = std::filesystem;

// A copy that may be written to, and whose key nobody else may read.
std::string copy_of(const std::string& golden, const TemporaryFolder& folder) {
  const std::string path = folder.path("index");
  fs::copy(fs::path(__FILE__).parent_path() / "golden" / golden, path, fs::copy_options::recursive);
  fs::permissions(path + "/key", fs::perms::owner_read | fs::perms::owner_write);
  return path;
}

std::set<std::string> ids_of(const QueryResult& result) {
  std::set<std::string> ids;
  for (const QueryMatch& match : result.matches) ids.insert(match.id);
  return ids;
}

}  // namespace

// tests/golden/index-format-1: 20 articles of the demo corpus (world.jsonl) in two nights of the
// preset news, under the key 000102…0f.
TEST_CASE("an index of format 1 is read, checked and added to", "[index]") {
  const TemporaryFolder folder;
  const std::string path = copy_of("index-format-1", folder);
  CHECK(check_index(path).documents == 20);
  const Index index = Index::open(path);
  const IndexStats stats = index.stats();
  CHECK(stats.generation == 2);
  CHECK(stats.generations == std::vector<std::uint32_t>{1, 2});
  CHECK(stats.clusters == 9);
  CHECK(stats.clustered == 19);
  CHECK(ids_of(index.query_id("strandpost-0303-komet")) ==
        std::set<std::string>{"talbote-0303-komet", "talbote-0304-komet-druck"});
  CHECK(ids_of(index.query(index.article("reka-0303-most")->document.text)) ==
        std::set<std::string>{"listok-0303-most", "reka-0303-most"});

  ReadOptions options;
  options.inputs = {
      folder.file("rows.jsonl", test::rows_of({{"new", test::story(1), "", "", ""}}))};
  Reader reader(options);
  RunFolder sink(folder.path("out"), OutputSet::all(), false, reader.inputs());
  Limits limits;
  limits.work_folder = folder.path();
  CHECK(IndexWriter(path).add(reader, KeepRule::parse("first"), limits, sink).night->articles ==
        21);
  CHECK(check_index(path).documents == 21);
  IndexWriter(path).roll_back(1);
  CHECK(check_index(path).documents == 14);
}
