/// The rows of each file as JSON.
#pragma once

#include <string>
#include <string_view>

#include "base/json.h"
#include "wirecopy/report.h"

namespace wirecopy::report {

void write(base::JsonWriter& json, const ClusterRow& row);
void write(base::JsonWriter& json, const PairRow& row);
void write(base::JsonWriter& json, const PassageRow& row);
void write(base::JsonWriter& json, const RepeatRow& row);
void write(base::JsonWriter& json, const StockRow& row);
void write(base::JsonWriter& json, const ChangeRow& row);
void write(base::JsonWriter& json, const LedgerRow& row);
void write(base::JsonWriter& json, const Rejected& row, std::string_view input);

/// A row as one line of JSON without the newline.
template <typename... Row>
[[nodiscard]] std::string to_json(const Row&... row) {
  base::JsonWriter json;
  write(json, row...);
  return std::string(json.text());
}

}  // namespace wirecopy::report
