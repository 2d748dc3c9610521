/// Whether a stored corpus says the same everywhere.
#pragma once

#include <array>
#include <cstdint>

#include "base/store.h"
#include "index/families.h"

namespace wirecopy::index {

/// What a sound corpus holds.
struct CheckedCorpus {
  Facts facts;
  std::array<std::uint64_t, kFamilies> entries{};  ///< By place_of the family.
  std::uint64_t representatives = 0;
  std::uint64_t postings = 0;
  std::uint64_t stale_postings = 0;  ///< Of documents that are gone.
};

/// Reads every entry of every family as its readers do, and compares what families say of each
/// other: heads, articles, ids and letters tell of the same documents, pairs have their mirrors,
/// members and cluster_of agree, postings name numbers that were given, and all is counted. Throws
/// Error(damaged) that names a family. Bytes are another matter: StoreReader::verify.
///
/// Families are compared by sums of hashes of what both must say, so in one pass each. Memory: a
/// bit a document that ever was.
[[nodiscard]] CheckedCorpus check_corpus(const base::StoreReader& store);

}  // namespace wirecopy::index
