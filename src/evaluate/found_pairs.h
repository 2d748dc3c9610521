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

namespace wirecopy::evaluate {

class FoundPairs {
 public:
  /// Reads a pairs.jsonl. Throws Error(input) naming file and line for a row without a, b, verdict
  /// and jaccard.
  explicit FoundPairs(const std::string& path);

  /// Jaccard of the pair, 1 within a group; nothing if it was not found. Between groups that
  /// several rows tie, the highest.
  [[nodiscard]] std::optional<double> jaccard(std::string_view a, std::string_view b) const;

  /// Number of distinct pairs found, copies expanded.
  [[nodiscard]] std::uint64_t count() const;
  /// The same among the documents `ids` (distinct) alone.
  [[nodiscard]] std::uint64_t count_among(const std::vector<std::string_view>& ids) const;

 private:
  struct HashOfString {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept {
      return std::hash<std::string_view>{}(text);
    }
  };

  [[nodiscard]] std::uint32_t document_numbered(std::string_view id);
  [[nodiscard]] std::optional<std::uint32_t> group_of(std::string_view id) const;
  void join(std::uint32_t a, std::uint32_t b);
  [[nodiscard]] std::uint32_t root_of(std::uint32_t document);
  [[nodiscard]] std::uint64_t count_for(const std::vector<std::uint64_t>& group_sizes) const;

  std::unordered_map<std::string, std::uint32_t, HashOfString, std::equal_to<>> documents_;
  std::vector<std::uint32_t> groups_;  // by document: while reading a parent, then the group's root
  std::unordered_map<std::uint64_t, double> group_pairs_;  // (smaller root, larger root) → Jaccard
};

}  // namespace wirecopy::evaluate
