#include <algorithm>

#include "base/hash.h"
#include "wirecopy/learn.h"

namespace wirecopy {
namespace {

// Outlets and blocks are hashed apart: else an outlet's name printed as a block would have the same
// key for every outlet.
constexpr std::uint64_t kOutletSeed = 0x6f75746c6574;  // "outlet"

bool at_edge(LetterRange block, std::uint64_t letters, std::uint64_t percent) noexcept {
  return block.end * std::uint64_t{100} <= letters * percent ||
         (letters - block.begin) * std::uint64_t{100} <= letters * percent;
}

}  // namespace

std::uint64_t outlet_hash(std::string_view source) noexcept {
  if (source.empty()) return 0;
  const std::uint64_t hash = base::hash64(source, kOutletSeed);
  return hash != 0 ? hash : 1;
}

std::vector<BlockSighting> sightings(const NormalizedText& text, std::span<const Block> blocks,
                                     const BoilerplateRule& rule) {
  const std::uint64_t letters = text.letters().size();
  std::vector<BlockSighting> shown(blocks.size());
  std::vector<std::size_t> by_hash(blocks.size());
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    shown[i].block = block_hash(text, blocks[i]);
    shown[i].fits =
        blocks[i].words <= rule.max_words || at_edge(blocks[i].letters, letters, rule.edge_percent);
    by_hash[i] = i;
  }
  std::sort(by_hash.begin(), by_hash.end(),
            [&](std::size_t a, std::size_t b) { return shown[a].block < shown[b].block; });
  for (auto first = by_hash.begin(); first != by_hash.end();) {
    std::uint64_t equal_letters = 0;
    bool fits = false;
    auto after = first;
    for (; after != by_hash.end() && shown[*after].block == shown[*first].block; ++after) {
      equal_letters += blocks[*after].letters.end - blocks[*after].letters.begin;
      fits = fits || shown[*after].fits;
    }
    for (; first != after; ++first) {
      shown[*first].percent = static_cast<std::uint8_t>(equal_letters * 100 / letters);
      shown[*first].fits = fits;
    }
  }
  return shown;
}

std::vector<LetterRange> masked_ranges(const Model& model, std::string_view source,
                                       const NormalizedText& text, std::span<const Block> blocks) {
  std::vector<LetterRange> ranges;
  const std::uint64_t outlet = outlet_hash(source);
  if (outlet == 0 ? !model.knows_every_outlet() : model.size() == 0) return ranges;
  for (const Block& block : blocks) {
    if (!model.is_boilerplate(outlet, block_hash(text, block))) continue;
    if (!ranges.empty() && ranges.back().end == block.letters.begin) {
      ranges.back().end = block.letters.end;
    } else {
      ranges.push_back(block.letters);
    }
  }
  return ranges;
}

}  // namespace wirecopy
