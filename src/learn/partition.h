/// What the sightings of one partition tell.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "learn/chains.h"
#include "learn/entries.h"
#include "learn/sighting_store.h"

namespace wirecopy::learn {

/// The share that a sighting is stored with: its percent, and whether it fits.
[[nodiscard]] std::uint8_t share_of(const BlockSighting& sighting) noexcept;

/// The documents of a corpus.
struct Corpus {
  std::span<const std::uint64_t> outlets;
  std::span<const std::uint32_t> group;
  std::span<const Day> day;
};

/// A block that is boilerplate unless its groups are too few chains.
struct Suspect {
  BoilerplateEntry entry;
  std::vector<Showing> showings;
};

struct Findings {
  std::vector<BoilerplateEntry> certain;
  std::vector<Suspect> suspects;
  std::vector<Links::Link> links;
};

[[nodiscard]] Findings learn_partition(const SightingStore& store, std::size_t partition,
                                       const Corpus& corpus, const BoilerplateRule& rule);

/// Whether a block shown on these days, by a group or chain each, is shown often enough.
[[nodiscard]] bool often_enough(std::vector<Day> days, const BoilerplateRule& rule);

}  // namespace wirecopy::learn
