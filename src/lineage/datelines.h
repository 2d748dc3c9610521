/// Finds agencies in datelines.
#pragma once

#include <vector>

#include "lineage/found_credit.h"
#include "lineage/tokens.h"

namespace wirecopy::lineage {

/// Adds the credits of all datelines in the opening and marks their names as used. Linear: of each
/// bracket a bounded number of tokens is looked at.
void find_datelines(Stretch& opening, std::vector<FoundCredit>& found);

/// The tokens of a pair of brackets (or slashes, "/TASS/") that holds nothing but names of agencies
/// and what stands between them: [open, close]. `close` = 0: it is none. `first` is a token.
struct NameGroup {
  std::size_t close = 0;
  std::vector<NamedTokens*> names;  ///< Empty: the group holds other words.
};
[[nodiscard]] NameGroup read_group(Stretch& stretch, std::size_t open);

/// Whether these words can be the name of an agency that is not in the table.
[[nodiscard]] bool plausible_name(const Stretch& stretch, std::size_t first, std::size_t end);
/// Whether they end as names of agencies do ("… Press Service").
[[nodiscard]] bool agency_like(const Stretch& stretch, std::size_t first, std::size_t end);

}  // namespace wirecopy::lineage
