/// Average-link inside one component, as far as it goes without further comparisons.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "cluster/numbers_by_pair.h"
#include "wirecopy/cluster.h"

namespace wirecopy::cluster_detail {

/// A mean as a fraction: what `weight` pairs say sums up to `total`. The sums fit as long as both
/// of two groups have fewer than 2^21 members.
struct Mean {
  std::int64_t total = 0;
  std::int64_t weight = 0;

  friend bool operator==(const Mean&, const Mean&) = default;
};

/// The order in which links are taken.
struct Rank {
  Mean mean;
  std::uint64_t first = 0;  ///< pair_word of the first compared pair, which breaks ties.

  [[nodiscard]] bool before(const Rank& other) const noexcept;
  friend bool operator==(const Rank&, const Rank&) = default;
};

/// Documents are numbered 0…n-1 by their ids. Not to be shared between threads.
class Linker {
 public:
  /// `pairs` in any order. Throws Error(usage) if one comes twice.
  Linker(std::span<const ScoredPair> pairs, std::span<const std::uint64_t> id_hashes,
         const LinkRule& rule);

  /// Merges whatever can be merged. Returns the pairs to compare, distinct, in no particular order;
  /// none: done.
  [[nodiscard]] std::vector<CandidatePair> run();

  /// To be called for each of the returned pairs, in any order, before the next run.
  void answer(const ScoredPair& pair);

  /// One document of the group that a document belongs to, the same for all of them.
  [[nodiscard]] std::uint32_t group_of(std::uint32_t document) noexcept;

 private:
  // What is known of the pairs between two groups.
  struct Link {
    std::uint32_t a;
    std::uint32_t b;
    std::uint32_t compared;  // pairs
    bool gone;
    std::int64_t sum;  // of what the compared pairs say
    Rank rank;         // its mean counts an answer as many times as it stands for pairs
    std::uint32_t question = NumbersByPair::kNotFound;  // that is open
  };
  struct Entry {
    Rank rank;  // of the link when the entry was made
    std::uint32_t link;
  };
  struct Later {  // for heaps with the best on top
    bool operator()(const Entry& a, const Entry& b) const noexcept { return b.rank.before(a.rank); }
  };
  struct Group {
    std::vector<std::uint32_t> links;   // to all neighbors; some may be gone
    std::vector<Entry> best;            // a heap: links that may merge, also outdated entries
    std::vector<std::uint32_t> voters;  // members of smallest id hash, in this order
    std::uint64_t size = 1;
    std::uint64_t questions = 0;  // in the rounds before
  };
  struct Question {
    std::uint32_t link;
    std::uint32_t answers = 0;
    std::int64_t sum = 0;  // of what they say
  };

  void add(const ScoredPair& pair);
  void remember(const ScoredPair& pair);
  [[nodiscard]] bool was_compared(std::uint64_t word) const noexcept;
  [[nodiscard]] std::uint64_t word_of(std::uint32_t link) const noexcept;
  void index(std::uint32_t link);
  void offer(std::uint32_t group, std::uint32_t link);
  [[nodiscard]] std::uint32_t best_link(std::uint32_t group);

  void consider(std::uint32_t group);
  [[nodiscard]] std::int64_t pairs_between(const Link& link) const noexcept;
  [[nodiscard]] bool must_ask(const Link& link) const noexcept;
  void ask_for_bests();
  void ask(std::uint32_t link);
  void settle(const Question& question);
  void merge(std::uint32_t link);
  void hand_over(std::uint32_t link, std::uint32_t from, std::uint32_t to);
  void join_voters(std::uint32_t from, std::uint32_t to);

  LinkRule rule_;
  std::span<const std::uint64_t> id_hashes_;
  std::vector<Group> groups_;           // by one of their documents
  std::vector<std::uint32_t> parents_;  // of documents; a group's own document is its own parent
  std::vector<Link> links_;
  NumbersByPair link_numbers_;
  std::vector<std::uint64_t> compared_;  // pair_words
  NumbersByPair compared_numbers_;
  std::vector<std::uint32_t> agenda_;   // groups whose best link may be another than before
  std::vector<std::uint32_t> waiting_;  // groups whose best link must ask
  std::vector<Question> questions_;
  std::vector<CandidatePair> asked_;
};

}  // namespace wirecopy::cluster_detail
