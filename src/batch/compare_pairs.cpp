#include "batch/compare_pairs.h"

#include <memory>
#include <optional>

#include "base/parallel.h"
#include "batch/document_cache.h"
#include "batch/read_back.h"
#include "batch/watch.h"
#include "wirecopy/normalize.h"

namespace wirecopy::batch {
namespace {

constexpr std::uint64_t kCacheShare = 4;  // of the memory limit

std::uint64_t bytes_of(const ShingleSet& set) {
  return sizeof(ShingleSet) + set.size() * sizeof(std::uint64_t);
}

void compare_task(std::span<const CandidatePair> task, const ShingleSource& source,
                  DocumentCache<ShingleSet>& cache, std::span<Similarity> results) {
  const auto make = [&](std::uint32_t document) {
    return std::make_shared<const ShingleSet>(source.shingles(document));
  };
  std::optional<Comparer> comparer;
  for (std::size_t i = 0; i < task.size(); ++i) {
    if (i == 0 || task[i].first != task[i - 1].first) {
      comparer.emplace(*cache.take(task[i].first, make, bytes_of));
    }
    results[i] = comparer->compare(*cache.take(task[i].second, make, bytes_of));
  }
}

}  // namespace

ShingleSet ShingleSource::shingles(std::uint32_t document) const {
  return shingler_.shingle(normalize(read_back(reader_, corpus_, document).text()));
}

std::vector<VerifiedPair> compare_pairs(const ShingleSource& source,
                                        std::span<const CandidatePair> candidates,
                                        std::size_t documents, const MatchRule& rule,
                                        const Limits& limits) {
  const PairTasks tasks = tasks_of(candidates);
  DocumentCache<ShingleSet> cache(tasks, documents, limits.memory_bytes / kCacheShare);
  std::vector<Similarity> similarities(candidates.size());
  ProgressCounter progress(limits, "verify", candidates.size(), documents);
  base::for_each_index(tasks.size(), [&](std::size_t t) {
    check_stop(limits);
    const auto offset = static_cast<std::size_t>(tasks[t].data() - candidates.data());
    compare_task(tasks[t], source, cache, std::span(similarities).subspan(offset, tasks[t].size()));
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
