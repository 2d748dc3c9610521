#include <fmt/format.h>

#include "base/csv.h"
#include "base/utf8.h"
#include "wirecopy/report.h"

namespace wirecopy {
namespace {

std::string cell(std::string_view text) { return base::csv_cell(base::repair_utf8(text)); }

}  // namespace

std::string to_csv(std::span<const OutletRow> rows) {
  std::string csv =
      "source,articles,copies,ran_first,share_copied,from,from_count,median_lag_seconds\n";
  for (const OutletRow& row : rows) {
    csv +=
        fmt::format("{},{},{},{},{:.6f},{},{},{}\n", cell(row.source), row.articles, row.copies,
                    row.ran_first, row.share_copied.value() / 1e6, cell(row.from), row.from_count,
                    row.median_lag_seconds ? fmt::to_string(*row.median_lag_seconds) : "");
  }
  return csv;
}

}  // namespace wirecopy
