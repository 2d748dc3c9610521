// The corpus preset.
#include <algorithm>
#include <numeric>
#include <utility>

#include "base/parallel.h"
#include "batch/find.h"
#include "batch/propose.h"
#include "batch/star_pairs.h"
#include "batch/watch.h"

namespace wirecopy::batch {
namespace {

std::vector<FoundPair> found_pairs(std::vector<VerifiedPair> near) {
  base::sort(near.begin(), near.end(), [](const VerifiedPair& left, const VerifiedPair& right) {
    return std::pair(left.a, left.b) < std::pair(right.a, right.b);
  });
  std::vector<FoundPair> pairs;
  pairs.reserve(near.size());
  for (const VerifiedPair& pair : near) {
    pairs.push_back({pair.a, pair.b, Verdict::near_duplicate, pair.similarity.score(),
                     pair.similarity, std::nullopt});
  }
  return pairs;
}

// The pair that ties a member to its parent. An equal copy hangs on its representative, a
// representative on the center of its star; the center itself, when another member is first, hangs
// on that one. So every link is a pair that was compared.
void link_member(FoundMember& member, std::uint32_t first, const Star& star,
                 const Findings& findings) {
  const std::uint32_t document = member.document;
  const std::uint32_t representative = findings.groups.representative[document];
  if (document == first) {
    member.parent = first;
    member.role = Role::first;
  } else if (document != representative) {
    member.parent = representative;
    member.link = &findings.copy_of(document);
  } else {
    const std::uint32_t center = star.center[document];
    member.parent = center == document ? first : center;
    member.link = findings.pair_of(document, member.parent);
    member.parent_is_a = member.parent < document;
  }
}

void link_members(const Star& star, Findings& findings) {
  for (FoundCluster& cluster : findings.clusters) {
    std::uint64_t sum = 0;
    for (FoundMember& member : cluster.members) {
      link_member(member, cluster.first, star, findings);
      if (member.link == nullptr) continue;
      cluster.min_score = std::min(cluster.min_score, member.link->score);
      sum += member.link->score;
    }
    cluster.mean_score = static_cast<std::uint32_t>(sum / (cluster.members.size() - 1));
  }
}

// For every representative the one kept for it.
std::vector<std::uint32_t> kept_centers(const Star& star, const DropRule& rule) {
  if (rule.near_duplicate) return star.center;
  std::vector<std::uint32_t> kept(star.center.size());
  std::iota(kept.begin(), kept.end(), 0U);
  return kept;
}

}  // namespace

void find_near(const Sought& sought, Findings& findings, Summary& summary) {
  const Corpus& corpus = sought.corpus;
  const std::vector<std::uint32_t> places = group_places(findings.groups, sought.orders.to_keep);
  std::vector<CandidatePair> proposed =
      propose_by_bands(sought.corpus, comparable(findings.groups, corpus.documents), places,
                       sought.recipe, sought.rule.threshold, summary);
  summary.proposed = proposed.size();
  check_stop(sought.limits);

  const ShingleSource source(sought.reader, corpus, sought.recipe.shingling);
  StarPairs pairs =
      compare_for_stars(source, std::move(proposed), places, sought.rule, sought.limits);
  summary.candidates = pairs.compared;
  findings.pairs = found_pairs(std::move(pairs.near));
  findings.kept_copy = kept_copies(findings.groups, sought.orders.to_keep,
                                   kept_centers(pairs.star, sought.rule.drop), sought.rule.drop);
  findings.clusters = clusters_of(findings.groups, sought.orders, pairs.star.center);
  link_members(pairs.star, findings);
}

}  // namespace wirecopy::batch
