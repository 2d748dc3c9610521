#include "probe/postings.h"

namespace wirecopy::probe {

std::size_t Postings::size() const {
  std::size_t total = 0;
  for (const Partition& partition : partitions_) total += partition.size;
  return total;
}

void Postings::open_block(Partition& partition) {
  if (!partition.blocks.empty()) ++full_blocks_;
  partition.blocks.push_back(std::make_unique_for_overwrite<std::uint64_t[]>(kBlock));
  if (full_blocks_ > most_blocks_) spill();
}

void Postings::spill() {
  if (!scratch_) scratch_ = std::make_unique<base::ScratchFile>(work_folder_);
  for (Partition& partition : partitions_) {
    if (partition.blocks.empty()) continue;
    for (std::size_t i = 0; i + 1 < partition.blocks.size(); ++i) {
      const auto* const bytes = reinterpret_cast<const char*>(partition.blocks[i].get());
      partition.offsets.push_back(scratch_->append({bytes, kBlock * sizeof(std::uint64_t)}));
    }
    partition.blocks.erase(partition.blocks.begin(), partition.blocks.end() - 1);
  }
  full_blocks_ = 0;
}

void Postings::read(std::uint64_t offset, std::span<std::uint64_t> into) const {
  scratch_->read_at(offset, {reinterpret_cast<char*>(into.data()), into.size_bytes()});
}

}  // namespace wirecopy::probe
