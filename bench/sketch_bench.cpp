// Nanoseconds a shingle of the sketch, beside the classic 128 permutations on the same sets, and of
// comparing two signatures.
#include "wirecopy/sketch.h"

#include <benchmark/benchmark.h>

#include "../tests/oracle.h"

namespace wirecopy {
namespace {

// Enough sets that the branch predictor cannot learn them; small enough for the cache.
std::vector<std::vector<std::uint64_t>> random_sets(std::size_t size) {
  oracle::Random random(1);
  std::vector<std::vector<std::uint64_t>> sets(64, std::vector<std::uint64_t>(size));
  for (auto& set : sets) {
    for (std::uint64_t& value : set) value = random();
  }
  return sets;
}

template <typename Sketch>
void time_sketch(benchmark::State& state, const Sketch& sketch) {
  const auto size = static_cast<std::size_t>(state.range(0));
  const auto sets = random_sets(size);
  std::size_t next = 0;
  for (auto _ : state) benchmark::DoNotOptimize(sketch(sets[next++ % sets.size()]));
  state.counters["ns_per_shingle"] = benchmark::Counter(
      static_cast<double>(size) * 1e-9,
      benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

void fast_similarity_sketch(benchmark::State& state) {
  const Sketcher sketcher{Key{}};
  time_sketch(state, [&](std::span<const std::uint64_t> set) { return sketcher.sketch(set); });
}
BENCHMARK(fast_similarity_sketch)->Arg(1)->Arg(10)->Arg(60)->Arg(450)->Arg(3000);

void classic_128_permutations(benchmark::State& state) {
  const oracle::ClassicMinHash classic(1);
  time_sketch(state, [&](std::span<const std::uint64_t> set) { return classic.sketch(set); });
}
BENCHMARK(classic_128_permutations)->Arg(60)->Arg(450)->Arg(3000);

void count_equal_lanes(benchmark::State& state) {
  const Sketcher sketcher{Key{}};
  std::vector<Signature> signatures;
  for (const auto& set : random_sets(450)) signatures.push_back(sketcher.sketch(set));
  std::size_t next = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(equal_lanes(signatures[next % 64], signatures[(next + 7) % 64]));
    ++next;
  }
}
BENCHMARK(count_equal_lanes);

}  // namespace
}  // namespace wirecopy
