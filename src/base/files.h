/// The door to the file system: positional reads, outputs that appear when complete, scratch files
/// without a name.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <span>
#include <string>
#include <string_view>

namespace wirecopy::base {

/// What tells whether a file is still the one seen before.
struct FileStamp {
  std::uint64_t size = 0;
  std::int64_t modified = 0;  ///< Nanoseconds since 1970.
  friend bool operator==(const FileStamp&, const FileStamp&) = default;
};
/// Throws Error(input) if there is no such file.
[[nodiscard]] FileStamp stamp_of(const std::string& path);

/// An open file for reading. Movable, closed on destruction.
class InputFile {
 public:
  /// Throws Error(input) with the path and the system's reason. "-" is standard input.
  explicit InputFile(const std::string& path);
  ~InputFile();
  InputFile(InputFile&& other) noexcept;
  InputFile& operator=(InputFile&& other) noexcept;

  /// From now on `read` throws Error(interrupted) soon after *stop turns true, even while it waits
  /// for a pipe.
  void watch(const std::atomic<bool>* stop) noexcept { stop_ = stop; }

  /// Next bytes of the stream, at most into.size(); 0 at the end. Throws Error(input).
  [[nodiscard]] std::size_t read(std::span<char> into);
  /// Exactly into.size() bytes at an offset; any thread. Throws Error(input) if the file ends
  /// before: it changed.
  void read_at(std::uint64_t offset, std::span<char> into) const;

  [[nodiscard]] const std::string& path() const noexcept { return path_; }
  /// Size in bytes when opened; 0 for pipes.
  [[nodiscard]] std::uint64_t size() const noexcept { return regular_ ? stamp_.size : 0; }
  /// As it was when opened.
  [[nodiscard]] const FileStamp& stamp() const noexcept { return stamp_; }
  [[nodiscard]] bool regular() const noexcept { return regular_; }

 private:
  void wait_for_bytes() const;

  std::string path_;
  int descriptor_ = -1;
  FileStamp stamp_;
  bool regular_ = false;
  const std::atomic<bool>* stop_ = nullptr;
};

/// A file that appears under its name only when complete. Writes are buffered. Destroyed before
/// `commit`, it leaves nothing behind.
class OutputFile {
 public:
  /// Creates FOLDER/.NAME.tmp-PID with these permissions, less the umask. Throws Error(output).
  OutputFile(std::string folder, std::string name, std::uint32_t mode = 0666);
  /// The same for a path. Throws Error(output) also if there is such a file and `replace` is not
  /// set.
  [[nodiscard]] static OutputFile at(const std::string& path, bool replace);
  ~OutputFile();
  OutputFile(OutputFile&& other) noexcept;
  OutputFile& operator=(OutputFile&&) = delete;

  /// Throws Error(output), naming the file, when the disk is full or the write fails.
  void write(std::string_view bytes);
  void write_line(std::string_view line);
  /// Flushes to the disk (fsync) and closes. Throws Error(output). To be called before `commit`.
  void complete();
  /// Renames to the final name. Throws Error(output).
  void commit();

  [[nodiscard]] std::string path() const { return folder_ + "/" + name_; }

 private:
  void flush();

  std::string folder_;
  std::string name_;
  std::string temporary_;
  int descriptor_ = -1;
  std::string buffer_;
};

/// A scratch file without a name: it vanishes with the process, however that ends. Any thread may
/// append and read.
class ScratchFile {
 public:
  /// In `folder`, which must exist. Throws Error(output).
  explicit ScratchFile(const std::string& folder);
  ~ScratchFile();
  ScratchFile(const ScratchFile&) = delete;
  ScratchFile& operator=(const ScratchFile&) = delete;

  /// Offset at which the bytes now stand. Throws Error(output).
  std::uint64_t append(std::string_view bytes);
  void read_at(std::uint64_t offset, std::span<char> into) const;
  [[nodiscard]] std::uint64_t size() const noexcept { return size_; }

 private:
  friend class MappedScratch;

  std::string folder_;
  int descriptor_ = -1;
  std::uint64_t size_ = 0;
  std::mutex mutex_;
};

/// The contents of a scratch file, mapped for reading; the system may drop and reload its pages at
/// will. The scratch file must not be appended to any more and must outlive the mapping.
class MappedScratch {
 public:
  /// Throws Error(output).
  explicit MappedScratch(const ScratchFile& file);
  ~MappedScratch();
  MappedScratch(const MappedScratch&) = delete;
  MappedScratch& operator=(const MappedScratch&) = delete;

  [[nodiscard]] std::span<const char> bytes() const noexcept { return bytes_; }

 private:
  std::span<char> bytes_;
};

/// Puts bytes at the end of a file, by one write, so that lines of several processes do not mix;
/// makes the file if it is not there. Throws Error(output).
void append_to_file(const std::string& path, std::string_view bytes);

/// A whole small file. Throws Error(input).
[[nodiscard]] std::string read_file(const std::string& path);

}  // namespace wirecopy::base
