#include "cli/output.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "wirecopy/error.h"

namespace wirecopy::cli {
namespace {

[[noreturn]] void fail() {
  throw Error(ErrorCode::output,
              fmt::format("cannot write to standard output: {}", std::strerror(errno)));
}

}  // namespace

void write_out(std::string_view bytes) {
  if (std::fwrite(bytes.data(), 1, bytes.size(), stdout) != bytes.size()) fail();
}

void flush_out() {
  if (std::fflush(stdout) != 0) fail();
}

}  // namespace wirecopy::cli
