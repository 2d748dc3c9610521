/// Who is compared with whom: the candidates of banding and of fingerprints.
#pragma once

#include <cstdint>
#include <vector>

#include "batch/sought.h"
#include "wirecopy/band.h"

namespace wirecopy::batch {

/// Signatures that agree in too few lanes are not worth reading their texts again: five standard
/// deviations below the mean of a pair exactly at the threshold, which loses one such pair in 3
/// million.
[[nodiscard]] BandOptions band_options(Millionths threshold);

/// Representatives that have any words, ascending.
[[nodiscard]] std::vector<std::uint32_t> comparable(const Groups& groups,
                                                    const DocumentTable& table);

/// Hash of an id under the key.
[[nodiscard]] std::uint64_t id_hash(std::string_view id, const Key& key) noexcept;
/// Hashes of the ids of all documents under the key: what ties and cuts are decided by.
[[nodiscard]] std::vector<std::uint64_t> id_hashes(const DocumentTable& table, const Key& key);

/// Candidates of banding among representatives; counts go to the summary. Frees the signatures,
/// unless a night harvests them. `places` is the order in
/// which centers of crowded buckets are chosen.
[[nodiscard]] std::vector<CandidatePair> propose_by_bands(Corpus& corpus,
                                                          const std::vector<std::uint32_t>& members,
                                                          const std::vector<std::uint32_t>& places,
                                                          const Recipe& recipe,
                                                          Millionths threshold, Summary& summary);

/// Candidates of banding and of fingerprints together, sorted and distinct. Frees the signatures
/// and prints; what these say of boilerplate goes to Corpus::stock.
[[nodiscard]] std::vector<CandidatePair> propose(const Sought& sought, const Groups& groups,
                                                 const std::vector<std::uint64_t>& id_hashes,
                                                 const Model& model, Summary& summary);

}  // namespace wirecopy::batch
