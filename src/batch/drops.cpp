#include "batch/drops.h"

#include <algorithm>

namespace wirecopy::batch {
namespace {

bool like_enough(const Columns& columns, std::uint32_t least_identity) {
  return std::uint64_t{1000} * columns.equal >= least_identity * std::uint64_t{columns.all};
}

}  // namespace

void Drops::take(const FoundPair& pair) {
  if (!pair.aligned) {  // at or above the threshold
    if (!rule_.drop.near_duplicate) return;
    others_[pair.a].push_back(pair.b);
    others_[pair.b].push_back(pair.a);
    return;
  }
  if (!like_enough(pair.aligned->columns, rule_.least_identity)) return;
  if (goes(pair, pair.aligned->a)) others_[pair.a].push_back(pair.b);
  if (goes(pair, pair.aligned->b)) others_[pair.b].push_back(pair.a);
}

bool Drops::add(std::uint32_t document, std::uint32_t other) {
  if (may_go(document, other)) return false;
  others_[document].push_back(other);
  return true;
}

bool Drops::may_go(std::uint32_t document, std::uint32_t other) const {
  const auto found = others_.find(document);
  if (found == others_.end()) return false;
  return std::find(found->second.begin(), found->second.end(), other) != found->second.end();
}

// Whether one side of a pair may go because of the other.
bool Drops::goes(const FoundPair& pair, const Coverage& side) const {
  if (lost_letters(*pair.aligned, side, rule_.least_identity) > rule_.max_lost) return false;
  switch (pair.verdict) {
    case Verdict::identical:
      return rule_.drop.identical;
    case Verdict::near_duplicate:
      return rule_.drop.near_duplicate;
    case Verdict::abridged:
    case Verdict::expanded:
      return rule_.drop.abridged && 100 * side.letters >= rule_.drop.abridged_percent * side.of;
    default:
      return false;
  }
}

}  // namespace wirecopy::batch
