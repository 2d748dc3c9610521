// Nanoseconds a document of star clustering, with a pair for every fifth document and with four a
// document.
#include "wirecopy/cluster.h"

#include <benchmark/benchmark.h>

#include <numeric>

#include "../tests/oracle.h"

namespace wirecopy {
namespace {

void star_of_a_million(benchmark::State& state) {
  const std::size_t count = 1'000'000;
  oracle::Random random(1);
  std::vector<VerifiedPair> pairs(static_cast<std::size_t>(state.range(0)));
  for (VerifiedPair& pair : pairs) {
    pair.b = static_cast<std::uint32_t>(1 + oracle::below(random, count - 1));
    pair.a = static_cast<std::uint32_t>(oracle::below(random, pair.b));
    pair.similarity = {450, 450, static_cast<std::uint32_t>(400 + oracle::below(random, 50))};
  }
  std::vector<std::uint32_t> order(count);
  std::iota(order.begin(), order.end(), 0U);
  for (auto _ : state) benchmark::DoNotOptimize(star(pairs, order));
  state.counters["ns_per_document"] = benchmark::Counter(
      static_cast<double>(count) * 1e-9,
      benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}
BENCHMARK(star_of_a_million)->Arg(200'000)->Arg(4'000'000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace wirecopy
