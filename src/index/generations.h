/// The folder of an index: whole generations, one that is current, one writer.
///
///     INDEX/
///       index.json          what is sealed: format, Recipe, rules (sealed.h)
///       key                 16 bytes in hexadecimal, mode 0600
///       CURRENT             one line: the number of a generation, and a checksum of the line
///       LOCK                held by the writer (fcntl), names it
///       generations/7/      a store (base/store.h), never changed; manifest.json: its files, their
///                           lengths and hashes, counts, Model digest
///       work/               the next generation while it is made; nobody reads it
///
/// A night makes work/ out of hard links to the current generation, adds to it, writes its manifest,
/// brings all of it to the disk, renames it to generations/N+1 and renames a new CURRENT into place.
/// So a reader sees whole generations only, and whatever dies midway leaves the last one current.
/// Going back is a new CURRENT.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace wirecopy::index {

/// One generation on disk.
struct Generation {
  std::uint32_t number = 0;  ///< From 1.
  std::string folder;
};

/// Takes the place of the one writer. Destroyed: gives it back; so does the system if the process
/// dies.
class WriterLock {
 public:
  /// Throws Error(locked) at once, naming process and host of the holder and since when, if there
  /// is one.
  explicit WriterLock(const std::string& index);
  ~WriterLock();
  WriterLock(WriterLock&&) noexcept;
  WriterLock& operator=(WriterLock&&) noexcept;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

class Generations {
 public:
  static constexpr std::size_t kKept = 3;  ///< Generations that stay for going back.

  /// `index` must be the folder of an index. Throws Error(input) if there is none, Error(damaged)
  /// if CURRENT says nothing that is there.
  explicit Generations(std::string index) : index_(std::move(index)) {}

  /// The current one; nothing before the first night. Throws Error(damaged).
  [[nodiscard]] std::optional<Generation> current() const;
  /// Those that are there, ascending, also such as were gone back from.
  [[nodiscard]] std::vector<Generation> all() const;

  /// For the writer: takes away what a dead writer left (work/, generations after the current one
  /// that were never made current), and names the folder of the next one, which must not exist.
  [[nodiscard]] std::string begin() const;
  /// Makes the finished folder of `begin` the current generation, after what `current` was, and
  /// takes away all but the last kKept of those before. Numbers are never used again: the new one
  /// has the highest ever used and one. Throws Error(output); the old one is then current still.
  Generation commit() const;
  /// Makes an earlier generation current. Throws Error(usage) naming those that are there.
  void go_back(std::uint32_t number) const;
  /// Takes away all but the current one.
  void forget_others() const;

 private:
  std::string index_;
};

}  // namespace wirecopy::index
