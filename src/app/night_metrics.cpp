#include "app/night_metrics.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>
#include <utility>

#include "app/night_log.h"
#include "base/files.h"
#include "base/utf8.h"
#include "wirecopy/error.h"

namespace wirecopy::app {
namespace {

struct Metric {
  std::string_view name;
  std::string_view help;
};

// In the order of the file.
constexpr auto kMetrics = std::to_array<Metric>({
    {"wirecopy_last_success_timestamp_seconds",
     "When the last run that exited with 0 ended, in seconds since 1970; 0: never."},
    {"wirecopy_last_run_timestamp_seconds",
     "When the last run ended, also one that failed, in seconds since 1970."},
    {"wirecopy_last_run_duration_seconds", "How long the last run took."},
    {"wirecopy_last_run_exit_code",
     "0 done, 1 failed, 2 usage, 3 too many bad rows, 4 index damaged, 75 locked, 128+n signal."},
    {"wirecopy_rows",
     "Rows of the last run that was done, by what became of them; read is the sum of the rest."},
    {"wirecopy_cluster_events", "Clusters of the last run that was done, by what it did to them."},
    {"wirecopy_weak_members", "Weak members of the clusters that the last run told."},
    {"wirecopy_capped_fingerprints",
     "Fingerprints of the last run that stand in too many articles to compare all of them."},
    {"wirecopy_articles", "Articles in the index."},
    {"wirecopy_generation", "Number of the current generation of the index."},
});
constexpr std::string_view kFirstLine = "# HELP wirecopy_";

// What a value of a label may not hold as it is.
std::string label_value(std::string_view value) {
  std::string text = "\"";
  for (const char each : base::repair_utf8(value)) {
    if (each == '\\' || each == '"') text += '\\';
    text += each == '\n' ? "\\n" : std::string(1, each);
  }
  return text + "\"";
}

std::string_view name_in(std::string_view series) { return series.substr(0, series.find('{')); }

bool is_ours(std::string_view series) {
  const std::string_view name = name_in(series);
  return series.ends_with('}') &&
         std::any_of(kMetrics.begin(), kMetrics.end(),
                     [&](const Metric& each) { return each.name == name; });
}

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789.") == text.npos;
}

}  // namespace

Metrics read_metrics(const std::string& path) {
  Metrics metrics;
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) return metrics;
  const bool plain = std::filesystem::is_regular_file(path, ignored);
  const std::string contents = plain ? base::read_file(path) : std::string();
  if (!plain || (!contents.empty() && !contents.starts_with(kFirstLine))) {
    throw Error(ErrorCode::output,
                fmt::format("{} is no metrics file of wirecopy; it is not replaced", path));
  }
  const std::string_view text = contents;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = text.substr(begin, end - begin);
    begin = end + 1;
    const std::size_t space = line.rfind(' ');
    if (space == line.npos || !is_ours(line.substr(0, space))) continue;
    if (!is_number(line.substr(space + 1))) continue;
    metrics.emplace(line.substr(0, space), line.substr(space + 1));
  }
  return metrics;
}

void note_run(Metrics& metrics, const NightRecord& record) {
  const std::string index = fmt::format("index={}", label_value(record.index));
  const std::string run = fmt::format("{},verb={}", index, label_value(record.verb));
  const auto set = [&](std::string_view name, std::string_view labels, std::string value) {
    metrics[fmt::format("{}{{{}}}", name, labels)] = std::move(value);
  };
  const std::string ended = seconds_text(record.ended);
  if (record.exit_code == 0) {
    set("wirecopy_last_success_timestamp_seconds", run, ended);
  } else {
    metrics.emplace(fmt::format("wirecopy_last_success_timestamp_seconds{{{}}}", run), "0");
  }
  set("wirecopy_last_run_timestamp_seconds", run, ended);
  set("wirecopy_last_run_duration_seconds", run, seconds_text(record.ended - record.began));
  set("wirecopy_last_run_exit_code", run, fmt::format("{}", record.exit_code));
  if (!record.summary) return;

  const Summary& summary = *record.summary;
  const Summary::Rows& rows = summary.rows;
  const auto results =
      std::to_array<std::pair<std::string_view, std::uint64_t>>({{"read", rows.read},
                                                                 {"kept", rows.kept},
                                                                 {"dropped", rows.dropped},
                                                                 {"rejected", rows.rejected},
                                                                 {"repeated", rows.repeated}});
  for (const auto& [result, count] : results) {
    set("wirecopy_rows", fmt::format("{},result=\"{}\"", run, result), fmt::format("{}", count));
  }
  for (std::size_t i = 0; i < kClusterEventCount; ++i) {
    set("wirecopy_cluster_events",
        fmt::format("{},event=\"{}\"", run, name_of(static_cast<ClusterEvent>(i))),
        fmt::format("{}", summary.night->events[i]));
  }
  set("wirecopy_weak_members", run, fmt::format("{}", summary.night->weak));
  set("wirecopy_capped_fingerprints", run, fmt::format("{}", summary.capped_lists));
  set("wirecopy_articles", index, fmt::format("{}", summary.night->articles));
  set("wirecopy_generation", index, fmt::format("{}", summary.night->generation));
}

std::string metrics_text(const Metrics& metrics) {
  std::string text;
  for (const Metric& metric : kMetrics) {
    bool first = true;
    for (const auto& [series, value] : metrics) {
      if (name_in(series) != metric.name) continue;
      if (first) {
        text += fmt::format("# HELP {0} {1}\n# TYPE {0} gauge\n", metric.name, metric.help);
        first = false;
      }
      text += fmt::format("{} {}\n", series, value);
    }
  }
  return text;
}

void write_metrics(const std::string& path, const NightRecord& record) {
  Metrics metrics = read_metrics(path);
  note_run(metrics, record);
  base::OutputFile file = base::OutputFile::at(path, true);
  file.write(metrics_text(metrics));
  file.complete();
  file.commit();
}

}  // namespace wirecopy::app
