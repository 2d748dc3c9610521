/// Memory for texts that are pointed into.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

namespace wirecopy::base {

/// What simdjson may read, or scribble, past the end of a text.
inline constexpr std::size_t kRowPadding = 64;

/// Memory that only grows until it is cleared, so views into it stay valid.
class TextArena {
 public:
  /// Room for `size` bytes, and kRowPadding more that may be scribbled on. What was written counts
  /// once it is kept.
  [[nodiscard]] char* room(std::size_t size);
  std::string_view keep(std::size_t size) noexcept;
  /// The same for a row that will be walked: a newline is put behind it, and stays there.
  std::string_view keep_row(std::size_t size) noexcept;
  std::string_view copy(std::string_view text);
  std::string_view copy_row(std::string_view row);
  /// Makes all views invalid; memory of ordinary size is used again.
  void clear() noexcept;

 private:
  struct Chunk {
    std::unique_ptr<char[]> bytes;
    std::size_t size = 0;
  };
  std::vector<Chunk> chunks_;
  std::size_t used_ = 0;  // of the last chunk
};

}  // namespace wirecopy::base
