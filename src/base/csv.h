/// The door to libcsv: the cells of one record.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace wirecopy::base {

/// Splits records, with memory used again. A cell in double quotes may hold anything, with its
/// quotes doubled; spaces belong to the cell; line ends inside a record are ordinary characters.
/// One thread at a time.
class CsvSplitter {
 public:
  CsvSplitter();
  ~CsvSplitter();
  CsvSplitter(const CsvSplitter&) = delete;
  CsvSplitter& operator=(const CsvSplitter&) = delete;

  /// The cells of a record, which comes without the line end behind it and is not empty. Views are
  /// valid until the next call.
  [[nodiscard]] const std::vector<std::string_view>& split(std::string_view record, char delimiter);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The text as one cell in double quotes, with its quotes doubled.
[[nodiscard]] std::string csv_cell(std::string_view text);

}  // namespace wirecopy::base
