#include "batch/night.h"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "batch/ingest.h"

namespace wirecopy::batch {
namespace {

// Of equal texts the one that stands for them: the earliest, then the smallest id.
std::optional<Stored> first_of(const Archive& archive, std::span<const Stored> documents,
                               const std::unordered_map<Stored, StoredHead>& gone) {
  std::optional<Stored> best;
  std::tuple<TimeInterval, std::string> best_rank;
  for (const Stored each : documents) {
    if (gone.contains(each)) continue;
    const std::optional<StoredHead> head = archive.head(each);
    if (!head) continue;
    std::tuple<TimeInterval, std::string> rank{head->published, archive.article(each)->id};
    if (best && best_rank <= rank) continue;
    best = each;
    best_rank = std::move(rank);
  }
  return best;
}

}  // namespace

void Night::go(Stored document) {
  if (const std::optional<StoredHead> head = archive_.head(document)) {
    gone_.emplace(document, *head);
  }
}

bool Night::knows(std::string_view id, std::uint64_t text_hash) const {
  const std::optional<StoredIdentity> stored = archive_.identity(id);
  return stored &&
         std::find(stored->texts.begin(), stored->texts.end(), text_hash) != stored->texts.end();
}

NightIdentity& Night::identity_of(std::string_view id) {
  const auto found = identities_.find(id);
  if (found != identities_.end()) return found->second;
  NightIdentity& identity = identities_[std::string(id)];
  if (std::optional<StoredIdentity> stored = archive_.identity(id)) {
    identity.stored = stored->document;
    identity.texts = std::move(stored->texts);
  }
  return identity;
}

void Night::add(std::uint32_t document, std::string_view given, std::string_view renamed,
                std::uint64_t text_hash) {
  if (!renamed.empty()) identity_of(given).texts.push_back(text_hash);
  NightIdentity& identity = identity_of(renamed.empty() ? given : renamed);
  if (!identity.texts.empty() && !identity.document) {
    go(identity.stored);
    ++versions_;
  }
  identity.document = document;
  identity.texts.push_back(text_hash);
}

std::vector<Stored> Night::readmitted() {
  std::vector<Stored> again;
  for (const auto& [document, head] : gone_) {
    if (!head.representative) continue;
    const std::vector<Stored> equal = archive_.with_letters(head.letters);
    if (const std::optional<Stored> first = first_of(archive_, equal, gone_)) {
      again.push_back(*first);
    }
  }
  std::sort(again.begin(), again.end());
  again.erase(std::unique(again.begin(), again.end()), again.end());
  readmit_all(again);
  return again;
}

void Night::readmit_all(std::span<const Stored> documents) {
  for (const Stored each : documents) go(each);
  readmitted_ += documents.size();
}

void Night::keep_identities(const Corpus& corpus) {
  const StoredPart& stored = corpus.stored;
  for (std::uint32_t d = stored.own(corpus.documents.size()); d < corpus.documents.size(); ++d) {
    identity_of(corpus.documents.ids[d]).document = d;
  }
}

void Night::load_equal(Corpus& corpus) const {
  const std::uint32_t entering = corpus.stored.settled_begin();
  for (std::uint32_t d = 0; d < entering; ++d) {
    if (!corpus.documents.has_letters(d)) continue;
    for (const Stored each : archive_.with_letters(corpus.documents.letters[d])) {
      if (!gone_.contains(each)) (void)corpus.stored.load(each);
    }
  }
}

void Night::note_demoted(const Corpus& corpus, const Groups& groups) {
  for (std::uint32_t d = corpus.stored.settled_begin(); d < corpus.documents.size(); ++d) {
    if (corpus.stored.head(d).representative && groups.representative[d] != d) {
      demoted_.insert(corpus.stored.number(d));
    }
  }
}

void Night::load_stories(Corpus& corpus, const Groups& groups, std::span<const ScoredPair> scores) {
  if (gone_.size() == archive_.documents()) return;  // nobody is left to be reached
  StoredPart& stored = corpus.stored;
  std::unordered_set<Stored> reached;
  std::vector<Stored> open;
  const auto reach = [&](Stored document) {
    if (!is_left_out(document) && reached.insert(document).second) open.push_back(document);
  };
  const auto reach_from = [&](Stored document) {
    for (const StoredPair& pair : archive_.pairs_of(document)) {
      if (pair.link_score > 0) reach(pair.first == document ? pair.second : pair.first);
    }
  };
  for (const auto& [document, head] : gone_) {
    reach_from(document);
    if (head.representative) continue;
    for (const Stored equal : archive_.with_letters(head.letters)) {  // it had no pairs of its own
      const std::optional<StoredHead> other = archive_.head(equal);
      if (other && other->representative) reach(equal);
    }
  }
  for (const Stored document : demoted_) reach_from(document);
  for (const ScoredPair& pair : scores) {
    if (pair.score == 0) continue;
    for (const std::uint32_t d : {pair.a, pair.b}) {
      if (stored.is_settled(d)) reach(stored.number(d));
    }
  }
  for (std::uint32_t d = 0; d < stored.settled_begin(); ++d) {  // new copies of settled texts
    const std::uint32_t representative = groups.representative[d];
    if (stored.is_settled(representative)) reach(stored.number(representative));
  }

  std::vector<Stored> whole;
  std::vector<StoredPair> pairs;
  while (!open.empty()) {
    const Stored document = open.back();
    open.pop_back();
    whole.push_back(document);
    for (const StoredPair& pair : archive_.pairs_of(document)) {
      if (pair.link_score > 0) reach(pair.first == document ? pair.second : pair.first);
      if (pair.first == document) pairs.push_back(pair);
    }
  }
  std::sort(whole.begin(), whole.end());
  for (const Stored document : whole) {
    const std::uint32_t d = stored.load(document);
    for (const Stored equal : archive_.with_letters(stored.head(d).letters)) {
      if (!gone_.contains(equal)) (void)stored.load(equal);
    }
  }
  std::erase_if(pairs, [&](const StoredPair& pair) {
    return !reached.contains(pair.second) || is_left_out(pair.second);
  });
  for (const StoredPair& pair : pairs) add_pair(stored, pair);
  note_whole(corpus, whole);
}

// Of an unfinished story only the candidate itself is known.
void Night::note_whole(const Corpus& corpus, std::span<const Stored> reached) {
  constexpr auto kLow = [](const LettersHash& hash) { return hash.low; };
  std::unordered_set<LettersHash, decltype(kLow)> letters;
  const std::vector<LettersHash>& all = corpus.documents.letters;
  for (const Stored document : reached) letters.insert(all[*corpus.stored.find(document)]);
  const std::uint32_t entering = corpus.stored.settled_begin();
  for (std::uint32_t d = 0; d < entering; ++d) letters.insert(all[d]);
  whole_.assign(all.size(), true);
  for (std::uint32_t d = entering; d < whole_.size(); ++d) whole_[d] = letters.contains(all[d]);
}

void Night::keep_stored_first(const Corpus& corpus, Orders& orders) const {
  std::vector<std::uint32_t>& places = orders.to_keep;
  const auto size = static_cast<std::uint32_t>(places.size());
  const auto rank = [&](std::uint32_t document) {
    if (!corpus.stored.has(document)) return 1;
    return corpus.stored.head(document).kept ? 0 : 2;
  };
  std::vector<std::uint32_t> documents(size);
  std::iota(documents.begin(), documents.end(), 0U);
  std::sort(documents.begin(), documents.end(), [&](std::uint32_t left, std::uint32_t right) {
    return std::pair(rank(left), places[left]) < std::pair(rank(right), places[right]);
  });
  for (std::uint32_t place = 0; place < size; ++place) places[documents[place]] = place;
}

std::vector<Fate> fates_of(const Corpus& corpus, const Groups& groups) {
  if (corpus.night == nullptr) return {};
  std::vector<Fate> fates(corpus.documents.size(), Fate::gone);
  for (std::uint32_t d = 0; d < fates.size(); ++d) {
    Fate& fate = fates[groups.representative[d]];
    if (!corpus.stored.has(d)) {
      if (fate == Fate::gone) fate = Fate::open;
    } else if (corpus.stored.head(d).kept) {
      fate = Fate::kept;
    }
  }
  return fates;
}

void Night::add_pair(const StoredPart& stored, const StoredPair& pair) {
  std::uint32_t a = *stored.find(pair.first);
  std::uint32_t b = *stored.find(pair.second);
  ScoredPair scored{std::min(a, b), std::max(a, b), pair.link_score, pair.cannot_link};
  (pair.proposed ? proposed_ : asked_).push_back(scored);
  if (!pair.found) return;
  const StoredPair::Found& found = *pair.found;
  FoundPair known{
      a,
      b,
      found.verdict,
      found.score,
      found.similarity,
      FoundPair::Aligned{found.first, found.second, {found.equal_columns, found.columns}, 0, 0}};
  found_.push_back(a > b ? turned(known) : known);
}

}  // namespace wirecopy::batch
