#include "evaluate/found_pairs.h"

#include <algorithm>

#include "evaluate/rows.h"

namespace wirecopy::evaluate {
namespace {

struct NearPair {
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  double jaccard = 0;
};

std::uint64_t key_of(std::uint32_t group_a, std::uint32_t group_b) {
  const auto [low, high] = std::minmax(group_a, group_b);
  return std::uint64_t{low} << 32U | high;
}

bool contains(const std::vector<std::string>& verdicts, std::string_view verdict) {
  return std::ranges::find(verdicts, verdict) != verdicts.end();
}

}  // namespace

FoundPairs::FoundPairs(const std::string& path, const std::vector<std::string>& verdicts)
    : equal_copies_count_(verdicts.empty() || contains(verdicts, "identical")) {
  std::vector<NearPair> near;
  Groups equal;
  read_rows(path, "a, b, verdict and jaccard, as in the pairs.jsonl of a run",
            [&](const base::JsonObject& row) {
              const auto a = row.string("a");
              const auto b = row.string("b");
              const auto verdict = row.string("verdict");
              const auto jaccard = row.number("jaccard");
              if (!a || !b || !verdict || !jaccard) return false;
              const std::uint32_t number_a = documents_.add(*a);
              const std::uint32_t number_b = documents_.add(*b);
              equal.grow(documents_.size());
              const bool counts = verdicts.empty() ? row.number("score").value_or(1) > 0
                                                   : contains(verdicts, *verdict);
              if (says_equal(row)) {
                equal.join(number_a, number_b);
              } else if (counts) {
                near.push_back({number_a, number_b, *jaccard});
              }
              return true;
            });

  for (std::uint32_t i = 0; i < equal.size(); ++i) groups_.push_back(equal.root_of(i));
  for (const NearPair& pair : near) {
    if (groups_[pair.a] == groups_[pair.b]) continue;
    double& jaccard = group_pairs_[key_of(groups_[pair.a], groups_[pair.b])];
    jaccard = std::max(jaccard, pair.jaccard);
  }
}

std::optional<std::uint32_t> FoundPairs::group_of(std::string_view id) const {
  const auto number = documents_.find(id);
  if (!number) return std::nullopt;
  return groups_[*number];
}

bool FoundPairs::equal(std::string_view a, std::string_view b) const {
  const std::optional<std::uint32_t> group = group_of(a);
  return group && group == group_of(b);
}

std::optional<double> FoundPairs::jaccard(std::string_view a, std::string_view b) const {
  const std::optional<std::uint32_t> group_a = group_of(a);
  const std::optional<std::uint32_t> group_b = group_of(b);
  if (!group_a || !group_b) return std::nullopt;
  if (*group_a == *group_b) return equal_copies_count_ ? std::optional(1.0) : std::nullopt;
  const auto pair = group_pairs_.find(key_of(*group_a, *group_b));
  if (pair == group_pairs_.end()) return std::nullopt;
  return pair->second;
}

std::uint64_t FoundPairs::count() const {
  std::vector<std::uint64_t> sizes(groups_.size());
  for (const std::uint32_t group : groups_) ++sizes[group];
  return count_for(sizes);
}

std::uint64_t FoundPairs::count_among(const std::vector<std::string_view>& ids) const {
  std::vector<std::uint64_t> sizes(groups_.size());
  for (const std::string_view id : ids) {
    if (const std::optional<std::uint32_t> group = group_of(id)) ++sizes[*group];
  }
  return count_for(sizes);
}

std::uint64_t FoundPairs::count_for(const std::vector<std::uint64_t>& group_sizes) const {
  std::uint64_t pairs = 0;
  if (equal_copies_count_) {
    for (const std::uint64_t size : group_sizes) pairs += size * (size - 1) / 2;
  }
  for (const auto& [key, jaccard] : group_pairs_) {
    pairs += group_sizes[key >> 32U] * group_sizes[key & 0xffffffffU];
  }
  return pairs;
}

}  // namespace wirecopy::evaluate
