#include "index/asked_text.h"

#include <algorithm>
#include <tuple>

#include "base/utf8.h"
#include "batch/read_back.h"
#include "batch/repeat_table.h"
#include "wirecopy/learn.h"

namespace wirecopy::index {
namespace {

Span original(const NormalizedText& text, LetterRange letters) {
  return text.original_span(letters.begin, letters.end);
}

Block whole_of(const NormalizedText& text) {
  Block whole;
  whole.letters.end = static_cast<std::uint32_t>(text.letters().size());
  return whole;
}

PassageKind kind_of(const MarkedText& text, LetterRange letters) {
  for (const Block& block : text.blocks) {
    if (block.letters.begin > letters.begin || letters.end > block.letters.end) continue;
    if (block.kind == BlockKind::caption) return PassageKind::caption;
    if (block.kind == BlockKind::headline) return PassageKind::headline;
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

}  // namespace

AskedText::AskedText(const Document& document, const Model& model, const MatchRule& rule)
    : document_(document),
      model_(model),
      finder_(rule.repeats ? std::optional<RepeatFinder>(*rule.repeats) : std::nullopt),
      judge_((mark_article(document, marked_), marked_), rule.judge) {}

void AskedText::mark_article(const Document& document, MarkedText& marked) {
  mark(document.text, marked);
  std::vector<Block> sentences;
  marked.masked = masked_ranges(model_, document.source, marked.text,
                                stock_blocks(document.text, marked.text, marked.blocks, sentences));
  if (finder_) batch::mask_repeats(document, marked, *finder_, marked.masked);
}

// Which passages count depends on letters and blocks alone.
bool AskedText::shares_passage(const Document& article) {
  normalize(article.text, other_.text);
  split_blocks(article.text, other_.text, other_.blocks);
  other_.masked.clear();
  other_.quoted.clear();
  other_.slots.clear();
  return !judge_.judge(other_).passages.empty();
}

QueryMatch AskedText::compare(const Document& article, std::span<const std::uint64_t> blocks) {
  mark_article(article, other_);
  const bool same_outlet = !document_.source.empty() && document_.source == article.source;
  const Comparison comparison = judge_.judge(other_, same_outlet);
  QueryMatch match;
  match.verdict = comparison.verdict;
  match.score = comparison.score;
  match.query = comparison.a;
  match.match = comparison.b;
  add_passages(comparison, marked_.text, other_.text, match);
  if (!match.passages.empty()) return match;
  for (const std::uint64_t block : blocks) add_block(block, article, match);
  std::sort(match.passages.begin(), match.passages.end(),
            [](const QueryPassage& a, const QueryPassage& b) {
              return std::tie(a.in_query, a.in_match) < std::tie(b.in_query, b.in_match);
            });
  match.query.letters = std::min(match.query.letters, match.query.of);
  match.match.letters = std::min(match.match.letters, match.match.of);
  return match;
}

void AskedText::add_block(std::uint64_t hash, const Document& article, QueryMatch& match) const {
  const Block whole = whole_of(marked_.text);
  const LetterRange here = block_hash(marked_.text, whole) == hash
                               ? whole.letters
                               : batch::block_in(document_.text, marked_.text, hash);
  const LetterRange there = batch::block_in(article.text, other_.text, hash);
  if (here.begin == here.end || there.begin == there.end) return;
  const std::string_view shown = other_.text.letters().substr(there.begin, there.end - there.begin);
  const auto letters = static_cast<std::uint32_t>(base::count_code_points(shown));
  match.passages.push_back({original(marked_.text, here), original(other_.text, there), letters,
                            letters, kind_of(other_, there)});
  match.verdict = Verdict::passage_reuse;
  match.query.letters += letters;
  match.match.letters += letters;
}

}  // namespace wirecopy::index
