// Microseconds a pair of aligning: generated pairs of known kinds, and the real near-duplicates of
// the evaluation data (WIRECOPY_DATA, else ../shared/data), where they are.
#include "wirecopy/align.h"

#include <benchmark/benchmark.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <unordered_map>
#include <vector>

#include "../tests/oracle.h"
#include "base/json.h"
#include "base/lines.h"

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

struct Documents {
  std::unordered_map<std::string, std::string> texts;
  std::unordered_map<std::string, NormalizedText> normalized;
};

// Pairs of the corpus with Jaccard 0.3 or more, by first document.
const std::vector<Pair>& near_duplicates() {
  static Documents documents;
  static const std::vector<Pair> kPairs = [] {
    std::vector<Pair> found;
    const char* data = std::getenv("WIRECOPY_DATA");
    const std::string folder =
        std::string(data != nullptr ? data : "../shared/data") + "/reuters_fin_2006_2009";
    if (!std::filesystem::exists(folder)) return found;
    base::JsonRowReader row;
    base::LineReader rows(folder + "/docs.jsonl.zst");
    while (const auto line = rows.next()) {
      if (!row.parse(*line)) continue;
      const std::string id(*row.string("id"));
      documents.texts.emplace(id, *row.string("text"));
      documents.normalized.emplace(id, normalize(*row.string("text")));
    }
    base::LineReader truth(folder + "/truth.exact5.jsonl.zst");
    while (const auto line = truth.next()) {
      if (!row.parse(*line) || *row.number("j") < 0.3) continue;
      const NormalizedText& a = documents.normalized.at(std::string(*row.string("a")));
      const std::string b(*row.string("b"));
      const NormalizedText& normalized_b = documents.normalized.at(b);
      if (a.letters() == normalized_b.letters()) continue;  // collapsed before they come here
      found.push_back({&a, &normalized_b, &documents.texts.at(b)});
    }
    std::sort(found.begin(), found.end(), [](const Pair& left, const Pair& right) {
      return left.a->letters() < right.a->letters();
    });
    return found;
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
