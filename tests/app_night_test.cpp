#include <string>

#include "app/night_log.h"
#include "app/night_metrics.h"
#include "base/files.h"
#include "catch.h"
#include "temporary_folder.h"
#include "wirecopy/error.h"

using namespace wirecopy;
using app::Metrics;
using app::NightRecord;
using test::TemporaryFolder;

namespace {

NightRecord night(const std::string& index, int exit_code, bool done) {
  NightRecord record{"add", index, 1'795'640'934'258, 1'795'640'934'746, exit_code, {}, {}, 0};
  if (!done) return record;
  Summary summary;
  summary.rows.read = 12;
  summary.rows.kept = 12;
  summary.night = Summary::Night();
  summary.night->articles = 41'203;
  record.summary = summary;
  return record;
}

}  // namespace

TEST_CASE("an instant is told in seconds of UTC, and a time that ran backwards takes none") {
  CHECK(app::instant_text(0) == "1970-01-01T00:00:00Z");
  CHECK(app::instant_text(951'782'399'999) == "2000-02-28T23:59:59Z");
  CHECK(app::instant_text(951'782'400'000) == "2000-02-29T00:00:00Z");
  CHECK(app::instant_text(1'795'640'934'258) == "2026-11-25T21:08:54Z");
  CHECK(app::seconds_text(1'234'005) == "1234.005");
  CHECK(app::seconds_text(-5) == "0.000");
}

TEST_CASE("metrics that were written are read back, whatever the index is called") {
  const TemporaryFolder folder;
  const std::string path = folder.path("night.prom");
  Metrics metrics;
  for (const char* index :
       {"/a", "/with \"quotes\"", "/back\\slash", "/new\nline", "/b} 7", "/\xff"}) {
    app::note_run(metrics, night(index, 0, true));
  }
  (void)folder.file("night.prom", app::metrics_text(metrics));
  CHECK(app::read_metrics(path) == metrics);
  CHECK(metrics.size() == 6 * (4 + 5 + kClusterEventCount + 2 + 2));
}

TEST_CASE("a failed run changes no count and no success") {
  Metrics metrics;
  app::note_run(metrics, night("/a", 0, true));
  const Metrics before = metrics;
  app::note_run(metrics, night("/a", 75, false));
  CHECK(metrics.size() == before.size());
  int changed = 0;
  for (const auto& [series, value] : metrics) changed += before.at(series) == value ? 0 : 1;
  CHECK(changed == 1);
  CHECK(metrics.at("wirecopy_last_run_exit_code{index=\"/a\",verb=\"add\"}") == "75");
}

TEST_CASE("lines that are no metrics of ours are left out of a metrics file") {
  const TemporaryFolder folder;
  const std::string path = folder.path("night.prom");
  CHECK(app::read_metrics(path).empty());
  (void)folder.file(
      "night.prom",
      "# HELP wirecopy_articles A.\nwirecopy_articles{index=\"/a\"} 7\nwirecopy_articles 8\n"
      "wirecopy_rows{index=\"/a\"} many\nup{job=\"x\"} 1\n\nwirecopy_generation{index=\"/a\"} ");
  CHECK(app::read_metrics(path) == Metrics{{"wirecopy_articles{index=\"/a\"}", "7"}});
  (void)folder.file("night.prom", "up 1\n");
  REQUIRE_THROWS_AS(app::read_metrics(path), Error);
  REQUIRE_THROWS_AS(app::read_metrics(folder.path("")), Error);
  REQUIRE_THROWS_AS(app::read_metrics("/dev/null"), Error);
}

TEST_CASE("a line of the log has one line, whatever index and error are called") {
  NightRecord record = night("/a\n\x1b[2J", 1, false);
  record.error = "no\nfile \x1b]0;x\x07 \u202e";
  for (const std::string& line : {app::log_line_in_words(record), app::log_line_as_json(record)}) {
    CHECK(line.find('\n') == line.size() - 1);
    CHECK(line.find('\x1b') == line.npos);
    CHECK(line.find("\u202e") == line.npos);
  }
}

TEST_CASE("bytes go to the end of a file, which is made if it is not there") {
  const TemporaryFolder folder;
  const std::string path = folder.path("log");
  base::append_to_file(path, "");
  CHECK(base::read_file(path).empty());
  base::append_to_file(path, "one\n");
  base::append_to_file(path, "two\n");
  CHECK(base::read_file(path) == "one\ntwo\n");
  REQUIRE_THROWS_AS(base::append_to_file(folder.path("no/such/log"), "x"), Error);
  REQUIRE_THROWS_AS(base::append_to_file("/dev/full", "x"), Error);
}
