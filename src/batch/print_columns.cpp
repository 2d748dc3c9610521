#include "batch/print_columns.h"

#include <algorithm>

namespace wirecopy::batch {

std::vector<std::uint64_t> distinct(std::vector<std::uint64_t> names) {
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

void PrintsBuffer::add(const Fingerprints& fingerprints, const NormalizedText& text,
                       std::span<const Block> text_blocks, bool has_stock) {
  const std::vector<Fingerprint>& values = fingerprints.values;
  for (const Fingerprint& fingerprint : values) names.push_back(fingerprint.name);
  if (has_stock) {
    const std::vector<BlockSighting> seen = wirecopy::sightings(text, text_blocks);
    std::uint32_t name = 0;
    for (std::size_t i = 0; i < seen.size(); ++i) {
      while (name < values.size() && values[name].begin < text_blocks[i].letters.begin) ++name;
      blocks.push_back({seen[i].block, name});
      sightings.push_back(seen[i]);
    }
  }
  ends.push_back({static_cast<std::uint32_t>(names.size()),
                  static_cast<std::uint32_t>(blocks.size()), fingerprints.kept});
}

Prints PrintsBuffer::prints_of(std::size_t document) const noexcept {
  const Ends begin = begin_of(document);
  const Ends& end = ends[document];
  return {std::span(names).subspan(begin.names, end.names - begin.names),
          std::span(blocks).subspan(begin.blocks, end.blocks - begin.blocks), end.kept};
}

std::span<const BlockSighting> PrintsBuffer::sightings_of(std::size_t document) const noexcept {
  const Ends begin = begin_of(document);
  return std::span(sightings).subspan(begin.blocks, ends[document].blocks - begin.blocks);
}

void PrintColumns::expect(std::uint64_t documents) {
  if (ends_.empty()) return;
  const auto so_far = static_cast<double>(ends_.size());
  const auto all = [&](std::uint64_t values) {
    return static_cast<std::uint64_t>(static_cast<double>(values) / so_far *
                                      static_cast<double>(documents));
  };
  names_.expect(all(names_.size()));
  blocks_.expect(all(blocks_.size()));
}

void PrintColumns::push_back(const Prints& prints) {
  names_.append(prints.names);
  blocks_.append(prints.blocks);
  ends_.push_back({names_.size(), blocks_.size()});
  kept_.push_back(prints.kept);
}

void PrintColumns::finish() {
  names_.finish();
  blocks_.finish();
}

void PrintColumns::free() {
  names_.free();
  blocks_.free();
  std::vector<Ends>().swap(ends_);
  std::vector<Kept>().swap(kept_);
  later_ = {};
}

Prints PrintColumns::prints_of(std::uint32_t document) const noexcept {
  const Ends begin = document == 0 ? Ends{} : ends_[document - 1];
  const Ends& end = ends_[document];
  Prints prints{names_.values().subspan(begin.names, end.names - begin.names),
                blocks_.values().subspan(begin.blocks, end.blocks - begin.blocks), kept_[document]};
  if (prints.blocks.empty() && !later_.empty()) {
    const auto found = later_.find(document);
    if (found != later_.end()) prints.blocks = found->second;
  }
  return prints;
}

void votes_of(const Prints& prints, std::uint64_t outlet, const Model& model, Fingerprints& votes) {
  votes.values.clear();
  votes.kept = prints.kept;
  const auto vote = [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) votes.values.push_back({prints.names[i], 0});
  };
  if (prints.blocks.empty()) return vote(0, prints.names.size());
  for (std::size_t i = 0; i < prints.blocks.size(); ++i) {
    const PrintedBlock& block = prints.blocks[i];
    const std::size_t end =
        i + 1 < prints.blocks.size() ? prints.blocks[i + 1].names_begin : prints.names.size();
    if (!model.is_boilerplate(outlet, block.block)) vote(block.names_begin, end);
  }
}

}  // namespace wirecopy::batch
