// Nanoseconds a byte of normalizing texts, and of normalizing them and cutting them into blocks:
// English in lines of 15 words, Chinese, and the texts of a file.
//
//   WIRECOPY_BENCH_FILE=articles.jsonl.zst build/…/bench/blocks_bench
#include "wirecopy/blocks.h"

#include <benchmark/benchmark.h>

#include "texts.h"

namespace wirecopy {
namespace {

template <typename Work>
void time_texts(benchmark::State& state, const std::vector<std::string>& texts, Work&& work) {
  if (texts.empty()) {
    state.SkipWithError("no file: set WIRECOPY_BENCH_FILE");
    return;
  }
  for (auto _ : state) {
    for (std::size_t i = 0; i < texts.size(); ++i) work(i);
  }
  state.counters["ns_per_byte"] = benchmark::Counter(
      static_cast<double>(bench::bytes_of(texts)) * 1e-9,
      benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

// As in a run: a text is cut right after it was normalized.
void time_normalize_and_split(benchmark::State& state, const std::vector<std::string>& texts) {
  NormalizedText text;
  std::vector<Block> blocks;
  std::size_t count = 0;
  for (const std::string& each : texts) count += split_blocks(each, normalize(each)).size();
  time_texts(state, texts, [&](std::size_t i) {
    normalize(texts[i], text);
    split_blocks(texts[i], text, blocks);
    benchmark::DoNotOptimize(blocks.data());
  });
  state.counters["blocks_a_text"] = static_cast<double>(count) / static_cast<double>(texts.size());
}

void time_normalize(benchmark::State& state, const std::vector<std::string>& texts) {
  NormalizedText text;
  time_texts(state, texts, [&](std::size_t i) {
    normalize(texts[i], text);
    benchmark::DoNotOptimize(text.letters().data());
  });
}

void time_hash(benchmark::State& state, const std::vector<std::string>& texts) {
  std::vector<NormalizedText> normalized;
  std::vector<std::vector<Block>> blocks;
  for (const std::string& each : texts) {
    normalized.push_back(normalize(each));
    blocks.push_back(split_blocks(each, normalized.back()));
  }
  time_texts(state, texts, [&](std::size_t i) {
    for (const Block& block : blocks[i]) {
      benchmark::DoNotOptimize(block_hash(normalized[i], block));
    }
  });
}

const std::vector<std::string>& english() {
  static const std::vector<std::string> texts = bench::made_up_texts('a', 26);
  return texts;
}
const std::vector<std::string>& chinese() {
  static const std::vector<std::string> texts = bench::made_up_texts(U'一', 3000);
  return texts;
}
const std::vector<std::string>& real() {
  static const std::vector<std::string> texts = bench::real_texts();
  return texts;
}

BENCHMARK_CAPTURE(time_normalize, english, english())->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(time_normalize_and_split, english, english())->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(time_hash, english, english())->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(time_normalize, chinese, chinese())->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(time_normalize_and_split, chinese, chinese())->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(time_normalize, real_file, real())->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(time_normalize_and_split, real_file, real())->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(time_hash, real_file, real())->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace wirecopy
