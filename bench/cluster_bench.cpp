// Star clustering: nanoseconds a document, with a pair for every fifth document and with four a
// document. Average-link on one thread: nanoseconds a pair, given or asked for, comparisons left
// out.
#include "wirecopy/cluster.h"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <numeric>

#include "../tests/oracle.h"
#include "base/hash.h"
#include "base/parallel.h"

namespace wirecopy {
namespace {

std::vector<std::uint32_t> as_numbered(std::size_t count) {
  std::vector<std::uint32_t> order(count);
  std::iota(order.begin(), order.end(), 0U);
  return order;
}

void star_of_a_million(benchmark::State& state) {
  const std::size_t count = 1'000'000;
  oracle::Random random(1);
  std::vector<VerifiedPair> pairs(static_cast<std::size_t>(state.range(0)));
  for (VerifiedPair& pair : pairs) {
    pair.b = static_cast<std::uint32_t>(1 + oracle::below(random, count - 1));
    pair.a = static_cast<std::uint32_t>(oracle::below(random, pair.b));
    pair.similarity = {450, 450, static_cast<std::uint32_t>(400 + oracle::below(random, 50))};
  }
  const std::vector<std::uint32_t> order = as_numbered(count);
  for (auto _ : state) benchmark::DoNotOptimize(star(pairs, order));
  state.counters["ns_per_document"] = benchmark::Counter(
      static_cast<double>(count) * 1e-9,
      benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}
BENCHMARK(star_of_a_million)->Arg(200'000)->Arg(4'000'000)->Unit(benchmark::kMillisecond);

// A comparison of documents of stories of `size`: 0.5 to 1 inside a story, else refused.
ScoredPair compared(std::uint32_t a, std::uint32_t b, std::uint32_t size) {
  const std::uint64_t noise = base::mix64(std::uint64_t{a} << 32U | b) % 32'768;
  return {a, b, a / size == b / size ? 65'536 - static_cast<std::uint32_t>(noise) : 0, false};
}

// `near` pairs a document inside its story and `far` anywhere, of which the ones with another story
// are refused, or, if `chained`, scored 0.3 to 1 as well.
std::vector<ScoredPair> random_pairs(std::uint32_t count, std::uint32_t size, std::uint32_t near,
                                     std::uint32_t far, bool chained) {
  oracle::Random random(1);
  std::vector<ScoredPair> pairs;
  for (std::uint32_t d = 0; d < count; ++d) {
    for (std::uint32_t i = 0; i < near + far; ++i) {
      const std::uint32_t other =
          i < near ? d / size * size + static_cast<std::uint32_t>(oracle::below(random, size))
                   : static_cast<std::uint32_t>(oracle::below(random, count));
      if (other == d || other >= count) continue;
      pairs.push_back(compared(std::min(d, other), std::max(d, other), size));
      if (chained && pairs.back().score == 0) {
        pairs.back().score = 20'000 + static_cast<std::uint32_t>(oracle::below(random, 45'000));
      }
    }
  }
  std::sort(pairs.begin(), pairs.end());
  pairs.erase(std::unique(pairs.begin(), pairs.end(),
                          [](auto& x, auto& y) { return x.a == y.a && x.b == y.b; }),
              pairs.end());
  return pairs;
}

void link_graph(benchmark::State& state, std::uint32_t size, std::uint32_t near, std::uint32_t far,
                bool chained) {
  const std::uint32_t count = 100'000;
  const std::vector<ScoredPair> pairs = random_pairs(count, size, near, far, chained);
  std::vector<std::uint64_t> hashes(count);
  for (std::uint32_t d = 0; d < count; ++d) hashes[d] = base::mix64(d + 1);
  const std::vector<std::uint32_t> by_id = as_numbered(count);
  std::size_t asked = 0;
  std::size_t rounds = 0;
  std::size_t clusters = 0;
  const CompareMore compare = [&](const std::vector<CandidatePair>& questions) {
    ++rounds;
    std::vector<ScoredPair> rows(questions.size());
    std::transform(questions.begin(), questions.end(), rows.begin(),
                   [&](const auto& pair) { return compared(pair.first, pair.second, size); });
    return rows;
  };
  base::Threads one(1);
  for (auto _ : state) {
    rounds = 0;
    const Linked linked = one.run([&] { return average_link(pairs, hashes, by_id, {}, compare); });
    asked = linked.compared.size();
    clusters = linked.clusters.size();
  }
  state.counters["pairs"] = static_cast<double>(pairs.size());
  state.counters["asked"] = static_cast<double>(asked);
  state.counters["rounds"] = static_cast<double>(rounds);
  state.counters["clusters"] = static_cast<double>(clusters);
  state.counters["ns_per_pair"] = benchmark::Counter(
      static_cast<double>(pairs.size() + asked) * 1e-9,
      benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}
BENCHMARK_CAPTURE(link_graph, copies_of_5, 5, 4, 0, false)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(link_graph, copies_of_500, 500, 10, 0, false)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(link_graph, half_refused, 50, 5, 5, false)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(link_graph, one_component, 50, 9, 1, true)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(link_graph, one_story, 100'000, 10, 0, false)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(link_graph, no_story, 1, 0, 10, true)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace wirecopy
