/// The cuts of a text, given its repeats; and the rounds in which a text is cut until nothing is
/// left to cut.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "wirecopy/clean.h"

namespace wirecopy::clean {

/// What one look at a text cuts, in its own code points: ascending, disjoint, not empty. Requires
/// text = normalize(utf8), blocks = split_blocks(utf8, text) and repeats of the two, in any order.
[[nodiscard]] std::vector<Cut> plan_cuts(std::string_view utf8, const NormalizedText& text,
                                         std::span<const Block> blocks,
                                         std::span<const Repeat> repeats, const CutRule& rule);

/// Replaces `into` by the repeats of a text.
using FindRepeats = std::function<void(std::string_view utf8, const NormalizedText& text,
                                       std::span<const Block> blocks, std::vector<Repeat>& into)>;

/// Cuts one text after the other in rounds; memory is used again.
class RoundCutter {
 public:
  /// The cuts of a text in its code points, as Cutter::cuts promises, given that `find` depends on
  /// its arguments alone.
  [[nodiscard]] std::vector<Cut> cuts(std::string_view utf8, const CutRule& rule,
                                      const FindRepeats& find);

 private:
  NormalizedText text_;
  std::vector<Block> blocks_;
  std::vector<Repeat> repeats_;
  std::string rest_;  // what the rounds so far left
};

/// Throws Error(usage) if a rule would cut what is never cut, or is out of range.
void check_rule(const CutRule& rule);

}  // namespace wirecopy::clean
