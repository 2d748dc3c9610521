/// What probe and learn take of every document: the names of its fingerprints, block by block.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "batch/pieces.h"
#include "wirecopy/fingerprint.h"
#include "wirecopy/learn.h"

namespace wirecopy::batch {

/// A block of a document of which some may be boilerplate; its fingerprints are those that begin in
/// it. In halves, so that nothing is lost to alignment.
struct PrintedBlock {
  PrintedBlock() = default;
  PrintedBlock(std::uint64_t hash, std::uint32_t first_name)
      : low(static_cast<std::uint32_t>(hash)),
        high(static_cast<std::uint32_t>(hash >> 32U)),
        names_begin(first_name) {}

  std::uint32_t low = 0;  ///< Of its block_hash.
  std::uint32_t high = 0;
  std::uint32_t names_begin = 0;  ///< Among the document's names; they end where the next begin.

  [[nodiscard]] std::uint64_t block() const noexcept { return std::uint64_t{high} << 32U | low; }
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

/// Prints by document: first appended, then read once, in the order of documents. Not for several
/// threads at once.
class PrintColumns {
 public:
  PrintColumns(std::uint64_t memory_bytes, const std::string& work_folder)
      : names_(memory_bytes / 2, work_folder), blocks_(memory_bytes / 2, work_folder) {}

  void push_back(const Prints& prints);
  [[nodiscard]] std::size_t size() const noexcept { return counts_.size(); }
  /// Calls visit(document, prints) for all; what was read is freed on the way.
  template <typename Visit>
  void take_each(Visit&& visit) {
    for (std::uint32_t document = 0; document < counts_.size(); ++document) {
      const Counts& count = counts_[document];
      const std::span<const std::uint64_t> names = names_.take(count.names);
      visit(document, Prints{names, blocks_.take(count.blocks), count.kept});
    }
    std::vector<Counts>().swap(counts_);
  }

 private:
  struct Counts {
    std::uint32_t names = 0;
    std::uint32_t blocks = 0;
    Kept kept = Kept::all;
  };

  Pieces<std::uint64_t> names_;
  Pieces<PrintedBlock> blocks_;
  std::vector<Counts> counts_;
};

/// The fingerprints that vote: those of blocks that are boilerplate of the outlet are left out.
/// Replaces the contents of `votes`.
void votes_of(const Prints& prints, std::uint64_t outlet, const Model& model, Fingerprints& votes);

}  // namespace wirecopy::batch
