#include "cluster/audit.h"

#include <algorithm>
#include <array>

#include "base/parallel.h"
#include "cluster/bridges.h"

namespace wirecopy::cluster_detail {
namespace {

constexpr std::size_t kAllComparedUpTo = 16;        // members
constexpr std::uint32_t kSoundWithMedoid = 32'768;  // score 0.5
constexpr std::uint32_t kStrong = 52'429;           // score 0.8
constexpr std::uint32_t kStrongPairs = 2;

// One cluster; the pairs speak of places in `members`.
struct View {
  std::span<const std::uint32_t> members;
  std::span<const ScoredPair> pairs;
};

// Calls body(g, view) for every cluster, in parallel.
template <typename Body>
void for_each_cluster(const Groups& clusters, std::span<const ScoredPair> pairs, Body&& body) {
  const InnerPairs inner = inner_pairs(clusters, places_in(clusters, clusters.members), pairs);
  constexpr std::size_t kGrain = 64;
  base::for_each_index(
      clusters.size(),
      [&](std::size_t g) {
        body(g, View{clusters[g], inner[g]});
      },
      kGrain);
}

std::uint32_t medoid_of(const View& view, std::span<const std::uint32_t> by_id) {
  std::vector<std::uint64_t> sums(view.members.size());
  for (const ScoredPair& pair : view.pairs) {
    sums[pair.a] += pair.score;
    sums[pair.b] += pair.score;
  }
  std::uint32_t best = 0;
  for (std::uint32_t m = 1; m < sums.size(); ++m) {
    const bool earlier = by_id[view.members[m]] < by_id[view.members[best]];
    if (sums[m] > sums[best] || (sums[m] == sums[best] && earlier)) best = m;
  }
  return best;
}

CandidatePair pair_of(std::uint32_t a, std::uint32_t b) noexcept {
  return {std::min(a, b), std::max(a, b)};
}

void question_all(const View& view, std::vector<CandidatePair>& questions) {
  std::array<std::array<bool, kAllComparedUpTo>, kAllComparedUpTo> compared{};
  for (const ScoredPair& pair : view.pairs) compared[pair.a][pair.b] = true;
  for (std::size_t a = 0; a < view.members.size(); ++a) {
    for (std::size_t b = a + 1; b < view.members.size(); ++b) {
      if (!compared[a][b]) questions.push_back({view.members[a], view.members[b]});
    }
  }
}

void question_medoid(const View& view, std::uint32_t medoid,
                     std::vector<CandidatePair>& questions) {
  std::vector<bool> compared(view.members.size());
  compared[medoid] = true;
  for (const ScoredPair& pair : view.pairs) {
    if (pair.a == medoid) compared[pair.b] = true;
    if (pair.b == medoid) compared[pair.a] = true;
  }
  for (std::size_t m = 0; m < view.members.size(); ++m) {
    if (!compared[m]) questions.push_back(pair_of(view.members[medoid], view.members[m]));
  }
}

std::vector<std::uint32_t> weak_members(const View& view, std::uint32_t medoid) {
  std::vector<std::uint32_t> with_medoid(view.members.size());
  std::vector<std::uint32_t> strong(view.members.size());
  for (const ScoredPair& pair : view.pairs) {
    if (pair.a == medoid) with_medoid[pair.b] = pair.score;
    if (pair.b == medoid) with_medoid[pair.a] = pair.score;
    if (pair.score < kStrong) continue;
    ++strong[pair.a];
    ++strong[pair.b];
  }
  std::vector<std::uint32_t> weak;
  for (std::uint32_t m = 0; m < view.members.size(); ++m) {
    const bool sound = m == medoid || with_medoid[m] >= kSoundWithMedoid;
    if (!sound && strong[m] < kStrongPairs) weak.push_back(view.members[m]);
  }
  return weak;
}

std::vector<CandidatePair> bridges_of(const View& view) {
  std::vector<Edge> scored;
  for (const ScoredPair& pair : view.pairs) {
    if (pair.score != 0) scored.push_back({pair.a, pair.b});
  }
  std::vector<CandidatePair> found;
  for (const std::uint32_t e : bridges(scored, view.members.size())) {
    found.push_back({view.members[scored[e].a], view.members[scored[e].b]});
  }
  std::sort(found.begin(), found.end());
  return found;
}

LinkedCluster audit_one(const View& view, std::span<const std::uint32_t> by_id) {
  const std::uint32_t medoid = medoid_of(view, by_id);
  LinkedCluster cluster;
  cluster.members.assign(view.members.begin(), view.members.end());
  cluster.medoid = view.members[medoid];
  cluster.min_score = view.pairs.front().score;
  std::uint64_t sum = 0;
  for (const ScoredPair& pair : view.pairs) {
    cluster.min_score = std::min(cluster.min_score, pair.score);
    sum += pair.score;
  }
  cluster.mean_score = static_cast<std::uint32_t>(sum / view.pairs.size());
  cluster.weak = weak_members(view, medoid);
  cluster.bridges = bridges_of(view);
  return cluster;
}

}  // namespace

std::vector<CandidatePair> audit_questions(const Groups& clusters,
                                           std::span<const ScoredPair> pairs,
                                           std::span<const std::uint32_t> by_id) {
  std::vector<std::vector<CandidatePair>> of_cluster(clusters.size());
  for_each_cluster(clusters, pairs, [&](std::size_t g, const View& view) {
    if (view.members.size() <= kAllComparedUpTo) {
      question_all(view, of_cluster[g]);
    } else {
      question_medoid(view, medoid_of(view, by_id), of_cluster[g]);
    }
  });
  std::vector<CandidatePair> questions;
  for (const auto& some : of_cluster) questions.insert(questions.end(), some.begin(), some.end());
  return questions;
}

// The answers leave the medoids where they were: all of them were pairs of the medoid's, so no
// other sum grew by as much.
std::vector<LinkedCluster> audit(const Groups& clusters, std::span<const ScoredPair> pairs,
                                 std::span<const std::uint32_t> by_id) {
  std::vector<LinkedCluster> result(clusters.size());
  for_each_cluster(clusters, pairs,
                   [&](std::size_t g, const View& view) { result[g] = audit_one(view, by_id); });
  return result;
}

Linked audited(std::span<const std::uint32_t> labels, std::span<const ScoredPair> pairs,
               std::span<const std::uint32_t> by_id, const CompareMore& compare) {
  const Groups clusters = group_by(labels);
  Linked result;
  result.compared = ask(compare, audit_questions(clusters, pairs, by_id));
  std::vector<ScoredPair> known(pairs.begin(), pairs.end());
  known.insert(known.end(), result.compared.begin(), result.compared.end());
  result.clusters = audit(clusters, known, by_id);
  return result;
}

}  // namespace wirecopy::cluster_detail
