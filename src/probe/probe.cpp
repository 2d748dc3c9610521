#include "wirecopy/probe.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/parallel.h"
#include "probe/distinct.h"
#include "probe/lists.h"
#include "probe/postings.h"
#include "wirecopy/error.h"

namespace wirecopy {
namespace {

constexpr std::uint32_t kLeastCap = 8;  // a quarter is the shortest run, which holds a pair
constexpr std::uint32_t kMostCap = 65'535;
constexpr std::uint32_t kMostDiscount = 100;
constexpr std::uint64_t kMillion = 1'000'000;

// Whom one thread's document meets, and how often.
struct Tally {
  explicit Tally(std::size_t documents)
      : weight(documents), met(std::make_unique_for_overwrite<std::uint32_t[]>(documents + 1)) {}
  std::vector<std::uint32_t> weight;     // of what is shared, by document; zero between documents
  std::unique_ptr<std::uint32_t[]> met;  // room for all and one more
};

struct Share {
  std::vector<CandidatePair> pairs;
  std::uint64_t met_pairs = 0;
};

}  // namespace

class Probe::State {
 public:
  State(const Probing& probing, std::uint64_t memory_bytes, std::string work_folder)
      : probing_(probing),
        memory_bytes_(std::max<std::uint64_t>(memory_bytes, 1)),
        postings_(memory_bytes_, std::move(work_folder)) {}

  void add(std::uint32_t document, const Fingerprints& votes);
  void add_stored(std::uint32_t document, std::span<const std::uint64_t> names, VoteCounts all);
  [[nodiscard]] Proposals propose(std::span<const std::uint32_t> order,
                                  std::span<const std::uint64_t> id_hashes);

 private:
  VoteCounts& place_for(std::uint32_t document);
  [[nodiscard]] std::vector<probe::DocumentRange> ranges() const;
  void propose_in(probe::DocumentRange range, const probe::Lists& lists,
                  base::PerThread<Tally>& tallies, Proposals& to) const;
  void propose_of(std::uint32_t document, const probe::Lists& lists, Tally& tally, Share& to) const;
  [[nodiscard]] bool enough(std::uint32_t weight, const VoteCounts& a,
                            const VoteCounts& b) const noexcept;

  Probing probing_;
  std::uint64_t memory_bytes_;
  probe::Postings postings_;
  probe::Distinct distinct_;
  std::vector<VoteCounts> votes_;  // by document
  std::size_t new_documents_ = 0;  // those behind them are stored
  std::uint64_t added_ = 0;
};

VoteCounts& Probe::State::place_for(std::uint32_t document) {
  if (document < votes_.size() || document >= probe::kMostDocuments) {
    throw Error(
        ErrorCode::usage,
        fmt::format("document {} cannot be added after {}: numbers ascend and stay below {}",
                    document, votes_.size(), probe::kMostDocuments));
  }
  ++added_;
  votes_.resize(std::size_t{document} + 1);
  return votes_.back();
}

void Probe::State::add(std::uint32_t document, const Fingerprints& votes) {
  if (new_documents_ != votes_.size()) {
    throw Error(ErrorCode::usage, "new documents are added before stored ones");
  }
  VoteCounts& count = place_for(document);
  new_documents_ = votes_.size();
  distinct_.begin(votes.values.size());
  for (const Fingerprint& fingerprint : votes.values) {
    if (!distinct_.add(fingerprint.name)) continue;
    postings_.add(fingerprint.name, document);
    ++count.all;
    count.common += keeps(probing_.kept, fingerprint.name) ? 1U : 0U;
  }
}

void Probe::State::add_stored(std::uint32_t document, std::span<const std::uint64_t> names,
                              VoteCounts all) {
  place_for(document) = all;
  for (const std::uint64_t name : names) postings_.add(name, document);
}

// Shares are compared at the density that both documents have: a short text keeps all its
// fingerprints, of which a long one can share only the common ones. (A short text that happens to
// have only common ones counts as a long one: whatever it shares is common.)
bool Probe::State::enough(std::uint32_t weight, const VoteCounts& a,
                          const VoteCounts& b) const noexcept {
  const std::uint64_t one = probing_.hot_discount;
  if (weight < one * probing_.min_shared) return false;
  const bool both_dense = a.all != a.common && b.all != b.common;
  const std::uint32_t smaller = both_dense ? std::min(a.all, b.all) : std::min(a.common, b.common);
  return weight * kMillion >= one * probing_.min_share * smaller;
}

void Probe::State::propose_of(std::uint32_t document, const probe::Lists& lists, Tally& tally,
                              Share& to) const {
  constexpr std::size_t kAhead = 16;
  const std::span<const std::uint32_t> places = lists.places(document);
  std::uint32_t* const weight = tally.weight.data();
  std::uint32_t* const met = tally.met.get();
  std::size_t count = 0;
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (i + kAhead < places.size()) lists.prefetch(places[i + kAhead]);
    lists.followers(places[i], [&](std::uint32_t other, bool hot) {
      met[count] = other;  // without a branch, which nobody could predict
      count += weight[other] == 0 ? 1U : 0U;
      weight[other] += hot ? 1U : probing_.hot_discount;
    });
  }
  to.met_pairs += count;
  const std::size_t first_pair = to.pairs.size();
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint32_t other = met[i];
    if (enough(weight[other], votes_[document], votes_[other])) {
      to.pairs.push_back({document, other});
    }
    weight[other] = 0;
  }
  std::sort(to.pairs.begin() + static_cast<std::ptrdiff_t>(first_pair), to.pairs.end());
}

// As many documents at a time as have fingerprints for the memory: all, or parts of about the same
// number of fingerprints. Stored ones propose nobody.
std::vector<probe::DocumentRange> Probe::State::ranges() const {
  constexpr std::uint64_t kBytes = 8;  // a fingerprint in the lists
  const std::uint64_t all = postings_.size();
  const std::uint64_t parts =
      std::min<std::uint64_t>(all * kBytes / memory_bytes_ + 1, new_documents_);
  std::vector<probe::DocumentRange> ranges(1);
  std::uint64_t before = 0;
  for (std::uint32_t document = 0; document < new_documents_; ++document) {
    if (ranges.size() < parts && before * parts >= all * ranges.size()) {
      ranges.push_back({document, document});
    }
    ranges.back().end = document + 1;
    before += votes_[document].all;
  }
  return ranges;
}

void Probe::State::propose_in(probe::DocumentRange range, const probe::Lists& lists,
                              base::PerThread<Tally>& tallies, Proposals& to) const {
  constexpr std::size_t kDocumentsAShare = 512;
  const std::size_t documents = range.end - range.begin;
  std::vector<Share> shares((documents + kDocumentsAShare - 1) / kDocumentsAShare);
  base::for_each_index(shares.size(), [&](std::size_t i) {
    Tally& tally = tallies.local();
    const std::size_t end = std::min(documents, (i + 1) * kDocumentsAShare);
    for (std::size_t document = i * kDocumentsAShare; document < end; ++document) {
      propose_of(range.begin + static_cast<std::uint32_t>(document), lists, tally, shares[i]);
    }
  });
  std::size_t pairs = to.pairs.size();
  for (const Share& share : shares) pairs += share.pairs.size();
  to.pairs.reserve(pairs);
  for (Share& share : shares) {
    to.pairs.insert(to.pairs.end(), share.pairs.begin(), share.pairs.end());
    share.pairs = {};
    to.counts.met_pairs += share.met_pairs;
  }
}

Proposals Probe::State::propose(std::span<const std::uint32_t> order,
                                std::span<const std::uint64_t> id_hashes) {
  const std::size_t documents = votes_.size();
  if (order.size() < documents || id_hashes.size() < documents) {
    throw Error(ErrorCode::usage,
                fmt::format("{} documents were added, but the order is that of {} and there are {} "
                            "hashes of ids",
                            documents, order.size(), id_hashes.size()));
  }
  Proposals result;
  base::PerThread<Tally> tallies([&] { return Tally(documents); });
  result.counts.documents = added_;
  const std::vector<probe::DocumentRange> parts = ranges();
  if (parts.size() > 1) postings_.spill();
  ProbeCounts same;  // every range counts all lists
  for (const probe::DocumentRange range : parts) {
    const bool again = range.end < new_documents_;
    const probe::Lists lists(postings_, again, range, {probing_.list_cap, order, id_hashes},
                             range.begin == 0 ? result.counts : same);
    propose_in(range, lists, tallies, result);
  }
  return result;
}

Probe::Probe(const Probing& probing, std::uint64_t memory_bytes, std::string work_folder) {
  if (probing.list_cap < kLeastCap || probing.list_cap > kMostCap) {
    throw Error(ErrorCode::usage,
                fmt::format("lists of {} documents cannot be the cap: choose {} to {}",
                            probing.list_cap, kLeastCap, kMostCap));
  }
  if (probing.min_share > kMillion) {
    throw Error(ErrorCode::usage,
                fmt::format("a share of {} millionths is more than all: choose 0 to {}",
                            probing.min_share, kMillion));
  }
  if (probing.hot_discount < 1 || probing.hot_discount > kMostDiscount) {
    throw Error(ErrorCode::usage,
                fmt::format("{} hot fingerprints cannot count as one: choose 1 to {}",
                            probing.hot_discount, kMostDiscount));
  }
  state_ = std::make_unique<State>(probing, memory_bytes, std::move(work_folder));
}

Probe::~Probe() = default;
Probe::Probe(Probe&&) noexcept = default;
Probe& Probe::operator=(Probe&&) noexcept = default;

void Probe::add(std::uint32_t document, const Fingerprints& votes) { state_->add(document, votes); }

void Probe::add_stored(std::uint32_t document, std::span<const std::uint64_t> names,
                       VoteCounts all) {
  state_->add_stored(document, names, all);
}

Proposals Probe::propose(std::span<const std::uint32_t> order,
                         std::span<const std::uint64_t> id_hashes) && {
  return std::exchange(state_, nullptr)->propose(order, id_hashes);
}

}  // namespace wirecopy
