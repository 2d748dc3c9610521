/// What is derived of a document's text, kept while pairs still need it.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <utility>
#include <vector>

#include "wirecopy/band.h"

namespace wirecopy::batch {

/// Pairs in tasks: runs of pairs with the same first document stay in one task, long runs are cut.
using PairTasks = std::vector<std::span<const CandidatePair>>;
[[nodiscard]] PairTasks tasks_of(std::span<const CandidatePair> sorted_pairs);

/// Values by document. A value is made by whoever needs it first (when two threads do so at once,
/// one result is dropped) and let go after its last use; past the memory limit values are not kept
/// but made again. Any thread.
template <typename Value>
class DocumentCache {
 public:
  /// Counts how often `take` will be called for each document: once for each run of pairs with
  /// the same first document in a task, and once a pair for the second.
  DocumentCache(const PairTasks& tasks, std::size_t documents, std::uint64_t memory_bytes)
      : uses_(documents), values_(documents), memory_(memory_bytes) {
    for (const std::span<const CandidatePair> task : tasks) {
      for (std::size_t i = 0; i < task.size(); ++i) {
        if (i == 0 || task[i].first != task[i - 1].first) ++uses_[task[i].first];
        ++uses_[task[i].second];
      }
    }
  }

  /// `make(document)` gives a shared pointer to the value, `size(value)` its bytes.
  template <typename Make, typename Size>
  std::shared_ptr<const Value> take(std::uint32_t document, Make&& make, Size&& size) {
    const bool last = uses_[document].fetch_sub(1, std::memory_order_acq_rel) == 1;
    std::shared_ptr<const Value>& place = values_[document];
    std::mutex& mutex = mutexes_[document % kMutexes];
    {
      const std::scoped_lock lock(mutex);
      if (place != nullptr) {
        if (!last) return place;
        used_.fetch_sub(size(*place), std::memory_order_relaxed);
        return std::exchange(place, nullptr);
      }
    }
    std::shared_ptr<const Value> value = make(document);
    if (last || used_.load(std::memory_order_relaxed) >= memory_) return value;
    const std::scoped_lock lock(mutex);
    // Whoever used it last meanwhile did not find it and will not come again.
    if (uses_[document].load(std::memory_order_acquire) == 0) return value;
    if (place == nullptr) {
      place = value;
      used_.fetch_add(size(*value), std::memory_order_relaxed);
    }
    return value;
  }

 private:
  static constexpr std::size_t kMutexes = 64;

  std::vector<std::atomic<std::uint32_t>> uses_;
  std::vector<std::shared_ptr<const Value>> values_;  // by document: null = not kept
  std::array<std::mutex, kMutexes> mutexes_;
  std::uint64_t memory_;
  std::atomic<std::uint64_t> used_{0};
};

}  // namespace wirecopy::batch
