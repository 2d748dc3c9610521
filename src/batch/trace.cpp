#include "batch/trace.h"

#include <algorithm>
#include <string>

#include "base/parallel.h"
#include "batch/read_back.h"
#include "batch/watch.h"
#include "wirecopy/report.h"

namespace wirecopy::batch {
namespace {

// What lineage looks at in one article.
struct Article {
  std::string url;
  std::string canonical_url;
  std::string title;
  Credits credits;
};

// One cluster under way.
struct Case {
  std::vector<Article> articles;  // as the members
  std::vector<LineageLink> links;
  Lineage lineage;
};

class Tracer {
 public:
  Tracer(const Sought& sought, Findings& findings)
      : sought_(sought),
        table_(sought.corpus.documents),
        findings_(findings),
        cases_(findings.clusters.size()),
        case_of_(table_.size(), kNone),
        place_of_(table_.size()) {
    for (std::uint32_t c = 0; c < cases_.size(); ++c) {
      const std::vector<FoundMember>& members = findings.clusters[c].members;
      for (std::uint32_t i = 0; i < members.size(); ++i) {
        case_of_[members[i].document] = c;
        place_of_[members[i].document] = i;
      }
    }
  }

  void read_articles() {
    ProgressCounter progress(sought_.limits, "trace", cases_.size(), table_.size());
    base::for_each_index(cases_.size(), [&](std::size_t c) {
      check_stop(sought_.limits);
      const std::vector<FoundMember>& members = findings_.clusters[c].members;
      cases_[c].articles.resize(members.size());
      base::for_each_index(
          members.size(),
          [&](std::size_t i) { cases_[c].articles[i] = read_article(members[i].document); }, 16);
      progress.add(1);
    });
  }

  // Traces every cluster by what was judged so far. Returns the pairs of a member and its parent
  // that were not, sorted.
  std::vector<CandidatePair> trace(const PairJudge& judge) {
    collect_links(judge.found());
    base::for_each_index(cases_.size(), [&](std::size_t c) { trace_case(c); });
    std::vector<CandidatePair> missing;
    for (std::uint32_t c = 0; c < cases_.size(); ++c) {
      for (std::uint32_t i = 0; i < cases_[c].articles.size(); ++i) {
        const Descent& descent = cases_[c].lineage.members[i];
        if (!descent.parent || descent.link) continue;
        const CandidatePair pair = representatives(c, i, *descent.parent);
        if (pair.first != pair.second && !judge.has_judged(pair)) missing.push_back(pair);
      }
    }
    base::sort(missing.begin(), missing.end());
    missing.erase(std::unique(missing.begin(), missing.end()), missing.end());
    return missing;
  }

  // Writes what was traced to the clusters; the findings must have their pairs.
  void fill() {
    (void)findings_.agencies.number_of("");  // number 0
    for (std::uint32_t c = 0; c < cases_.size(); ++c) {
      FoundCluster& cluster = findings_.clusters[c];
      const Case& traced = cases_[c];
      cluster.first = cluster.members[traced.lineage.first].document;
      cluster.agency = findings_.agencies.number_of(traced.lineage.agency);
      for (std::uint32_t i = 0; i < cluster.members.size(); ++i) fill_member(c, i);
      cluster.title = traced.articles[place_of_[cluster.representative]].title;
    }
  }

  [[nodiscard]] std::string outlets() const {
    OutletTable outlets;
    const std::uint32_t own = sought_.corpus.stored.own(table_.size());
    for (std::uint32_t d = 0; d < own; ++d) {
      outlets.add_article(table_.source(d), table_.letter_counts[d]);
    }
    for (const FoundCluster& cluster : findings_.clusters) {
      if (cluster.first < own) outlets.add_first(table_.source(cluster.first));
      for (const FoundMember& member : cluster.members) {
        if (member.document < own && member.parent != member.document) add_copy(member, outlets);
      }
    }
    return to_csv(outlets.rows());
  }

 private:
  static constexpr std::uint32_t kNone = ~std::uint32_t{0};
  // Of two equal texts each covers the other.
  static constexpr Coverage kWhole{1, 1};

  [[nodiscard]] Article read_article(std::uint32_t document) const {
    const ReadBack back = read_back(sought_.reader, sought_.corpus, document);
    const Document& row = back.document();
    return {std::string(row.url), std::string(row.canonical_url), std::string(row.title),
            find_credits(row.text, row.title, row.byline)};
  }

  void collect_links(const std::vector<FoundPair>& pairs) {
    for (Case& each : cases_) each.links.clear();
    const auto add = [&](const FoundPair& pair) {
      const std::uint32_t c = case_of_[pair.a];
      if (c == kNone || c != case_of_[pair.b]) return;
      LineageLink link{place_of_[pair.a], place_of_[pair.b], kWhole, kWhole, 0, 0, true};
      if (pair.aligned) {
        link.coverage_a = pair.aligned->a;
        link.coverage_b = pair.aligned->b;
        link.columns = pair.aligned->columns.all;
        link.equal_columns = pair.aligned->columns.equal;
        link.equal = false;
      }
      cases_[c].links.push_back(link);
    };
    for (const FoundPair& pair : findings_.copies) add(pair);
    for (const FoundPair& pair : pairs) add(pair);
  }

  void trace_case(std::size_t c) {
    Case& traced = cases_[c];
    const std::vector<FoundMember>& members = findings_.clusters[c].members;
    std::vector<LineageMember> facts(members.size());
    for (std::size_t i = 0; i < members.size(); ++i) {
      const std::uint32_t document = members[i].document;
      const Article& article = traced.articles[i];
      facts[i] = {table_.ids[document],  table_.source(document), article.url,
                  article.canonical_url, article.title,           table_.time(document),
                  &article.credits};
    }
    traced.lineage = trace_lineage(facts, traced.links);
  }

  // Of the groups of two members, the smaller first.
  [[nodiscard]] CandidatePair representatives(std::uint32_t c, std::uint32_t one,
                                              std::uint32_t other) const {
    const std::vector<FoundMember>& members = findings_.clusters[c].members;
    const std::uint32_t a = findings_.groups.representative[members[one].document];
    const std::uint32_t b = findings_.groups.representative[members[other].document];
    return {std::min(a, b), std::max(a, b)};
  }

  void fill_member(std::uint32_t c, std::uint32_t i) {
    const Case& traced = cases_[c];
    const Descent& descent = traced.lineage.members[i];
    FoundMember& member = findings_.clusters[c].members[i];
    member.parent = member.document;
    member.role = descent.role;
    member.title_change = descent.title;
    member.agency = findings_.agencies.number_of(traced.articles[i].credits.agency());
    if (!descent.parent) return;
    member.parent = findings_.clusters[c].members[*descent.parent].document;
    member.credit_removed = descent.credit_removed;
    tie(member, representatives(c, i, *descent.parent));
  }

  // The pair of a member and its parent, by which equal texts are taken for one.
  void tie(FoundMember& member, CandidatePair groups) const {
    const std::uint32_t representative = findings_.groups.representative[member.document];
    if (groups.first != groups.second) {
      member.link = findings_.pair_of(groups.first, groups.second);
      member.parent_is_a = representative == groups.second;
    } else {
      member.parent_is_a = member.document != representative;
      member.link = &findings_.copy_of(member.parent_is_a ? member.document : member.parent);
    }
  }

  void add_copy(const FoundMember& member, OutletTable& outlets) const {
    std::uint64_t letters = table_.letter_counts[member.document];
    if (member.link == nullptr) {
      letters = 0;
    } else if (member.link->aligned) {
      const FoundPair::Aligned& aligned = *member.link->aligned;
      const Coverage coverage = member.parent_is_a ? aligned.b : aligned.a;
      letters = coverage.of == 0 ? 0 : letters * coverage.letters / coverage.of;
    }
    const TimeOrder time = order_in_time(table_.time(member.parent), table_.time(member.document));
    outlets.add_copy(table_.source(member.document), table_.source(member.parent), letters,
                     time.earlier == Earlier::a ? time.lag : std::nullopt);
  }

  const Sought& sought_;
  const DocumentTable& table_;
  Findings& findings_;
  std::vector<Case> cases_;
  std::vector<std::uint32_t> case_of_;
  std::vector<std::uint32_t> place_of_;
};

}  // namespace

void trace(const Sought& sought, PairJudge& judge, Findings& findings) {
  Tracer tracer(sought, findings);
  tracer.read_articles();
  for (auto missing = tracer.trace(judge); !missing.empty(); missing = tracer.trace(judge)) {
    judge.judge(missing);
  }
  judge.give(findings);
  tracer.fill();
  findings.outlets = tracer.outlets();
}

}  // namespace wirecopy::batch
