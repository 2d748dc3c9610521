/// Standard output, with every failed write noticed.
#pragma once

#include <string_view>

namespace wirecopy::cli {

/// Nobody reads standard output any more, which is no error: the process ends quietly, as by
/// SIGPIPE.
struct BrokenPipe {};

/// Writes to standard output. Throws Error(output) if it cannot be written (disk full, closed),
/// BrokenPipe if its reader went away and SIGPIPE is ignored.
void write_out(std::string_view bytes);

/// Whether standard output is a terminal that shows colors, and its user wants any (NO_COLOR,
/// https://no-color.org).
[[nodiscard]] bool colors_wanted();

/// To be called at the end: what is still buffered may fail too. Throws like write_out.
void flush_out();

}  // namespace wirecopy::cli
