/// Where a text ran: candidates out of the postings, then the texts themselves, as in any run.
#pragma once

#include <optional>
#include <string_view>

#include "batch/archive.h"
#include "index/candidates.h"
#include "wirecopy/batch.h"
#include "wirecopy/index_query.h"

namespace wirecopy::index {

/// Answers queries out of an archive. Any number of threads.
///
/// A passage of 100 letters or more of a stored article is found with a chance above .99 if its
/// fingerprints vote; a whole caption, bullet or trailer is found however short it is. What is
/// found is compared with the asked text as `dedup` compares two articles, so a verdict means the
/// same. Every article with equal letters is a match of its own.
class Searcher {
 public:
  /// `archive` must outlive it. Throws Error(usage) for a Recipe without fingerprints.
  Searcher(const batch::Archive& archive, const Recipe& recipe, const MatchRule& rule);

  /// Cost: a look-up a gram, 20 µs an article that shares one, 50 more a match. Throws
  /// Error(damaged), Error(usage) for a query that asks for an outlet it does not name.
  [[nodiscard]] QueryResult search(std::string_view utf8, const Query& query) const;
  /// The same for a stored article, which is no match of itself; its outlet is that of the query.
  /// Throws Error(input) if there is none of this id.
  [[nodiscard]] QueryResult search_id(std::string_view id, const Query& query) const;

 private:
  class Answer;
  [[nodiscard]] QueryResult answer(const Document& document, std::optional<batch::Stored> self,
                                   const Query& query) const;

  const batch::Archive& archive_;
  MatchRule rule_;
  Model model_;
  CandidateFinder finder_;
};

}  // namespace wirecopy::index
