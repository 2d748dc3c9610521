/// The door to oneTBB.
///
/// Everything here is deterministic in its result: loops write to places of their own, pipelines
/// hand over in order, and sorts take orders without ties.
#pragma once

#if defined(__SANITIZE_THREAD__)
#include "base/parallel_plain.h"
#else

#include <oneapi/tbb/blocked_range.h>
#include <oneapi/tbb/enumerable_thread_specific.h>
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/parallel_pipeline.h>
#include <oneapi/tbb/parallel_sort.h>
#include <oneapi/tbb/task_arena.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>

namespace wirecopy::base {

/// Runs work with a fixed number of threads (0 = as many as there are cores), whatever the process
/// does elsewhere.
class Threads {
 public:
  explicit Threads(std::uint32_t count)
      : count_(count != 0 ? count
                          : static_cast<std::uint32_t>(tbb::this_task_arena::max_concurrency())),
        control_(tbb::global_control::max_allowed_parallelism, count_),
        arena_(static_cast<int>(count_)) {}

  [[nodiscard]] std::uint32_t count() const noexcept { return count_; }

  template <typename Work>
  auto run(Work&& work) {
    return arena_.execute(std::forward<Work>(work));
  }

 private:
  std::uint32_t count_;
  tbb::global_control control_;
  tbb::task_arena arena_;
};

/// Number of threads of the surrounding Threads::run.
[[nodiscard]] inline std::size_t current_threads() {
  return static_cast<std::size_t>(tbb::this_task_arena::max_concurrency());
}

/// Calls body(i) for every i in [0, count), in any order, on any thread.
template <typename Body>
void for_each_index(std::size_t count, Body&& body, std::size_t grain = 1) {
  tbb::parallel_for(tbb::blocked_range<std::size_t>(0, count, grain),
                    [&](const tbb::blocked_range<std::size_t>& range) {
                      for (std::size_t i = range.begin(); i != range.end(); ++i) body(i);
                    });
}

/// `produce` serially until it returns an empty pointer, `work` on any thread, `collect` serially
/// in the order of production. At most `in_flight` items are alive. An exception from any of them
/// ends the pipeline and is rethrown.
template <typename Item, typename Result, typename Produce, typename Work, typename Collect>
void ordered_pipeline(std::size_t in_flight, Produce&& produce, Work&& work, Collect&& collect) {
  // Shared pointers, so that items under way are freed when an exception ends the pipeline.
  using ItemPointer = std::shared_ptr<Item>;
  using ResultPointer = std::shared_ptr<Result>;
  const auto source = tbb::make_filter<void, ItemPointer>(
      tbb::filter_mode::serial_in_order, [&](tbb::flow_control& control) -> ItemPointer {
        ItemPointer item = produce();
        if (!item) control.stop();
        return item;
      });
  const auto worker = tbb::make_filter<ItemPointer, ResultPointer>(
      tbb::filter_mode::parallel, [&](ItemPointer item) { return work(std::move(item)); });
  const auto sink = tbb::make_filter<ResultPointer, void>(
      tbb::filter_mode::serial_in_order, [&](ResultPointer result) { collect(std::move(result)); });
  tbb::parallel_pipeline(in_flight, source & worker & sink);
}

template <typename Iterator, typename Less>
void sort(Iterator begin, Iterator end, Less less) {
  tbb::parallel_sort(begin, end, less);
}
template <typename Iterator>
void sort(Iterator begin, Iterator end) {
  tbb::parallel_sort(begin, end);
}

template <typename T>
using PerThread = tbb::enumerable_thread_specific<T>;

}  // namespace wirecopy::base

#endif
