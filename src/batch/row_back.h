/// Accepted rows read back, with what is cut from those that are kept.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/parallel.h"
#include "batch/cut_rows.h"
#include "batch/tell.h"

namespace wirecopy::batch {

/// An accepted row: a document, or a row that says again what a document says.
struct Accepted {
  std::uint32_t document = 0;  ///< Means nothing for a row that a stored document says.
  const RepeatedRow* repeated = nullptr;
};

[[nodiscard]] inline const RowOrigin& origin_of(const Accepted& accepted,
                                                const DocumentTable& table) {
  return accepted.repeated != nullptr ? accepted.repeated->origin
                                      : table.origins[accepted.document];
}

/// A row read back.
struct RowBack {
  Accepted accepted;
  std::string row;     ///< The original bytes.
  ParsedBlock parsed;  ///< Where the row was repaired or is cut.
  CutRow cut;
};

/// Reads rows back and cuts them. Any thread.
class RowReader {
 public:
  /// `parse_all`: also rows of which nothing is cut, and those that go. All of `told` outlives it.
  RowReader(const Told& told, bool parse_all);

  /// Fills in what belongs to `back.accepted`.
  void read(RowBack& back);

 private:
  [[nodiscard]] bool may_be_cut(std::uint32_t document) const;

  const Told& told_;
  bool parse_all_;
  bool cuts_stock_ = false;
  std::optional<base::PerThread<RowCutter>> cutters_;
};

}  // namespace wirecopy::batch
