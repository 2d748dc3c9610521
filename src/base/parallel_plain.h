/// What base/parallel.h offers, on plain std::thread: for the thread sanitizer alone.
///
/// oneTBB as packaged is not instrumented, so the sanitizer does not see how it synchronizes and
/// reports races everywhere. Here every lock is visible, and what is checked is our own sharing:
/// loop bodies, pipeline stages, caches.
#pragma once

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace wirecopy::base {

inline std::atomic<std::size_t> plain_threads{4};

[[nodiscard]] inline std::size_t current_threads() { return plain_threads; }

class Threads {
 public:
  explicit Threads(std::uint32_t count) : count_(count != 0 ? count : 4) {}
  [[nodiscard]] std::uint32_t count() const noexcept { return count_; }

  template <typename Work>
  auto run(Work&& work) {
    const Scope scope(count_);
    return work();
  }

 private:
  struct Scope {
    explicit Scope(std::size_t count) : before(plain_threads.exchange(count)) {}
    ~Scope() { plain_threads = before; }
    std::size_t before;
  };
  std::uint32_t count_;
};

/// Runs `work` on as many threads as are current; the first exception is rethrown after all ended.
template <typename Work>
void on_each_thread(Work&& work) {
  std::mutex mutex;
  std::exception_ptr failure;
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < current_threads(); ++t) {
    threads.emplace_back([&] {
      try {
        work();
      } catch (...) {
        const std::scoped_lock lock(mutex);
        if (!failure) failure = std::current_exception();
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  if (failure) std::rethrow_exception(failure);
}

template <typename Body>
void for_each_index(std::size_t count, Body&& body, std::size_t grain = 1) {
  std::atomic<std::size_t> next{0};
  on_each_thread([&] {
    for (;;) {
      const std::size_t begin = next.fetch_add(grain);
      if (begin >= count) return;
      for (std::size_t i = begin; i < std::min(begin + grain, count); ++i) body(i);
    }
  });
}

template <typename Item, typename Result, typename Produce, typename Work, typename Collect>
void ordered_pipeline(std::size_t /*in_flight*/, Produce&& produce, Work&& work,
                      Collect&& collect) {
  std::mutex producing;
  std::mutex collecting;
  std::condition_variable turned;
  std::size_t produced = 0;
  std::size_t collected = 0;
  bool failed = false;
  std::atomic<bool> ended{false};
  on_each_thread([&] {
    try {
      for (;;) {
        std::unique_lock produce_lock(producing);
        if (ended) return;
        std::shared_ptr<Item> item = produce();
        if (!item) {
          ended = true;
          return;
        }
        const std::size_t turn = produced++;
        produce_lock.unlock();
        std::shared_ptr<Result> result = work(std::move(item));
        std::unique_lock collect_lock(collecting);
        turned.wait(collect_lock, [&] { return failed || collected == turn; });
        if (failed) return;
        collect(std::move(result));
        ++collected;
        turned.notify_all();
      }
    } catch (...) {
      ended = true;
      const std::scoped_lock lock(collecting);
      failed = true;
      turned.notify_all();
      throw;
    }
  });
}

template <typename Iterator, typename Less>
void sort(Iterator begin, Iterator end, Less less) {
  std::sort(begin, end, less);
}
template <typename Iterator>
void sort(Iterator begin, Iterator end) {
  std::sort(begin, end);
}

template <typename T>
class PerThread {
 public:
  PerThread() : make_([] { return std::make_unique<T>(); }) {}
  template <typename Make>
  explicit PerThread(Make make) : make_([make] { return std::make_unique<T>(make()); }) {}

  T& local() {
    const std::scoped_lock lock(mutex_);
    std::unique_ptr<T>& value = values_[std::this_thread::get_id()];
    if (!value) value = make_();
    return *value;
  }

 private:
  std::function<std::unique_ptr<T>()> make_;
  std::mutex mutex_;
  std::map<std::thread::id, std::unique_ptr<T>> values_;
};

}  // namespace wirecopy::base
