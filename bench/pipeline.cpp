// pipeline FILE.jsonl [REPEATS] [OUTPUTS] [PRESET] [without-repeats]
//
// The whole job against the floor, interleaved, in one process: medians of REPEATS
// (default 5) for one thread and two, each with cpu/wall, as ratios; then peak memory a document.
// OUTPUTS as for --outputs (default clusters,pairs,summary), PRESET as for --preset (default
// corpus). With `without-repeats` the floor is the same job that does not look for repeats.
#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "floor.h"
#include "wirecopy/wirecopy.h"

namespace {

using namespace wirecopy;

struct Timing {
  double wall = 0;
  double cpu = 0;
};

double cpu_seconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

Timing timed(const std::function<void()>& work) {
  const double cpu = cpu_seconds();
  const auto begin = std::chrono::steady_clock::now();
  work();
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - begin;
  return {wall.count(), cpu_seconds() - cpu};
}

Timing median(std::vector<Timing> timings) {
  std::sort(timings.begin(), timings.end(),
            [](const Timing& left, const Timing& right) { return left.wall < right.wall; });
  return timings[timings.size() / 2];
}

struct Job {
  std::string path;
  OutputSet outputs;
  Preset preset = Preset::corpus;
  bool repeats = true;
};

Summary run_dedup(const Job& job, std::uint32_t threads) {
  const std::string folder =
      std::filesystem::temp_directory_path() / fmt::format("wirecopy-bench-{}", ::getpid());
  ReadOptions options;
  options.inputs = {job.path};
  Reader reader(options);
  RunFolder sink(folder, job.outputs, true, reader.inputs());
  Limits limits;
  limits.threads = threads;
  limits.work_folder = folder;
  MatchRule rule = MatchRule::of(job.preset);
  if (!job.repeats) rule.repeats.reset();
  Summary summary = dedup(reader, Recipe::of(job.preset), rule, limits, sink);
  std::filesystem::remove_all(folder);
  return summary;
}

void report(const Job& job, bool against_itself, unsigned threads, int repeats) {
  Job without = job;
  without.repeats = false;
  std::vector<Timing> floors;
  std::vector<Timing> jobs;
  Summary summary;
  for (int i = 0; i < repeats; ++i) {
    floors.push_back(timed([&] {
      against_itself ? void(run_dedup(without, threads))
                     : void(bench::parse_only(job.path, threads));
    }));
    jobs.push_back(timed([&] { summary = run_dedup(job, threads); }));
  }
  const Timing floor = median(floors);
  const Timing whole = median(jobs);
  fmt::print(
      "{{\"threads\":{},\"floor_seconds\":{:.4f},\"floor_cpu_per_wall\":{:.2f},"
      "\"dedup_seconds\":{:.4f},\"dedup_cpu_per_wall\":{:.2f},\"ratio\":{:.2f},"
      "\"documents\":{},\"documents_per_second\":{:.0f},\"pairs\":{},\"candidates\":{},"
      "\"digest\":\"{}\"}}\n",
      threads, floor.wall, floor.cpu / floor.wall, whole.wall, whole.cpu / whole.wall,
      whole.wall / floor.wall, summary.rows.read,
      static_cast<double>(summary.rows.read) / whole.wall, summary.pairs, summary.candidates,
      summary.digest);
}

long peak_kilobytes() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    fmt::print(stderr, "pipeline FILE.jsonl [REPEATS] [OUTPUTS] [PRESET] [without-repeats]\n");
    return 2;
  }
  Job job;
  job.path = argv[1];
  const int repeats = argc > 2 ? std::atoi(argv[2]) : 5;
  job.outputs = OutputSet::parse(argc > 3 ? argv[3] : "clusters,pairs,summary");
  if (argc > 4) job.preset = preset_named(argv[4]);
  const long before = peak_kilobytes();
  const Summary warm = run_dedup(job, 1);
  const long after = peak_kilobytes();
  const bool against_itself = argc > 5 && std::string_view(argv[5]) == "without-repeats";
  report(job, against_itself, 1, repeats);
  report(job, against_itself, 2, repeats);
  fmt::print("{{\"peak_rss_mib\":{},\"bytes_per_document\":{:.0f}}}\n", after / 1024,
             static_cast<double>(after - before) * 1024 / static_cast<double>(warm.rows.read));
  return 0;
}
