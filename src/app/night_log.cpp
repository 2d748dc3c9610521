#include "app/night_log.h"

#include <fmt/format.h>

#include <chrono>

#include "base/json.h"
#include "base/plain_words.h"

namespace wirecopy::app {
namespace {

constexpr std::size_t kMostOfPath = 1000;  // characters
constexpr std::size_t kMostOfError = 2000;

}  // namespace

std::string instant_text(std::int64_t milliseconds) {
  using std::chrono::floor;
  const std::chrono::sys_time<std::chrono::milliseconds> instant{
      std::chrono::milliseconds(milliseconds)};
  const auto day = floor<std::chrono::days>(instant);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss time(floor<std::chrono::seconds>(instant - day));
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     time.hours().count(), time.minutes().count(), time.seconds().count());
}

std::string seconds_text(std::int64_t milliseconds) {
  const std::int64_t whole = milliseconds < 0 ? 0 : milliseconds;  // clocks are set back
  return fmt::format("{}.{:03}", whole / 1000, whole % 1000);
}

std::string log_line_in_words(const NightRecord& record) {
  std::string line =
      fmt::format("{} {} {}: exit {} at {}, after {} s", instant_text(record.began), record.verb,
                  base::printable(record.index, kMostOfPath), record.exit_code,
                  instant_text(record.ended), seconds_text(record.ended - record.began));
  if (record.summary) line += ": " + night_counts_in_words(record.verb, *record.summary);
  if (record.unknown > 0) {
    line += fmt::format("; {} not in the index", base::counted(record.unknown, "id", "ids"));
  }
  if (!record.error.empty()) line += ": " + base::printable(record.error, kMostOfError);
  return line + "\n";
}

std::string log_line_as_json(const NightRecord& record) {
  base::JsonWriter json;
  json.begin_object();
  json.key("start").string(instant_text(record.began));
  json.key("end").string(instant_text(record.ended));
  json.key("seconds").raw(seconds_text(record.ended - record.began));
  json.key("verb").string(record.verb);
  json.key("index").string(base::printable(record.index, kMostOfPath));
  json.key("exit").integer(std::int64_t{record.exit_code});
  json.key("error").string_or_null(base::printable(record.error, kMostOfError));
  if (record.summary) {
    const Summary& summary = *record.summary;
    json.key("rows").begin_object();
    json.key("read").integer(summary.rows.read);
    json.key("kept").integer(summary.rows.kept);
    json.key("dropped").integer(summary.rows.dropped);
    json.key("rejected").integer(summary.rows.rejected);
    json.key("repeated").integer(summary.rows.repeated);
    json.end_object();
    json.key("clusters").begin_object();
    for (std::size_t i = 0; i < kClusterEventCount; ++i) {
      json.key(name_of(static_cast<ClusterEvent>(i))).integer(summary.night->events[i]);
    }
    json.end_object();
    json.key("weak").integer(summary.night->weak);
    json.key("capped").integer(summary.capped_lists);
    json.key("versions").integer(summary.night->versions);
    json.key("gone").integer(summary.night->gone);
    json.key("unknown").integer(record.unknown);
    json.key("generation").integer(summary.night->generation);
    json.key("articles").integer(summary.night->articles);
  }
  json.end_object();
  return std::string(json.text()) + "\n";
}

}  // namespace wirecopy::app
