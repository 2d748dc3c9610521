// Average-link over all documents: the components one beside the other, in rounds of questions.
#include <algorithm>
#include <memory>
#include <numeric>

#include "base/parallel.h"
#include "cluster/audit.h"
#include "cluster/groups.h"
#include "cluster/linker.h"
#include "cluster/rejoin.h"
#include "wirecopy/error.h"

namespace wirecopy {
namespace cluster_detail {
namespace {

using Numbers = std::vector<std::uint32_t>;

class AverageLink {
 public:
  AverageLink(std::span<const ScoredPair> pairs, std::span<const std::uint64_t> id_hashes,
              std::span<const std::uint32_t> by_id, const LinkRule& rule,
              const CompareMore& compare)
      : rule_(rule),
        compare_(compare),
        known_(pairs.begin(), pairs.end()),
        components_(group_by(connected(pairs, by_id.size()))),
        documents_(components_.members),
        hashes_(documents_.size()),
        labels_(by_id.size()) {
    base::for_each_index(components_.size(), [&](std::size_t c) {
      const auto begin = documents_.begin();
      std::sort(begin + components_.begin[c], begin + components_.begin[c + 1],
                [&](std::uint32_t a, std::uint32_t b) { return by_id[a] < by_id[b]; });
    });
    places_ = places_in(components_, documents_);
    std::transform(documents_.begin(), documents_.end(), hashes_.begin(),
                   [&](std::uint32_t document) { return id_hashes[document]; });
    std::iota(labels_.begin(), labels_.end(), 0U);
  }

  Linked run(std::span<const std::uint32_t> by_id) {
    const std::size_t given = known_.size();
    Numbers open(components_.size());
    std::iota(open.begin(), open.end(), 0U);
    Groups clusters;
    do {
      link(open);
      rejoin(open, by_id);
      clusters = group_by(labels_);
      const std::vector<ScoredPair> answers =
          ask(compare_, audit_questions(clusters, known_, by_id));
      known_.insert(known_.end(), answers.begin(), answers.end());
      open = refuted(clusters, answers);
    } while (!open.empty());

    Linked result{audit(clusters, known_, by_id), {}};
    const auto asked = std::span(known_).subspan(given);
    result.compared.assign(asked.begin(), asked.end());
    base::sort(result.compared.begin(), result.compared.end());
    return result;
  }

 private:
  // Links the components anew, from all that is known.
  void link(Numbers open) {
    const InnerPairs inner = inner_pairs(components_, places_, known_);
    std::vector<std::unique_ptr<Linker>> linkers(components_.size());
    std::vector<std::vector<CandidatePair>> asked(components_.size());
    while (!open.empty()) {
      base::for_each_index(open.size(), [&](std::size_t i) {
        const std::uint32_t c = open[i];
        if (!linkers[c]) linkers[c] = std::make_unique<Linker>(inner[c], hashes_of(c), rule_);
        asked[c] = linkers[c]->run();
        if (!asked[c].empty()) return;
        label(c, *linkers[c]);
        linkers[c].reset();
      });
      std::erase_if(open, [&](std::uint32_t c) { return asked[c].empty(); });
      for (const ScoredPair& answer : ask(compare_, questions(open, asked))) {
        linkers[components_.group_of[answer.a]]->answer(
            {places_[answer.a], places_[answer.b], answer.score, answer.cannot_link});
        known_.push_back(answer);
      }
    }
  }

  // Joins the parts of stories, in components that were just linked.
  void rejoin(const Numbers& linked, std::span<const std::uint32_t> by_id) {
    std::vector<bool> anew(components_.size());
    for (const std::uint32_t c : linked) anew[c] = true;
    std::vector<ScoredPair> pairs;
    for (const ScoredPair& pair : known_) {
      const std::uint32_t c = components_.group_of[pair.a];
      if (c != kNone && anew[c] && c == components_.group_of[pair.b]) pairs.push_back(pair);
    }
    const Groups clusters = group_by(labels_);
    const Numbers joined = rejoined(clusters, pairs, by_id, rule_);
    for (std::uint32_t c = 0; c < joined.size(); ++c) {
      if (joined[c] == c) continue;
      const std::uint32_t label = clusters[joined[c]].front();
      for (const std::uint32_t d : clusters[c]) labels_[d] = label;
      for (const std::uint32_t d : clusters[joined[c]]) labels_[d] = label;
    }
  }

  [[nodiscard]] std::span<const std::uint64_t> hashes_of(std::uint32_t component) const {
    const std::uint32_t begin = components_.begin[component];
    return std::span(hashes_).subspan(begin, components_.begin[component + 1] - begin);
  }

  // What the open components ask for, in terms of documents.
  [[nodiscard]] std::vector<CandidatePair> questions(
      const Numbers& open, const std::vector<std::vector<CandidatePair>>& asked) const {
    std::vector<CandidatePair> questions;
    for (const std::uint32_t c : open) {
      const std::uint32_t* documents = documents_.data() + components_.begin[c];
      for (const CandidatePair& pair : asked[c]) {
        const auto [a, b] = std::minmax(documents[pair.first], documents[pair.second]);
        questions.push_back({a, b});
      }
    }
    return questions;
  }

  void label(std::uint32_t component, Linker& linker) {
    const std::uint32_t* documents = documents_.data() + components_.begin[component];
    const std::size_t size = components_[component].size();
    for (std::uint32_t i = 0; i < size; ++i) labels_[documents[i]] = documents[linker.group_of(i)];
  }

  // Components of clusters in which a pair cannot link, as the audit has just shown.
  [[nodiscard]] Numbers refuted(const Groups& clusters, std::span<const ScoredPair> answers) const {
    Numbers found;
    for (const ScoredPair& pair : answers) {
      const std::uint32_t cluster = clusters.group_of[pair.a];
      if (pair.cannot_link && cluster != kNone && cluster == clusters.group_of[pair.b]) {
        found.push_back(components_.group_of[pair.a]);
      }
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
  }

  const LinkRule& rule_;
  const CompareMore& compare_;
  std::vector<ScoredPair> known_;  // given or asked for
  Groups components_;
  Numbers documents_;                  // of the components, each in the order of ids
  std::vector<std::uint64_t> hashes_;  // of the ids of documents_
  Numbers places_;                     // by document, the place in its component
  Numbers labels_;                     // by document, another one of its cluster
};

}  // namespace
}  // namespace cluster_detail

Linked average_link(std::span<const ScoredPair> pairs, std::span<const std::uint64_t> id_hashes,
                    std::span<const std::uint32_t> by_id, const LinkRule& rule,
                    const CompareMore& compare) {
  if (id_hashes.size() != by_id.size() || rule.merge_at < 1 || rule.merge_at > 65'536) {
    throw Error(ErrorCode::usage,
                "Average-link takes one id hash a document and merges at a score in (0, 1].");
  }
  cluster_detail::check_pairs(pairs, by_id.size());
  return cluster_detail::AverageLink(pairs, id_hashes, by_id, rule, compare).run(by_id);
}

}  // namespace wirecopy
