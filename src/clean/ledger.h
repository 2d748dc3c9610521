/// The ledger of a run, read back for undo.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/lines.h"
#include "wirecopy/clean.h"

namespace wirecopy::clean {

/// A cut as the ledger tells it.
struct LedgerCut {
  std::string kind;
  RemovedBytes removed;
};

/// One line of the ledger.
struct LedgerLine {
  enum class Action : std::uint8_t { drop, repeated, repair, cut };
  std::uint64_t number = 0;  ///< From 1.
  std::uint64_t position = 0;
  Action action = Action::drop;
  std::string action_name;
  std::string id;
  std::string why;
  std::string row;              ///< The original row; empty for a cut.
  std::vector<LedgerCut> cuts;  ///< Of a cut.

  /// Whether the row is missing from kept.jsonl.
  [[nodiscard]] bool missing() const noexcept {
    return action == Action::drop || action == Action::repeated;
  }
};

/// All that the ledger says of one position: a row that is missing, or one that was repaired, cut
/// or both; one that was repaired and then dropped may have both lines.
struct Fate {
  std::optional<LedgerLine> missing;
  std::optional<LedgerLine> repair;
  std::optional<LedgerLine> cut;

  [[nodiscard]] bool empty() const noexcept { return !missing && !repair && !cut; }
};

/// Reads the lines in order. Errors: Error(damaged), naming file and line.
class Ledger {
 public:
  /// Throws Error(input) if there is no such file.
  explicit Ledger(const std::string& path);

  /// What became of a position; positions must be asked for in rising order, from 1.
  [[nodiscard]] Fate take(std::uint64_t position);

  [[nodiscard]] const base::LineReader& lines() const noexcept { return lines_; }
  [[nodiscard]] bool at_end() const noexcept { return !next_; }

  /// Throws Error(damaged) that names a line of this file; the last one read if it is 0.
  [[noreturn]] void fail(std::string_view what, std::uint64_t line = 0) const;

 private:
  void advance();
  [[nodiscard]] LedgerLine parse(std::string_view line);
  [[nodiscard]] std::string original_row() const;
  [[nodiscard]] std::vector<LedgerCut> cuts() const;

  base::LineReader lines_;
  base::JsonRowReader json_;
  std::optional<LedgerLine> next_;
  std::uint64_t last_position_ = 0;
};

/// A line of one of the files of a run; nothing at the end. Throws Error(damaged) if it is cut
/// short.
[[nodiscard]] std::optional<std::string_view> next_line(base::LineReader& lines);

}  // namespace wirecopy::clean
