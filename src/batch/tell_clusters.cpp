#include <algorithm>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "base/hash.h"
#include "base/parallel.h"
#include "batch/tell.h"
#include "batch/watch.h"

namespace wirecopy::batch {
namespace {

// A cluster as a stretch of the documents sorted by the copy that is kept of them.
struct ClusterPlace {
  base::Hash128 id;
  std::size_t begin = 0;
  std::size_t end = 0;
  std::uint32_t first = 0;  // the earliest member
};

class ClusterTeller {
 public:
  explicit ClusterTeller(const Told& told)
      : told_(told), table_(told.corpus.documents), findings_(told.findings) {
    for (std::uint32_t i = 0; i < findings_.copies.size(); ++i) {
      copy_places_.push_back({findings_.copies[i].b, i});
    }
    base::sort(copy_places_.begin(), copy_places_.end());
  }

  // Documents of clusters of two or more, cluster by cluster, each sorted by id.
  [[nodiscard]] std::vector<std::uint32_t> clustered_documents() const {
    std::vector<std::uint32_t> sizes(table_.size());
    for (const std::uint32_t kept : findings_.kept_copy) ++sizes[kept];
    std::vector<std::uint32_t> documents;
    for (std::uint32_t d = 0; d < table_.size(); ++d) {
      if (sizes[findings_.kept_copy[d]] > 1) documents.push_back(d);
    }
    const std::vector<std::uint32_t>& rank = told_.orders.by_id;
    base::sort(documents.begin(), documents.end(), [&](std::uint32_t left, std::uint32_t right) {
      return std::tie(findings_.kept_copy[left], rank[left]) <
             std::tie(findings_.kept_copy[right], rank[right]);
    });
    return documents;
  }

  // The clusters in `documents`, sorted by cluster id.
  [[nodiscard]] std::vector<ClusterPlace> clusters(
      const std::vector<std::uint32_t>& documents) const {
    std::vector<ClusterPlace> places;
    for (std::size_t begin = 0; begin < documents.size();) {
      std::size_t end = begin;
      std::uint32_t first = documents[begin];
      const std::uint32_t kept = findings_.kept_copy[first];
      for (; end < documents.size() && findings_.kept_copy[documents[end]] == kept; ++end) {
        if (told_.orders.by_time[documents[end]] < told_.orders.by_time[first]) {
          first = documents[end];
        }
      }
      places.push_back({base::hash128(table_.ids[first]), begin, end, first});
      begin = end;
    }
    base::sort(
        places.begin(), places.end(),
        [](const ClusterPlace& left, const ClusterPlace& right) { return left.id < right.id; });
    return places;
  }

  void tell(const ClusterPlace& place, const std::vector<std::uint32_t>& documents,
            Sink& sink) const {
    const std::uint32_t kept = findings_.kept_copy[place.first];
    const base::RowPlace& row = table_.origins[kept].place;
    const ParsedBlock parsed = told_.reader.parse_row(row.input, told_.corpus.rows.row(row));
    const std::string id = base::hex(place.id);
    ClusterRow cluster{id, table_.ids[kept], parsed.documents.front().title, {}};
    for (std::size_t i = place.begin; i < place.end; ++i) {
      const std::uint32_t member = documents[i];
      cluster.members.push_back({table_.ids[member], table_.source(member),
                                 table_.published_texts[member], link_of(member, place.first)});
    }
    sink.cluster(cluster);
  }

 private:
  // The verified pair that ties a member to its parent. An equal copy hangs on its representative,
  // a representative on the center of its star; the center itself, when another member is first,
  // hangs on that one. So every link is a pair that was compared.
  [[nodiscard]] std::optional<MemberRow::Link> link_of(std::uint32_t member,
                                                       std::uint32_t first) const {
    if (member == first) return std::nullopt;
    const std::uint32_t representative = findings_.groups.representative[member];
    if (member != representative) {
      return link_to(representative, member, Verdict::identical, copy_of(member).similarity);
    }
    const std::uint32_t center = findings_.star.center[member];
    const std::uint32_t parent = center == member ? first : center;
    const std::uint32_t joined = center == member ? first : member;
    return link_to(parent, member, Verdict::near_duplicate,
                   findings_.near[findings_.star.pair[joined]].similarity);
  }

  [[nodiscard]] MemberRow::Link link_to(std::uint32_t parent, std::uint32_t member, Verdict verdict,
                                        const Similarity& similarity) const {
    const TimeOrder time = order_in_time(table_.time(parent), table_.time(member));
    return {table_.ids[parent], verdict,
            verdict == Verdict::identical ? kFullScore : similarity.score(), similarity.jaccard(),
            time.earlier == Earlier::a ? time.lag : std::nullopt};
  }

  [[nodiscard]] const FoundPair& copy_of(std::uint32_t member) const {
    const auto place = std::lower_bound(copy_places_.begin(), copy_places_.end(),
                                        std::pair<std::uint32_t, std::uint32_t>(member, 0));
    return findings_.copies[place->second];
  }

  const Told& told_;
  const DocumentTable& table_;
  const Findings& findings_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> copy_places_;  // (copy, index), sorted
};

}  // namespace

void tell_clusters(const Told& told, Sink& sink, Summary& summary) {
  const ClusterTeller teller(told);
  const std::vector<std::uint32_t> documents = teller.clustered_documents();
  const std::vector<ClusterPlace> clusters = teller.clusters(documents);
  for (const ClusterPlace& cluster : clusters) {
    check_stop(told.limits);
    teller.tell(cluster, documents, sink);
  }
  summary.clusters = clusters.size();
  summary.clustered = documents.size();
}

}  // namespace wirecopy::batch
