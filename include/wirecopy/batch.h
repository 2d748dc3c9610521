/// batch: composes the stages into one run over many documents.
///
/// Settings come in three groups by when they may change: `Recipe` (sealed into stored bytes),
/// `MatchRule` (any query), `Limits` (this machine, this run; never the result).
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>

#include "wirecopy/band.h"
#include "wirecopy/clean.h"
#include "wirecopy/read.h"
#include "wirecopy/report.h"
#include "wirecopy/shingle.h"
#include "wirecopy/verify.h"

namespace wirecopy {

/// How texts become comparable. Results are comparable only under equal Recipes.
struct Recipe {
  Shingling shingling;
  Banding banding = Banding::plan(0.80, 0.95);
};

/// What counts as a copy and which copy is kept.
struct MatchRule {
  Millionths threshold{800'000};
  KeepRule keep;
};

/// Where a run stands, for a progress display.
struct Progress {
  const char* stage = "";       ///< "read", "band", "verify", "cluster", "report"
  std::uint64_t done = 0;       ///< Bytes while reading, else items.
  std::uint64_t total = 0;      ///< 0 = unknown.
  std::uint64_t documents = 0;  ///< Accepted so far.
};

struct Limits {
  std::uint32_t threads = 0;  ///< 0 = as many as there are cores.
  std::uint64_t memory_bytes =
      std::uint64_t{4} << 30U;  ///< At least 256 MiB; past it columns go to the work folder.
  std::string work_folder;  ///< For spools; must be writable. Files there have no name and vanish
                            ///< with the process.
  std::function<void(const Progress&)>
      on_progress;  ///< Called now and then, by one thread at a time.
  const std::atomic<bool>* stop =
      nullptr;  ///< Set to true: the run throws Error(interrupted) soon.
};

/// Finds the near-identical documents of `reader` and hands the findings to `sink`, which is
/// finished at the end. The findings depend on the documents, Recipe and MatchRule alone. Throws
/// Error; the sink is then not finished.
Summary dedup(Reader& reader, const Recipe& recipe, const MatchRule& rule, const Limits& limits,
              Sink& sink);

}  // namespace wirecopy
