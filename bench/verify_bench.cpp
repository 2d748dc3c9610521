// Comparing two texts of 450 shingles each that share nine of ten; marking texts and judging pairs,
// made up and real.
#include "wirecopy/verify.h"

#include <benchmark/benchmark.h>

#include <map>
#include <string>

#include "../tests/oracle.h"
#include "near_duplicates.h"
#include "texts.h"

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

const bench::NearDuplicates& real_pairs() {
  static const bench::NearDuplicates kFound = bench::near_duplicates();
  return kFound;
}

benchmark::Counter microseconds_each(std::size_t count) {
  return {static_cast<double>(count) * 1e-6,
          benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert};
}

void mark_texts(benchmark::State& state, const std::vector<std::string>& texts) {
  MarkedText marked;
  for (auto _ : state) {
    for (const std::string& text : texts) mark(text, marked);
  }
  state.counters["us_a_text"] = microseconds_each(texts.size());
  state.counters["bytes"] =
      static_cast<double>(bench::bytes_of(texts)) / static_cast<double>(texts.size());
}

void mark_english(benchmark::State& state) { mark_texts(state, bench::made_up_texts(U'a', 26)); }
BENCHMARK(mark_english)->Unit(benchmark::kMillisecond);

void mark_cyrillic(benchmark::State& state) { mark_texts(state, bench::made_up_texts(U'а', 32)); }
BENCHMARK(mark_cyrillic)->Unit(benchmark::kMillisecond);

void mark_news(benchmark::State& state) {
  std::vector<std::string> texts;
  for (const auto& [id, text] : real_pairs().texts) texts.push_back(text);
  if (texts.empty()) {
    state.SkipWithError("the evaluation data is not here");
    return;
  }
  mark_texts(state, texts);
}
BENCHMARK(mark_news)->Unit(benchmark::kMillisecond);

// Both texts marked already; pairs of one first text follow each other.
void judge_pairs(benchmark::State& state,
                 const std::vector<std::pair<const MarkedText*, const MarkedText*>>& pairs) {
  Judge judge(*pairs.front().first);
  const MarkedText* a = pairs.front().first;
  std::uint64_t scored = 0;
  for (auto _ : state) {
    scored = 0;
    for (const auto& [first, second] : pairs) {
      if (a != first) judge.take(*first);
      a = first;
      scored += judge.judge(*second).score != 0 ? 1U : 0U;
    }
  }
  state.counters["us_a_pair"] = microseconds_each(pairs.size());
  state.counters["scored"] = static_cast<double>(scored) / static_cast<double>(pairs.size());
}

void judge_news(benchmark::State& state) {
  const bench::NearDuplicates& real = real_pairs();
  if (real.pairs.empty()) {
    state.SkipWithError("the evaluation data is not here");
    return;
  }
  std::map<std::string, MarkedText> marked;
  for (const auto& [id, text] : real.texts) mark(text, marked[id]);
  std::vector<std::pair<const MarkedText*, const MarkedText*>> pairs;
  for (const auto& [a, b] : real.pairs) pairs.emplace_back(&marked.at(a), &marked.at(b));
  judge_pairs(state, pairs);
}
BENCHMARK(judge_news)->Unit(benchmark::kMillisecond);

void judge_unrelated(benchmark::State& state) {
  const std::vector<std::string> texts = bench::made_up_texts(U'a', 26);
  std::vector<MarkedText> marked(texts.size());
  std::vector<std::pair<const MarkedText*, const MarkedText*>> pairs;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    mark(texts[i], marked[i]);
    if (i > 0) pairs.emplace_back(&marked[i / 4], &marked[i]);
  }
  judge_pairs(state, pairs);
}
BENCHMARK(judge_unrelated)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace wirecopy
