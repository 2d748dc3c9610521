// CPU time of learning, all threads together: a sighting told, a sighting learned from, a block
// asked for. Nine of ten blocks are seen once; the others are stock blocks of a hundred outlets.
#include "wirecopy/learn.h"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "../tests/oracle.h"
#include "base/hash.h"
#include "learn/entries.h"

namespace wirecopy {
namespace {

constexpr std::uint32_t kDocuments = 1'000'000;
constexpr std::size_t kBlocks = 15;
constexpr std::size_t kOutlets = 100;

struct Corpus {
  std::vector<std::uint32_t> group;
  std::vector<std::optional<std::int32_t>> day;
  std::vector<std::uint64_t> outlet;
};

const Corpus& corpus() {
  static const Corpus corpus = [] {
    Corpus made;
    oracle::Random random(1);
    for (std::uint32_t i = 0; i < kDocuments; ++i) {
      made.group.push_back(i);
      made.day.emplace_back(static_cast<std::int32_t>(oracle::below(random, 30)));
      made.outlet.push_back(base::mix64(1 + oracle::below(random, kOutlets)));
    }
    return made;
  }();
  return corpus;
}

void fill(Learner& learner) {
  oracle::Random random(2);
  std::vector<BlockSighting> shown(kBlocks);
  for (std::uint32_t i = 0; i < kDocuments; ++i) {
    for (BlockSighting& each : shown) {
      const std::uint64_t block = random();
      each = {block % 10 == 0 ? base::mix64(block % 1000) : block, 6, true};
    }
    learner.add(i, corpus().outlet[i], shown);
  }
}

void count_sightings(benchmark::State& state) {
  state.counters["ns_per_sighting"] = benchmark::Counter(
      static_cast<double>(kDocuments * kBlocks) * 1e-9,
      benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

void add(benchmark::State& state) {
  (void)corpus();
  for (auto _ : state) {
    Learner learner;
    fill(learner);
    benchmark::DoNotOptimize(&learner);
  }
  count_sightings(state);
}
BENCHMARK(add)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime();

void learn(benchmark::State& state) {
  std::size_t learned = 0;
  for (auto _ : state) {
    state.PauseTiming();
    Learner learner;
    fill(learner);
    state.ResumeTiming();
    learned = std::move(learner).learn(corpus().group, corpus().day).size();
  }
  state.counters["learned"] = static_cast<double>(learned);
  count_sightings(state);
}
BENCHMARK(learn)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime();

// Of a Model of so many entries; nearly all questions are answered with no.
void is_boilerplate(benchmark::State& state) {
  oracle::Random random(3);
  std::vector<BoilerplateEntry> entries(static_cast<std::size_t>(state.range(0)));
  for (BoilerplateEntry& each : entries) each = {random(), random()};
  std::sort(entries.begin(), entries.end());
  const Model model = ModelAccess::make(entries, 1, {});
  std::uint64_t block = 1;
  for (auto _ : state) {
    block = base::mix64(block);
    benchmark::DoNotOptimize(model.is_boilerplate(77, block));
  }
}
BENCHMARK(is_boilerplate)->Arg(1000)->Arg(100'000)->Arg(10'000'000);

}  // namespace
}  // namespace wirecopy
