/// What probe and learn take of every document: the names of its fingerprints, block by block.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "batch/column.h"
#include "wirecopy/fingerprint.h"
#include "wirecopy/learn.h"

namespace wirecopy::batch {

/// A block of a document of which some may be boilerplate; its fingerprints are those that begin in
/// it.
struct PrintedBlock {
  std::uint64_t block = 0;        ///< block_hash.
  std::uint32_t names_begin = 0;  ///< Among the document's names; they end where the next begin.
  std::uint32_t unused = 0;       ///< So that no byte of a scratch file is left to chance.
};

/// Fingerprints and blocks of one document.
struct Prints {
  std::span<const std::uint64_t> names;
  std::span<const PrintedBlock> blocks;
  Kept kept = Kept::all;
};

/// The same of some documents, one behind the other.
struct PrintsBuffer {
  std::vector<std::uint64_t> names;
  std::vector<PrintedBlock> blocks;
  std::vector<BlockSighting> sightings;  ///< One a block.
  struct Ends {
    std::uint32_t names = 0;
    std::uint32_t blocks = 0;
    Kept kept = Kept::all;
  };
  std::vector<Ends> ends;  ///< Of each document.

  /// Appends a document. `has_stock`: else its blocks are not looked at.
  void add(const Fingerprints& fingerprints, const NormalizedText& text,
           std::span<const Block> blocks, bool has_stock);

  [[nodiscard]] Ends begin_of(std::size_t document) const noexcept {
    return document == 0 ? Ends{} : ends[document - 1];
  }
  [[nodiscard]] Prints prints_of(std::size_t document) const noexcept;
  [[nodiscard]] std::span<const BlockSighting> sightings_of(std::size_t document) const noexcept;
};

/// Prints by document. Appended to by one thread; readable by any number after `finish`.
class PrintColumns {
 public:
  PrintColumns(std::uint64_t memory_bytes, const std::string& work_folder)
      : names_(memory_bytes / 2, work_folder), blocks_(memory_bytes / 2, work_folder) {}

  /// About so many documents will come in all: see Column.
  void expect(std::uint64_t documents);
  void push_back(const Prints& prints);
  void finish();
  /// Gives blocks to a document that has none. By one thread, while nobody asks.
  void add_blocks(std::uint32_t document, std::vector<PrintedBlock> blocks) {
    later_[document] = std::move(blocks);
  }
  [[nodiscard]] Prints prints_of(std::uint32_t document) const noexcept;
  /// Frees all; nothing can be asked any more.
  void free();
  [[nodiscard]] std::size_t size() const noexcept { return ends_.size(); }

 private:
  struct Ends {
    std::uint64_t names = 0;
    std::uint64_t blocks = 0;
  };

  Column<std::uint64_t> names_;
  Column<PrintedBlock> blocks_;
  std::vector<Ends> ends_;
  std::vector<Kept> kept_;
  std::unordered_map<std::uint32_t, std::vector<PrintedBlock>> later_;
};

/// The fingerprints that vote: those of blocks that are boilerplate of the outlet are left out.
/// Replaces the contents of `votes`.
void votes_of(const Prints& prints, std::uint64_t outlet, const Model& model, Fingerprints& votes);

/// Sorted, each once.
[[nodiscard]] std::vector<std::uint64_t> distinct(std::vector<std::uint64_t> names);

}  // namespace wirecopy::batch
