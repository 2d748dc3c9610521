/// The door to RocksDB: ordered bytes in families, in a folder that is written once and then only
/// read.
///
/// A folder is never changed in place. `StoreWriter` makes the next one out of hard links to the
/// files of the last one and of new sorted files, so that readers of the last one notice nothing
/// and a writer that dies leaves nothing but a folder that nobody looks at.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wirecopy::base {

/// Joins the values that several nights wrote under one key, the oldest first, into one. Must be
/// associative. Called by RocksDB on any thread; throws Error(damaged) for bytes it cannot read.
using MergeValues =
    std::function<std::string(std::string_view key, std::span<const std::string_view> values)>;

/// One ordered map of bytes to bytes.
struct Family {
  std::string name;
  MergeValues merge;  ///< Empty: a later value takes the place of an earlier one.
  /// Bytes of values that lie side by side on disk, and are read and checked together.
  std::uint32_t block_bytes = 16'384;
  bool compressed = true;  ///< By zstd.
};

/// Reads a folder. Any number of threads. Every block that is read has its checksum verified; all
/// errors are Error(damaged) that name the file, but for a folder that is not there, or more files
/// than the process may open (one for each 128 MiB and night): Error(input).
///
/// RocksDB has no checksums in the last bytes of its files and in CURRENT, takes a list of files
/// that was cut for an older one, and, where it is built with assertions, ends the process at some
/// lies. So who opens a folder looks at those first (index/manifest.h).
class StoreReader {
 public:
  /// `cache_bytes` of blocks are held in memory, in all families together. Files are opened at
  /// once. Throws also if the families in the folder are not these.
  StoreReader(std::string folder, std::span<const Family> families, std::uint64_t cache_bytes);
  ~StoreReader();
  StoreReader(StoreReader&&) noexcept;
  StoreReader& operator=(StoreReader&&) noexcept;

  /// `family` is a place in the list that was given.
  [[nodiscard]] std::optional<std::string> get(std::size_t family, std::string_view key) const;
  /// Calls take(i, value) for those of `keys`, ascending, that are there. Cheaper than one by one.
  void get(std::size_t family, std::span<const std::string> keys,
           const std::function<void(std::size_t, std::string_view)>& take) const;
  /// Calls take(key, value) from the first key that is not below `from`, in ascending order of
  /// bytes, until it returns false.
  void scan(std::size_t family, std::string_view from,
            const std::function<bool(std::string_view, std::string_view)>& take) const;

  /// Reads every byte of every file and verifies its checksum.
  void verify() const;
  /// Bytes on disk of a family's files.
  [[nodiscard]] std::uint64_t bytes(std::size_t family) const;
  /// Keys, as the files count them: values that wait to be joined count each, and a removal takes
  /// away one.
  [[nodiscard]] std::uint64_t entries(std::size_t family) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Makes the next folder. One thread.
class StoreWriter {
 public:
  /// Begins `folder`, which must not exist, as a copy of `from` (empty: of nothing) by hard links.
  /// Throws Error(output), Error(damaged) if `from` cannot be read.
  StoreWriter(std::string folder, const std::string& from, std::span<const Family> families);
  ~StoreWriter();  ///< Unless it is finished the folder stays unusable; the caller takes it away.
  StoreWriter(StoreWriter&&) noexcept;
  StoreWriter& operator=(StoreWriter&&) noexcept;

  /// Keys of one family ascend strictly over all three calls. `put` takes the place of what was
  /// there; in a family with a merge, `join` adds to it. Throws Error(output), Error(usage) for
  /// keys out of order.
  void put(std::size_t family, std::string_view key, std::string_view value);
  void join(std::size_t family, std::string_view key, std::string_view value);
  void remove(std::size_t family, std::string_view key);

  /// Takes all in, joins runs of files where there are many (never all of them because of one
  /// night), brings everything to the disk (fsync of files and folder) and closes. `rewrite` reads
  /// and writes everything, so that no byte of what was removed or joined over is left in the
  /// folder.
  void finish(bool rewrite = false);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace wirecopy::base
