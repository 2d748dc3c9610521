#include "evaluate/found_pairs.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/json.h"
#include "base/lines.h"
#include "wirecopy/error.h"

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

}  // namespace

FoundPairs::FoundPairs(const std::string& path) {
  std::vector<NearPair> near;
  base::JsonRowReader row;
  base::LineReader lines(path);
  while (const auto line = lines.next()) {
    const bool parsed = row.parse(*line);
    const auto a = parsed ? row.string("a") : std::nullopt;
    const auto b = parsed ? row.string("b") : std::nullopt;
    const auto verdict = parsed ? row.string("verdict") : std::nullopt;
    const auto jaccard = parsed ? row.number("jaccard") : std::nullopt;
    if (!a || !b || !verdict || !jaccard) {
      throw Error(ErrorCode::input,
                  fmt::format("{}:{}: expected a row of JSON with a, b, verdict and jaccard, as in "
                              "the pairs.jsonl of a run",
                              path, lines.number()));
    }
    const std::uint32_t number_a = document_numbered(*a);
    const std::uint32_t number_b = document_numbered(*b);
    if (*verdict == "identical") {
      join(number_a, number_b);
    } else {
      near.push_back({number_a, number_b, *jaccard});
    }
  }

  for (std::uint32_t& group : groups_) group = root_of(group);
  for (const NearPair& pair : near) {
    if (groups_[pair.a] == groups_[pair.b]) continue;
    double& jaccard = group_pairs_[key_of(groups_[pair.a], groups_[pair.b])];
    jaccard = std::max(jaccard, pair.jaccard);
  }
}

std::uint32_t FoundPairs::document_numbered(std::string_view id) {
  const auto known = documents_.find(id);
  if (known != documents_.end()) return known->second;
  const auto number = static_cast<std::uint32_t>(groups_.size());
  documents_.emplace(id, number);
  groups_.push_back(number);
  return number;
}

std::optional<std::uint32_t> FoundPairs::group_of(std::string_view id) const {
  const auto known = documents_.find(id);
  if (known == documents_.end()) return std::nullopt;
  return groups_[known->second];
}

std::uint32_t FoundPairs::root_of(std::uint32_t document) {
  while (groups_[document] != document) {
    groups_[document] = groups_[groups_[document]];  // path halving keeps later walks short
    document = groups_[document];
  }
  return document;
}

void FoundPairs::join(std::uint32_t a, std::uint32_t b) {
  const auto [low, high] = std::minmax({root_of(a), root_of(b)});
  groups_[high] = low;
}

std::optional<double> FoundPairs::jaccard(std::string_view a, std::string_view b) const {
  const std::optional<std::uint32_t> group_a = group_of(a);
  const std::optional<std::uint32_t> group_b = group_of(b);
  if (!group_a || !group_b) return std::nullopt;
  if (*group_a == *group_b) return 1.0;
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
  for (const std::uint64_t size : group_sizes) pairs += size * (size - 1) / 2;
  for (const auto& [key, jaccard] : group_pairs_) {
    pairs += group_sizes[key >> 32U] * group_sizes[key & 0xffffffffU];
  }
  return pairs;
}

}  // namespace wirecopy::evaluate
