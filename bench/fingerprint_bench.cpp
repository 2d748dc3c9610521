// Nanoseconds a letter of fingerprinting one text.
#include "wirecopy/fingerprint.h"

#include <benchmark/benchmark.h>

#include "../tests/stories.h"

namespace wirecopy {
namespace {

void time_text(benchmark::State& state, const Winnowing& winnowing, std::string_view utf8) {
  const NormalizedText text = normalize(utf8);
  const Fingerprinter fingerprinter(winnowing);
  Fingerprinter::Scratch scratch;
  Fingerprints fingerprints;
  for (auto _ : state) {
    fingerprinter.fingerprint(text, scratch, fingerprints);
    benchmark::DoNotOptimize(fingerprints.values.data());
  }
  state.counters["fingerprints"] = static_cast<double>(fingerprints.values.size());
  state.counters["ns_per_letter_byte"] = benchmark::Counter(
      static_cast<double>(text.letters().size()) * 1e-9,
      benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

// About 2,400 letters.
std::string news() { return test::story(1, 360); }

std::string greek() {
  std::string letters;
  for (const char letter : news()) {
    if (letter == ' ') {
      letters += ' ';
    } else {
      letters += '\xce';
      letters += static_cast<char>(0xb1 + (letter - 'a') % 14);
    }
  }
  return letters;
}

BENCHMARK_CAPTURE(time_text, fast, kFastWinnowing, news());
BENCHMARK_CAPTURE(time_text, news, kNewsWinnowing, news());
BENCHMARK_CAPTURE(time_text, broad, kBroadWinnowing, news());
BENCHMARK_CAPTURE(time_text, ocr, kOcrWinnowing, news());
BENCHMARK_CAPTURE(time_text, news_greek, kNewsWinnowing, greek());
BENCHMARK_CAPTURE(time_text, news_one_letter, kNewsWinnowing, std::string(2400, 'a'));
BENCHMARK_CAPTURE(time_text, every_gram_of_9, Winnowing{9, 1, Kept::all, {}}, news());

}  // namespace
}  // namespace wirecopy
