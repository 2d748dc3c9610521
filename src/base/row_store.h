/// Gives back the original bytes of accepted rows, so that the corpus text need not stay in memory.
///
/// A row of a plain JSONL file is read from its offset in that file; a row of a stream (compressed,
/// standard input, CSV, .txt) from a spool: blocks of rows, each a zstd frame, in a scratch file
/// that has no name.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.h"

namespace wirecopy::base {

/// Where a row lies. `block` is kInFile for rows of a plain file, else the number of a spooled
/// block.
struct RowPlace {
  static constexpr std::uint32_t kInFile = ~std::uint32_t{0};
  std::uint64_t offset = 0;  ///< In the file, or in the block once decompressed.
  std::uint32_t length = 0;
  std::uint32_t input = 0;  ///< Index of the input.
  std::uint32_t block = kInFile;
};

/// Append by one thread; read from any number at once, after the last append.
class RowStore {
 public:
  /// `paths[i]` is the file of input i. The spool is created in `work_folder` when the first block
  /// is spooled.
  RowStore(std::vector<std::string> paths, std::string work_folder);
  ~RowStore();
  RowStore(const RowStore&) = delete;
  RowStore& operator=(const RowStore&) = delete;

  /// Compresses rows for `append`; pure, any thread.
  [[nodiscard]] static std::string compress(std::string_view rows);
  /// Keeps a compressed block whose rows take `size` bytes; returns its number. Throws
  /// Error(output).
  std::uint32_t append(std::string_view compressed, std::uint64_t size);

  /// The row's bytes. Throws Error(input) if the file changed since it was first opened, and names
  /// it. Cost: one read; a spooled row decompresses its block (kept near 64 KiB: about 50 µs)
  /// unless the same thread read from it last.
  [[nodiscard]] std::string row(const RowPlace& place) const;
  /// The same, into memory that is used again.
  void row(const RowPlace& place, std::string& into) const;

  /// Throws Error(input) if any plain file that rows were read from has changed since it was
  /// opened.
  void check_unchanged() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace wirecopy::base
