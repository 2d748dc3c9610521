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

  void tell(const FoundCluster& cluster, Sink& sink) const {
    const std::string title = cluster.title ? *cluster.title : read_title(cluster.representative);
    const std::string id_text = base::hex(cluster.id);
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
  std::vector<const FoundCluster*> clusters;
  for (const FoundCluster& cluster : told.findings.clusters) {
    if (!cluster.told) continue;
    clusters.push_back(&cluster);
    summary.clustered += cluster.members.size();
  }
  std::sort(
      clusters.begin(), clusters.end(),
      [](const FoundCluster* left, const FoundCluster* right) { return left->id < right->id; });
  const ClusterTeller teller(told);
  for (const FoundCluster* cluster : clusters) {
    check_stop(told.limits);
    teller.tell(*cluster, sink);
  }
  summary.clusters = clusters.size();
}

}  // namespace wirecopy::batch
