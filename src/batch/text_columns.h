/// What the first pass derives of a text on its own.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "batch/print_columns.h"
#include "batch/repeat_table.h"
#include "wirecopy/batch.h"
#include "wirecopy/blocks.h"
#include "wirecopy/collapse.h"
#include "wirecopy/fingerprint.h"
#include "wirecopy/normalize.h"
#include "wirecopy/repeats.h"
#include "wirecopy/shingle.h"
#include "wirecopy/sketch.h"

namespace wirecopy::batch {

/// Of some texts, one behind the other.
struct TextColumns {
  std::vector<std::uint64_t> text_hashes;
  std::vector<LettersHash> letters;
  std::vector<std::uint32_t> letter_counts;
  std::vector<std::uint64_t> word_hashes;
  std::vector<Signature> signatures;
  PrintsBuffer prints;
  RepeatTable repeats;  ///< Documents count from 0.
};

/// Derives them. Any thread.
class TextDeriver {
 public:
  TextDeriver(const Recipe& recipe, const MatchRule& rule);

  /// Memory that a thread uses again from text to text.
  struct Scratch {
    explicit Scratch(const RepeatRule& rule) : finder(rule) {}
    NormalizedText text;
    Shingler::Scratch words;
    std::vector<std::uint64_t> shingles;
    Fingerprinter::Scratch letters;
    Fingerprints fingerprints;
    std::vector<Block> blocks;
    std::vector<Block> sentences;
    RepeatFinder finder;
    std::vector<Repeat> repeats;
  };
  [[nodiscard]] Scratch scratch() const { return Scratch(repeats_.value_or(RepeatRule())); }

  /// Appends those of one document.
  void add(const Document& document, Scratch& scratch, TextColumns& columns) const;

 private:
  Shingler shingler_;
  Sketcher sketcher_;
  std::optional<Fingerprinter> fingerprinter_;
  bool every_outlet_;  // some block is boilerplate whoever prints it
  std::optional<RepeatRule> repeats_;
};

}  // namespace wirecopy::batch
