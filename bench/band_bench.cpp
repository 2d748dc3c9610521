// Nanoseconds a document and band of proposing candidates, on one thread and on all.
#include "wirecopy/band.h"

#include <benchmark/benchmark.h>

#include <numeric>

#include "../tests/oracle.h"
#include "base/parallel.h"

namespace wirecopy {
namespace {

// Random signatures; every tenth document resembles an earlier one: it keeps nine lanes of ten.
std::vector<Signature> corpus(std::size_t count) {
  oracle::Random random(1);
  std::vector<Signature> signatures(count);
  for (std::size_t d = 0; d < count; ++d) {
    const bool copy = d % 10 == 9;
    if (copy) signatures[d] = signatures[oracle::below(random, d)];
    for (std::uint16_t& lane : signatures[d].lanes) {
      if (!copy || oracle::below(random, 10) == 0) lane = static_cast<std::uint16_t>(random());
    }
  }
  return signatures;
}

void time_candidates(benchmark::State& state, const std::vector<Signature>& signatures,
                     const Banding& banding) {
  std::vector<std::uint32_t> numbers(signatures.size());
  std::iota(numbers.begin(), numbers.end(), 0U);
  base::Threads threads(static_cast<std::uint32_t>(state.range(1)));
  std::size_t pairs = 0;
  for (auto _ : state) {
    threads.run([&] { pairs = candidates(numbers, signatures, numbers, banding).pairs.size(); });
  }
  state.counters["pairs"] = static_cast<double>(pairs);
  state.counters["ns_per_document_and_band"] = benchmark::Counter(
      static_cast<double>(signatures.size()) * banding.bands() * 1e-9,
      benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

void bands_13_of_7(benchmark::State& state) {
  time_candidates(state, corpus(static_cast<std::size_t>(state.range(0))), {Bands{13}, Rows{7}});
}
BENCHMARK(bands_13_of_7)
    ->ArgsProduct({{100'000, 1'000'000}, {1, 2}})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

void bands_35_of_3(benchmark::State& state) {
  time_candidates(state, corpus(static_cast<std::size_t>(state.range(0))), {Bands{35}, Rows{3}});
}
BENCHMARK(bands_35_of_3)
    ->ArgsProduct({{100'000, 1'000'000}, {1, 2}})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

// The worst case for buckets: one bucket in every band.
void equal_signatures(benchmark::State& state) {
  time_candidates(state, std::vector<Signature>(static_cast<std::size_t>(state.range(0))),
                  {Bands{13}, Rows{7}});
}
BENCHMARK(equal_signatures)
    ->ArgsProduct({{1'000'000}, {1, 2}})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

}  // namespace
}  // namespace wirecopy
