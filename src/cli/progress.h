/// The progress line: on a terminal only, at most a few times a second.
#pragma once

#include <chrono>
#include <string>

#include "wirecopy/batch.h"

namespace wirecopy::cli {

/// Draws on standard error, over itself. Does nothing where standard error is not a terminal.
class ProgressLine {
 public:
  ProgressLine();
  /// Takes the line away.
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  void show(const Progress& progress);
  /// Takes the line away so that something else can be written.
  void clear();

 private:
  using Clock = std::chrono::steady_clock;

  bool terminal_;
  bool shown_ = false;
  std::string stage_;
  Clock::time_point stage_began_;
  Clock::time_point last_;
};

/// "read  41,203 documents  62 %  210 MB/s  0:04 left". `seconds` since the stage began.
[[nodiscard]] std::string progress_words(const Progress& progress, double seconds);

}  // namespace wirecopy::cli
