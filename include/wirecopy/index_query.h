/// index_query: what is asked of an index beside a text, and what it answers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "wirecopy/verify.h"

namespace wirecopy {

/// Whether articles of the outlet that the asked text is from are wanted.
enum class SameOutlet : std::uint8_t { include, only, exclude };

/// What is asked beside the text. An article must pass all of it.
struct Query {
  std::string source;  ///< Outlet of the text; empty: unknown, which is equal to nothing.
  SameOutlet same_outlet = SameOutlet::include;  ///< All but include need to know the outlet.
  std::vector<std::string> sources;              ///< Outlets of articles; none: all, and unknown.
  /// In seconds since 1970, both inclusive. Articles that may be of that time pass; such as have no
  /// time do not.
  std::optional<std::int64_t> published_from;
  std::optional<std::int64_t> published_to;
  std::vector<Verdict> verdicts;  ///< None: all but unrelated.
  Millionths least_coverage{0};   ///< Of the asked text.
  std::uint32_t limit = 100;      ///< Of matches.
  std::uint32_t most_compared =
      200;  ///< Articles, those first that share most; the rest is counted.
};

/// A stretch that both texts have, in code points of the texts as they were given.
struct QueryPassage {
  Span in_query;
  Span in_match;
  std::uint32_t columns = 0;  ///< Of the alignment, of which …
  std::uint32_t equal_columns = 0;
  PassageKind kind = PassageKind::body;
  friend bool operator==(const QueryPassage&, const QueryPassage&) = default;
};

/// One article in which the text ran.
struct QueryMatch {
  std::string id;
  std::string source;     ///< Empty = unknown.
  std::string published;  ///< As given; empty = missing or unreadable.
  std::string title;
  std::string url;
  std::string text;
  Verdict verdict = Verdict::unrelated;  ///< What the article is of the asked text.
  std::uint32_t score = 0;
  Coverage query;                      ///< Of the asked text.
  Coverage match;                      ///< Of the article.
  std::vector<QueryPassage> passages;  ///< Ascending by place in the asked text.
};

struct QueryResult {
  /// What was left out because there was too much of it.
  struct Truncated {
    std::uint64_t lists = 0;       ///< Fingerprints and blocks that stand in too many articles.
    std::uint64_t candidates = 0;  ///< Articles that share something but were not compared.
    std::uint64_t matches = 0;     ///< Over the limit.
    [[nodiscard]] bool any() const noexcept { return lists + candidates + matches != 0; }
    friend bool operator==(const Truncated&, const Truncated&) = default;
  };
  /// By coverage of the asked text, the most first; then by time, those without last; then by id.
  std::vector<QueryMatch> matches;
  Truncated truncated;
  std::uint64_t compared = 0;  ///< Articles.
  std::string model;           ///< Digest of the Model that says what is boilerplate.
  std::uint32_t model_number = 0;
};

}  // namespace wirecopy
