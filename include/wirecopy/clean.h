/// clean: which copy of a text is kept, what is cut from it, and the way back.
///
/// Nothing is dropped or cut without a line in the ledger that can undo it: `undo` rebuilds the
/// accepted input rows of a run, byte for byte and in order, from its kept rows and its ledger.
///
/// A cut takes exactly the repeated passage and the white space it leaves; it takes the whole block
/// where the passage is nearly all of it. A text is searched again after its cuts, until nothing is
/// left to cut: cutting a cut text changes nothing.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "wirecopy/read.h"
#include "wirecopy/repeats.h"

namespace wirecopy {

/// The order in which documents are considered for keeping. Ties always end at the smaller id.
struct KeepRule {
  enum class By : std::uint8_t {
    first,    ///< Earliest published; missing last.
    longest,  ///< Most letters first, then as `first`.
    sources,  ///< Sources in the order listed, all others after them; then as `first`.
  };
  By by = By::first;
  std::vector<std::string> sources;

  /// Reads "first", "longest" or "sources=a,b". Throws Error(usage) for anything else.
  [[nodiscard]] static KeepRule parse(std::string_view text);
  /// The inverse of parse.
  [[nodiscard]] std::string name() const;
};

/// Which copies go, by what they are of a kept one.
struct DropRule {
  bool identical = true;
  bool near_duplicate = true;
  bool abridged = false;                ///< Of which nearly all stands in the longer copy.
  std::uint32_t abridged_percent = 98;  ///< So much of it.

  /// Reads "identical,near_duplicate,abridged", or "none". Throws Error(usage) for anything else.
  [[nodiscard]] static DropRule parse(std::string_view list);
  /// The inverse of parse.
  [[nodiscard]] std::string name() const;
};

/// What keep_order looks at.
struct KeepFacts {
  std::uint32_t rank = 0;     ///< Place by (published, missing last; id); a permutation.
  std::uint32_t letters = 0;  ///< Length of the letter stream, in bytes.
  std::string_view source;    ///< Empty = unknown.
};

/// For every document its place in keep order, 0 = considered first. A permutation.
[[nodiscard]] std::vector<std::uint32_t> keep_order(const KeepRule& rule,
                                                    std::span<const KeepFacts> facts);

/// What is cut.
struct CutRule {
  RepeatKinds kinds{RepeatKind::trailer, RepeatKind::caption_exact, RepeatKind::caption_near,
                    RepeatKind::block};  ///< Throws nothing away that stands nowhere else, but for
                                         ///< trailers. Never phrase or structural.
  std::uint64_t max_lost = 200;          ///< No cut loses more letters that stand nowhere else.
  std::uint32_t whole_block_percent = 95;  ///< A passage of so much of its block takes all of it.
  RepeatRule repeats;
};

/// One stretch cut out of a text.
struct Cut {
  RepeatKind kind = RepeatKind::block;
  Span span;                  ///< In the original text, with the white space that goes.
  std::optional<Span> first;  ///< What stays in its place, in the original text; as in Repeat.
  std::uint64_t unique_letters = 0;  ///< Of it that stand nowhere else in the article.
  friend bool operator==(const Cut&, const Cut&) = default;
};

/// Decides the cuts of one text after the other. Not for several threads at once.
class Cutter {
 public:
  /// Throws Error(usage) if the rule would cut phrase or structural, or is out of range.
  explicit Cutter(const CutRule& rule = {});
  ~Cutter();
  Cutter(Cutter&&) noexcept;
  Cutter& operator=(Cutter&&) noexcept;

  /// Adds the repeats of other kinds, stock captions and boilerplate, that are known of a text.
  using More = std::function<void(std::string_view utf8, const NormalizedText& text,
                                  std::span<const Block> blocks, std::vector<Repeat>& into)>;

  /// The cuts of a text, which must be well-formed, as that of a Document is: ascending, disjoint,
  /// not empty. No `first` lies in a cut. `more` must depend on its arguments alone. Cost: that of
  /// normalize, split_blocks and RepeatFinder for each round; a text that would take over 64 of
  /// them is left as it is. Memory: 4 bytes a code point while there is something to cut.
  [[nodiscard]] std::vector<Cut> cuts(std::string_view title, std::string_view utf8,
                                      const More& more = {});

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The text without its cuts.
[[nodiscard]] std::string cut_text(std::string_view utf8, std::span<const Cut> cuts);
/// What the text loses, one view into it a cut.
[[nodiscard]] std::vector<std::string_view> removed_texts(std::string_view utf8,
                                                          std::span<const Cut> cuts);

/// Bytes that a cut took out of a row.
struct RemovedBytes {
  std::uint64_t at = 0;  ///< Where they stood in the whole row.
  std::string bytes;     ///< As written there, escapes and all.
  friend bool operator==(const RemovedBytes&, const RemovedBytes&) = default;
};

/// A row of JSON whose text value, `text_json` (a view into `row`: what stands between the quotes),
/// loses its cuts; all other bytes stay as they are. Gives one RemovedBytes a cut.
[[nodiscard]] std::string cut_row(std::string_view row, std::string_view text_json,
                                  std::span<const Cut> cuts, std::vector<RemovedBytes>& removed);

/// What undo brings back. Empty lists select everything.
struct UndoSelection {
  std::vector<std::string> ids;
  /// Verdicts and sentences of `why`, actions (drop, cut, repeated, repair), kinds of repeats.
  std::vector<std::string> reasons;
};

struct UndoCounts {
  std::uint64_t rows = 0;      ///< Rows written.
  std::uint64_t restored = 0;  ///< Of these: brought back or mended from the ledger.
};

/// Rebuilds the accepted rows of the run in folder `run`, in input order, each ended by one
/// newline, and hands them to `write` piece by piece; with a selection, all rows but those that
/// were dropped for another reason, cut where another reason cut them. A row that is still cut
/// stays repaired too: its original bytes are whole. Needs kept.jsonl and ledger.jsonl; where
/// summary.json is there too, its counts must agree. Throws Error(input) if one of the two is
/// missing, Error(damaged), naming file and line, if they do not fit together; rows handed over
/// before that are as the files say. Memory: a few rows.
UndoCounts undo(const std::string& run, const UndoSelection& selection,
                const std::function<void(std::string_view)>& write);

}  // namespace wirecopy
