// Nanoseconds a letter of fingerprinting; `fingerprints` are those of the last text.
#include "wirecopy/fingerprint.h"

#include <benchmark/benchmark.h>

#include <functional>
#include <string>
#include <vector>

#include "../tests/stories.h"

namespace wirecopy {
namespace {

// So many texts that no branch predictor learns them.
constexpr std::size_t kTexts = 100;

std::vector<std::string> all(const std::function<std::string(std::uint64_t)>& text) {
  std::vector<std::string> texts;
  for (std::uint64_t seed = 1; seed <= kTexts; ++seed) texts.push_back(text(seed));
  return texts;
}

void time_texts(benchmark::State& state, const Winnowing& winnowing,
                const std::vector<std::string>& texts) {
  std::vector<NormalizedText> normalized;
  std::size_t bytes = 0;
  for (const std::string& text : texts) {
    normalized.push_back(normalize(text));
    bytes += normalized.back().letters().size();
  }
  const Fingerprinter fingerprinter(winnowing);
  Fingerprinter::Scratch scratch;
  Fingerprints fingerprints;
  for (auto _ : state) {
    for (const NormalizedText& text : normalized) {
      fingerprinter.fingerprint(text, scratch, fingerprints);
      benchmark::DoNotOptimize(fingerprints.values.data());
    }
  }
  state.counters["fingerprints"] = static_cast<double>(fingerprints.values.size());
  state.counters["ns_per_letter_byte"] = benchmark::Counter(
      static_cast<double>(bytes) * 1e-9,
      benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

// About 2,400 letters.
std::string news(std::uint64_t seed) { return test::story(seed, 360); }

std::string greek(std::uint64_t seed) {
  std::string letters;
  for (const char letter : news(seed)) {
    if (letter == ' ') {
      letters += ' ';
    } else {
      letters += '\xce';
      letters += static_cast<char>(0xb1 + (letter - 'a') % 14);
    }
  }
  return letters;
}

BENCHMARK_CAPTURE(time_texts, fast, kFastWinnowing, all(news));
BENCHMARK_CAPTURE(time_texts, news, kNewsWinnowing, all(news));
BENCHMARK_CAPTURE(time_texts, broad, kBroadWinnowing, all(news));
BENCHMARK_CAPTURE(time_texts, ocr, kOcrWinnowing, all(news));
BENCHMARK_CAPTURE(time_texts, news_greek, kNewsWinnowing, all(greek));
BENCHMARK_CAPTURE(time_texts, news_one_letter, kNewsWinnowing, {std::string(2400, 'a')});
BENCHMARK_CAPTURE(time_texts, every_gram_of_9, Winnowing{9, 1, Kept::all, {}}, all(news));

}  // namespace
}  // namespace wirecopy
