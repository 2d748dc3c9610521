/// Walks article rows with simdjson's On-Demand front end: one pass that checks all of a row and
/// picks the values at a few paths. This is the door for rows from outside; base/json.h is for rows
/// of our own.
///
/// What simdjson leaves to its caller is done here: every value is looked at, also skipped ones;
/// numbers are checked by grammar only, so 1e999 and 30-digit integers pass; keys of the top level
/// are compared unescaped; nesting ends at kMaxJsonDepth.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/json_paths.h"
#include "base/text_arena.h"

namespace wirecopy::base {

inline constexpr std::size_t kMaxJsonDepth = 1024;

/// What stands at one path of a row.
struct JsonFound {
  enum class Kind : std::uint8_t {
    absent,
    other,    ///< null, true, false, an object, or an array of anything but strings.
    string,   ///< `text` is unescaped.
    number,   ///< `text` is the number as written.
    strings,  ///< An array of strings: `text` joins them with ", ".
  };
  Kind kind = Kind::absent;
  std::string_view text;
  std::string_view source = {};  ///< Of a string: what the row has between the quotes.
};

enum class RowFault : std::uint8_t {
  none,
  not_json,
  not_object,
  duplicate_key,
  needs_repair,  ///< Invalid UTF-8 or a lone surrogate: walk a copy made by `repair_row`
                 ///< (json_grammar.h).
};

/// Walks rows one after the other, with memory used again. One thread at a time.
class RowWalker {
 public:
  RowWalker();
  ~RowWalker();
  RowWalker(RowWalker&&) noexcept;
  RowWalker& operator=(RowWalker&&) noexcept;

  /// Walks `row`, which holds more than white space, and fills `found`, one per path. The row must
  /// be readable for kRowPadding bytes past its end, the first of which is white space: simdjson
  /// looks at that byte where a bracket is missing. Strings
  /// without escapes are views into the row, others into `arena`. After a fault `found` means
  /// nothing. Cost: linear; about 0.3 ns a byte.
  [[nodiscard]] RowFault walk(std::string_view row, const JsonPaths& paths, TextArena& arena,
                              std::span<JsonFound> found);

  /// What was wrong with the last row, for a person.
  [[nodiscard]] const std::string& detail() const noexcept;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace wirecopy::base
