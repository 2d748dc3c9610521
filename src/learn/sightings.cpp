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
  struct Shown {
    std::uint64_t block;
    std::uint64_t letters;
    bool fits;
  };
  const std::uint64_t letters = text.letters().size();
  std::vector<Shown> shown;
  shown.reserve(blocks.size());
  for (const Block& block : blocks) {
    shown.push_back(
        {block_hash(text, block), block.letters.end - block.letters.begin,
         block.words <= rule.max_words || at_edge(block.letters, letters, rule.edge_percent)});
  }
  std::sort(shown.begin(), shown.end(),
            [](const Shown& a, const Shown& b) { return a.block < b.block; });
  std::vector<BlockSighting> result;
  result.reserve(shown.size());
  for (std::size_t i = 0; i < shown.size();) {
    Shown all = shown[i];
    for (++i; i < shown.size() && shown[i].block == all.block; ++i) {
      all.letters += shown[i].letters;
      all.fits = all.fits || shown[i].fits;
    }
    result.push_back({all.block, static_cast<std::uint8_t>(all.letters * 100 / letters), all.fits});
  }
  return result;
}

std::vector<LetterRange> masked_ranges(const Model& model, std::string_view source,
                                       const NormalizedText& text, std::span<const Block> blocks) {
  std::vector<LetterRange> ranges;
  const std::uint64_t outlet = outlet_hash(source);
  if (outlet == 0 || model.size() == 0) return ranges;
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
