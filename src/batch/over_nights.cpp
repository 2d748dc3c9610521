#include "batch/over_nights.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include "batch/night.h"

namespace wirecopy::batch {
namespace {

using Ids = std::set<std::string, std::less<>>;

// Before and after, by ids, of all that a run touched.
struct Membership {
  std::map<base::Hash128, Ids> before;
  std::map<base::Hash128, Ids> now;
  std::map<std::string_view, base::Hash128, std::less<>> cluster_before;
  std::map<std::string_view, base::Hash128, std::less<>> cluster_now;
};

void index_members(const std::map<base::Hash128, Ids>& clusters,
                   std::map<std::string_view, base::Hash128, std::less<>>& of) {
  for (const auto& [cluster, ids] : clusters) {
    for (const std::string& id : ids) of.emplace(id, cluster);
  }
}

Membership membership_of(const Corpus& corpus, const std::vector<FoundCluster>& clusters) {
  const Archive& archive = corpus.night->archive();
  Membership members;
  const auto note = [&](Stored document) {
    const std::optional<base::Hash128> cluster = archive.cluster_of(document);
    if (!cluster || members.before.contains(*cluster)) return;
    Ids& ids = members.before[*cluster];
    for (const Stored each : archive.members_of(*cluster)) ids.insert(archive.article(each)->id);
  };
  const StoredPart& stored = corpus.stored;
  for (std::uint32_t d = stored.settled_begin(); d < corpus.documents.size(); ++d) {
    if (corpus.night->is_whole(d)) note(stored.number(d));
  }
  for (const auto& [document, head] : corpus.night->gone()) note(document);
  for (const FoundCluster& cluster : clusters) {
    Ids& ids = members.now[cluster.id];
    for (const FoundMember& member : cluster.members) {
      ids.emplace(corpus.documents.ids[member.document]);
    }
  }
  index_members(members.before, members.cluster_before);
  index_members(members.now, members.cluster_now);
  return members;
}

std::vector<std::string> difference(const Ids& one, const Ids& other) {
  std::vector<std::string> left;
  std::set_difference(one.begin(), one.end(), other.begin(), other.end(), std::back_inserter(left));
  return left;
}

std::vector<std::string> all(const Ids& ids) { return {ids.begin(), ids.end()}; }

// The cluster that has most of `ids`, and so many at least, of those that `counts`; the smallest of
// equals.
template <typename Counts>
std::optional<base::Hash128> most_in(
    const Ids& ids, std::size_t least,
    const std::map<std::string_view, base::Hash128, std::less<>>& of, Counts&& counts) {
  std::map<base::Hash128, std::size_t> found;
  for (const std::string& id : ids) {
    const auto cluster = of.find(id);
    if (cluster != of.end() && counts(cluster->second)) ++found[cluster->second];
  }
  const auto best = std::max_element(
      found.begin(), found.end(),
      [](const auto& left, const auto& right) { return left.second < right.second; });
  if (best == found.end() || best->second < least) return std::nullopt;
  return best->first;
}

void add_living(const base::Hash128& cluster, const Ids& before, const Ids& now,
                std::vector<ClusterChange>& changes) {
  std::vector<std::string> came = difference(now, before);
  std::vector<std::string> went = difference(before, now);
  if (!came.empty()) {
    changes.push_back({cluster, ClusterEvent::grew, std::nullopt, std::move(came)});
  }
  if (!went.empty()) {
    changes.push_back({cluster, ClusterEvent::shrank, std::nullopt, std::move(went)});
  }
}

std::vector<ClusterChange> compare(const Membership& members) {
  std::vector<ClusterChange> changes;
  for (const auto& [cluster, now] : members.now) {
    const auto before = members.before.find(cluster);
    if (before != members.before.end()) {
      add_living(cluster, before->second, now, changes);
      continue;
    }
    const auto lives = [&](const base::Hash128& each) { return members.now.contains(each); };
    const std::optional<base::Hash128> from = most_in(now, 1, members.cluster_before, lives);
    changes.push_back(
        {cluster, from ? ClusterEvent::split_from : ClusterEvent::born, from, all(now)});
  }
  for (const auto& [cluster, before] : members.before) {
    if (members.now.contains(cluster)) continue;
    const auto any = [](const base::Hash128&) { return true; };
    const std::optional<base::Hash128> into = most_in(before, 2, members.cluster_now, any);
    changes.push_back(
        {cluster, into ? ClusterEvent::merged_into : ClusterEvent::retired, into, all(before)});
  }
  std::sort(changes.begin(), changes.end(),
            [](const ClusterChange& left, const ClusterChange& right) {
              return std::tie(left.cluster, left.event) < std::tie(right.cluster, right.event);
            });
  return changes;
}

}  // namespace

void name_clusters(const Corpus& corpus, const Orders& orders,
                   std::vector<FoundCluster>& clusters) {
  const auto rank = [&](const FoundMember& member) {
    const std::uint32_t d = member.document;
    const std::uint32_t generation =
        corpus.night == nullptr ? 0 : corpus.night->generation_of(corpus.stored, d);
    return std::pair(generation, orders.by_time[d]);
  };
  for (FoundCluster& cluster : clusters) {
    const auto founder = std::min_element(cluster.members.begin(), cluster.members.end(),
                                          [&](const FoundMember& left, const FoundMember& right) {
                                            return rank(left) < rank(right);
                                          });
    cluster.id = base::hash128(corpus.documents.ids[founder->document]);
  }
}

std::vector<ClusterChange> changes_of(const Corpus& corpus, std::vector<FoundCluster>& clusters) {
  std::vector<ClusterChange> changes = compare(membership_of(corpus, clusters));
  std::set<base::Hash128> changed;
  for (const ClusterChange& change : changes) changed.insert(change.cluster);
  for (FoundCluster& cluster : clusters) {
    cluster.told =
        changed.contains(cluster.id) ||
        std::any_of(cluster.members.begin(), cluster.members.end(),
                    [&](const FoundMember& member) { return !corpus.stored.has(member.document); });
  }
  return changes;
}

void tell_changes(std::span<const ClusterChange> changes, Sink& sink, Summary& summary) {
  for (const ClusterChange& change : changes) {
    ++summary.night->events[static_cast<std::size_t>(change.event)];
    const std::string cluster = base::hex(change.cluster);
    const std::string other = change.other ? base::hex(*change.other) : std::string();
    sink.change({cluster, change.event, other, {change.members.begin(), change.members.end()}});
  }
}

}  // namespace wirecopy::batch
