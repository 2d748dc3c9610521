#include <algorithm>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

#include "base/parallel.h"
#include "batch/tell.h"
#include "batch/watch.h"

namespace wirecopy::batch {
namespace {

constexpr std::size_t kPairsBetweenSignals = 4096;

// Which of two documents is a: the earlier one, or the one with the smaller id where that is not
// known.
struct Orientation {
  bool turned = false;
  TimeOrder time;
};

Orientation orientation_of(const FoundPair& pair, const Told& told) {
  const DocumentTable& table = told.corpus.documents;
  const TimeOrder time = order_in_time(table.time(pair.a), table.time(pair.b));
  switch (time.earlier) {
    case Earlier::a:
      return {false, time};
    case Earlier::b:
      return {true, {Earlier::a, time.lag}};
    case Earlier::unknown:
      break;
  }
  return {told.orders.by_id[pair.b] < told.orders.by_id[pair.a], time};
}

class PairTeller {
 public:
  PairTeller(const Told& told, Sink& sink)
      : told_(told), table_(told.corpus.documents), sink_(sink) {}

  void tell(const FoundPair& found) {
    const Orientation orientation = orientation_of(found, told_);
    const FoundPair pair = orientation.turned ? turned(found) : found;
    PairRow row{table_.ids[pair.a], table_.ids[pair.b], pair.verdict,    pair.score,
                pair.similarity,    std::nullopt,       orientation.time};
    if (pair.aligned) {
      row.aligned = {pair.aligned->a, pair.aligned->b, pair.aligned->columns.identity()};
    }
    sink_.pair(row);
    if (pair.aligned) tell_passages(pair, orientation.turned);
  }

 private:
  void tell_passages(const FoundPair& pair, bool turned) {
    passages_.clear();
    for (std::uint64_t i = pair.aligned->passages_begin; i < pair.aligned->passages_end; ++i) {
      FoundPassage& passage = passages_.emplace_back(told_.findings.passages[i]);
      if (turned) std::swap(passage.in_a, passage.in_b);
    }
    std::sort(passages_.begin(), passages_.end(),
              [](const FoundPassage& left, const FoundPassage& right) {
                return std::tie(left.in_a, left.in_b) < std::tie(right.in_a, right.in_b);
              });
    for (const FoundPassage& passage : passages_) {
      sink_.passage({table_.ids[pair.a], table_.ids[pair.b], passage.in_a, passage.in_b,
                     passage.columns.identity(), passage.kind});
    }
  }

  const Told& told_;
  const DocumentTable& table_;
  Sink& sink_;
  std::vector<FoundPassage> passages_;
};

}  // namespace

void tell_pairs(const Told& told, Sink& sink, Summary& summary) {
  struct Place {
    std::uint32_t a;  // places by id
    std::uint32_t b;
    const FoundPair* pair;
  };
  const Findings& findings = told.findings;
  const std::size_t copies = findings.copies.size();
  std::vector<const FoundPair*> pairs;
  pairs.reserve(copies + findings.pairs.size());
  const auto own = told.corpus.stored.own(told.corpus.documents.size());
  for (const std::span<const FoundPair> some :
       {std::span<const FoundPair>(findings.copies), std::span<const FoundPair>(findings.pairs)}) {
    for (const FoundPair& pair : some) {
      if (std::min(pair.a, pair.b) < own) pairs.push_back(&pair);
    }
  }
  std::vector<Place> places(pairs.size());
  base::for_each_index(
      places.size(),
      [&](std::size_t i) {
        const FoundPair& pair = *pairs[i];
        std::uint32_t a = told.orders.by_id[pair.a];
        std::uint32_t b = told.orders.by_id[pair.b];
        if (orientation_of(pair, told).turned) std::swap(a, b);
        places[i] = {a, b, &pair};
      },
      1024);
  base::sort(places.begin(), places.end(), [](const Place& left, const Place& right) {
    return std::tie(left.a, left.b) < std::tie(right.a, right.b);
  });
  PairTeller teller(told, sink);
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (i % kPairsBetweenSignals == 0) check_stop(told.limits);
    teller.tell(*places[i].pair);
  }
  summary.pairs = places.size();
}

}  // namespace wirecopy::batch
