/// Tells credits of pictures from all other names.
#pragma once

#include <string_view>

#include "lineage/agency_names.h"

namespace wirecopy::lineage {

/// Whether the name credits a picture: "AP Photo", "REUTERS/Jane Doe", "Photo: AFP".
[[nodiscard]] bool credits_photo(std::string_view text, const NameHit& hit);

}  // namespace wirecopy::lineage
