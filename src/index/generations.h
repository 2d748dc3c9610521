/// The folder of an index: whole generations, one that is current, one writer.
///
///     INDEX/
///       index.json          what is sealed: format, Recipe, rules (sealed.h)
///       key                 16 bytes in hexadecimal, mode 0600
///       CURRENT             one line: number of the current generation, highest number ever
///                           current, hash of the manifest, hash of the line before
///       LOCK                held by the writer, names it
///       generations/7/      a store (base/store.h), never changed; manifest.json: its files, their
///                           lengths and hashes, counts, Model digest
///       work/               the next generation while it is made; nobody reads it
///       gone-7/             a generation while it is taken away
///
/// A night makes work/ out of hard links to the current generation, adds to it, writes its
/// manifest, brings all of it to the disk, renames it to generations/N+1 and renames a new CURRENT
/// into place. So a reader sees whole generations only, and whatever dies midway leaves the last
/// one current. Going back is a new CURRENT.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/folders.h"

namespace wirecopy::index {

/// One generation on disk.
struct Generation {
  std::uint32_t number = 0;  ///< From 1.
  std::string folder;
};

/// What the writer says of a generation.
struct Contents {
  std::map<std::string, std::uint64_t> counts;  ///< "documents": 41203, …
  std::string model;                            ///< Model::digest.
  friend bool operator==(const Contents&, const Contents&) = default;
};

/// Takes the place of the one writer. Destroyed: gives it back; so does the system if the process
/// dies.
class WriterLock {
 public:
  /// Throws Error(locked) at once, naming process and host of the holder and since when, if there
  /// is one.
  explicit WriterLock(const std::string& index);

 private:
  base::LockFile file_;
};

/// What is in a generation, as its writer said. Throws Error(damaged).
[[nodiscard]] Contents contents_of(const Generation& generation);

/// Reads every byte of a generation. Throws Error(damaged) naming the first file that is missing,
/// added, or not as it was written.
void check_files(const Generation& generation);

/// Readers call the first five at any time. All that follows is for who holds the WriterLock.
class Generations {
 public:
  /// Earlier generations that stay for going back.
  static constexpr std::size_t kKept = 3;

  /// The folder of an index. Nothing is read yet.
  explicit Generations(std::string index) : index_(std::move(index)) {}

  /// The current one; nothing before the first night. Looks at its manifest, at names, lengths and
  /// ends of all files and at every byte of small ones: what RocksDB would trust. Nothing may be
  /// opened that was not looked at. Cost: about 20 µs a file. Throws Error(input) if
  /// there is no index, Error(damaged) naming what is not as it was written.
  [[nodiscard]] std::optional<Generation> current() const;
  /// Calls open(current()) if there is one, and again if that failed while another one became
  /// current: for readers, whose generation may be taken away before they have opened it. What is
  /// opened then stays readable to the end. Throws what `open` throws.
  std::optional<Generation> open_current(const std::function<void(const Generation&)>& open) const;
  /// Number of the current one, 0 before the first night: enough to see whether it moved on. Cost:
  /// one small file. Throws as current().
  [[nodiscard]] std::uint32_t current_number() const;
  /// Those that are there, ascending, also such as were gone back from.
  [[nodiscard]] std::vector<Generation> all() const;

  /// Makes the folder of an index without generations; `seal` then makes it an index. What an
  /// earlier call left that died is written over. Throws Error(output) if there is an index, a
  /// generation of one, or anything else.
  void found() const;

  /// The number that the next one will have: the highest that ever was current, and one. Throws as
  /// current().
  [[nodiscard]] std::uint32_t next_number() const;
  /// Takes away what a dead writer left (work/, generations that were never made current), and
  /// names the folder of the next one, which does not exist. Throws Error(output).
  [[nodiscard]] std::string begin() const;
  /// Makes the finished folder of `begin` the current generation and takes away all before it but
  /// the one it was made from and kKept - 1 more. Numbers are never used again: the new one has the
  /// highest that ever was current, and one. Reads all files that are not those of the current one.
  /// Throws Error(output); the old one is then current still.
  [[nodiscard]] Generation commit(const Contents& contents) const;
  /// Makes another generation current that is there, after a look at it; mends a lost CURRENT, too.
  /// Throws Error(usage) naming those that are there, Error(damaged).
  void go_back(std::uint32_t number) const;
  /// Takes away all but the current one.
  void forget_others() const;

 private:
  std::string index_;
};

}  // namespace wirecopy::index
