/// clean: which copy of a text is kept, and the way back.
///
/// Nothing is dropped without a line in the ledger that can undo it: `undo` rebuilds the accepted
/// input rows of a run, byte for byte and in order, from its kept rows and its ledger.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "wirecopy/read.h"

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

/// What keep_order looks at.
struct KeepFacts {
  std::uint32_t rank = 0;     ///< Place by (published, missing last; id); a permutation.
  std::uint32_t letters = 0;  ///< Length of the letter stream, in bytes.
  std::string_view source;    ///< Empty = unknown.
};

/// For every document its place in keep order, 0 = considered first. A permutation.
[[nodiscard]] std::vector<std::uint32_t> keep_order(const KeepRule& rule,
                                                    std::span<const KeepFacts> facts);

struct UndoCounts {
  std::uint64_t rows = 0;  ///< Rows written.
  std::uint64_t restored =
      0;  ///< Of these: dropped, repeated or repaired rows brought back from the ledger.
};

/// Rebuilds the accepted rows of the run in folder `run`, in input order, each ended by one
/// newline, and hands them to `write` piece by piece. Needs kept.jsonl and ledger.jsonl; where
/// summary.json is there too, its counts must agree. Throws Error(input) if one of the two is
/// missing, Error(damaged), naming file and line, if they do not fit together; rows handed over
/// before that are as the files say. Memory: a few rows.
UndoCounts undo(const std::string& run, const std::function<void(std::string_view)>& write);

}  // namespace wirecopy
