/// How far a cut goes beyond its letters: the punctuation and white space that nothing would need
/// any more.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "wirecopy/blocks.h"

namespace wirecopy::clean {

/// The stretches of a text to cut for some passages, which are ascending, disjoint and not empty;
/// one each, ascending and disjoint; empty where its letters went with the one before. No letter
/// of no passage goes, but for those of the same normalization segment. Requires text =
/// normalize(utf8) and blocks = split_blocks(utf8, text).
///
/// What goes with a passage depends on where it stands in its block:
///   all of it     the lines with their bullet or number, and the newlines on that side where there
///                 are fewer of them: as many stay between the neighbors as stood on the other side
///   at its end    all up to the end of the line, and the white space before; a bracket or
///                 quotation mark stays where what it closes stays
///   at its head   its closing punctuation and the white space after it; the bullet stays
///   inside        the same, but white space before it where nothing else would do
/// Passages with nothing between them go as one.
///
/// Memory: 4 bytes a code point. Cost: linear.
[[nodiscard]] std::vector<Span> extents_of(std::string_view utf8, const NormalizedText& text,
                                           std::span<const Block> blocks,
                                           std::span<const LetterRange> passages);

}  // namespace wirecopy::clean
