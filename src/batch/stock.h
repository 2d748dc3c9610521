/// Passages that stand in several articles: boilerplate of outlets, captions under unrelated ones.
#pragma once

#include <cstdint>
#include <vector>

#include "batch/findings.h"
#include "batch/sought.h"
#include "wirecopy/learn.h"

namespace wirecopy::batch {

/// Which articles show blocks that are boilerplate of their outlet, or of every one, out of
/// Corpus::stock.
[[nodiscard]] std::vector<FoundStock> find_boilerplate(const Sought& sought, const Model& model);

/// Captions that stand, equal or nearly so, in articles of two or more stories. `story[d]` is equal
/// for documents of one story. Those that share two of eight sampled grams are compared; a sample
/// that is in more than 16 captions brings only neighbors together. Cost: a sort, and 10 µs a pair
/// compared.
[[nodiscard]] std::vector<FoundStock> find_stock_captions(const Sought& sought,
                                                          const std::vector<std::uint32_t>& story);

}  // namespace wirecopy::batch
