// Nanoseconds a fingerprint of proposing pairs, from the first fingerprint added.
#include "wirecopy/probe.h"

#include <benchmark/benchmark.h>

#include <numeric>

#include "../tests/oracle.h"
#include "base/hash.h"
#include "base/parallel.h"

namespace wirecopy {
namespace {

constexpr std::size_t kNames = 90;  // of a news article at the density of the preset `news`

// Every third document repeats half of an earlier one; the other names are its own.
std::vector<Fingerprints> corpus(std::size_t count) {
  oracle::Random random(1);
  std::vector<Fingerprints> documents(count);
  for (std::size_t d = 0; d < count; ++d) {
    documents[d].kept = Kept::half;
    for (std::size_t i = 0; i < kNames; ++i) documents[d].values.push_back({random() & ~1ULL, 0});
    if (d % 3 != 2) continue;
    const Fingerprints& source = documents[oracle::below(random, d)];
    std::copy_n(source.values.begin(), kNames / 2, documents[d].values.begin());
  }
  return documents;
}

void time_probe(benchmark::State& state, const std::vector<Fingerprints>& documents) {
  std::vector<std::uint32_t> order(documents.size());
  std::iota(order.begin(), order.end(), 0U);
  std::vector<std::uint64_t> id_hashes(documents.size());
  for (std::size_t d = 0; d < documents.size(); ++d) id_hashes[d] = base::mix64(d);
  base::Threads threads(static_cast<std::uint32_t>(state.range(1)));
  Proposals proposals;
  for (auto _ : state) {
    Probe probe(kNewsProbing);
    for (std::uint32_t d = 0; d < documents.size(); ++d) probe.add(d, documents[d]);
    threads.run([&] { proposals = std::move(probe).propose(order, id_hashes); });
  }
  state.counters["pairs"] = static_cast<double>(proposals.pairs.size());
  state.counters["meetings_per_fingerprint"] = static_cast<double>(proposals.counts.meetings) /
                                               static_cast<double>(proposals.counts.postings);
  state.counters["ns_per_fingerprint"] = benchmark::Counter(
      static_cast<double>(proposals.counts.postings) * 1e-9,
      benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

void copies_of_half(benchmark::State& state) {
  time_probe(state, corpus(static_cast<std::size_t>(state.range(0))));
}
BENCHMARK(copies_of_half)
    ->ArgsProduct({{10'000, 100'000}, {1, 2}})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

// The worst case for lists: each is that of all documents.
void one_text(benchmark::State& state) {
  time_probe(state, std::vector<Fingerprints>(static_cast<std::size_t>(state.range(0)),
                                              corpus(1).front()));
}
BENCHMARK(one_text)
    ->ArgsProduct({{10'000, 100'000}, {1, 2}})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

}  // namespace
}  // namespace wirecopy
