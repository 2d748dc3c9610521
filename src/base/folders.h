/// What the index asks of the file system beyond reading and writing files: links, folders that
/// survive a power cut, randomness, and a lock that dies with its holder.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/hash.h"

namespace wirecopy::base {

/// Brings a file, or the names in a folder, to the disk. Throws Error(output): what was written may
/// then be lost, and asking again proves nothing.
void sync_path(const std::string& path);

/// Throws Error(output) if it is there, or cannot be made.
void make_folder(const std::string& path);

/// Gives a file a second name on the same disk, or copies it where the file system has no links.
/// Throws Error(output), Error(input) if `from` cannot be read.
void link_or_copy(const std::string& from, const std::string& to);
void copy_file(const std::string& from, const std::string& to);

/// A plain file of a folder.
struct FolderEntry {
  std::string name;
  std::uint64_t bytes = 0;
  std::uint64_t device = 0;  ///< Equal device and node: one file with two names.
  std::uint64_t node = 0;
  bool plain = true;  ///< Else a folder, a link or a device.
};
/// What is in a folder, by name. Throws Error(input).
[[nodiscard]] std::vector<FolderEntry> entries_of(const std::string& folder);

/// hash128 of a whole file, read in pieces. Throws Error(input).
[[nodiscard]] Hash128 hash_file(const std::string& path);
/// The same of its last `bytes`, or of all if it has fewer.
[[nodiscard]] Hash128 hash_end(const std::string& path, std::size_t bytes);

/// Renames on one disk; what has the name `to` goes, if it is a file. Throws Error(output).
void move_path(const std::string& from, const std::string& to);
/// Takes away a file or a folder with all that is in it; nothing if it is not there. Throws
/// Error(output).
void remove_path(const std::string& path);

/// From the system's source of randomness. Throws Error(output) if it has none.
void fill_random(std::span<std::uint8_t> bytes);

/// An exclusive lock on a file, of the kind that belongs to the open file (F_OFD_SETLK): closing
/// another descriptor of it does not give it back, and the death of the process does. The file
/// tells who holds it.
class LockFile {
 public:
  /// Makes the file if it is not there. Throws Error(locked) at once if somebody holds it, naming
  /// process, host and time, and calling the file's owner `what`; Error(output) if the file cannot
  /// be made or the file system has no locks.
  LockFile(const std::string& path, const std::string& what);
  ~LockFile();
  LockFile(LockFile&& other) noexcept;
  LockFile& operator=(LockFile&& other) noexcept;

 private:
  int descriptor_ = -1;
};

}  // namespace wirecopy::base
