// Microseconds a pair of aligning: generated pairs of known kinds, and the real near-duplicates of
// the evaluation data (WIRECOPY_DATA, else ../shared/data), where they are.
#include "wirecopy/align.h"

#include <benchmark/benchmark.h>

#include <map>
#include <string>
#include <vector>

#include "../tests/oracle.h"
#include "near_duplicates.h"

namespace wirecopy {
namespace {

struct Pair {
  const NormalizedText* a;
  const NormalizedText* b;
  const std::string* text_b;
};

// Words drawn by rank, the frequent ones short, as in English.
std::string story(oracle::Random& random, std::size_t words) {
  std::string text;
  for (std::size_t i = 0; i < words; ++i) {
    std::size_t rank = 1 + oracle::below(random, 1U << oracle::below(random, 16));
    for (; rank > 0; rank /= 12) text += "etaoinshrdlu"[rank % 12];
    text += ' ';
  }
  return text;
}

const std::vector<Pair>& near_duplicates() {
  static const bench::NearDuplicates kFound = bench::near_duplicates();
  static std::map<std::string, NormalizedText> normalized;
  static const std::vector<Pair> kPairs = [] {
    for (const auto& [id, text] : kFound.texts) normalized.emplace(id, normalize(text));
    std::vector<Pair> pairs;
    for (const auto& [a, b] : kFound.pairs)
      pairs.push_back({&normalized.at(a), &normalized.at(b), &kFound.texts.at(b)});
    return pairs;
  }();
  return kPairs;
}

enum class How { kept, not_kept, normalized_again };

void align_pairs(benchmark::State& state, const std::vector<Pair>& pairs, How how,
                 const AlignRule& rule) {
  if (pairs.empty()) {
    state.SkipWithError("the evaluation data is not here");
    return;
  }
  Aligner aligner(*pairs.front().a, rule);
  const NormalizedText* a = pairs.front().a;
  NormalizedText again;
  std::uint64_t aligned = 0;
  for (auto _ : state) {
    aligned = 0;
    for (const Pair& pair : pairs) {
      if (how != How::kept || a != pair.a) aligner.take(*pair.a);
      a = pair.a;
      if (how == How::normalized_again) normalize(*pair.text_b, again);
      aligned += aligner.align(how == How::normalized_again ? again : *pair.b).a.letters;
    }
  }
  state.counters["letters_aligned"] =
      static_cast<double>(aligned) / static_cast<double>(pairs.size());
  state.counters["us_a_pair"] = benchmark::Counter(
      static_cast<double>(pairs.size()) * 1e-6,
      benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

void near_duplicates_a_kept(benchmark::State& state) {
  align_pairs(state, near_duplicates(), How::kept, {});
}
BENCHMARK(near_duplicates_a_kept)->Unit(benchmark::kMillisecond);

void near_duplicates_a_not_kept(benchmark::State& state) {
  align_pairs(state, near_duplicates(), How::not_kept, {});
}
BENCHMARK(near_duplicates_a_not_kept)->Unit(benchmark::kMillisecond);

void near_duplicates_b_normalized_again(benchmark::State& state) {
  align_pairs(state, near_duplicates(), How::normalized_again, {});
}
BENCHMARK(near_duplicates_b_normalized_again)->Unit(benchmark::kMillisecond);

void near_duplicates_ocr_rule(benchmark::State& state) {
  align_pairs(state, near_duplicates(), How::kept, AlignRule::ocr());
}
BENCHMARK(near_duplicates_ocr_rule)->Unit(benchmark::kMillisecond);

// A text against others that share nothing with it: what most candidates cost.
void unrelated(benchmark::State& state) {
  oracle::Random random(1);
  std::vector<NormalizedText> texts;
  texts.reserve(200);
  for (int i = 0; i < 200; ++i) texts.push_back(normalize(story(random, 500)));
  std::vector<Pair> pairs;
  pairs.reserve(texts.size());
  for (std::size_t i = 1; i < texts.size(); ++i)
    pairs.push_back({&texts[i / 4], &texts[i], nullptr});
  align_pairs(state, pairs, How::kept, {});
}
BENCHMARK(unrelated)->Unit(benchmark::kMillisecond);

// The worst that a text can say, against the same with a hole in the middle.
void one_word_repeated(benchmark::State& state) {
  std::string text;
  while (text.size() < static_cast<std::size_t>(state.range(0))) text += "word ";
  const NormalizedText a = normalize(text);
  const NormalizedText b = normalize(text.insert(text.size() / 2, " unlike "));
  align_pairs(state, {{&a, &b, nullptr}}, How::kept, {});
}
BENCHMARK(one_word_repeated)->Arg(5'000)->Arg(5'000'000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace wirecopy
