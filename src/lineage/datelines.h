/// Finds agencies in datelines.
#pragma once

#include <vector>

#include "lineage/found_credit.h"
#include "lineage/tokens.h"

namespace wirecopy::lineage {

/// Adds the credits of all datelines in the opening and marks their names as used. Linear: of each
/// bracket a bounded number of tokens is looked at.
void find_datelines(Stretch& opening, std::vector<FoundCredit>& found);

}  // namespace wirecopy::lineage
