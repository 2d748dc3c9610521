/// Stored documents that may be candidates of those of this run: found by what they share.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "batch/archive.h"
#include "batch/ingest.h"
#include "wirecopy/band.h"
#include "wirecopy/batch.h"
#include "wirecopy/fingerprint.h"
#include "wirecopy/probe.h"

namespace wirecopy::batch {

/// Partners by fingerprints, in the order of the calls. While pairs are proposed they have numbers
/// behind all documents of the corpus; those that are in a pair are loaded then. Memory: 8 bytes a
/// fingerprint of this run, 16 bytes one that a stored document shares.
class PrintPartners {
 public:
  /// `id_hashes` are those of the documents in the corpus.
  PrintPartners(Corpus& corpus, const std::vector<std::uint64_t>& id_hashes)
      : corpus_(corpus), id_hashes_(id_hashes) {}

  /// Fingerprints of a document of this run.
  void expect(const Fingerprints& votes);
  /// Finds the partners and adds them.
  void add_to(Probe& probe);
  /// By (published, hash of the id): ids themselves are not read for those that only share a hot
  /// fingerprint.
  [[nodiscard]] const std::vector<std::uint32_t>& order() const noexcept { return order_; }
  [[nodiscard]] const std::vector<std::uint64_t>& id_hashes() const noexcept { return id_hashes_; }
  /// Puts the places that partners have in the corpus into the pairs, and sorts them.
  void load(std::vector<CandidatePair>& pairs) const;

 private:
  Corpus& corpus_;
  std::vector<std::uint64_t> names_;
  std::vector<std::uint64_t> id_hashes_;
  std::vector<std::uint32_t> order_;
  std::vector<Stored> partners_;
};

/// Candidates of banding among `members`, and of these and stored documents, which are loaded.
[[nodiscard]] Candidates meet_bands(Corpus& corpus, const std::vector<std::uint32_t>& members,
                                    const Recipe& recipe, const BandOptions& options);

}  // namespace wirecopy::batch
