/// Metrics of the runs that write an index, in the text format of Prometheus (version 0.0.4), as
/// its node exporter takes them from a folder.
///
/// The file holds what is known of every verb: a run takes the place of the last one of its verb
/// and index, and what it does not know (a failed one knows no counts, and is no success) stays as
/// it was.
#pragma once

#include <map>
#include <string>

#include "app/night_record.h"

namespace wirecopy::app {

/// Values as they are written, by name and labels: "wirecopy_rows{index=…,verb=…,result=…}".
using Metrics = std::map<std::string, std::string, std::less<>>;

/// Those of a file that an earlier run wrote; none if it is not there. Lines that are not ours are
/// left out. Throws Error(output) if the file is something else, which must not be replaced.
[[nodiscard]] Metrics read_metrics(const std::string& path);

/// Puts a run in.
void note_run(Metrics& metrics, const NightRecord& record);

[[nodiscard]] std::string metrics_text(const Metrics& metrics);

/// The three of them, by a temporary name and a rename. Throws Error(output).
void write_metrics(const std::string& path, const NightRecord& record);

}  // namespace wirecopy::app
