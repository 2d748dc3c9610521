#include <tuple>
#include <utility>
#include <vector>

#include "base/parallel.h"
#include "batch/tell.h"
#include "batch/watch.h"

namespace wirecopy::batch {
namespace {

// A pair turned so that a is the earlier article, or has the smaller id where that is not known.
struct TurnedPair {
  FoundPair pair;
  TimeOrder time;
};

TurnedPair turn(FoundPair pair, const Told& told) {
  const DocumentTable& table = told.corpus.documents;
  const auto turned = [&] {
    std::swap(pair.a, pair.b);
    std::swap(pair.similarity.size_a, pair.similarity.size_b);
  };
  TimeOrder time = order_in_time(table.time(pair.a), table.time(pair.b));
  if (time.earlier == Earlier::b) {
    turned();
    time.earlier = Earlier::a;
  } else if (time.earlier == Earlier::unknown &&
             told.orders.by_id[pair.b] < told.orders.by_id[pair.a]) {
    turned();
  }
  return {pair, time};
}

}  // namespace

void tell_pairs(const Told& told, Sink& sink, Summary& summary) {
  const Findings& findings = told.findings;
  const std::size_t copies = findings.copies.size();
  std::vector<TurnedPair> pairs(copies + findings.near.size());
  base::for_each_index(
      pairs.size(),
      [&](std::size_t i) {
        if (i < copies) {
          pairs[i] = turn(findings.copies[i], told);
        } else {
          const VerifiedPair& near = findings.near[i - copies];
          pairs[i] = turn({near.a, near.b, Verdict::near_duplicate, near.similarity}, told);
        }
      },
      1024);
  base::sort(pairs.begin(), pairs.end(), [&](const TurnedPair& left, const TurnedPair& right) {
    const std::vector<std::uint32_t>& rank = told.orders.by_id;
    return std::tie(rank[left.pair.a], rank[left.pair.b]) <
           std::tie(rank[right.pair.a], rank[right.pair.b]);
  });

  const DocumentTable& table = told.corpus.documents;
  for (const TurnedPair& turned : pairs) {
    const FoundPair& pair = turned.pair;
    const std::uint32_t score =
        pair.verdict == Verdict::identical ? kFullScore : pair.similarity.score();
    sink.pair(
        {table.ids[pair.a], table.ids[pair.b], pair.verdict, score, pair.similarity, turned.time});
  }
  summary.pairs = pairs.size();
}

}  // namespace wirecopy::batch
