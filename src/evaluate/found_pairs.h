/// The pairs of a run with equal copies expanded, without ever making the list.
///
/// Idea: equal copies form groups, and a pair between members of two groups stands for every pair
/// between these groups. So the groups and the pairs of groups say all: whether two documents were
/// found is one look-up, and how many pairs there are is a sum of products of sizes. A story of
/// 10^5 equal copies stays 10^5 rows, not 5·10^9 pairs.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "evaluate/groups.h"
#include "evaluate/numbering.h"

namespace wirecopy::evaluate {

class FoundPairs {
 public:
  /// Reads a pairs.jsonl. Rows of other verdicts than `verdicts` are left out; without any, rows
  /// with a score of 0. Throws Error(input) naming file and line for a row without a, b, verdict
  /// and jaccard.
  explicit FoundPairs(const std::string& path, const std::vector<std::string>& verdicts = {});

  /// Jaccard of the pair, 1 within a group; nothing if it was not found. Between groups that
  /// several rows tie, the highest.
  [[nodiscard]] std::optional<double> jaccard(std::string_view a, std::string_view b) const;
  /// Whether both are in one group of equal copies, whatever verdicts were asked for.
  [[nodiscard]] bool equal(std::string_view a, std::string_view b) const;

  /// Number of distinct pairs found, copies expanded.
  [[nodiscard]] std::uint64_t count() const;
  /// The same among the documents `ids` (distinct) alone.
  [[nodiscard]] std::uint64_t count_among(const std::vector<std::string_view>& ids) const;

 private:
  [[nodiscard]] std::optional<std::uint32_t> group_of(std::string_view id) const;
  [[nodiscard]] std::uint64_t count_for(const std::vector<std::uint64_t>& group_sizes) const;

  Numbering documents_;
  bool equal_copies_count_ = true;
  std::vector<std::uint32_t> groups_;                      // by document
  std::unordered_map<std::uint64_t, double> group_pairs_;  // (smaller, larger group) → Jaccard
};

}  // namespace wirecopy::evaluate
