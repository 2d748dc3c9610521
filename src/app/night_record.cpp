#include "app/night_record.h"

#include <fmt/format.h>

#include <chrono>
#include <filesystem>

#include "app/night_log.h"
#include "app/night_metrics.h"
#include "base/files.h"
#include "wirecopy/error.h"

namespace wirecopy::app {
namespace {

std::int64_t now() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

std::string full_path(const std::string& path) {
  std::error_code ignored;
  const std::filesystem::path full = std::filesystem::weakly_canonical(path, ignored);
  return full.empty() ? path : full.string();
}

}  // namespace

NightBook::NightBook(std::string_view verb, const std::string& index, const Settings& settings)
    : log_(settings.text("log")), metrics_(settings.text("metrics-file")) {
  const std::string format = settings.text("log-format");
  if (format != "plain" && format != "json") {
    throw Error(ErrorCode::usage,
                fmt::format("--log-format is '{}', expected plain or json", format));
  }
  log_as_json_ = format == "json";
  record_.verb = verb;
  record_.index = full_path(index);
  record_.began = now();
  if (!log_.empty()) base::append_to_file(log_, "");
  if (!metrics_.empty()) {
    (void)read_metrics(metrics_);
    (void)base::OutputFile::at(metrics_, true);  // made and taken away again
  }
}

void NightBook::done(const NightResult& result) {
  record_.summary = result.run.summary;
  record_.unknown = result.unknown.size();
}

void NightBook::close(int exit_code, const std::string& error) {
  record_.ended = now();
  record_.exit_code = exit_code;
  record_.error = error;
  if (!log_.empty()) {
    base::append_to_file(log_,
                         log_as_json_ ? log_line_as_json(record_) : log_line_in_words(record_));
  }
  if (!metrics_.empty()) write_metrics(metrics_, record_);
}

}  // namespace wirecopy::app
