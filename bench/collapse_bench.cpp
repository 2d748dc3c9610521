// Nanoseconds a document of collapsing a million, with as many different texts as the argument
// says.
#include "wirecopy/collapse.h"

#include <benchmark/benchmark.h>

#include <numeric>

#include "../tests/oracle.h"

namespace wirecopy {
namespace {

void collapse_a_million(benchmark::State& state) {
  const std::size_t count = 1'000'000;
  oracle::Random random(1);
  std::vector<LettersHash> texts(static_cast<std::size_t>(state.range(0)));
  for (LettersHash& hash : texts) hash = {random(), random()};
  std::vector<LettersHash> hashes(count);
  for (std::size_t d = 0; d < count; ++d) {
    hashes[d] = d < texts.size() ? texts[d] : texts[oracle::below(random, texts.size())];
  }
  std::vector<std::uint32_t> rank(count);
  std::iota(rank.begin(), rank.end(), 0U);
  for (auto _ : state) benchmark::DoNotOptimize(collapse(hashes, rank));
  state.counters["ns_per_document"] = benchmark::Counter(
      static_cast<double>(count) * 1e-9,
      benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}
BENCHMARK(collapse_a_million)
    ->Arg(1)
    ->Arg(900'000)
    ->Arg(1'000'000)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

}  // namespace
}  // namespace wirecopy
