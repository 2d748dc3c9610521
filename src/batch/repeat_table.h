/// What articles say twice, and the captions they show, as the first pass saw them.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "batch/caption_grams.h"
#include "wirecopy/blocks.h"
#include "wirecopy/read.h"
#include "wirecopy/repeats.h"
#include "wirecopy/verify.h"

namespace wirecopy::batch {

/// A repeat of one document, in letters and in code points of its text.
struct FoundRepeat {
  std::uint32_t document = 0;
  Repeat found;
  std::optional<Span> first;  ///< What comes first, if both stand in the text.
  Span repeat;                ///< What comes later.
  bool cut_first = false;     ///< What does not stay comes first.
};

/// A block of one document that stands in others too.
struct StockSighting {
  std::uint32_t document = 0;
  std::uint64_t block = 0;  ///< block_hash.
};

/// A caption of one document.
struct CaptionSighting {
  std::uint32_t document = 0;
  std::uint64_t block = 0;  ///< block_hash.
  CaptionGrams grams{};
};

/// Both, ascending by document. Filled by one thread, then read by any number.
class RepeatTable {
 public:
  /// What was found in the text of the next document. Captions of fewer than 25 letters are
  /// nobody's.
  void add(std::uint32_t document, const NormalizedText& text, std::span<const Block> blocks,
           std::span<const Repeat> found);
  /// What another table says of its document `of`; here it is the next one, `document`.
  void add(const RepeatTable& other, std::uint32_t of, std::uint32_t document);

  [[nodiscard]] std::span<const FoundRepeat> all() const noexcept { return repeats_; }
  [[nodiscard]] std::span<const FoundRepeat> of(std::uint32_t document) const noexcept;
  [[nodiscard]] std::span<const CaptionSighting> captions() const noexcept { return captions_; }

 private:
  std::vector<FoundRepeat> repeats_;
  std::vector<CaptionSighting> captions_;
};

/// Whether a repeat of this kind is left out where articles are compared. Phrases and structure
/// vote: what says them twice means to.
[[nodiscard]] constexpr bool is_silent(RepeatKind kind) noexcept {
  return kind != RepeatKind::phrase && kind != RepeatKind::structural;
}

/// Adds what does not vote to ranges that are ascending, disjoint and not touching, and keeps them
/// so.
void mask_repeats(std::span<const FoundRepeat> repeats, std::vector<LetterRange>& masked);
/// The same for an article whose repeats are in no table.
void mask_repeats(const Document& document, const MarkedText& marked, RepeatFinder& finder,
                  std::vector<LetterRange>& masked);

}  // namespace wirecopy::batch
