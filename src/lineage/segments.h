/// The lines and sentences of a stretch.
#pragma once

#include <span>
#include <vector>

#include "lineage/tokens.h"

namespace wirecopy::lineage {

/// Tokens [begin, end), never empty.
struct Segment {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool whole_block = false;  ///< Begins and ends where blocks do.
};

[[nodiscard]] std::vector<Segment> segments_of(const Stretch& stretch);

[[nodiscard]] std::span<NamedTokens> names_in(Stretch& stretch, const Segment& segment);

}  // namespace wirecopy::lineage
