// Blocks of postings: bytes and time a posting, at several sizes of an index.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <vector>

#include "index/posting_block.h"

namespace wirecopy::index {
namespace {

using batch::Stored;

constexpr PostingBlocks kBlocks(18);
constexpr std::uint64_t kPostingsADocument = 110;

// One block of an index of so many documents. Of a thousand names `shared` stand in several
// documents, 2 to 9.
std::vector<Posting> block_of(std::uint64_t documents, std::uint64_t shared, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  const std::uint64_t count =
      std::max<std::uint64_t>(documents * kPostingsADocument / kBlocks.prefixes(), 1);
  std::vector<Posting> postings;
  while (postings.size() < count) {
    const auto suffix = static_cast<std::uint32_t>(random() % kBlocks.suffixes());
    for (std::uint64_t i = random() % 1000 < shared ? 2 + random() % 8 : 1; i > 0; --i) {
      postings.push_back({suffix, static_cast<Stored>(random() % documents)});
    }
  }
  std::sort(postings.begin(), postings.end());
  postings.erase(std::unique(postings.begin(), postings.end()), postings.end());
  return postings;
}

void per_posting(benchmark::State& state, std::size_t postings, std::size_t bytes) {
  const auto all = static_cast<double>(state.iterations()) * static_cast<double>(postings);
  state.counters["s/posting"] =
      benchmark::Counter(all, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
  state.counters["bytes/posting"] = static_cast<double>(bytes) / static_cast<double>(postings);
}

void Encode(benchmark::State& state) {
  const auto documents = static_cast<std::uint64_t>(state.range(0));
  const auto postings = block_of(documents, static_cast<std::uint64_t>(state.range(1)), 1);
  for (auto _ : state) benchmark::DoNotOptimize(kBlocks.encode(postings));
  per_posting(state, postings.size(), kBlocks.encode(postings).size());
}

void Decode(benchmark::State& state) {
  const auto documents = static_cast<std::uint64_t>(state.range(0));
  const auto postings = block_of(documents, static_cast<std::uint64_t>(state.range(1)), 1);
  const std::string block = kBlocks.encode(postings);
  std::vector<Posting> into;
  for (auto _ : state) {
    kBlocks.decode(block, into);
    benchmark::DoNotOptimize(into.data());
  }
  per_posting(state, postings.size(), block.size());
}

void FindOne(benchmark::State& state) {
  const auto documents = static_cast<std::uint64_t>(state.range(0));
  const auto postings = block_of(documents, static_cast<std::uint64_t>(state.range(1)), 1);
  const std::string block = kBlocks.encode(postings);
  const std::vector<std::uint32_t> suffixes{kBlocks.suffixes() / 2};
  for (auto _ : state) {
    std::size_t found = 0;
    kBlocks.find(block, suffixes, [&](std::size_t, auto some) { found += some.size(); });
    benchmark::DoNotOptimize(found);
  }
  per_posting(state, postings.size(), block.size());
}

void sizes(benchmark::internal::Benchmark* bench) {
  for (const int documents : {100'000, 1'000'000, 10'000'000}) {
    for (const int shared : {0, 100}) bench->Args({documents, shared});
  }
}
BENCHMARK(Encode)->Apply(sizes);
BENCHMARK(Decode)->Apply(sizes);
BENCHMARK(FindOne)->Apply(sizes);

}  // namespace
}  // namespace wirecopy::index
