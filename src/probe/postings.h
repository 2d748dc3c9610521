// The postings of all documents, by partitions of the name.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/files.h"

namespace wirecopy::probe {

// The top 8 bits of a name are its partition, the next 32 stand in the record above the document.
// The lowest bits are those that decide what is kept.
inline constexpr std::size_t kPartitions = 256;
inline constexpr unsigned kDocumentBits = 32;

[[nodiscard]] constexpr std::size_t partition_of(std::uint64_t name) noexcept {
  return name >> 56U;
}
[[nodiscard]] constexpr std::uint64_t record_of(std::uint64_t name,
                                                std::uint32_t document) noexcept {
  return name >> 24U << kDocumentBits | document;
}
[[nodiscard]] constexpr std::uint32_t document_of(std::uint64_t record) noexcept {
  return static_cast<std::uint32_t>(record);
}
[[nodiscard]] constexpr std::uint64_t name_of(std::uint64_t record) noexcept {
  return record >> kDocumentBits;
}

// Appends to all partitions, then shows them one by one. Records lie in blocks that never move, so
// appending copies nothing and full blocks go to disk as they are.
class Postings {
 public:
  // Full blocks are held up to `memory_bytes`; past it all go to a scratch file in `work_folder`.
  Postings(std::uint64_t memory_bytes, std::string work_folder)
      : most_blocks_(memory_bytes / (kBlock * sizeof(std::uint64_t))),
        work_folder_(std::move(work_folder)) {}

  // Throws Error(output).
  void add(std::uint64_t name, std::uint32_t document) {
    Partition& partition = partitions_[partition_of(name)];
    if (partition.size % kBlock == 0) open_block(partition);
    partition.blocks.back()[partition.size++ % kBlock] = record_of(name, document);
  }

  [[nodiscard]] std::size_t size(std::size_t partition) const {
    return partitions_[partition].size;
  }
  [[nodiscard]] std::size_t size() const;
  // Writes all full blocks; of each partition the last block stays.
  void spill();

  // Calls visit(records, count) for each block of one partition, in the order of adding. Any
  // thread. Throws Error(output) if the scratch file cannot be read.
  template <typename Visit>
  void for_each_block(std::size_t partition, Visit&& visit) const {
    const Partition& from = partitions_[partition];
    std::vector<std::uint64_t> buffer(from.offsets.empty() ? 0 : kBlock);
    for (const std::uint64_t offset : from.offsets) {
      read(offset, buffer);
      visit(buffer.data(), kBlock);
    }
    const std::size_t in_memory = from.size - from.offsets.size() * kBlock;
    for (std::size_t i = 0; i < from.blocks.size(); ++i) {
      visit(from.blocks[i].get(), std::min(kBlock, in_memory - i * kBlock));
    }
  }
  // Different threads may free different partitions.
  void free(std::size_t partition) { partitions_[partition] = Partition(); }

 private:
  static constexpr std::size_t kBlock = 8192;  // records; memory is touched only where written

  struct Partition {
    std::vector<std::uint64_t> offsets;  // of its first blocks in the scratch file
    std::vector<std::unique_ptr<std::uint64_t[]>> blocks;  // those after them
    std::size_t size = 0;
  };

  void open_block(Partition& partition);
  void read(std::uint64_t offset, std::span<std::uint64_t> into) const;

  std::array<Partition, kPartitions> partitions_;
  std::uint64_t most_blocks_;
  std::uint64_t full_blocks_ = 0;  // in memory
  std::string work_folder_;
  std::unique_ptr<base::ScratchFile> scratch_;
};

}  // namespace wirecopy::probe
