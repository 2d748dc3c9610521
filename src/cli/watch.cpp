#include "cli/watch.h"

#include <fmt/format.h>

#include <csignal>
#include <cstdio>

namespace wirecopy::cli {
namespace {

std::atomic<bool> stops{false};
std::atomic<int> stop_signal{0};

}  // namespace

int exit_code_of(const Error& error) {
  switch (error.code()) {
    case ErrorCode::usage:
      return kUsage;
    case ErrorCode::damaged:
      return kDamaged;
    case ErrorCode::locked:
      return kLocked;
    case ErrorCode::interrupted:
      return kSignalBase + stop_signal.load();
    default:
      return kFailed;
  }
}

void note_signal(int signal) {
  stops.store(true);
  stop_signal.store(signal);
  std::signal(signal, SIG_DFL);
}

const std::atomic<bool>& stop_requested() { return stops; }

Watch::Watch(const app::Settings& settings) : quiet_(settings.flag("quiet")) {
  hooks_.stop = &stop_requested();
  if (quiet_) return;
  hooks_.on_message = [this](const std::string& message) {
    progress_.clear();
    fmt::print(stderr, "wirecopy: {}\n", message);
  };
  hooks_.on_progress = [this](const Progress& state) { progress_.show(state); };
}

void Watch::close(const std::string& words) {
  progress_.clear();
  if (!quiet_) fmt::print(stderr, "{}", words);
}

}  // namespace wirecopy::cli
