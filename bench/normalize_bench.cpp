// Nanoseconds a byte of normalizing English, Cyrillic and Chinese.
//
//   WIRECOPY_BENCH_FILE=articles.jsonl.zst build/…/bench/normalize_bench
//
// adds the texts of a file.
#include "wirecopy/normalize.h"

#include <benchmark/benchmark.h>

#include "normalize/normalizer.h"
#include "texts.h"

namespace wirecopy {
namespace {

template <typename Normalize>
void time_texts(benchmark::State& state, const std::vector<std::string>& texts,
                Normalize&& normalize_into) {
  if (texts.empty()) {
    state.SkipWithError("no file: set WIRECOPY_BENCH_FILE");
    return;
  }
  NormalizedText text;
  for (auto _ : state) {
    for (const std::string& each : texts) {
      normalize_into(each, text);
      benchmark::DoNotOptimize(text.letters().data());
    }
  }
  state.counters["ns_per_byte"] = benchmark::Counter(
      static_cast<double>(bench::bytes_of(texts)) * 1e-9,
      benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

void by_both_paths(std::string_view utf8, NormalizedText& into) { normalize(utf8, into); }

void english(benchmark::State& state) {
  time_texts(state, bench::made_up_texts('a', 26), by_both_paths);
}
BENCHMARK(english)->Unit(benchmark::kMicrosecond);

void english_without_ascii_path(benchmark::State& state) {
  time_texts(state, bench::made_up_texts('a', 26), [](std::string_view utf8, NormalizedText& into) {
    Normalizer(utf8, into, Normalizer::AsciiPath::off).run();
  });
}
BENCHMARK(english_without_ascii_path)->Unit(benchmark::kMicrosecond);

void english_portable(benchmark::State& state) {
  time_texts(state, bench::made_up_texts('a', 26), [](std::string_view utf8, NormalizedText& into) {
    Normalizer(utf8, into, Normalizer::AsciiPath::portable).run();
  });
}
BENCHMARK(english_portable)->Unit(benchmark::kMicrosecond);

void cyrillic(benchmark::State& state) {
  time_texts(state, bench::made_up_texts(U'а', 32), by_both_paths);
}
BENCHMARK(cyrillic)->Unit(benchmark::kMicrosecond);

void chinese(benchmark::State& state) {
  time_texts(state, bench::made_up_texts(U'一', 3000), by_both_paths);
}
BENCHMARK(chinese)->Unit(benchmark::kMicrosecond);

void real_file(benchmark::State& state) { time_texts(state, bench::real_texts(), by_both_paths); }
BENCHMARK(real_file)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace wirecopy
