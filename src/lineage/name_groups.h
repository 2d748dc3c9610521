/// Names in brackets, and words that may be the name of an agency.
#pragma once

#include <vector>

#include "lineage/found_credit.h"
#include "lineage/tokens.h"

namespace wirecopy::lineage {

/// What a pair of brackets (or slashes, "/TASS/") holds: names of agencies and what stands between
/// them, or else words that may be the name of one.
struct NameGroup {
  std::size_t close = 0;            ///< Token; 0 = neither of the two.
  std::vector<NamedTokens*> names;  ///< Empty: it is the words.
};
/// Requires `open` to be a token that opens, or a slash. Looks at a dozen tokens.
[[nodiscard]] NameGroup read_group(Stretch& stretch, std::size_t open);

/// Whether these words can be the name of an agency that is not in the table.
[[nodiscard]] bool plausible_name(const Stretch& stretch, std::size_t first, std::size_t end);
/// Whether they end as names of agencies do ("… Press Service").
[[nodiscard]] bool agency_like(const Stretch& stretch, std::size_t first, std::size_t end);
/// Whether the name is written in a script that has no spaces between words (any from U+0800 on).
[[nodiscard]] bool without_spaces(const Stretch& stretch, const NamedTokens& name);
/// A credit of the name that these words, which are not empty, are.
[[nodiscard]] FoundCredit unknown_credit(const Stretch& stretch, std::size_t first, std::size_t end,
                                         CreditForm form, bool certain);

}  // namespace wirecopy::lineage
