#include "batch/partners.h"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

#include "base/parallel.h"
#include "batch/night.h"
#include "wirecopy/normalize.h"
#include "wirecopy/sketch.h"

namespace wirecopy::batch {
namespace {

// Only the top 40 bits of a name count.
constexpr unsigned kUnseenBits = 24;

void sort_names(std::vector<std::uint64_t>& names) {
  base::sort(names.begin(), names.end());
  const auto same = [](std::uint64_t left, std::uint64_t right) {
    return left >> kUnseenBits == right >> kUnseenBits;
  };
  names.erase(std::unique(names.begin(), names.end(), same), names.end());
}

// A stored document and one of the names that it has.
struct Holding {
  Stored document{};
  std::uint32_t name = 0;
  friend auto operator<=>(const Holding&, const Holding&) = default;
};

std::vector<Holding> holdings(const Archive& archive, Postings postings,
                              std::span<const std::uint64_t> names) {
  std::vector<Holding> found;
  archive.holders(postings, names, [&](std::size_t name, std::span<const Stored> documents) {
    for (const Stored document : documents) {
      found.push_back({document, static_cast<std::uint32_t>(name)});
    }
  });
  base::sort(found.begin(), found.end());
  return found;
}

std::vector<Stored> documents_of(std::span<const Holding> holdings) {
  std::vector<Stored> documents;
  for (const Holding& holding : holdings) {
    if (documents.empty() || documents.back() != holding.document) {
      documents.push_back(holding.document);
    }
  }
  return documents;
}

// Ranks by (published, hash of the id).
std::vector<std::uint32_t> rank(std::span<const TimeInterval> published,
                                std::span<const std::uint64_t> id_hashes) {
  std::vector<std::uint32_t> documents(published.size());
  std::iota(documents.begin(), documents.end(), 0U);
  base::sort(documents.begin(), documents.end(), [&](std::uint32_t left, std::uint32_t right) {
    return std::tie(published[left], id_hashes[left]) <
           std::tie(published[right], id_hashes[right]);
  });
  std::vector<std::uint32_t> places(documents.size());
  for (std::uint32_t i = 0; i < documents.size(); ++i) places[documents[i]] = i;
  return places;
}

}  // namespace

void PrintPartners::expect(const Fingerprints& votes) {
  for (const Fingerprint& vote : votes.values) names_.push_back(vote.name);
}

void PrintPartners::add_to(Probe& probe) {
  const Archive& archive = corpus_.night->archive();
  sort_names(names_);
  const std::vector<Holding> held = holdings(archive, Postings::prints, names_);
  const std::vector<Stored> documents = documents_of(held);
  std::vector<TimeInterval> published = corpus_.documents.published;
  auto next = held.begin();
  std::vector<std::uint64_t> shared;
  archive.heads(documents, [&](std::size_t i, const StoredHead& head) {
    if (!corpus_.night->meets(documents[i], head)) return;
    next = std::lower_bound(next, held.end(), Holding{documents[i], 0});
    shared.clear();
    for (; next != held.end() && next->document == documents[i]; ++next) {
      shared.push_back(names_[next->name]);
    }
    probe.add_stored(static_cast<std::uint32_t>(published.size()), shared, head.votes);
    published.push_back(head.published);
    id_hashes_.push_back(head.id_hash);
    partners_.push_back(documents[i]);
  });
  order_ = rank(published, id_hashes_);
}

void PrintPartners::load(std::vector<CandidatePair>& pairs) const {
  const std::size_t before = id_hashes_.size() - partners_.size();
  for (CandidatePair& pair : pairs) {
    if (pair.second >= before) pair.second = corpus_.stored.load(partners_[pair.second - before]);
  }
  base::sort(pairs.begin(), pairs.end());
}

Candidates meet_bands(Corpus& corpus, const std::vector<std::uint32_t>& members,
                      const Recipe& recipe, const BandOptions& options) {
  const std::span<const Signature> own = corpus.signatures.values();
  const Archive& archive = corpus.night->archive();
  std::vector<std::uint64_t> names;
  std::vector<std::uint64_t> keys;
  for (const std::uint32_t member : members) {
    band_keys(own[member], recipe.banding, keys);
    names.insert(names.end(), keys.begin(), keys.end());
  }
  sort_names(names);
  const std::vector<Stored> stored = documents_of(holdings(archive, Postings::bands, names));
  std::vector<std::uint32_t> all = members;
  archive.heads(stored, [&](std::size_t i, const StoredHead& head) {
    if (corpus.night->meets(stored[i], head)) all.push_back(corpus.stored.load(stored[i]));
  });
  std::sort(all.begin() + static_cast<std::ptrdiff_t>(members.size()), all.end());

  const DocumentTable& table = corpus.documents;
  std::vector<Signature> signatures(own.begin(), own.end());
  signatures.resize(table.size());
  const Shingler shingler(recipe.shingling);
  const Sketcher sketcher(recipe.shingling.key);
  base::for_each_index(all.size() - members.size(), [&](std::size_t i) {
    const std::uint32_t document = all[members.size() + i];
    const std::shared_ptr<const StoredArticle> article = corpus.stored.article(document);
    Shingler::Scratch words;
    signatures[document] =
        sketcher.sketch(shingler.shingle(normalize(article->document.text), words));
  });
  Candidates found =
      candidates(all, signatures, rank_by_time(table, rank_by_id(table)), recipe.banding, options);
  std::erase_if(found.pairs, [&](const CandidatePair& pair) {
    return corpus.stored.is_settled(pair.first) && corpus.stored.is_settled(pair.second);
  });
  return found;
}

}  // namespace wirecopy::batch
