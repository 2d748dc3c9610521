#include "cli/output.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "wirecopy/error.h"

namespace wirecopy::cli {
namespace {

[[noreturn]] void fail() {
  if (errno == EPIPE) throw BrokenPipe();
  throw Error(ErrorCode::output,
              fmt::format("cannot write to standard output: {}", std::strerror(errno)));
}

}  // namespace

void write_out(std::string_view bytes) {
  if (std::fwrite(bytes.data(), 1, bytes.size(), stdout) != bytes.size()) fail();
}

bool colors_wanted() {
  const auto value = [](const char* name) {
    const char* const text = std::getenv(name);
    return std::string_view(text == nullptr ? "" : text);
  };
  return ::isatty(STDOUT_FILENO) != 0 && value("NO_COLOR").empty() && value("TERM") != "dumb";
}

void flush_out() {
  if (std::fflush(stdout) != 0) fail();
}

}  // namespace wirecopy::cli
