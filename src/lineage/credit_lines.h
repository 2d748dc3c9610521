/// Finds agencies in bylines and in the lines and sentences that give credit.
#pragma once

#include <vector>

#include "lineage/found_credit.h"
#include "lineage/tokens.h"

namespace wirecopy::lineage {

/// Lines of the opening: "By Jane Doe, Associated Press", "Reuters Staff", "Coastal Press Service".
void find_byline_rows(Stretch& opening, std::vector<FoundCredit>& found);

/// Lines and sentences of the closing: "With files from …", "© …", "(AFP, dpa)", "… contributed to
/// this report", and the house style of Reuters.
void find_closing_credits(Stretch& closing, std::vector<FoundCredit>& found);

/// The byline field.
void find_byline(Stretch& byline, std::vector<FoundCredit>& found);

/// A name in brackets at either end of the title, or behind a dash or bar at its end.
void find_title_credits(Stretch& title, std::vector<FoundCredit>& found);

}  // namespace wirecopy::lineage
