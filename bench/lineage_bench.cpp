// Microseconds a text of looking for credits, nanoseconds a pair of titles, and nanoseconds a link
// of tracing the parents of one large cluster.
#include "wirecopy/lineage.h"

#include <benchmark/benchmark.h>

#include "../tests/oracle.h"
#include "../tests/stories.h"
#include "texts.h"

namespace wirecopy {
namespace {

void set_cost(benchmark::State& state, const char* name, double count, double unit) {
  state.counters[name] = benchmark::Counter(
      count * unit, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

// A text as agencies send it: a dateline, paragraphs that mention an agency, a line at the end.
std::string article(std::uint64_t seed, std::size_t words) {
  std::string text = "LONDON, March 5 (Reuters) - ";
  for (std::size_t i = 0; i < words; i += 50) {
    text += "The mayor said " + test::story(seed + i, 42) + ", AFP reported on Monday.\n\n";
  }
  return text + "With files from The Canadian Press";
}

void credits_of_a_text(benchmark::State& state) {
  const auto words = static_cast<std::size_t>(state.range(0));
  std::vector<std::string> texts;
  for (std::uint64_t seed = 0; seed < 50; ++seed) texts.push_back(article(seed * 1000, words));
  std::size_t bytes = 0;
  for (const std::string& text : texts) bytes += text.size();
  for (auto _ : state) {
    for (const std::string& text : texts) {
      benchmark::DoNotOptimize(
          find_credits(text, "Dam above the town held", "By Jane Doe, Associated Press"));
    }
  }
  set_cost(state, "us_per_text", static_cast<double>(texts.size()), 1e-6);
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes) * state.iterations());
}
BENCHMARK(credits_of_a_text)->Arg(50)->Arg(400)->Arg(4000);

// Of the file that WIRECOPY_BENCH_FILE names.
void credits_of_real_texts(benchmark::State& state) {
  const std::vector<std::string> texts = bench::real_texts();
  if (texts.empty()) {
    state.SkipWithError("WIRECOPY_BENCH_FILE names no file");
    return;
  }
  for (auto _ : state) {
    for (const std::string& text : texts) benchmark::DoNotOptimize(find_credits(text, "", ""));
  }
  set_cost(state, "us_per_text", static_cast<double>(texts.size()), 1e-6);
  state.SetBytesProcessed(static_cast<std::int64_t>(bench::bytes_of(texts)) * state.iterations());
}
BENCHMARK(credits_of_real_texts)->Unit(benchmark::kMillisecond);

void titles(benchmark::State& state) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        compare_titles("UPDATE 2-Reservoir above Tarn Hollow to be lowered after seepage is found",
                       "Reservoir above Tarn Hollow to be emptied after seepage | The Courier"));
  }
  set_cost(state, "ns_per_pair", 1, 1e-9);
}
BENCHMARK(titles);

// One story in so many articles, ten links each, as after the caps.
void parents_of_a_large_cluster(benchmark::State& state) {
  const auto count = static_cast<std::uint32_t>(state.range(0));
  oracle::Random random(1);
  std::vector<std::string> ids;
  for (std::uint32_t i = 0; i < count; ++i) ids.push_back(std::to_string(random()));
  const Credits credits = find_credits("LONDON (Reuters) - The dam held.", "", "");
  std::vector<LineageMember> members(count);
  std::vector<LineageLink> links;
  for (std::uint32_t i = 0; i < count; ++i) {
    const auto time = static_cast<std::int64_t>(oracle::below(random, 1'000'000));
    members[i] = {ids[i],     "courier.example",        "",      "",
                  "Dam held", TimeInterval{time, time}, &credits};
    for (int more = 0; i > 0 && more < 10; ++more) {
      const auto other = static_cast<std::uint32_t>(oracle::below(random, i));
      const std::uint64_t letters = oracle::below(random, 1000);
      links.push_back({other, i, {letters, 1000}, {letters, 1200}, 1000, 990});
    }
  }
  for (auto _ : state) benchmark::DoNotOptimize(trace_lineage(members, links));
  set_cost(state, "ns_per_link", static_cast<double>(links.size()), 1e-9);
}
BENCHMARK(parents_of_a_large_cluster)->Arg(500)->Arg(100'000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace wirecopy
