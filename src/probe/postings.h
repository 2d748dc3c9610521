// The postings of all documents, by partitions of the name.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

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

// Appends to all partitions, then gives them away one by one. Records lie in blocks that never
// move, so appending copies nothing and a full partition can go to disk as it is.
class Postings {
 public:
  void add(std::uint64_t name, std::uint32_t document) {
    Partition& partition = partitions_[partition_of(name)];
    if (partition.size % kBlock == 0) {
      partition.blocks.push_back(std::make_unique_for_overwrite<std::uint64_t[]>(kBlock));
    }
    partition.blocks.back()[partition.size++ % kBlock] = record_of(name, document);
  }

  [[nodiscard]] std::size_t size(std::size_t partition) const {
    return partitions_[partition].size;
  }

  // Calls visit(records, count) for each block of one partition. Any thread.
  template <typename Visit>
  void for_each_block(std::size_t partition, Visit&& visit) const {
    const Partition& from = partitions_[partition];
    for (std::size_t i = 0; i < from.blocks.size(); ++i) {
      visit(from.blocks[i].get(), std::min(kBlock, from.size - i * kBlock));
    }
  }
  // Different threads may free different partitions.
  void free(std::size_t partition) { partitions_[partition] = Partition(); }

 private:
  static constexpr std::size_t kBlock = 8192;  // records; memory is touched only where written

  struct Partition {
    std::vector<std::unique_ptr<std::uint64_t[]>> blocks;
    std::size_t size = 0;
  };
  std::array<Partition, kPartitions> partitions_;
};

}  // namespace wirecopy::probe
