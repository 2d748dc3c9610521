/// The one exception type of wirecopy.
///
/// Set-up, files and broken contracts throw `Error`. A bad record is not an error: it is data
/// (`Rejected`), counted and reported, and the rest of the run goes on. Compute kernels are
/// `noexcept`.
#pragma once

#include <stdexcept>
#include <string>

namespace wirecopy {

/// What went wrong, by what the caller can do about it. Each edge (command line, HTTP, Python)
/// translates it once.
enum class ErrorCode {
  usage,    ///< The request itself is wrong: a setting out of range, two settings that exclude each
            ///< other.
  input,    ///< An input cannot be opened or read, or changed while it was being read.
  output,   ///< An output cannot be written: no permission, disk full, or a former run is in the
            ///< way.
  damaged,  ///< Stored data fails its checks.
  locked,   ///< Somebody else holds the lock; try again later.
  interrupted,  ///< The run was asked to stop (Ctrl-C, SIGTERM) and left nothing half-written.
};

/// An error with a code. `what()` is one sentence for a person: it names the file and the place
/// where there is one, what was expected, and what to do.
class Error : public std::runtime_error {
 public:
  Error(ErrorCode code, const std::string& message) : std::runtime_error(message), code_(code) {}

  [[nodiscard]] ErrorCode code() const noexcept { return code_; }

 private:
  ErrorCode code_;
};

}  // namespace wirecopy
