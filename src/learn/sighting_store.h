/// Sightings of all documents, apart by the upper bits of their keys, so that each part is learned
/// from alone and in the cache.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace wirecopy::learn {

class SightingStore {
 public:
  static constexpr unsigned kPartitionBits = 8;
  static constexpr std::size_t kPartitions = std::size_t{1} << kPartitionBits;

  /// `share` is a byte of the caller's own.
  void add(std::uint64_t key, std::uint32_t document, std::uint8_t share) {
    Partition& partition = partitions_[key >> (64U - kPartitionBits)];
    const std::size_t at = partition.size % kChunk;
    if (at == 0) partition.chunks.push_back(std::make_unique_for_overwrite<Chunk>());
    Chunk& chunk = *partition.chunks.back();
    chunk.keys[at] = key;
    chunk.documents[at] = document;
    chunk.shares[at] = share;
    ++partition.size;
  }

  [[nodiscard]] std::size_t size(std::size_t partition) const noexcept {
    return partitions_[partition].size;
  }

  /// Calls visit(key, document, share) for all of a partition.
  template <typename Visit>
  void for_each(std::size_t partition, Visit&& visit) const {
    const Partition& part = partitions_[partition];
    for (std::size_t i = 0; i < part.size; ++i) {
      const Chunk& chunk = *part.chunks[i / kChunk];
      visit(chunk.keys[i % kChunk], chunk.documents[i % kChunk], chunk.shares[i % kChunk]);
    }
  }

  void free(std::size_t partition) noexcept { partitions_[partition] = {}; }

 private:
  static constexpr std::size_t kChunk = 1024;

  // Apart, so that nothing is lost to alignment.
  struct Chunk {
    std::array<std::uint64_t, kChunk> keys;
    std::array<std::uint32_t, kChunk> documents;
    std::array<std::uint8_t, kChunk> shares;
  };
  struct Partition {
    std::vector<std::unique_ptr<Chunk>> chunks;
    std::size_t size = 0;
  };

  std::array<Partition, kPartitions> partitions_;
};

}  // namespace wirecopy::learn
