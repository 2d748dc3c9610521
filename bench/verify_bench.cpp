// Nanoseconds a comparison of two texts of 450 shingles each that share nine of ten.
#include "wirecopy/verify.h"

#include <benchmark/benchmark.h>

#include <string>

#include "../tests/oracle.h"

namespace wirecopy {
namespace {

std::vector<ShingleSet> similar_texts(std::size_t count) {
  oracle::Random random(1);
  std::vector<std::uint64_t> base(450);
  for (std::uint64_t& word : base) word = random();
  std::vector<ShingleSet> sets;
  for (std::size_t i = 0; i < count; ++i) {
    std::string text;
    for (const std::uint64_t word : base) {
      text += std::to_string(oracle::below(random, 10) == 0 ? random() : word);
      text += ' ';
    }
    sets.push_back(shingle(normalize(text), {1, Key{}}));
  }
  return sets;
}

void one_pair(benchmark::State& state) {
  const std::vector<ShingleSet> sets = similar_texts(64);
  std::size_t next = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(compare(sets[next % 64], sets[(next + 1) % 64]));
    ++next;
  }
}
BENCHMARK(one_pair);

void one_of_many(benchmark::State& state) {
  const std::vector<ShingleSet> sets = similar_texts(64);
  const Comparer comparer(sets[0]);
  std::size_t next = 0;
  for (auto _ : state) benchmark::DoNotOptimize(comparer.compare(sets[1 + next++ % 63]));
}
BENCHMARK(one_of_many);

}  // namespace
}  // namespace wirecopy
