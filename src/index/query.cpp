#include "index/query.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <memory>
#include <tuple>
#include <utility>
#include <vector>

#include "base/utf8.h"
#include "batch/document_table.h"
#include "batch/read_back.h"
#include "batch/repeat_table.h"
#include "wirecopy/error.h"

namespace wirecopy::index {
namespace {

using batch::DocumentTable;
using batch::Stored;

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
              "whether articles are of the same outlet can be asked only of a "
              "text whose outlet is known: name its source");
}

bool is_in_time(const TimeInterval& published, const Query& query) {
  if (!query.published_from && !query.published_to) return true;
  if (published == DocumentTable::kNoTime) return false;
  return published.latest >=
             query.published_from.value_or(std::numeric_limits<std::int64_t>::min()) &&
         published.earliest <=
             query.published_to.value_or(std::numeric_limits<std::int64_t>::max());
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

Span original(const NormalizedText& text, LetterRange letters) {
  return text.original_span(letters.begin, letters.end);
}

PassageKind kind_of(const MarkedText& text, LetterRange letters) {
  for (const Block& block : text.blocks) {
    if (block.letters.begin <= letters.begin && letters.end <= block.letters.end) {
      if (block.kind == BlockKind::caption) return PassageKind::caption;
      if (block.kind == BlockKind::headline) return PassageKind::headline;
    }
  }
  return PassageKind::body;
}

void add_passages(const Comparison& comparison, const NormalizedText& asked,
                  const NormalizedText& article, QueryMatch& match) {
  for (std::size_t i = 0; i < comparison.passages.size(); ++i) {
    const Passage& passage = comparison.passages[i];
    match.passages.push_back({original(asked, passage.a), original(article, passage.b),
                              passage.columns, passage.equal_columns, comparison.kinds[i]});
  }
}

// By a whole block that both texts show and that is too short for a passage.
void add_block(std::uint64_t hash, const Document& asked_document, const MarkedText& asked,
               const Document& document, const MarkedText& article, QueryMatch& match) {
  const LetterRange there = batch::block_in(document.text, article.text, hash);
  LetterRange here = batch::block_in(asked_document.text, asked.text, hash);
  Block whole;
  whole.letters.end = static_cast<std::uint32_t>(asked.text.letters().size());
  if (block_hash(asked.text, whole) == hash) here = whole.letters;
  if (here.begin == here.end || there.begin == there.end) return;
  const std::string_view shown =
      article.text.letters().substr(there.begin, there.end - there.begin);
  const auto letters = static_cast<std::uint32_t>(base::count_code_points(shown));
  match.passages.push_back({original(asked.text, here), original(article.text, there), letters,
                            letters, kind_of(article, there)});
  match.verdict = Verdict::passage_reuse;
  match.query.letters += letters;
  match.match.letters += letters;
}

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

// The text, marked, with what is built of it once.
struct Searcher::Asked {
  const Document& document;
  MarkedText marked;
  Judge judge;

  Asked(const Document& asked, MarkedText text, const JudgeRule& rule)
      : document(asked), marked(std::move(text)), judge(marked, rule) {}

  [[nodiscard]] QueryMatch compare(const Document& article, const MarkedText& other,
                                   const std::vector<std::uint64_t>& blocks) {
    const bool same_outlet = !document.source.empty() && document.source == article.source;
    const Comparison comparison = judge.judge(other, same_outlet);
    QueryMatch match;
    match.verdict = comparison.verdict;
    match.score = comparison.score;
    match.query = comparison.a;
    match.match = comparison.b;
    add_passages(comparison, marked.text, other.text, match);
    if (!match.passages.empty()) return match;
    for (const std::uint64_t block : blocks) {
      add_block(block, document, marked, article, other, match);
    }
    std::sort(match.passages.begin(), match.passages.end(),
              [](const QueryPassage& a, const QueryPassage& b) {
                return std::tie(a.in_query, a.in_match) < std::tie(b.in_query, b.in_match);
              });
    match.query.letters = std::min(match.query.letters, match.query.of);
    match.match.letters = std::min(match.match.letters, match.match.of);
    return match;
  }
};

Searcher::Searcher(const batch::Archive& archive, const Recipe& recipe, const MatchRule& rule)
    : archive_(archive),
      rule_(rule),
      model_(archive.model().with(rule.known_stock)),
      finder_(archive, winnowing_of(recipe)) {}

MarkedText Searcher::mark_article(const Document& document) const {
  MarkedText marked;
  mark(document.text, marked);
  std::vector<Block> sentences;
  marked.masked = masked_ranges(model_, document.source, marked.text,
                                stock_blocks(document.text, marked.text, marked.blocks, sentences));
  if (!rule_.repeats) return marked;
  RepeatFinder finder(*rule_.repeats);
  batch::mask_repeats(document, marked, finder, marked.masked);
  return marked;
}

QueryResult Searcher::answer(const Document& document, std::optional<Stored> self,
                             const Query& query) const {
  require_outlet(query, document.source);
  Asked asked(document, mark_article(document), rule_.judge);
  const TextCandidates candidates = finder_.find(document.text, asked.marked);
  QueryResult result;
  result.model = model_.digest();
  result.model_number = model_.number();
  result.truncated.lists = candidates.cut_lists;
  std::vector<Found> found;
  for (const TextCandidate& candidate : candidates.all) {
    if (candidate.document == self || !is_in_time(candidate.head.published, query)) continue;
    if (result.compared == query.most_compared) {
      ++result.truncated.candidates;
      continue;
    }
    const auto article = archive_.article(candidate.document);
    if (!is_of_outlet(article->document.source, document.source, query)) continue;
    ++result.compared;
    QueryMatch match =
        asked.compare(article->document, mark_article(article->document), candidate.blocks);
    if (!is_wanted(match, query)) continue;
    const Document& from = article->document;
    match.id = article->id;
    match.source = from.source;
    if (from.published) match.published = from.published_text;
    match.title = from.title;
    match.url = from.url;
    match.text = from.text;
    found.push_back({std::move(match), candidate.head.published});
  }
  std::sort(found.begin(), found.end(), comes_before);
  if (found.size() > query.limit) {
    result.truncated.matches = found.size() - query.limit;
    found.resize(query.limit);
  }
  for (Found& each : found) result.matches.push_back(std::move(each.match));
  return result;
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
