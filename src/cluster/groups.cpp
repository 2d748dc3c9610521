#include "cluster/groups.h"

#include <algorithm>
#include <numeric>

#include "base/parallel.h"
#include "wirecopy/error.h"

namespace wirecopy::cluster_detail {
namespace {

std::uint32_t root_of(std::vector<std::uint32_t>& parents, std::uint32_t document) noexcept {
  while (parents[document] != document) {
    parents[document] = parents[parents[document]];
    document = parents[document];
  }
  return document;
}

// Group of both documents of the pair, or kNone.
std::uint32_t group_around(const Groups& groups, const ScoredPair& pair) noexcept {
  const std::uint32_t group = groups.group_of[pair.a];
  return group == groups.group_of[pair.b] ? group : kNone;
}

}  // namespace

void check_pairs(std::span<const ScoredPair> pairs, std::size_t count) {
  for (const ScoredPair& pair : pairs) {
    if (pair.a >= pair.b || pair.b >= count || pair.score > 65'536) {
      throw Error(ErrorCode::usage, "A pair to be clustered is not a < b < n with a score ≤ 1.");
    }
  }
}

Groups group_by(std::span<const std::uint32_t> labels) {
  std::vector<std::uint32_t> sizes(labels.size());
  for (const std::uint32_t label : labels) ++sizes[label];

  Groups groups;
  groups.begin.push_back(0);
  groups.group_of.assign(labels.size(), kNone);
  std::vector<std::uint32_t> group_of_label(labels.size(), kNone);
  for (std::uint32_t d = 0; d < labels.size(); ++d) {
    const std::uint32_t label = labels[d];
    if (sizes[label] < 2) continue;
    if (group_of_label[label] == kNone) {
      group_of_label[label] = static_cast<std::uint32_t>(groups.size());
      groups.begin.push_back(groups.begin.back() + sizes[label]);
    }
    groups.group_of[d] = group_of_label[label];
  }
  groups.members.resize(groups.begin.back());
  std::vector<std::uint32_t> next = groups.begin;
  for (std::uint32_t d = 0; d < labels.size(); ++d) {
    if (groups.group_of[d] != kNone) groups.members[next[groups.group_of[d]]++] = d;
  }
  return groups;
}

std::vector<std::uint32_t> connected(std::span<const ScoredPair> pairs, std::size_t count) {
  std::vector<std::uint32_t> parents(count);
  std::iota(parents.begin(), parents.end(), 0U);
  for (const ScoredPair& pair : pairs) {
    if (pair.score == 0) continue;
    const auto [smaller, larger] =
        std::minmax({root_of(parents, pair.a), root_of(parents, pair.b)});
    parents[larger] = smaller;
  }
  for (std::uint32_t d = 0; d < count; ++d) parents[d] = root_of(parents, d);
  return parents;
}

std::vector<std::uint32_t> places_in(const Groups& groups, std::span<const std::uint32_t> members) {
  std::vector<std::uint32_t> places(groups.group_of.size());
  for (std::size_t g = 0; g < groups.size(); ++g) {
    for (std::uint32_t i = groups.begin[g]; i < groups.begin[g + 1]; ++i) {
      places[members[i]] = i - groups.begin[g];
    }
  }
  return places;
}

InnerPairs inner_pairs(const Groups& groups, std::span<const std::uint32_t> places,
                       std::span<const ScoredPair> pairs) {
  // Counted one place further on, so that filling moves each begin to where it belongs.
  InnerPairs inner{std::vector<std::size_t>(groups.size() + 2), {}};
  for (const ScoredPair& pair : pairs) {
    const std::uint32_t group = group_around(groups, pair);
    if (group != kNone) ++inner.begin[group + 2];
  }
  std::partial_sum(inner.begin.begin(), inner.begin.end(), inner.begin.begin());
  inner.pairs.resize(inner.begin.back());
  for (const ScoredPair& pair : pairs) {
    const std::uint32_t group = group_around(groups, pair);
    if (group == kNone) continue;
    inner.pairs[inner.begin[group + 1]++] = {places[pair.a], places[pair.b], pair.score,
                                             pair.cannot_link};
  }
  return inner;
}

std::vector<ScoredPair> ask(const CompareMore& compare, std::vector<CandidatePair> questions) {
  if (questions.empty()) return {};
  base::sort(questions.begin(), questions.end());
  std::vector<ScoredPair> answers = compare(questions);
  const bool fit = std::equal(answers.begin(), answers.end(), questions.begin(), questions.end(),
                              [](const ScoredPair& answer, const CandidatePair& question) {
                                return answer.a == question.first && answer.b == question.second;
                              });
  if (!fit) {
    throw Error(ErrorCode::usage, "The pairs compared for clustering are not those asked for.");
  }
  return answers;
}

}  // namespace wirecopy::cluster_detail
