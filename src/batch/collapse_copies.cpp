#include "base/parallel.h"
#include "batch/compare_pairs.h"
#include "batch/find.h"

namespace wirecopy::batch {

void collapse_copies(const Sought& sought, Findings& findings) {
  // Only ratios of these counts are reported, and all of them are 1.
  constexpr Similarity kEqualSets{1, 1, 1};
  const DocumentTable& table = sought.corpus.documents;
  const ShingleSource source(sought.reader, sought.corpus, sought.recipe.shingling);
  findings.groups = collapse(table.letters, sought.orders.by_time);
  const Groups& groups = findings.groups;
  findings.copies.resize(groups.copies.size());
  findings.copy_index.resize(table.size());
  base::for_each_index(
      groups.copies.size(),
      [&](std::size_t i) {
        const std::uint32_t copy = groups.copies[i];
        const std::uint32_t representative = groups.representative[copy];
        const bool equal_words = table.word_hashes[copy] == table.word_hashes[representative];
        findings.copy_index[copy] = static_cast<std::uint32_t>(i);
        findings.copies[i] = {representative,
                              copy,
                              Verdict::identical,
                              kFullScore,
                              equal_words
                                  ? kEqualSets
                                  : compare(source.shingles(representative), source.shingles(copy)),
                              std::nullopt};
      },
      1024);
}

}  // namespace wirecopy::batch
