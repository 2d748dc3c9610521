/// Lines of our own files and of truth files, one after the other.
///
/// A line ends at '\n' alone: rows may hold carriage returns.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace wirecopy::base {

/// Reads a plain, gzip or zstd file line by line. Memory: the longest line. One thread at a time.
class LineReader {
 public:
  /// Throws Error(input).
  explicit LineReader(const std::string& path);
  ~LineReader();
  LineReader(const LineReader&) = delete;
  LineReader& operator=(const LineReader&) = delete;

  /// The next line without its newline, valid until the next call; nothing at the end. Throws
  /// Error(input) or, for a damaged archive, Error(damaged).
  [[nodiscard]] std::optional<std::string_view> next();

  /// Number of the last line read, from 1.
  [[nodiscard]] std::uint64_t number() const noexcept;
  /// Whether the last line read had its newline: if not, the file may have been cut short.
  [[nodiscard]] bool complete() const noexcept;
  [[nodiscard]] const std::string& path() const noexcept;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace wirecopy::base
