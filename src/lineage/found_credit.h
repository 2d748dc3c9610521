/// A credit as the searches find it, before it is given as a Credit.
#pragma once

#include <cstdint>
#include <string_view>

#include "wirecopy/lineage.h"

namespace wirecopy::lineage {

/// Places are bytes of the text looked at.
struct FoundCredit {
  std::string_view agency;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  CreditForm form = CreditForm::dateline;
  bool certain = true;
};

}  // namespace wirecopy::lineage
