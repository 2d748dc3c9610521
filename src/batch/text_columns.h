/// What a run remembers of each text by itself: made on any thread, appended to the corpus by one.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/row_store.h"
#include "batch/ingest.h"
#include "batch/print_columns.h"
#include "batch/repeat_table.h"
#include "wirecopy/batch.h"
#include "wirecopy/fingerprint.h"
#include "wirecopy/normalize.h"
#include "wirecopy/shingle.h"
#include "wirecopy/sketch.h"

namespace wirecopy::batch {

/// The columns of a few documents, in their order.
struct BlockColumns {
  std::vector<std::uint64_t> text_hashes;
  std::vector<LettersHash> letters;
  std::vector<std::uint32_t> letter_counts;
  std::vector<std::uint64_t> word_hashes;
  std::vector<Signature> signatures;
  PrintsBuffer prints;
  RepeatTable repeats;  ///< Documents count within the block.
};

/// Derives the columns of a document's text. Any thread.
class TextColumns {
 public:
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

  TextColumns(const Recipe& recipe, const MatchRule& rule);

  [[nodiscard]] Scratch scratch() const { return Scratch(repeats_.value_or(RepeatRule())); }
  void add(const Document& document, Scratch& scratch, BlockColumns& columns) const;

 private:
  static void add_repeats(const Document& document, Scratch& scratch, BlockColumns& columns);

  Shingler shingler_;
  Sketcher sketcher_;
  std::optional<Fingerprinter> fingerprinter_;
  bool every_outlet_;  // some block is boilerplate whoever prints it
  std::optional<RepeatRule> repeats_;
};

/// Appends the columns of document `i` of a block to those of the corpus, but for its table.
/// Repeats are not appended if none were looked for. `learner`, if there is one, is told what the
/// document shows.
void append_columns(const BlockColumns& columns, std::size_t i, std::string_view source,
                    bool repeats, Learner* learner, Corpus& corpus);
/// The same of a document that is new, with its row in the table, under its id.
void append(const BlockColumns& columns, std::size_t i, const Document& document,
            std::string_view id, const RowOrigin& origin, bool repeats, Learner* learner,
            Corpus& corpus);

/// Rows on their way to the spool, in blocks of about 64 KiB: to read one back costs about 50 µs.
class RowSpool {
 public:
  /// Where the next row can be read back; `block` counts within this spool.
  base::RowPlace add(std::string_view row, std::uint32_t input);
  /// Compresses what is left. To be called once, after the last row.
  void finish();
  /// Hands all to the store and gives each place the number of its block there; those in files stay
  /// as they are.
  void append_to(base::RowStore& store, std::vector<base::RowPlace>& places) const;

 private:
  struct Compressed {
    std::string bytes;
    std::uint64_t size = 0;
  };
  std::string pending_;
  std::vector<Compressed> blocks_;
};

}  // namespace wirecopy::batch
