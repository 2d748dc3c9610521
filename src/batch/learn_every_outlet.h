/// Boilerplate of every outlet, learned after the first pass.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "batch/sought.h"
#include "wirecopy/collapse.h"
#include "wirecopy/learn.h"

namespace wirecopy::batch {

/// `model` and what stands under articles of many stories. Documents without an outlet have no
/// blocks in Corpus::prints, which would take a tenth of all memory: fingerprints that stand in
/// several texts tell which ones to read back, and those that turn out to show stock get their
/// blocks then. `day` by document. Cost: about 25 µs an article without an outlet that shares a
/// fingerprint with StockRule::min_stories texts, and twice that where it shares a block, on all
/// threads. Memory until it returns: 8 bytes a block of these, half a kilobyte for each that
/// shares a block, and half a byte a fingerprint of all, 64 MiB at most.
[[nodiscard]] Model learn_every_outlet(const Sought& sought, const Groups& groups,
                                       std::span<const std::optional<std::int32_t>> day,
                                       const Model& model);

}  // namespace wirecopy::batch
