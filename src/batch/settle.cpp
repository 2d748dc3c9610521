#include "batch/settle.h"

#include <algorithm>
#include <numeric>
#include <utility>
#include <vector>

#include "base/parallel.h"
#include "batch/drops.h"
#include "batch/find.h"
#include "batch/kept_corpus.h"

namespace wirecopy::batch {
namespace {

class Settling {
 public:
  Settling(const Sought& sought, Findings& findings, Summary& summary)
      : sought_(sought),
        table_(sought.corpus.documents),
        findings_(findings),
        summary_(summary),
        rule_(sought.rule),
        drops_(sought.rule),
        in_groups_(sought.rule),
        lengths_(table_.letter_counts),
        has_length_(table_.size()) {
    if (sought.recipe.winnowing) rule_.model = findings.model;
    take_reasons();
  }

  // One round. Returns whether another one is needed.
  bool look_again() {
    KeptCorpus kept(sought_.reader, sought_.limits);
    const Told told{sought_.reader, sought_.corpus, sought_.orders,
                    findings_,      sought_.rule,   sought_.limits};
    read_kept(told, sought_.recipe, rule_, kept);
    Orders orders = orders_of(kept.corpus.documents, rule_.keep);
    const Sought again{sought_.reader, kept.corpus, orders, sought_.recipe, rule_, sought_.limits};
    Findings found;
    Summary counts;
    collapse_copies(again, found);
    find_kept(again, findings_.model, found, counts);
    summary_.candidates += counts.candidates;
    if (!learn_from(kept, found)) return false;
    choose();
    return true;
  }

 private:
  // Why documents may go, as the run saw it: pairs in one cluster.
  void take_reasons() {
    std::vector<std::uint32_t> story(table_.size());
    std::iota(story.begin(), story.end(), 0U);
    for (const FoundCluster& cluster : findings_.clusters) {
      for (const FoundMember& member : cluster.members) story[member.document] = cluster.first;
    }
    for (const FoundPair& pair : findings_.pairs) {
      if (!pair.aligned || story[pair.a] == story[pair.b]) drops_.take(pair);
    }
  }

  // Whether something would go that was not known to.
  bool learn_from(const KeptCorpus& kept, const Findings& found) {
    bool news = learn_lengths(kept);
    bool goes = false;
    for (std::uint32_t d = 0; d < kept.documents.size(); ++d) {
      if (found.kept(d)) continue;
      goes = true;
      news = add_reason(d, kept, found) || news;
    }
    std::sort(findings_.settled.begin(), findings_.settled.end(),
              [](const FoundPair& left, const FoundPair& right) {
                return std::pair(left.a, left.b) < std::pair(right.a, right.b);
              });
    return goes && news;
  }

  // Whether the keep order changes: then it is of interest what was known already. The length of a
  // group is learned once, so that this ends.
  bool learn_lengths(const KeptCorpus& kept) {
    if (rule_.keep.by != KeepRule::By::longest) return false;
    bool news = false;
    for (std::uint32_t d = 0; d < kept.documents.size(); ++d) {
      const std::uint32_t group = group_of(kept.documents[d]);
      if (has_length_[group]) continue;
      has_length_[group] = true;
      const std::uint32_t length = kept.corpus.documents.letter_counts[d];
      news = std::exchange(lengths_[group], length) != length || news;
    }
    return news;
  }

  bool add_reason(std::uint32_t number, const KeptCorpus& kept, const Findings& found) {
    const std::uint32_t document = kept.documents[number];
    const std::uint32_t other = kept.documents[found.kept_copy[number]];
    const std::uint32_t group = group_of(document);
    const std::uint32_t other_group = group_of(other);
    const bool news =
        group == other_group ? in_groups_.add(document, other) : drops_.add(group, other_group);
    if (!news) return false;
    FoundPair reason{other_group, group, Verdict::identical, kFullScore, Similarity{1, 1, 1}, {}};
    const std::uint32_t one = found.groups.representative[number];
    const std::uint32_t kept_one = found.groups.representative[found.kept_copy[number]];
    if (const FoundPair* pair = found.pair_of(one, kept_one)) {
      reason = pair->b == one ? *pair : turned(*pair);
      reason.a = other_group;
      reason.b = group;
      if (reason.aligned) reason.aligned->passages_begin = reason.aligned->passages_end = 0;
    }
    findings_.settled.push_back(other_group <= group ? reason : turned(reason));
    return true;
  }

  void choose() {
    const Groups& groups = findings_.groups;
    std::vector<std::uint32_t> lengths(table_.size());
    for (std::uint32_t d = 0; d < lengths.size(); ++d) lengths[d] = lengths_[group_of(d)];
    const std::vector<std::uint32_t> to_keep =
        keep_order_of(table_, sought_.orders.by_time, lengths, rule_.keep);
    const std::vector<std::uint32_t> places = group_places(groups, to_keep);
    std::vector<std::uint32_t> in_order(places.size());
    for (std::uint32_t d = 0; d < places.size(); ++d) in_order[places[d]] = d;

    std::vector<std::uint32_t> kept_for(table_.size());
    std::iota(kept_for.begin(), kept_for.end(), 0U);
    for (const std::uint32_t group : in_order) {
      if (groups.representative[group] != group) continue;
      const auto is_kept = [&](std::uint32_t other) {
        return places[other] < places[group] && kept_for[other] == other;
      };
      const std::uint32_t before = group_of(findings_.kept_copy[group]);
      kept_for[group] = is_kept(before) && drops_.may_go(group, before)
                            ? before
                            : drops_.kept_for(group, places, is_kept);
    }
    findings_.kept_copy = kept_copies(groups, to_keep, kept_for, rule_.drop);
    choose_in_groups(to_keep);
    choose_representatives(to_keep);
  }

  // Where equal copies are all kept, some may be near ones once they are cut. The first of a group
  // always stays.
  void choose_in_groups(const std::vector<std::uint32_t>& to_keep) {
    if (in_groups_.empty()) return;
    std::vector<std::uint32_t> in_order(to_keep.size());
    for (std::uint32_t d = 0; d < to_keep.size(); ++d) in_order[to_keep[d]] = d;
    for (const std::uint32_t document : in_order) {
      if (!findings_.kept(document)) continue;
      findings_.kept_copy[document] =
          in_groups_.kept_for(document, to_keep, [&](auto other) { return findings_.kept(other); });
    }
  }

  // A representative is kept wherever a member is.
  void choose_representatives(const std::vector<std::uint32_t>& to_keep) {
    for (FoundCluster& cluster : findings_.clusters) {
      for (const FoundMember& member : cluster.members) {
        const auto rank = [&](std::uint32_t document) {
          return std::pair(!findings_.kept(document), to_keep[document]);
        };
        if (rank(member.document) < rank(cluster.representative)) {
          cluster.representative = member.document;
          cluster.title.reset();
        }
      }
    }
  }

  [[nodiscard]] std::uint32_t group_of(std::uint32_t document) const {
    return findings_.groups.representative[document];
  }

  const Sought& sought_;
  const DocumentTable& table_;
  Findings& findings_;
  Summary& summary_;
  MatchRule rule_;                      // of the second run
  Drops drops_;                         // of representatives
  Drops in_groups_;                     // of documents because of equal copies
  std::vector<std::uint32_t> lengths_;  // by representative: of what is left,
  std::vector<bool> has_length_;        // where that is known
};

}  // namespace

void settle(const Sought& sought, Findings& findings, Summary& summary) {
  Settling settling(sought, findings, summary);
  while (settling.look_again()) {
  }
}

}  // namespace wirecopy::batch
