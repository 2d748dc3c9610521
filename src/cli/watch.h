/// What the verbs of the command line share: their call, exit codes, and how a run is watched.
#pragma once

#include <atomic>
#include <string>
#include <vector>

#include "app/dedup.h"
#include "app/settings.h"
#include "cli/progress.h"
#include "wirecopy/error.h"

namespace wirecopy::cli {

enum ExitCode { kDone = 0, kFailed = 1, kUsage = 2, kBadRows = 3, kDamaged = 4, kLocked = 75 };
inline constexpr int kSignalBase = 128;

[[nodiscard]] int exit_code_of(const Error& error);

/// The first signal asks the run to stop; a second one ends the process at once.
void note_signal(int signal);
/// Turns true with the first signal.
[[nodiscard]] const std::atomic<bool>& stop_requested();

/// The values given to a verb.
struct Call {
  std::vector<std::string> arguments;
  app::Settings settings;
};

/// What a verb that runs over a corpus says while it runs; says nothing if it shall be quiet.
class Watch {
 public:
  explicit Watch(const app::Settings& settings);

  [[nodiscard]] const app::Hooks& hooks() const { return hooks_; }
  /// To be called before anything else is printed.
  void pause() { progress_.clear(); }
  void close(const std::string& words);

 private:
  bool quiet_;
  ProgressLine progress_;
  app::Hooks hooks_;
};

}  // namespace wirecopy::cli
