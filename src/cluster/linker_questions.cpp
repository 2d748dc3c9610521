// What average-link asks for, and what it makes of the answers.
#include <algorithm>
#include <functional>
#include <utility>

#include "cluster/linker.h"

namespace wirecopy::cluster_detail {
namespace {

__extension__ using Wide = __int128;
constexpr std::uint32_t kNone = NumbersByPair::kNotFound;
// On 500-copy stories that know 20 pairs a copy, a tenth more is asked, in two thirds of the
// rounds; a hub with 10^5 neighbors goes through about 300 rounds.
constexpr std::uint64_t kAskedForOneAhead = 32;

// A pair that may be asked for.
struct Choice {
  std::uint64_t hash;
  std::uint64_t word;
  friend auto operator<=>(const Choice&, const Choice&) = default;
};

}  // namespace

std::int64_t Linker::pairs_between(const Link& link) const noexcept {
  return static_cast<std::int64_t>(groups_[link.a].size * groups_[link.b].size);
}

bool Linker::must_ask(const Link& link) const noexcept {
  const std::int64_t pairs = pairs_between(link);
  const Mean& mean = link.rank.mean;
  if (mean.weight == pairs || rule_.least_compared == 0) return false;
  return mean.weight < std::min<std::int64_t>(pairs, rule_.least_compared) ||
         mean.total < std::int64_t{rule_.merge_at} * pairs;
}

// A group's best links are taken off its heap, looked at, and put back.
void Linker::ask_for_bests() {
  std::sort(waiting_.begin(), waiting_.end());
  waiting_.erase(std::unique(waiting_.begin(), waiting_.end()), waiting_.end());
  std::vector<Entry> taken;
  for (const std::uint32_t group : std::exchange(waiting_, {})) {
    std::vector<Entry>& best = groups_[group].best;
    const std::uint64_t ahead = groups_[group].questions / kAskedForOneAhead;
    for (taken.clear(); taken.size() <= ahead && best_link(group) != kNone;) {
      ask(best.front().link);
      std::pop_heap(best.begin(), best.end(), Later());
      taken.push_back(best.back());
      best.pop_back();
    }
    for (const Entry& entry : taken) {
      best.push_back(entry);
      std::push_heap(best.begin(), best.end(), Later());
    }
  }
}

void Linker::ask(std::uint32_t number) {
  Link& link = links_[number];
  if (link.question != kNone || !must_ask(link)) return;
  link.question = static_cast<std::uint32_t>(questions_.size());
  questions_.push_back({number});

  std::vector<Choice> choices;
  for (const std::uint32_t a : groups_[link.a].voters) {
    for (const std::uint32_t b : groups_[link.b].voters) {
      choices.push_back({id_hashes_[a] + id_hashes_[b], pair_word(a, b)});
    }
  }
  std::make_heap(choices.begin(), choices.end(), std::greater<>());
  const std::size_t asked_before = asked_.size();
  while (!choices.empty() && asked_.size() - asked_before < rule_.least_compared) {
    std::pop_heap(choices.begin(), choices.end(), std::greater<>());
    const std::uint64_t word = choices.back().word;
    choices.pop_back();
    if (was_compared(word)) continue;
    asked_.push_back({static_cast<std::uint32_t>(word >> 32U), static_cast<std::uint32_t>(word)});
  }
}

void Linker::answer(const ScoredPair& pair) {
  remember(pair);
  const std::uint64_t groups = pair_word(group_of(pair.a), group_of(pair.b));
  Link& link =
      links_[link_numbers_.find(groups, [&](std::uint32_t number) { return word_of(number); })];
  Question& question = questions_[link.question];
  ++question.answers;
  question.sum += rule_.voice(pair);
  link.rank.first = std::min(link.rank.first, pair_word(pair.a, pair.b));
}

void Linker::settle(const Question& question) {
  Link& link = links_[question.link];
  const std::int64_t pairs = pairs_between(link);
  // Where all pairs of the voters had been compared, those compared stand for the others.
  const Mean sample =
      question.answers != 0 ? Mean{question.sum, question.answers} : Mean{link.sum, link.compared};
  const Wide unseen = Wide{pairs - link.compared} * sample.total / sample.weight;
  link.rank.mean = {link.sum + static_cast<std::int64_t>(unseen), pairs};
  link.sum += question.sum;
  link.compared += question.answers;
  link.question = kNone;
  for (const std::uint32_t end : {link.a, link.b}) {
    ++groups_[end].questions;
    offer(end, question.link);
    agenda_.push_back(end);
  }
}

void Linker::join_voters(std::uint32_t from, std::uint32_t to) {
  const std::vector<std::uint32_t> before = std::move(groups_[to].voters);
  const std::vector<std::uint32_t>& more = groups_[from].voters;
  std::vector<std::uint32_t>& voters = groups_[to].voters;
  voters.resize(before.size() + more.size());
  std::merge(before.begin(), before.end(), more.begin(), more.end(), voters.begin(),
             [&](std::uint32_t a, std::uint32_t b) {
               return std::pair(id_hashes_[a], a) < std::pair(id_hashes_[b], b);
             });
  voters.resize(std::min<std::size_t>(voters.size(), 2 * std::size_t{rule_.least_compared}));
}

}  // namespace wirecopy::cluster_detail
