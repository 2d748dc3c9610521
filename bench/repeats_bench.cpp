// Nanoseconds a byte of normalizing texts and cutting them into blocks, and of that and finding
// what texts say twice: nothing, captions and a paragraph twice, one word or one line all the time;
// and of the texts of a file.
//
//   WIRECOPY_BENCH_FILE=articles.jsonl.zst build/…/bench/repeats_bench
#include "wirecopy/repeats.h"

#include <benchmark/benchmark.h>

#include <algorithm>

#include "texts.h"

namespace wirecopy {
namespace {

template <typename Work>
void time_texts(benchmark::State& state, const std::vector<std::string>& texts, Work&& work) {
  if (texts.empty()) {
    state.SkipWithError("no file: set WIRECOPY_BENCH_FILE");
    return;
  }
  std::size_t repeats = 0;
  for (auto _ : state) {
    repeats = 0;
    for (const std::string& text : texts) repeats += work(text);
  }
  state.counters["ns_per_byte"] = benchmark::Counter(
      static_cast<double>(bench::bytes_of(texts)) * 1e-9,
      benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
  state.counters["repeats_a_text"] =
      static_cast<double>(repeats) / static_cast<double>(texts.size());
}

// What comes before in a run, to be taken off.
void time_blocks(benchmark::State& state, const std::vector<std::string>& texts) {
  NormalizedText text;
  std::vector<Block> blocks;
  time_texts(state, texts, [&](const std::string& utf8) {
    normalize(utf8, text);
    split_blocks(utf8, text, blocks);
    benchmark::DoNotOptimize(blocks.data());
    return std::size_t{0};
  });
}

// As in a run: right after a text was normalized and cut into blocks.
void time_blocks_and_repeats(benchmark::State& state, const std::vector<std::string>& texts) {
  NormalizedText text;
  std::vector<Block> blocks;
  RepeatFinder finder;
  std::vector<Repeat> found;
  time_texts(state, texts, [&](const std::string& utf8) {
    normalize(utf8, text);
    split_blocks(utf8, text, blocks);
    finder.find("", utf8, text, blocks, found);
    return found.size();
  });
}

const std::vector<std::string>& english() {
  static const std::vector<std::string> texts = bench::made_up_texts('a', 26);
  return texts;
}
const std::vector<std::string>& one_line() {
  static const std::vector<std::string> texts = [] {
    std::vector<std::string> lines = english();
    for (std::string& each : lines) std::replace(each.begin(), each.end(), '\n', ' ');
    return lines;
  }();
  return texts;
}
const std::vector<std::string>& chinese() {
  static const std::vector<std::string> texts = bench::made_up_texts(U'一', 3000);
  return texts;
}
// The same, with the first lines printed again behind the text.
const std::vector<std::string>& repeating() {
  static const std::vector<std::string> texts = [] {
    std::vector<std::string> twice = english();
    for (std::string& each : twice) each += "\n" + each.substr(0, each.size() / 5);
    return twice;
  }();
  return texts;
}
std::vector<std::string> all_the_time(const std::string& what) {
  std::string text;
  while (text.size() < (std::size_t{4} << 20U)) text += what;
  return {text};
}
const std::vector<std::string>& real() {
  static const std::vector<std::string> texts = bench::real_texts();
  return texts;
}

#define BOTH(name, texts)                                                     \
  BENCHMARK_CAPTURE(time_blocks, name, texts)->Unit(benchmark::kMicrosecond); \
  BENCHMARK_CAPTURE(time_blocks_and_repeats, name, texts)->Unit(benchmark::kMicrosecond)

BOTH(english, english());
BOTH(one_line, one_line());
BOTH(chinese, chinese());
BOTH(repeating, repeating());
BOTH(one_word, all_the_time("word "));
BOTH(equal_lines, all_the_time("The same words stand in every line\n\n"));
BOTH(no_space, all_the_time("abcdefghij"));
BOTH(one_han_letter, all_the_time("好"));
BOTH(real_file, real());

}  // namespace
}  // namespace wirecopy
