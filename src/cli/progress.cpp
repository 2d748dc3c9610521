#include "cli/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cmath>
#include <cstdio>
#include <string_view>

namespace wirecopy::cli {
namespace {

constexpr std::chrono::milliseconds kBetween{200};
constexpr const char* kEraseLine = "\r\033[K";

}  // namespace

ProgressLine::ProgressLine() : terminal_(::isatty(STDERR_FILENO) != 0) {}

ProgressLine::~ProgressLine() { clear(); }

void ProgressLine::show(const Progress& progress) {
  if (!terminal_) return;
  const Clock::time_point now = Clock::now();
  if (stage_ != progress.stage) {
    stage_ = progress.stage;
    stage_began_ = now;
  } else if (now - last_ < kBetween) {
    return;
  }
  last_ = now;
  shown_ = true;
  const double seconds = std::chrono::duration<double>(now - stage_began_).count();
  fmt::print(stderr, "{}{}", kEraseLine, progress_words(progress, seconds));
  std::fflush(stderr);
}

void ProgressLine::clear() {
  if (!shown_) return;
  fmt::print(stderr, "{}", kEraseLine);
  std::fflush(stderr);
  shown_ = false;
}

std::string progress_words(const Progress& progress, double seconds) {
  std::string words = fmt::format("{:<7} {} documents", progress.stage, progress.documents);
  const auto done = static_cast<double>(progress.done);
  const auto total = static_cast<double>(progress.total);
  if (progress.total > 0) words += fmt::format("  {:3.0f} %", 100 * done / total);
  if (seconds < 0.1 || progress.done == 0) return words;

  const double rate = done / seconds;
  if (std::string_view(progress.stage) == "read") {
    words += fmt::format("  {:.0f} MB/s", rate / 1e6);
  } else {
    words += fmt::format("  {:.0f}/s", rate);
  }
  if (progress.total > progress.done) {
    const long left = std::lround((total - done) / rate);
    words += fmt::format("  {}:{:02} left", left / 60, left % 60);
  }
  return words;
}

}  // namespace wirecopy::cli
