// What reading costs beside its floor: the same bytes in the same blocks, of which a bare simdjson
// loop takes nothing but `text`.
//
//   WIRECOPY_BENCH_FILE=articles.jsonl build/…/bench/read_bench
//
// Without the variable, articles are made up.
#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <simdjson.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "base/files.h"
#include "wirecopy/read.h"

namespace {

constexpr std::size_t kBlock = std::size_t{512} << 10U;

// A file of made-up articles, about as long as wire copy and with as many escapes.
std::string make_articles() {
  char path[] = "/tmp/wirecopy-read-bench-XXXXXX.jsonl";
  const int descriptor = ::mkstemps(path, 6);
  std::string rows;
  for (int i = 0; i < 20'000; ++i) {
    rows += R"({"id": "day/)" + std::to_string(i) + R"(", "text": ")";
    for (int line = 0; line < 40; ++line) {
      rows += R"(The committee said on Tuesday that item )" + std::to_string(i * line) +
              R"( \"remains open\" until spring.\n)";
    }
    rows += R"(", "published": "2008-02-29T10:00:00Z"})"
            "\n";
  }
  if (::write(descriptor, rows.data(), rows.size()) != static_cast<ssize_t>(rows.size()))
    std::abort();
  ::close(descriptor);
  return path;
}

const std::string& bench_file() {
  static const std::string path = [] {
    const char* given = std::getenv("WIRECOPY_BENCH_FILE");
    return given != nullptr ? std::string(given) : make_articles();
  }();
  return path;
}

void report(benchmark::State& state, std::uint64_t bytes, std::uint64_t rows) {
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes) * state.iterations());
  state.counters["rows"] = static_cast<double>(rows);
  state.counters["ns_per_byte"] =
      benchmark::Counter(static_cast<double>(bytes) * static_cast<double>(state.iterations()) / 1e9,
                         benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

// Takes `text` from the lines of a block; returns how many there were.
std::uint64_t take_texts(simdjson::ondemand::parser& parser, const char* bytes, std::size_t size,
                         std::size_t capacity) {
  std::uint64_t rows = 0;
  std::size_t begin = 0;
  while (begin < size) {
    const void* newline = std::memchr(bytes + begin, '\n', size - begin);
    const std::size_t end =
        newline != nullptr ? static_cast<std::size_t>(static_cast<const char*>(newline) - bytes)
                           : size;
    simdjson::ondemand::document document;
    std::string_view text;
    if (parser.iterate(bytes + begin, end - begin, capacity - begin).get(document) ==
            simdjson::SUCCESS &&
        document.find_field_unordered("text").get_string().get(text) == simdjson::SUCCESS) {
      benchmark::DoNotOptimize(text.data());
      ++rows;
    }
    begin = end + 1;
  }
  return rows;
}

// The floor: pread into one padded buffer, On-Demand line by line.
void BM_floor(benchmark::State& state) {
  const int descriptor = ::open(bench_file().c_str(), O_RDONLY);
  std::vector<char> buffer(kBlock + simdjson::SIMDJSON_PADDING);
  simdjson::ondemand::parser parser;
  if (parser.allocate(kBlock) != simdjson::SUCCESS) std::abort();
  std::uint64_t rows = 0;
  std::uint64_t bytes = 0;
  for (auto _ : state) {
    rows = bytes = 0;
    for (;;) {
      const ssize_t count = ::pread(descriptor, buffer.data(), kBlock, static_cast<off_t>(bytes));
      if (count <= 0) break;
      const std::string_view read(buffer.data(), static_cast<std::size_t>(count));
      const std::size_t whole = read.rfind('\n') + 1;
      rows += take_texts(parser, buffer.data(), whole, buffer.size());
      bytes += whole;
    }
  }
  ::close(descriptor);
  report(state, bytes, rows);
}
BENCHMARK(BM_floor)->Unit(benchmark::kMillisecond);

// Reader::next and Reader::parse, one thread.
void BM_read(benchmark::State& state) {
  std::uint64_t rows = 0;
  std::uint64_t bytes = 0;
  for (auto _ : state) {
    wirecopy::ReadOptions options;
    options.inputs = {bench_file()};
    wirecopy::Reader reader(options);
    rows = 0;
    while (auto block = reader.next()) {
      const wirecopy::ParsedBlock parsed = reader.parse(*std::move(block));
      for (const auto& document : parsed.documents) benchmark::DoNotOptimize(document.text.data());
      rows += parsed.documents.size();
    }
    bytes = reader.bytes_read();
  }
  report(state, bytes, rows);
}
BENCHMARK(BM_read)->Unit(benchmark::kMillisecond);

// Reader::next alone: reading and cutting.
void BM_next(benchmark::State& state) {
  std::uint64_t blocks = 0;
  std::uint64_t bytes = 0;
  for (auto _ : state) {
    wirecopy::ReadOptions options;
    options.inputs = {bench_file()};
    wirecopy::Reader reader(options);
    blocks = 0;
    while (reader.next()) ++blocks;
    bytes = reader.bytes_read();
  }
  report(state, bytes, blocks);
}
BENCHMARK(BM_next)->Unit(benchmark::kMillisecond);

}  // namespace
