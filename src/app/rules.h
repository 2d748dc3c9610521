/// Rules files: what a team knows to be stock, one line a passage, to be read, edited and kept
/// under version control.
///
/// Tab-separated with a header: source, kind, articles, first_seen, last_seen, text. Lines that
/// begin with # are comments. An empty source means every outlet. White space in a text does not
/// matter, for texts are compared by their letters; tabs and newlines are written as spaces. The
/// kind is boilerplate or stock_caption; articles and dates are for the reader and may be empty.
#pragma once

#include <string>
#include <vector>

#include "wirecopy/learn.h"
#include "wirecopy/report_rows.h"

namespace wirecopy::app {

/// Writes a rules file: sorted by source and text, so that two of them can be compared line by
/// line. It appears under its name only when complete.
class RulesWriter {
 public:
  RulesWriter(std::string path, bool replace) : path_(std::move(path)), replace_(replace) {}
  void add(const StockRow& row);
  /// Throws Error(output) if the file exists and is not to be replaced, or cannot be written.
  void finish();

 private:
  std::string path_;
  bool replace_;
  std::vector<std::string> lines_;
};

/// The passages of a rules file. Throws Error(input), naming file and line, for anything that is
/// not as above.
[[nodiscard]] std::vector<StockText> read_rules(const std::string& path);

}  // namespace wirecopy::app
