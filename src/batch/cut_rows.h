/// What is cut from the rows that are kept.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "wirecopy/clean.h"
#include "wirecopy/learn.h"
#include "wirecopy/read.h"
#include "wirecopy/report.h"

namespace wirecopy::batch {

/// A row that lost something.
struct CutRow {
  std::vector<Cut> cuts;                ///< Empty: the row stays as it is, and all else is empty.
  std::vector<std::string_view> texts;  ///< What was cut; views into the document.
  std::vector<RemovedBytes> removed;
  std::string row;
};

/// Cuts one row after the other. Not for several threads at once.
class RowCutter {
 public:
  RowCutter(const CutRule& rule, const Model& model);

  [[nodiscard]] CutRow cut(const Document& document);

 private:
  Cutter cutter_;
  Model model_;
  bool boilerplate_;
};

/// Tells the ledger and the summary of a cut row. `row` says which one it is.
void tell_cut(const CutRow& cut, LedgerRow row, Sink& sink, Summary& summary);

/// Adds what one dropped row loses; nothing: it was not measured.
void add_lost(std::optional<std::uint64_t> letters, Summary& summary);

/// Why the ledger has an original row beside the kept one.
inline constexpr std::string_view kWhyRepaired =
    "invalid UTF-8 or a lone surrogate; the kept row is a repaired copy";

}  // namespace wirecopy::batch
