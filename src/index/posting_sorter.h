/// The postings of one night, in any order → blocks in the order of their keys.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/files.h"
#include "index/posting_block.h"

namespace wirecopy::index {

/// By partitions of the name, of which one is sorted at a time; past its memory all go to a scratch
/// file. 8 bytes a posting. One thread.
class PostingSorter {
 public:
  PostingSorter(PostingBlocks blocks, std::uint64_t memory_bytes, std::string work_folder)
      : blocks_(blocks),
        most_(memory_bytes / sizeof(std::uint64_t)),
        work_folder_(std::move(work_folder)) {}

  /// Throws Error(output) if the scratch file cannot be written.
  void add(std::uint64_t name, batch::Stored document) {
    if (held_ >= most_ && held_ != 0) spill();
    partitions_[name >> kBelowPartition].records.push_back(name >> kBelowName << kDocumentBits |
                                                           static_cast<std::uint32_t>(document));
    ++held_;
  }

  /// Calls take(prefix, postings), ascending, for each prefix that has any; they are sorted and
  /// distinct. Nothing can be added any more. Throws Error(output).
  void finish(const std::function<void(std::uint32_t, std::span<const Posting>)>& take);

 private:
  // The top 8 bits of a name are its partition, the next 32 stand in the record above the document.
  static constexpr unsigned kBelowPartition = 56;
  static constexpr unsigned kBelowName = 24;
  static constexpr unsigned kDocumentBits = 32;
  struct Run {
    std::uint64_t offset = 0;
    std::size_t count = 0;
  };
  struct Partition {
    std::vector<std::uint64_t> records;
    std::vector<Run> runs;  // in the scratch file
  };

  void spill();
  void gather(Partition& partition) const;

  PostingBlocks blocks_;
  std::array<Partition, 256> partitions_;
  std::uint64_t most_;
  std::uint64_t held_ = 0;  // in memory
  std::string work_folder_;
  std::unique_ptr<base::ScratchFile> scratch_;
};

}  // namespace wirecopy::index
