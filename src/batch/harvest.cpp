// What a run leaves in the archive.
#include <algorithm>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/parallel.h"
#include "batch/night.h"
#include "batch/over_nights.h"
#include "batch/print_columns.h"
#include "batch/propose.h"
#include "batch/read_back.h"
#include "batch/watch.h"
#include "wirecopy/band.h"
#include "wirecopy/blocks.h"

namespace wirecopy::batch {
namespace {

// One new document with all that is stored of it.
struct Sheaf {
  std::uint32_t document = 0;
  ReadBack back;
  StoredHead head;
  std::vector<std::uint64_t> votes;
  std::vector<std::uint64_t> bands;
  std::vector<std::uint64_t> short_blocks;
};

struct Sheaves {
  std::vector<Sheaf> all;
};

class Harvester {
 public:
  Harvester(const Sought& sought, const Findings& findings, Harvest& to)
      : sought_(sought),
        corpus_(sought.corpus),
        table_(sought.corpus.documents),
        night_(*sought.corpus.night),
        archive_(night_.archive()),
        findings_(findings),
        to_(to) {}

  void documents() {
    std::uint32_t next = 0;
    const std::uint32_t end = corpus_.stored.settled_begin();
    ProgressCounter progress(sought_.limits, "store", end, end);
    const auto produce = [&]() -> std::shared_ptr<Sheaves> {
      check_stop(sought_.limits);
      auto sheaves = std::make_shared<Sheaves>();
      for (; next < end && sheaves->all.size() < kAtOnce; ++next) {
        sheaves->all.emplace_back().document = next;
      }
      return sheaves->all.empty() ? nullptr : sheaves;
    };
    const auto work = [&](std::shared_ptr<Sheaves> sheaves) {
      for (Sheaf& sheaf : sheaves->all) fill(sheaf);
      return sheaves;
    };
    const auto collect = [&](std::shared_ptr<Sheaves> sheaves) {
      for (const Sheaf& sheaf : sheaves->all) {
        to_.document({number_of(sheaf.document), sheaf.head, &sheaf.back.document(),
                      table_.ids[sheaf.document], sheaf.votes, sheaf.bands, sheaf.short_blocks});
      }
      progress.add(sheaves->all.size());
    };
    base::ordered_pipeline<Sheaves, Sheaves>(std::size_t{2} * base::current_threads(), produce,
                                             work, collect);
  }

  void removals() {
    std::vector<Stored> gone;
    for (const auto& [document, head] : night_.gone()) gone.push_back(document);
    std::sort(gone.begin(), gone.end());
    for (const Stored document : gone) {
      to_.remove(document, night_.gone().at(document), archive_.article(document)->id);
    }
  }

  void identities() {
    for (const auto& [id, identity] : night_.identities()) {
      to_.identity(id, {identity.document ? number_of(*identity.document) : identity.stored,
                        identity.texts});
    }
  }

  void heads() {
    std::set<Stored> demoted(night_.demoted().begin(), night_.demoted().end());
    for (const Stored document : demoted) {
      StoredHead head = *archive_.head(document);
      head.representative = false;
      head.votes = {};
      to_.head(document, head);
    }
  }

  void pairs() {
    std::vector<StoredPair> pairs;
    for (const ScoredPair& scored : night_.new_scores()) pairs.push_back(stored_pair(scored));
    base::sort(pairs.begin(), pairs.end(), [](const StoredPair& left, const StoredPair& right) {
      return std::pair(left.first, left.second) < std::pair(right.first, right.second);
    });
    for (const StoredPair& pair : pairs) to_.pair(pair);
  }

  void pair_removals() {
    std::set<std::pair<Stored, Stored>> pairs;
    const auto add = [&](Stored document) {
      for (const StoredPair& pair : archive_.pairs_of(document)) {
        pairs.emplace(pair.first, pair.second);
      }
    };
    for (const auto& [document, head] : night_.gone()) add(document);
    for (const Stored document : night_.demoted()) add(document);
    for (const auto& [first, second] : pairs) to_.remove_pair(first, second);
  }

  void clusters(bool fresh) {
    std::unordered_map<std::uint32_t, base::Hash128> now;
    for (const FoundCluster& cluster : findings_.clusters) {
      for (const FoundMember& member : cluster.members) now.emplace(member.document, cluster.id);
    }
    struct Move {
      Stored document{};
      std::optional<base::Hash128> before;
      std::optional<base::Hash128> now;
    };
    std::vector<Move> moves;
    for (std::uint32_t d = 0; d < table_.size(); ++d) {
      if (!night_.is_whole(d)) continue;
      Move move{number_of(d), std::nullopt, std::nullopt};
      if (corpus_.stored.is_settled(d)) move.before = archive_.cluster_of(move.document);
      if (const auto found = now.find(d); found != now.end()) move.now = found->second;
      if (move.before != move.now) moves.push_back(move);
    }
    for (const auto& [document, head] : night_.gone()) {
      if (fresh) break;
      if (const auto before = archive_.cluster_of(document)) {
        moves.push_back({document, before, std::nullopt});
      }
    }
    std::sort(moves.begin(), moves.end(),
              [](const Move& left, const Move& right) { return left.document < right.document; });
    for (const Move& move : moves) to_.cluster(move.document, move.before, move.now);
  }

 private:
  static constexpr std::size_t kAtOnce = 64;

  [[nodiscard]] Stored number_of(std::uint32_t document) const {
    if (corpus_.stored.is_settled(document)) return corpus_.stored.number(document);
    return Stored{static_cast<std::uint32_t>(archive_.next()) + document};
  }

  void fill(Sheaf& sheaf) const {
    const std::uint32_t d = sheaf.document;
    sheaf.back = read_back(sought_.reader, corpus_, d);
    const Document& document = sheaf.back.document();
    sheaf.head.letters = table_.letters[d];
    sheaf.head.word_hash = table_.word_hashes[d];
    sheaf.head.id_hash = id_hash(table_.ids[d], sought_.recipe.shingling.key);
    sheaf.head.published = table_.published[d];
    sheaf.head.letter_count = table_.letter_counts[d];
    sheaf.head.generation = night_.generation_of(corpus_.stored, d);
    sheaf.head.representative = findings_.groups.representative[d] == d;
    sheaf.head.kept = corpus_.stored.has(d) ? corpus_.stored.head(d).kept : findings_.kept(d);
    sheaf.short_blocks = short_blocks(document.text);
    if (!sheaf.head.representative || !table_.has_letters(d)) return;
    Fingerprints votes;
    votes_of(corpus_.prints.prints_of(d), outlet_hash(document.source), findings_.model, votes);
    for (const Fingerprint& vote : votes.values) sheaf.votes.push_back(vote.name);
    sheaf.votes = distinct(std::move(sheaf.votes));
    sheaf.head.votes.all = static_cast<std::uint32_t>(sheaf.votes.size());
    for (const std::uint64_t name : sheaf.votes) {
      sheaf.head.votes.common += keeps(sought_.recipe.winnowing->kept, name) ? 1U : 0U;
    }
    band_keys(corpus_.signatures.values()[d], sought_.recipe.banding, sheaf.bands);
    sheaf.bands = distinct(std::move(sheaf.bands));
  }

  [[nodiscard]] StoredPair stored_pair(const ScoredPair& scored) const {
    StoredPair pair;
    const auto& proposed = night_.new_proposed();
    pair.proposed =
        std::binary_search(proposed.begin(), proposed.end(), CandidatePair{scored.a, scored.b});
    pair.link_score = scored.score;
    pair.cannot_link = scored.cannot_link;
    const bool turns = number_of(scored.b) < number_of(scored.a);
    pair.first = number_of(turns ? scored.b : scored.a);
    pair.second = number_of(turns ? scored.a : scored.b);
    if (const FoundPair* known = findings_.pair_of(scored.a, scored.b)) {
      const FoundPair found = turns ? turned(*known) : *known;
      pair.found = {found.verdict,
                    found.score,
                    found.similarity,
                    found.aligned->a,
                    found.aligned->b,
                    found.aligned->columns.equal,
                    found.aligned->columns.all};
    }
    return pair;
  }

  const Sought& sought_;
  const Corpus& corpus_;
  const DocumentTable& table_;
  const Night& night_;
  const Archive& archive_;
  const Findings& findings_;
  Harvest& to_;
};

}  // namespace

std::vector<std::uint64_t> short_blocks(std::string_view utf8) {
  const NormalizedText text = normalize(utf8);
  std::vector<std::uint64_t> hashes;
  for (const Block& block : split_blocks(utf8, text)) {
    const std::uint32_t letters = block.letters.end - block.letters.begin;
    if (letters >= kLeastShortBlock && letters <= kMostShortBlock) {
      hashes.push_back(block_hash(text, block));
    }
  }
  return distinct(std::move(hashes));
}

void harvest(const Sought& sought, const Findings& findings, bool fresh, Harvest& to) {
  Harvester harvester(sought, findings, to);
  if (!sought.rule.model) to.model(findings.model);
  harvester.documents();
  if (!fresh) harvester.removals();
  harvester.identities();
  if (!fresh) harvester.heads();
  harvester.pairs();
  if (!fresh) harvester.pair_removals();
  harvester.clusters(fresh);
  to.complete();
}

}  // namespace wirecopy::batch
