// Nanoseconds a byte of finding what texts say twice: nothing, captions and a paragraph twice, one
// word or one line all the time; and of the texts of a file.
//
//   WIRECOPY_BENCH_FILE=articles.jsonl.zst build/…/bench/repeats_bench
#include "wirecopy/repeats.h"

#include <benchmark/benchmark.h>

#include <algorithm>

#include "texts.h"

namespace wirecopy {
namespace {

struct Article {
  std::string utf8;
  NormalizedText text;
  std::vector<Block> blocks;
};

void time_texts(benchmark::State& state, const std::vector<std::string>& texts) {
  if (texts.empty()) {
    state.SkipWithError("no file: set WIRECOPY_BENCH_FILE");
    return;
  }
  std::vector<Article> articles;
  for (const std::string& text : texts) {
    articles.push_back({text, normalize(text), {}});
    articles.back().blocks = split_blocks(articles.back().utf8, articles.back().text);
  }
  RepeatFinder finder;
  std::vector<Repeat> found;
  std::size_t repeats = 0;
  for (auto _ : state) {
    repeats = 0;
    for (const Article& each : articles) {
      finder.find("", each.utf8, each.text, each.blocks, found);
      repeats += found.size();
    }
  }
  state.counters["ns_per_byte"] = benchmark::Counter(
      static_cast<double>(bench::bytes_of(texts)) * 1e-9,
      benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
  state.counters["repeats_a_text"] =
      static_cast<double>(repeats) / static_cast<double>(texts.size());
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

BENCHMARK_CAPTURE(time_texts, english, english())->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(time_texts, one_line, one_line())->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(time_texts, chinese, chinese())->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(time_texts, repeating, repeating())->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(time_texts, one_word, all_the_time("word "))->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(time_texts, one_line_again, all_the_time("The same words stand in every line\n"))
    ->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(time_texts, no_space, all_the_time("abcdefghij"))->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(time_texts, one_han_letter, all_the_time("好"))->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(time_texts, real_file, real())->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace wirecopy
