/// How a run of a verb that writes an index went, told to two files: a log that grows by a line a
/// run, and metrics that a monitor reads.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "app/index.h"
#include "app/settings.h"

namespace wirecopy::app {

/// One run. What is counted is not there if the run failed before it was done.
struct NightRecord {
  std::string verb;        ///< "add"
  std::string index;       ///< Its folder, as a full path.
  std::int64_t began = 0;  ///< Milliseconds since 1970.
  std::int64_t ended = 0;
  int exit_code = 0;
  std::string error;  ///< One sentence; empty = none.
  std::optional<Summary> summary;
  std::uint64_t unknown = 0;  ///< Ids that were to go and are not there.
};

/// Writes down how one run went, as the settings "log", "log-format" and "metrics-file" say;
/// nothing if neither file is given. One thread.
class NightBook {
 public:
  /// Begins now. Throws Error(usage) for an unknown format, Error(output) if a file cannot be
  /// written, or is there and is no metrics file: before a night has been spent.
  NightBook(std::string_view verb, const std::string& index, const Settings& settings);

  /// What the run did, as soon as it is done.
  void done(const NightResult& result);
  /// Ends now. Throws Error(output).
  void close(int exit_code, const std::string& error = {});

 private:
  NightRecord record_;
  std::string log_;
  bool log_as_json_ = false;
  std::string metrics_;
};

}  // namespace wirecopy::app
