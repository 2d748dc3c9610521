#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "base/hash.h"
#include "batch/read_back.h"
#include "batch/tell.h"
#include "batch/watch.h"

namespace wirecopy::batch {
namespace {

class ClusterTeller {
 public:
  explicit ClusterTeller(const Told& told)
      : told_(told), table_(told.corpus.documents), findings_(told.findings) {}

  void tell(const FoundCluster& cluster, base::Hash128 id, Sink& sink) const {
    const std::string title = cluster.title ? *cluster.title : read_title(cluster.representative);
    const std::string id_text = base::hex(id);
    ClusterRow row{id_text,
                   table_.ids[cluster.representative],
                   title,
                   {},
                   cluster.min_score,
                   cluster.mean_score,
                   {},
                   agency(cluster.agency)};
    for (const FoundMember& member : cluster.members) row.members.push_back(member_row(member));
    for (const std::uint32_t weak : cluster.weak) row.weak_members.push_back(table_.ids[weak]);
    sink.cluster(row);
  }

 private:
  [[nodiscard]] std::string read_title(std::uint32_t document) const {
    return std::string(read_back(told_.reader, told_.corpus, document).document().title);
  }

  [[nodiscard]] std::string_view agency(std::uint32_t number) const {
    return number == 0 ? std::string_view() : findings_.agencies[number];
  }

  [[nodiscard]] MemberRow member_row(const FoundMember& member) const {
    const std::uint32_t document = member.document;
    MemberRow row{table_.ids[document],
                  table_.source(document),
                  table_.published_texts[document],
                  std::nullopt,
                  member.role,
                  {},
                  agency(member.agency),
                  member.credit_removed};
    if (member.title_change != TitleChange::unknown) {
      row.title_change = name_of(member.title_change);
    }
    if (member.parent != document) row.link = link_row(member);
    return row;
  }

  [[nodiscard]] MemberRow::Link link_row(const FoundMember& member) const {
    const TimeOrder time = order_in_time(table_.time(member.parent), table_.time(member.document));
    MemberRow::Link link;
    link.parent = table_.ids[member.parent];
    if (time.earlier == Earlier::a) link.lag = time.lag;
    if (member.link == nullptr) return link;
    const FoundPair pair = member.parent_is_a ? *member.link : turned(*member.link);
    link.verdict = pair.verdict;
    link.score = pair.score;
    link.jaccard = pair.similarity.jaccard();
    if (pair.aligned) link.coverage = pair.aligned->b.value();
    return link;
  }

  const Told& told_;
  const DocumentTable& table_;
  const Findings& findings_;
};

}  // namespace

void tell_clusters(const Told& told, Sink& sink, Summary& summary) {
  const DocumentTable& table = told.corpus.documents;
  struct Place {
    base::Hash128 id;  // of the founding member
    const FoundCluster* cluster;
  };
  std::vector<Place> places;
  for (const FoundCluster& cluster : told.findings.clusters) {
    places.push_back({base::hash128(table.ids[cluster.first]), &cluster});
    summary.clustered += cluster.members.size();
  }
  std::sort(places.begin(), places.end(),
            [](const Place& left, const Place& right) { return left.id < right.id; });
  const ClusterTeller teller(told);
  for (const Place& place : places) {
    check_stop(told.limits);
    teller.tell(*place.cluster, place.id, sink);
  }
  summary.clusters = places.size();
}

}  // namespace wirecopy::batch
