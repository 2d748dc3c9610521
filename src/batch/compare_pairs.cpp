#include "batch/compare_pairs.h"

#include <atomic>
#include <memory>
#include <optional>
#include <utility>

#include "base/parallel.h"
#include "batch/watch.h"
#include "wirecopy/normalize.h"

namespace wirecopy::batch {
namespace {

constexpr std::uint64_t kCacheShare = 4;    // of the memory limit
constexpr std::size_t kPairsPerTask = 256;  // candidates of one task; a task is about a millisecond

// Shingle sets of documents that stand in several pairs. A document is derived by whoever needs it
// first; when two threads do so at once, one result is dropped. Never shrinks.
class ShingleCache {
 public:
  ShingleCache(const ShingleSource& source, std::span<const CandidatePair> candidates,
               std::size_t documents, std::uint64_t memory)
      : source_(source), uses_(documents), sets_(documents), memory_(memory) {
    for (const CandidatePair& pair : candidates) {
      count_use(pair.first);
      count_use(pair.second);
    }
  }
  ~ShingleCache() {
    for (const auto& set : sets_) delete set.load(std::memory_order_relaxed);
  }
  ShingleCache(const ShingleCache&) = delete;
  ShingleCache& operator=(const ShingleCache&) = delete;

  // The document's shingles; `own` keeps them alive if they are not cached.
  const ShingleSet& shingles(std::uint32_t document, std::optional<ShingleSet>& own) {
    if (const ShingleSet* cached = sets_[document].load(std::memory_order_acquire)) return *cached;
    own.emplace(source_.shingles(document));
    if (uses_[document] < 2 || !reserve(own->size())) return *own;

    auto made = std::make_unique<ShingleSet>(*std::exchange(own, std::nullopt));
    const ShingleSet* expected = nullptr;
    if (sets_[document].compare_exchange_strong(expected, made.get(), std::memory_order_acq_rel)) {
      return *made.release();
    }
    return *expected;
  }

 private:
  void count_use(std::uint32_t document) {
    if (uses_[document] < 2) ++uses_[document];
  }
  bool reserve(std::size_t shingles) {
    const std::uint64_t bytes = shingles * sizeof(std::uint64_t) + sizeof(ShingleSet);
    return used_.fetch_add(bytes, std::memory_order_relaxed) + bytes <= memory_;
  }

  const ShingleSource& source_;
  std::vector<std::uint8_t> uses_;  // saturates at 2
  std::vector<std::atomic<const ShingleSet*>> sets_;
  std::uint64_t memory_;
  std::atomic<std::uint64_t> used_{0};
};

// Cuts sorted candidates into tasks of whole runs with equal `first`, long runs into several.
std::vector<std::span<const CandidatePair>> tasks_of(std::span<const CandidatePair> candidates) {
  std::vector<std::span<const CandidatePair>> tasks;
  std::size_t begin = 0;
  for (std::size_t i = 1; i <= candidates.size(); ++i) {
    const bool run_ends = i == candidates.size() || candidates[i].first != candidates[i - 1].first;
    const std::size_t length = i - begin;
    if (i == candidates.size() || (run_ends && length >= kPairsPerTask) ||
        length >= 4 * kPairsPerTask) {
      tasks.push_back(candidates.subspan(begin, length));
      begin = i;
    }
  }
  return tasks;
}

void compare_task(std::span<const CandidatePair> task, ShingleCache& cache,
                  std::span<Similarity> results) {
  std::optional<ShingleSet> own_first;
  std::optional<ShingleSet> own_second;
  std::optional<Comparer> comparer;
  for (std::size_t i = 0; i < task.size(); ++i) {
    if (i == 0 || task[i].first != task[i - 1].first) {
      comparer.emplace(cache.shingles(task[i].first, own_first));
    }
    results[i] = comparer->compare(cache.shingles(task[i].second, own_second));
  }
}

}  // namespace

ShingleSet ShingleSource::shingles(std::uint32_t document) const {
  const base::RowPlace& place = corpus_.documents.origins[document].place;
  const ParsedBlock parsed = reader_.parse_row(place.input, corpus_.rows.row(place));
  return shingler_.shingle(normalize(parsed.documents.front().text));
}

std::vector<VerifiedPair> compare_pairs(const ShingleSource& source,
                                        std::span<const CandidatePair> candidates,
                                        std::size_t documents, const MatchRule& rule,
                                        const Limits& limits) {
  ShingleCache cache(source, candidates, documents, limits.memory_bytes / kCacheShare);
  const std::vector<std::span<const CandidatePair>> tasks = tasks_of(candidates);
  std::vector<Similarity> similarities(candidates.size());
  ProgressCounter progress(limits, "verify", candidates.size(), documents);
  base::for_each_index(tasks.size(), [&](std::size_t t) {
    check_stop(limits);
    const auto offset = static_cast<std::size_t>(tasks[t].data() - candidates.data());
    compare_task(tasks[t], cache, std::span(similarities).subspan(offset, tasks[t].size()));
    progress.add(tasks[t].size());
  });

  std::vector<VerifiedPair> verified;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    if (similarities[i].reaches(rule.threshold)) {
      verified.push_back({candidates[i].first, candidates[i].second, similarities[i]});
    }
  }
  return verified;
}

}  // namespace wirecopy::batch
