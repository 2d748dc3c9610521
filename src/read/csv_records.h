/// Where CSV records end.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "read/block.h"

namespace wirecopy::read {

[[nodiscard]] constexpr char delimiter_of(Format format) noexcept {
  return format == Format::tsv ? '\t' : ',';
}

/// One record at the front of some bytes.
struct CsvRecord {
  std::size_t length = 0;   ///< Without its line end.
  std::size_t next = 0;     ///< Where the next one begins.
  bool complete = false;    ///< Its line end is there.
  bool open_quote = false;  ///< The bytes end inside a quoted cell.
};

/// Measures the record at the front of `bytes`. A record ends at a line end outside quotes. Quotes
/// count only where a cell begins with one; inside, a quote is doubled, or closes the cell if a
/// delimiter, a line end or (where `last`) the end of the bytes follows; any other is an ordinary
/// character. Libcsv reads them the same way. Cost: linear in the record.
[[nodiscard]] CsvRecord measure_record(std::string_view bytes, char delimiter, bool last) noexcept;

/// Cuts `bytes` into whole records, blank lines left out, and returns where the unfinished one
/// begins. `last`: no bytes will follow. If then a quote is still open, the lines from there on are
/// taken one by one: a forgotten quote costs its own line, and the cost stays linear.
std::size_t cut_records(std::string_view bytes, char delimiter, bool last,
                        std::vector<RecordPlace>& records);

/// Takes every line as a record; returns where the unfinished one begins.
std::size_t cut_lines(std::string_view bytes, bool last, std::vector<RecordPlace>& records);

}  // namespace wirecopy::read
