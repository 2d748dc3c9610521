#include "index/posting_sorter.h"

#include <algorithm>

namespace wirecopy::index {

void PostingSorter::spill() {
  if (!scratch_) scratch_ = std::make_unique<base::ScratchFile>(work_folder_);
  for (Partition& partition : partitions_) {
    if (partition.records.empty()) continue;
    const std::string_view bytes(reinterpret_cast<const char*>(partition.records.data()),
                                 partition.records.size() * sizeof(std::uint64_t));
    partition.runs.push_back({scratch_->append(bytes), partition.records.size()});
    partition.records.clear();
  }
  held_ = 0;
}

void PostingSorter::gather(Partition& partition) const {
  std::vector<std::uint64_t>& records = partition.records;
  for (const Run& run : partition.runs) {
    const std::size_t begin = records.size();
    records.resize(begin + run.count);
    scratch_->read_at(run.offset, {reinterpret_cast<char*>(records.data() + begin),
                                   run.count * sizeof(std::uint64_t)});
  }
  std::sort(records.begin(), records.end());
  records.erase(std::unique(records.begin(), records.end()), records.end());
}

void PostingSorter::finish(
    const std::function<void(std::uint32_t, std::span<const Posting>)>& take) {
  std::vector<Posting> postings;
  for (std::size_t i = 0; i < partitions_.size(); ++i) {
    Partition& partition = partitions_[i];
    gather(partition);
    const auto name_of = [i](std::uint64_t record) {
      return std::uint64_t{i} << kBelowPartition | record >> kDocumentBits << kBelowName;
    };
    for (auto at = partition.records.begin(); at != partition.records.end();) {
      const std::uint32_t prefix = blocks_.prefix_of(name_of(*at));
      postings.clear();
      for (; at != partition.records.end() && blocks_.prefix_of(name_of(*at)) == prefix; ++at) {
        postings.push_back({blocks_.suffix_of(name_of(*at)), static_cast<batch::Stored>(*at)});
      }
      take(prefix, postings);
    }
    partition = Partition();
  }
}

}  // namespace wirecopy::index
