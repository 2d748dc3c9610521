#include "batch/document_cache.h"

namespace wirecopy::batch {
namespace {

constexpr std::size_t kPairsPerTask = 256;  // a task is about a millisecond

}  // namespace

PairTasks tasks_of(std::span<const CandidatePair> sorted_pairs) {
  PairTasks tasks;
  std::size_t begin = 0;
  for (std::size_t i = 1; i <= sorted_pairs.size(); ++i) {
    const bool run_ends =
        i == sorted_pairs.size() || sorted_pairs[i].first != sorted_pairs[i - 1].first;
    const std::size_t length = i - begin;
    if (i == sorted_pairs.size() || (run_ends && length >= kPairsPerTask) ||
        length >= 4 * kPairsPerTask) {
      tasks.push_back(sorted_pairs.subspan(begin, length));
      begin = i;
    }
  }
  return tasks;
}

}  // namespace wirecopy::batch
