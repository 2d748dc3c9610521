/// How a run is watched from outside: progress and the wish to stop.
#pragma once

#include <cstdint>
#include <mutex>

#include "wirecopy/batch.h"
#include "wirecopy/error.h"

namespace wirecopy::batch {

/// Throws Error(interrupted) if the run was asked to stop.
inline void check_stop(const Limits& limits) {
  if (limits.stop != nullptr && limits.stop->load(std::memory_order_relaxed)) {
    throw Error(ErrorCode::interrupted, "interrupted: no output was written");
  }
}

/// Counts items done by many threads and tells the listener, one thread at a time.
class ProgressCounter {
 public:
  ProgressCounter(const Limits& limits, const char* stage, std::uint64_t total,
                  std::uint64_t documents)
      : limits_(limits), progress_{stage, 0, total, documents} {}

  void add(std::uint64_t items) {
    if (!limits_.on_progress) return;
    const std::scoped_lock lock(mutex_);
    progress_.done += items;
    limits_.on_progress(progress_);
  }

 private:
  const Limits& limits_;
  std::mutex mutex_;
  Progress progress_;
};

}  // namespace wirecopy::batch
