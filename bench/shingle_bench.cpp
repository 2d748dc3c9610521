// Nanoseconds a word of shingling English, Cyrillic and Chinese, and of making the set.
//
//   WIRECOPY_BENCH_FILE=articles.jsonl.zst build/…/bench/shingle_bench
//
// adds the texts of a file.
#include "wirecopy/shingle.h"

#include <benchmark/benchmark.h>

#include "texts.h"

namespace wirecopy {
namespace {

// `shingle_one` returns how many words it hashed.
template <typename ShingleOne>
void time_texts(benchmark::State& state, const std::vector<std::string>& texts,
                ShingleOne&& shingle_one) {
  if (texts.empty()) {
    state.SkipWithError("no file: set WIRECOPY_BENCH_FILE");
    return;
  }
  std::vector<NormalizedText> normalized;
  for (const std::string& text : texts) normalized.push_back(normalize(text));
  std::size_t words = 0;
  for (auto _ : state) {
    words = 0;
    for (const NormalizedText& text : normalized) words += shingle_one(text);
  }
  state.counters["ns_per_byte"] = benchmark::Counter(
      static_cast<double>(bench::bytes_of(texts)) * 1e-9,
      benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
  state.counters["ns_per_word"] = benchmark::Counter(
      static_cast<double>(words) * 1e-9,
      benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

void time_shingles(benchmark::State& state, const std::vector<std::string>& texts) {
  const Shingler shingler(Shingling{});
  Shingler::Scratch scratch;
  std::vector<std::uint64_t> shingles;
  time_texts(state, texts, [&](const NormalizedText& text) {
    shingler.shingle(text, scratch, shingles);
    benchmark::DoNotOptimize(shingles.data());
    return scratch.word_hashes.size();
  });
}

void english(benchmark::State& state) { time_shingles(state, bench::made_up_texts('a', 26)); }
BENCHMARK(english)->Unit(benchmark::kMicrosecond);

void cyrillic(benchmark::State& state) { time_shingles(state, bench::made_up_texts(U'а', 32)); }
BENCHMARK(cyrillic)->Unit(benchmark::kMicrosecond);

void chinese(benchmark::State& state) { time_shingles(state, bench::made_up_texts(U'一', 3000)); }
BENCHMARK(chinese)->Unit(benchmark::kMicrosecond);

void real_file(benchmark::State& state) { time_shingles(state, bench::real_texts()); }
BENCHMARK(real_file)->Unit(benchmark::kMicrosecond);

void english_as_sets(benchmark::State& state) {
  const Shingler shingler(Shingling{});
  time_texts(state, bench::made_up_texts('a', 26), [&](const NormalizedText& text) {
    benchmark::DoNotOptimize(shingler.shingle(text));
    return text.words().size();
  });
}
BENCHMARK(english_as_sets)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace wirecopy
