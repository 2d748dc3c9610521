/// Which repeats of a text are cut, and how many letters of each.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "wirecopy/clean.h"

namespace wirecopy::clean {

/// Letters that go.
struct Passage {
  const Repeat* repeat = nullptr;
  LetterRange letters;               ///< Those of the repeat, or of its whole block.
  std::uint64_t unique_letters = 0;  ///< Of them; the rest of a block taken whole counts too.
};

/// The passages to cut from a text now, ascending and disjoint. None has letters of a `first` of
/// any repeat that the rule would cut, and none loses more than the rule allows; a passage that is
/// nearly all of its block takes the block unless one of both forbids it. Of repeats that overlap
/// the one that begins first goes, else the longer one; the other is for the next round. A repeat
/// from inside one block to inside another stays: without it the two would be one. Cost:
/// n log n in the repeats, and linear in the blocks that they stand in.
[[nodiscard]] std::vector<Passage> choose_passages(const NormalizedText& text,
                                                   std::span<const Block> blocks,
                                                   std::span<const Repeat> repeats,
                                                   const CutRule& rule);

}  // namespace wirecopy::clean
