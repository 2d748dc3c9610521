// Cost of writing rows: pairs are many and short, ledger rows carry whole articles.
#include <benchmark/benchmark.h>
#include <unistd.h>

#include <filesystem>
#include <string>

#include "wirecopy/report.h"

namespace {

using namespace wirecopy;

// A run in a folder of its own that is never finished, so nothing is left behind.
std::string folder() {
  return (std::filesystem::temp_directory_path() / ("wirecopy-bench-" + std::to_string(::getpid())))
      .string();
}

void pair_rows(benchmark::State& state) {
  RunFolder sink(folder(), OutputSet::all(), false, {});
  const PairRow row{"20061023/us-autos-ford-earns", "20061024/us-autos-ford-earns",
                    Verdict::near_duplicate,        63000,
                    Similarity{796, 800, 788},      std::nullopt,
                    {Earlier::a, Lag{3600, 90000}}};
  for (auto _ : state) sink.pair(row);
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(pair_rows)->Iterations(500'000);

void ledger_rows(benchmark::State& state) {
  RunFolder sink(folder(), OutputSet::all(), false, {});
  std::string text;
  while (text.size() < 4000) text += "the dam above the town broke on \\\"Monday\\\" night; ";
  if (state.range(0) != 0) text += '\xff';
  text = "{\"text\":\"" + text + "\"}";
  LedgerRow row;
  row.id = "id";
  row.row = text;
  for (auto _ : state) sink.ledger(row);
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}
BENCHMARK(ledger_rows)->ArgName("base64")->Arg(0)->Arg(1)->Iterations(20'000);

}  // namespace
