/// The rows of each file as JSON.
#pragma once

#include "base/json.h"
#include "wirecopy/report.h"

namespace wirecopy::report {

void write(base::JsonWriter& json, const ClusterRow& row);
void write(base::JsonWriter& json, const PairRow& row);
void write(base::JsonWriter& json, const PassageRow& row);
void write(base::JsonWriter& json, const LedgerRow& row);
void write(base::JsonWriter& json, const Rejected& row, std::string_view input);

}  // namespace wirecopy::report
