// Average-link clustering, also called UPGMA (Sokal & Michener, "A statistical method for
// evaluating systematic relationships", 1958), joins the two groups of highest mean similarity
// again and again. The textbook keeps the means of all pairs of groups in a matrix. Here most pairs
// of documents were never compared, so that groups are linked only where pairs between them were,
// and each group keeps its links in a heap: the generic algorithm of Müllner ("Modern hierarchical,
// agglomerative clustering algorithms", 2011) on a sparse graph.
//
// *A link* holds the sum of the scores of its compared pairs and their number. When A and B merge,
// their links to a third group C become one by adding both. The group with fewer links hands them
// to the other one, so that a link changes hands O(log n) times. Heap entries are not removed: an
// entry whose rank is no longer its link's is outdated, and dropped when it comes up.
//
// *Why no order matters.* Adding two fractions this way gives their mediant, which lies between
// them. So the mean of (A ∪ B, C) is at most the better one of (A, C) and (B, C): linkages with
// this property are called reducible (Bruynooghe 1977; Müllner, section 2). Ties obey as well: the
// mediant equals the better mean only if both were equal, or one was absent, and then the union
// keeps the first pair of theirs. It follows that two groups that are each other's best link stay
// so, whatever merges elsewhere, until they merge themselves. Whether they do so now or when they
// are the best of all, the result is the same; so groups are considered in any order, and each pair
// of mutual bests acts at once.
//
// *Why questions come in rounds.* Merging mutual bests ends in the same groups whatever the order,
// save that some mutual bests must ask first. Only when nothing else is left to do are questions
// asked, of all components in one batch: by then it is settled which they are. A group with many
// neighbors would go through as many rounds, so it asks ahead, and the more, the more it has asked:
// rounds grow as the logarithm of its neighbors, and few questions are asked in vain.
//
// *What answers stand for.* Candidates were compared because they looked alike, so they say little
// about the pairs between two groups that were not. What was compared before counts for itself; the
// unseen rest is a stratum of its own, of which the answers are a sample, drawn by hash. The weight
// of a mean is the number of pairs that it speaks for. It is less than |A|·|B| as long as there are
// unseen pairs that no answer stands for.
#include "cluster/linker.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "wirecopy/error.h"

namespace wirecopy::cluster_detail {
namespace {

__extension__ using Wide = __int128;
constexpr std::uint32_t kNone = NumbersByPair::kNotFound;

std::uint32_t other_end(const auto& link, std::uint32_t group) noexcept {
  return link.a == group ? link.b : link.a;
}

}  // namespace

bool Rank::before(const Rank& other) const noexcept {
  const Wide left = Wide{mean.total} * other.mean.weight;
  const Wide right = Wide{other.mean.total} * mean.weight;
  return left != right ? left > right : first < other.first;
}

Linker::Linker(std::span<const ScoredPair> pairs, std::span<const std::uint64_t> id_hashes,
               const LinkRule& rule)
    : rule_(rule),
      id_hashes_(id_hashes),
      groups_(id_hashes.size()),
      parents_(id_hashes.size()),
      link_numbers_(pairs.size()),
      compared_numbers_(pairs.size()),
      agenda_(id_hashes.size()) {
  std::iota(parents_.begin(), parents_.end(), 0U);
  std::iota(agenda_.begin(), agenda_.end(), 0U);
  for (std::uint32_t d = 0; d < groups_.size(); ++d) groups_[d].voters = {d};
  links_.reserve(pairs.size());
  compared_.reserve(pairs.size());
  for (const ScoredPair& pair : pairs) add(pair);
}

void Linker::add(const ScoredPair& pair) {
  if (was_compared(pair_word(pair.a, pair.b))) {
    throw Error(ErrorCode::usage, "A pair of documents is given twice to be clustered.");
  }
  remember(pair);
  const auto number = static_cast<std::uint32_t>(links_.size());
  links_.push_back({pair.a,
                    pair.b,
                    1,
                    false,
                    rule_.voice(pair),
                    {{rule_.voice(pair), 1}, pair_word(pair.a, pair.b)}});
  index(number);
  for (const std::uint32_t end : {pair.a, pair.b}) {
    groups_[end].links.push_back(number);
    offer(end, number);
  }
}

std::vector<CandidatePair> Linker::run() {
  asked_.clear();
  do {
    for (const Question& question : std::exchange(questions_, {})) settle(question);
    while (!agenda_.empty()) {
      const std::uint32_t group = agenda_.back();
      agenda_.pop_back();
      consider(group);
    }
    ask_for_bests();
  } while (asked_.empty() && !questions_.empty());
  return asked_;
}

std::uint32_t Linker::group_of(std::uint32_t document) noexcept {
  while (parents_[document] != document) {
    parents_[document] = parents_[parents_[document]];
    document = parents_[document];
  }
  return document;
}

void Linker::remember(const ScoredPair& pair) {
  compared_.push_back(pair_word(pair.a, pair.b));
  compared_numbers_.insert(static_cast<std::uint32_t>(compared_.size() - 1),
                           [&](std::uint32_t number) { return compared_[number]; });
}

bool Linker::was_compared(std::uint64_t word) const noexcept {
  return compared_numbers_.find(word, [&](std::uint32_t number) { return compared_[number]; }) !=
         kNone;
}

std::uint64_t Linker::word_of(std::uint32_t link) const noexcept {
  return links_[link].gone ? NumbersByPair::kGone : pair_word(links_[link].a, links_[link].b);
}

void Linker::index(std::uint32_t link) {
  link_numbers_.insert(link, [&](std::uint32_t number) { return word_of(number); });
}

// Puts the link among those that the group may merge by, if it is one.
void Linker::offer(std::uint32_t group, std::uint32_t link) {
  const Rank& rank = links_[link].rank;
  if (rank.mean.total < std::int64_t{rule_.merge_at} * rank.mean.weight) return;
  std::vector<Entry>& best = groups_[group].best;
  best.push_back({rank, link});
  std::push_heap(best.begin(), best.end(), Later());
}

std::uint32_t Linker::best_link(std::uint32_t group) {
  std::vector<Entry>& best = groups_[group].best;
  while (!best.empty()) {
    const Link& link = links_[best.front().link];
    if (!link.gone && link.rank == best.front().rank) return best.front().link;
    std::pop_heap(best.begin(), best.end(), Later());
    best.pop_back();
  }
  return kNone;
}

void Linker::consider(std::uint32_t group) {
  if (parents_[group] != group) return;
  const std::uint32_t link = best_link(group);
  if (link == kNone) return;
  const std::uint32_t neighbor = other_end(links_[link], group);
  if (best_link(neighbor) != link) return;
  if (must_ask(links_[link])) {
    waiting_.insert(waiting_.end(), {group, neighbor});
  } else {
    merge(link);
  }
}

void Linker::merge(std::uint32_t link) {
  std::uint32_t to = links_[link].a;
  std::uint32_t from = links_[link].b;
  if (groups_[to].links.size() < groups_[from].links.size()) std::swap(to, from);
  links_[link].gone = true;
  parents_[from] = to;
  for (const std::uint32_t other : groups_[from].links) {
    if (!links_[other].gone) hand_over(other, from, to);
  }
  groups_[to].size += groups_[from].size;
  groups_[to].questions += groups_[from].questions;
  join_voters(from, to);
  groups_[from] = {};
  agenda_.push_back(to);
}

void Linker::hand_over(std::uint32_t number, std::uint32_t from, std::uint32_t to) {
  Link& link = links_[number];
  const std::uint32_t neighbor = other_end(link, from);
  const std::uint32_t known = link_numbers_.find(
      pair_word(neighbor, to), [&](std::uint32_t other) { return word_of(other); });
  if (known == kNone) {
    (link.a == from ? link.a : link.b) = to;
    index(number);
    groups_[to].links.push_back(number);
    offer(to, number);  // the neighbor's entry still holds
    return;
  }
  Link& united = links_[known];
  united.compared += link.compared;
  united.sum += link.sum;
  united.rank.mean.total += link.rank.mean.total;
  united.rank.mean.weight += link.rank.mean.weight;
  united.rank.first = std::min(united.rank.first, link.rank.first);
  link.gone = true;
  offer(to, known);
  offer(neighbor, known);
  agenda_.push_back(neighbor);
}

}  // namespace wirecopy::cluster_detail
