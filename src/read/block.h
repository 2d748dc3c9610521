/// The memory of one block of rows, on its way from the file to the documents.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/csv.h"
#include "base/json_walk.h"
#include "base/text_arena.h"
#include "read/fields.h"
#include "wirecopy/read.h"

namespace wirecopy {

/// So many bytes are read at a time: more no longer fits the second-level cache.
inline constexpr std::size_t kBlockBytes = std::size_t{512} << 10U;

namespace read {

/// Bytes that grow, with kRowPadding readable behind them. Unlike std::string it never fills memory
/// that is about to be overwritten.
class Buffer {
 public:
  [[nodiscard]] std::string_view bytes() const noexcept { return {data_.get(), size_}; }
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] std::size_t capacity() const noexcept { return capacity_; }
  /// What is free behind the bytes; `grow_by` makes part of it bytes.
  [[nodiscard]] std::span<char> free_space() noexcept {
    return {data_.get() + size_, capacity_ - size_};
  }
  void grow_by(std::size_t count) noexcept { size_ += count; }
  void reserve(std::size_t capacity);
  void append(std::string_view text);
  void drop_front(std::size_t count) noexcept;
  /// Puts a newline behind the bytes, as RowWalker wants it behind every row.
  void seal();
  void truncate(std::size_t size) noexcept { size_ = size; }
  void release() noexcept;

 private:
  std::unique_ptr<char[]> data_;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

/// Where a CSV record or a .txt file lies in a block.
struct RecordPlace {
  std::size_t begin = 0;
  std::size_t length = 0;
  std::string name = {};  // of a .txt file: the id of its row
};

}  // namespace read

/// Everything that belongs to one block. Used again and again, through BlockPool.
struct BlockMemory {
  // What `Reader::next` fills.
  read::Buffer bytes;        // JSONL: whole rows; CSV and .txt: the bytes that `records` lie in
  std::uint64_t offset = 0;  // of `bytes` in the decompressed input
  Format format = Format::jsonl;
  std::vector<read::RecordPlace> records;
  std::shared_ptr<const std::vector<std::string>> columns;  // of CSV
  std::vector<Rejected> rejected;                           // while cutting; behind the rows above
  std::shared_ptr<const read::FieldPlan> plan;

  // What `Reader::parse` uses.
  base::TextArena arena;  // strings that had escapes, repaired rows, rows made of records
  base::RowWalker walker;
  base::CsvSplitter csv;
  std::vector<base::JsonFound> found;

  /// Forgets the rows, keeps the memory unless it is out of the ordinary.
  void clear();
};

namespace read {

/// Blocks that are not in use. Any thread.
class BlockPool : public std::enable_shared_from_this<BlockPool> {
 public:
  /// A cleared block, which comes back by itself; the pool lives on until then.
  [[nodiscard]] std::shared_ptr<BlockMemory> take();

 private:
  void give(std::unique_ptr<BlockMemory> block);

  std::mutex mutex_;
  std::vector<std::unique_ptr<BlockMemory>> free_;
};

}  // namespace read
}  // namespace wirecopy
