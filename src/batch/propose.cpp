#include "batch/propose.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <optional>
#include <utility>

#include "base/hash.h"
#include "base/parallel.h"
#include "batch/partners.h"

namespace wirecopy::batch {
namespace {

constexpr std::uint64_t kProbeShare = 4;  // of the memory limit

// Reads the prints of all documents and frees them: notes what is boilerplate, and lets
// representatives vote.
template <typename Vote>
void take_prints(const Sought& sought, const std::vector<std::uint32_t>& members,
                 const Model& model, Vote&& vote) {
  Corpus& corpus = sought.corpus;
  Fingerprints votes;
  auto next = members.begin();
  for (std::uint32_t document = 0; document < corpus.prints.size(); ++document) {
    const Prints prints = corpus.prints.prints_of(document);
    const std::uint64_t outlet = outlet_hash(corpus.documents.source(document));
    for (const PrintedBlock& block : prints.blocks) {
      if (model.is_boilerplate(outlet, block.block))
        corpus.stock.push_back({document, block.block});
    }
    if (next == members.end() || *next != document) continue;
    ++next;
    votes_of(prints, outlet, model, votes);
    vote(document, votes);
  }
  if (corpus.night == nullptr) corpus.prints.free();  // else they are harvested
}

std::vector<CandidatePair> propose_by_prints(const Sought& sought,
                                             const std::vector<std::uint32_t>& members,
                                             const std::vector<std::uint64_t>& id_hashes,
                                             const Model& model, Summary& summary) {
  Probing probing = sought.rule.probing;
  probing.kept = sought.recipe.winnowing->kept;
  Probe probe(probing, sought.limits.memory_bytes / kProbeShare, sought.limits.work_folder);
  std::optional<PrintPartners> partners;
  if (sought.corpus.night != nullptr) {
    partners.emplace(sought.corpus, wirecopy::batch::id_hashes(sought.corpus.documents,
                                                               sought.recipe.shingling.key));
  }
  take_prints(sought, members, model, [&](std::uint32_t document, const Fingerprints& votes) {
    probe.add(document, votes);
    if (partners) partners->expect(votes);
  });
  if (partners) partners->add_to(probe);
  Proposals proposals = partners
                            ? std::move(probe).propose(partners->order(), partners->id_hashes())
                            : std::move(probe).propose(sought.orders.by_time, id_hashes);
  if (partners) partners->load(proposals.pairs);
  summary.capped_lists = proposals.counts.hot_lists;
  return std::move(proposals.pairs);
}

}  // namespace

BandOptions band_options(Millionths threshold) {
  const double share = threshold.value() / 1e6;
  const double mean = kSketchSize * share;
  BandOptions options;
  options.min_equal_lanes = static_cast<std::uint32_t>(
      std::max(0.0, std::floor(mean - 5 * std::sqrt(mean * (1 - share)))));
  return options;
}

std::vector<std::uint32_t> comparable(const Groups& groups, const DocumentTable& table) {
  std::vector<std::uint32_t> members;
  for (std::uint32_t d = 0; d < table.size(); ++d) {
    if (groups.representative[d] == d && table.has_letters(d)) members.push_back(d);
  }
  return members;
}

std::uint64_t id_hash(std::string_view id, const Key& key) noexcept {
  return base::mix64(base::hash64(id) ^ key.words()[0] ^ base::mix64(key.words()[1]));
}

std::vector<std::uint64_t> id_hashes(const DocumentTable& table, const Key& key) {
  std::vector<std::uint64_t> hashes(table.size());
  base::for_each_index(
      hashes.size(), [&](std::size_t d) { hashes[d] = id_hash(table.ids[d], key); }, 1024);
  return hashes;
}

std::vector<CandidatePair> propose_by_bands(Corpus& corpus,
                                            const std::vector<std::uint32_t>& members,
                                            const std::vector<std::uint32_t>& places,
                                            const Recipe& recipe, Millionths threshold,
                                            Summary& summary) {
  Candidates proposed;
  if (corpus.night != nullptr) {
    proposed = meet_bands(corpus, members, recipe, band_options(threshold));
  } else {
    proposed = candidates(members, corpus.signatures.values(), places, recipe.banding,
                          band_options(threshold));
    corpus.signatures.free();
  }
  summary.capped_buckets = proposed.capped_buckets;
  summary.left_out_pairs = proposed.left_out_pairs;
  return std::move(proposed.pairs);
}

std::vector<CandidatePair> propose(const Sought& sought, const Groups& groups,
                                   const std::vector<std::uint64_t>& id_hashes, const Model& model,
                                   Summary& summary) {
  const DocumentTable& table = sought.corpus.documents;
  const MatchRule& rule = sought.rule;
  std::vector<std::uint32_t> members = comparable(groups, table);
  std::erase_if(members, [&](std::uint32_t d) { return sought.corpus.stored.is_settled(d); });
  std::vector<CandidatePair> pairs;
  if (rule.proposers != Proposers::probe) {
    pairs = propose_by_bands(sought.corpus, members, sought.orders.by_time, sought.recipe,
                             rule.threshold, summary);
  }
  if (rule.proposers == Proposers::band) {
    take_prints(sought, members, model, [](std::uint32_t, const Fingerprints&) {});
  } else {
    const std::vector<CandidatePair> printed =
        propose_by_prints(sought, members, id_hashes, model, summary);
    std::vector<CandidatePair> both;
    both.reserve(pairs.size() + printed.size());
    std::set_union(pairs.begin(), pairs.end(), printed.begin(), printed.end(),
                   std::back_inserter(both));
    pairs = std::move(both);
  }
  return pairs;
}

}  // namespace wirecopy::batch
