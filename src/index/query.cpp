#include "index/query.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <memory>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include "batch/document_table.h"
#include "index/asked_text.h"
#include "wirecopy/error.h"

namespace wirecopy::index {
namespace {

using batch::DocumentTable;
using batch::Stored;
using batch::StoredHead;

constexpr std::size_t kHeadsAtOnce = 64;
// After so many candidates in a row that share no passage the others, which share less, are only
// counted: in a corpus of formulas every text shares a phrase with hundreds.
constexpr std::uint32_t kMostInVain = 64;
// Of a text that was printed more often the earliest copies are told, the others counted.
constexpr std::size_t kMostCopies = 1000;

const Winnowing& winnowing_of(const Recipe& recipe) {
  if (!recipe.winnowing) {
    throw Error(ErrorCode::usage,
                fmt::format("an index of the preset {} has no fingerprints to find passages by",
                            name_of(recipe.preset)));
  }
  return *recipe.winnowing;
}

void require_outlet(const Query& query, std::string_view source) {
  if (query.same_outlet == SameOutlet::include || !source.empty()) return;
  throw Error(ErrorCode::usage,
              "whether articles are of the same outlet can be asked only of a text whose outlet is "
              "known: name its source");
}

bool asks_for_time(const Query& query) { return query.published_from || query.published_to; }
bool asks_for_outlet(const Query& query) {
  return query.same_outlet != SameOutlet::include || !query.sources.empty();
}

bool is_in_time(const TimeInterval& published, const Query& query) {
  using Limits = std::numeric_limits<std::int64_t>;
  if (!asks_for_time(query)) return true;
  if (published == DocumentTable::kNoTime) return false;
  return published.latest >= query.published_from.value_or(Limits::min()) &&
         published.earliest <= query.published_to.value_or(Limits::max());
}

bool is_of_outlet(std::string_view source, std::string_view asked, const Query& query) {
  const bool same = !asked.empty() && source == asked;
  if (query.same_outlet != SameOutlet::include && same != (query.same_outlet == SameOutlet::only)) {
    return false;
  }
  return query.sources.empty() ||
         std::find(query.sources.begin(), query.sources.end(), source) != query.sources.end();
}

bool covers(const Coverage& coverage, Millionths least) {
  if (coverage.of == 0) return least.value() == 0;
  return coverage.letters * 1'000'000 >= std::uint64_t{least.value()} * coverage.of;
}

bool is_wanted(const QueryMatch& match, const Query& query) {
  if (match.passages.empty() || !covers(match.query, query.least_coverage)) return false;
  return query.verdicts.empty() || std::find(query.verdicts.begin(), query.verdicts.end(),
                                             match.verdict) != query.verdicts.end();
}

// A stored article that may be a match.
struct Member {
  Stored document{};
  TimeInterval published;
  std::shared_ptr<const batch::StoredArticle> article;
};

// A match and what it is sorted by.
struct Found {
  QueryMatch match;
  TimeInterval published;
};

bool comes_before(const Found& a, const Found& b) {
  if (a.match.query.letters != b.match.query.letters) {
    return a.match.query.letters > b.match.query.letters;
  }
  return std::tie(a.published, a.match.id) < std::tie(b.published, b.match.id);
}

}  // namespace

// One query on its way. Candidates are taken group by group of equal letters: the fingerprints of a
// group are those of one document, but each may pass or fail what is asked for.
class Searcher::Answer {
 public:
  Answer(const Searcher& searcher, const Document& document, std::optional<Stored> self,
         const Query& query)
      : archive_(searcher.archive_),
        document_(document),
        self_(self),
        query_(query),
        asked_(document, searcher.model_, searcher.rule_) {
    const TextCandidates candidates = searcher.finder_.find(document.text, asked_.marked());
    result_.model = searcher.model_.digest();
    result_.model_number = searcher.model_.number();
    result_.truncated.lists = candidates.cut_lists;
    for (std::span<const TextCandidate> rest = candidates.all; !rest.empty();) {
      const auto some = rest.first(std::min(kHeadsAtOnce, rest.size()));
      if (result_.compared >= query.most_compared || in_vain_ == kMostInVain) {
        result_.truncated.candidates += rest.size();
        break;
      }
      take(some);
      rest = rest.subspan(some.size());
    }
  }

  [[nodiscard]] QueryResult give() && {
    std::sort(found_.begin(), found_.end(), comes_before);
    if (found_.size() > query_.limit) {
      result_.truncated.matches += found_.size() - query_.limit;
      found_.resize(query_.limit);
    }
    for (Found& each : found_) result_.matches.push_back(std::move(each.match));
    return std::move(result_);
  }

 private:
  void take(std::span<const TextCandidate> candidates);
  void take_group(const TextCandidate& candidate, const StoredHead& head);
  [[nodiscard]] std::vector<Member> members(const LettersHash& letters, const Member& known);
  void add(const Member& member, const TextCandidate& candidate);

  const batch::Archive& archive_;
  const Document& document_;
  std::optional<Stored> self_;
  const Query& query_;
  AskedText asked_;
  std::set<LettersHash> taken_;
  std::uint32_t in_vain_ = 0;
  std::vector<Found> found_;
  QueryResult result_;
};

void Searcher::Answer::take(std::span<const TextCandidate> candidates) {
  std::vector<std::pair<Stored, std::size_t>> ascending;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    ascending.emplace_back(candidates[i].document, i);
  }
  std::sort(ascending.begin(), ascending.end());
  std::vector<Stored> documents;
  documents.reserve(ascending.size());
  for (const auto& [document, i] : ascending) documents.push_back(document);
  std::vector<std::optional<StoredHead>> heads(candidates.size());
  archive_.heads(documents, [&](std::size_t at, const StoredHead& head) {
    heads[ascending[at].second] = head;
  });
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const TextCandidate& each = candidates[i];
    // Postings name documents that are gone, or do not represent any more.
    if (!heads[i] || !(heads[i]->representative || each.equal || !each.blocks.empty())) continue;
    if (taken_.insert(heads[i]->letters).second) take_group(each, *heads[i]);
  }
}

void Searcher::Answer::take_group(const TextCandidate& candidate, const StoredHead& head) {
  std::vector<Member> group;
  // Where nobody passes nothing needs to be compared.
  const bool filtered = asks_for_time(query_) || asks_for_outlet(query_);
  if (filtered) {
    group = members(head.letters, {});
    if (group.empty()) return;
  }
  if (result_.compared == query_.most_compared || in_vain_ == kMostInVain) {
    ++result_.truncated.candidates;
    return;
  }
  ++result_.compared;
  const Member first{candidate.document, head.published, archive_.article(candidate.document)};
  if (candidate.blocks.empty() && !asked_.shares_passage(first.article->document)) {
    ++in_vain_;
    return;
  }
  in_vain_ = 0;
  if (!filtered) group = members(head.letters, first);
  for (const Member& member : group) add(member, candidate);
}

// Those of a group that pass what is asked for of articles. `known` was read already, or is none.
std::vector<Member> Searcher::Answer::members(const LettersHash& letters, const Member& known) {
  std::vector<Stored> documents = archive_.with_letters(letters);
  std::erase_if(documents, [this](Stored each) { return each == self_; });
  std::vector<Member> group;
  archive_.heads(documents, [&](std::size_t i, const StoredHead& head) {
    if (is_in_time(head.published, query_)) group.push_back({documents[i], head.published, {}});
  });
  std::stable_sort(group.begin(), group.end(),
                   [](const Member& a, const Member& b) { return a.published < b.published; });
  if (group.size() > kMostCopies) {
    result_.truncated.matches += group.size() - kMostCopies;
    group.resize(kMostCopies);
  }
  for (Member& member : group) {
    const bool is_known = known.article != nullptr && known.document == member.document;
    member.article = is_known ? known.article : archive_.article(member.document);
  }
  std::erase_if(group, [this](const Member& member) {
    return !is_of_outlet(member.article->document.source, document_.source, query_);
  });
  return group;
}

void Searcher::Answer::add(const Member& member, const TextCandidate& candidate) {
  const Document& article = member.article->document;
  QueryMatch match = asked_.compare(article, candidate.blocks);
  if (!is_wanted(match, query_)) return;
  match.id = member.article->id;
  match.source = article.source;
  if (article.published) match.published = article.published_text;
  match.title = article.title;
  match.url = article.url;
  match.text = article.text;
  found_.push_back({std::move(match), member.published});
}

Searcher::Searcher(const batch::Archive& archive, const Recipe& recipe, const MatchRule& rule)
    : archive_(archive),
      rule_(rule),
      model_(archive.model().with(rule.known_stock)),
      finder_(archive, winnowing_of(recipe)) {}

QueryResult Searcher::answer(const Document& document, std::optional<Stored> self,
                             const Query& query) const {
  require_outlet(query, document.source);
  return Answer(*this, document, self, query).give();
}

QueryResult Searcher::search(std::string_view utf8, const Query& query) const {
  Document document;
  document.text = utf8;
  document.source = query.source;
  return answer(document, std::nullopt, query);
}

QueryResult Searcher::search_id(std::string_view id, const Query& query) const {
  const auto identity = archive_.identity(id);
  if (!identity) {
    throw Error(ErrorCode::input, fmt::format("there is no article '{}' in the index", id));
  }
  const auto article = archive_.article(identity->document);
  Document document = article->document;
  if (!query.source.empty()) document.source = query.source;
  return answer(document, identity->document, query);
}

}  // namespace wirecopy::index
