#include "batch/judge_pairs.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/parallel.h"
#include "batch/read_back.h"
#include "batch/watch.h"

namespace wirecopy::batch {
namespace {

constexpr std::uint64_t kCacheShare = 4;  // of the memory limit

Span original(const NormalizedText& text, LetterRange letters) {
  return text.original_span(letters.begin, letters.end);
}

// What a pair says for one cluster. A passage below a copy says a little for average-link: half of
// what it covers, and never enough for a merge by itself. Copies of a short story that were cut to
// other parts of it, or noisy ones, share no more; as refused pairs they pushed the mean of whole
// stories below the threshold.
std::uint32_t link_score(const Comparison& comparison, const MatchRule& rule) {
  if (comparison.verdict != Verdict::passage_reuse || rule.clustering != Clustering::average_link) {
    return comparison.score;
  }
  const Coverage& shorter = comparison.b_shorter ? comparison.b : comparison.a;
  if (shorter.of == 0) return 0;
  return static_cast<std::uint32_t>(std::min<std::uint64_t>(
      shorter.letters * kFullScore / shorter.of / 2, rule.link.merge_at - 1));
}

// `turned`: what is a here is b in what was found.
void add_passages(const Comparison& comparison, const NormalizedText& a, const NormalizedText& b,
                  bool turned, std::vector<FoundPassage>& passages) {
  for (std::size_t i = 0; i < comparison.passages.size(); ++i) {
    const Passage& passage = comparison.passages[i];
    FoundPassage found{original(a, passage.a),
                       original(b, passage.b),
                       {passage.equal_columns, passage.columns},
                       comparison.kinds[i]};
    if (turned) std::swap(found.in_a, found.in_b);
    passages.push_back(found);
  }
}

// The pairs with the longer text first, sorted: what align builds is built of the longer one, and
// so once for all its pairs.
std::vector<CandidatePair> longer_first(std::span<const CandidatePair> pairs,
                                        const std::vector<std::uint32_t>& letter_counts) {
  std::vector<CandidatePair> turned(pairs.begin(), pairs.end());
  for (auto& [first, second] : turned) {
    if (letter_counts[first] < letter_counts[second]) std::swap(first, second);
  }
  base::sort(turned.begin(), turned.end());
  return turned;
}

}  // namespace

void Exhibit::complete(const Shingler& shingler, Shingler::Scratch& scratch) const {
  std::call_once(completed_, [&] {
    mark_words(utf8_, text_);
    text_.slots.shrink_to_fit();
    shingles_ = shingler.shingle(text_.text, scratch);
    std::string().swap(utf8_);
  });
}

// Slots take about as much as the original did.
std::uint64_t Exhibit::bytes() const noexcept {
  const NormalizedText& text = text_.text;
  return sizeof(Exhibit) + text.letters().size() + utf8_bytes_ +
         text.words().size() * (2 * sizeof(NormalizedText::Word) + sizeof(std::uint64_t)) +
         text_.blocks.size() * sizeof(Block) + text_.masked.size() * sizeof(LetterRange);
}

std::shared_ptr<const Exhibit> ExhibitSource::exhibit(std::uint32_t document,
                                                      Scratch& scratch) const {
  const ReadBack back = read_back(reader_, corpus_, document, scratch.row);
  const MarkedText& marked = scratch.marked;
  outline(back.text(), scratch.marked);
  std::vector<LetterRange> masked;
  mask(back.document(), document, scratch, masked);
  return std::make_shared<const Exhibit>(
      back.text(), MarkedText{marked.text.compact(), marked.blocks, std::move(masked), {}, {}});
}

// What does not vote: boilerplate, and what the article says twice.
void ExhibitSource::mask(const Document& document, std::uint32_t number, Scratch& scratch,
                         std::vector<LetterRange>& masked) const {
  const MarkedText& marked = scratch.marked;
  masked =
      masked_ranges(model_, document.source, marked.text,
                    stock_blocks(document.text, marked.text, marked.blocks, scratch.sentences));
  if (!corpus_.stored.is_settled(number)) {
    mask_repeats(corpus_.repeats.of(number), masked);
  } else if (repeats_) {
    if (!scratch.finder) scratch.finder.emplace(*repeats_);
    mask_repeats(document, marked, *scratch.finder, masked);
  }
}

// What a thread keeps from task to task.
struct PairJudge::Worker {
  ExhibitSource::Scratch scratch;
  std::optional<Judge> judge;
  std::optional<Comparer> comparer;

  void take(const MarkedText& a, const JudgeRule& rule) {
    judge ? judge->take(a) : void(judge.emplace(a, rule));
  }
  void take(const ShingleSet& a) { comparer ? comparer->take(a) : void(comparer.emplace(a)); }
};

struct PairJudge::TaskResult {
  std::vector<FoundPair> pairs;
  std::vector<FoundPassage> passages;
  std::span<ScoredPair> scores;
};

void PairJudge::judge_task(std::span<const CandidatePair> task, DocumentCache<Exhibit>& cache,
                           Worker& worker, TaskResult& result) const {
  const auto make = [&](std::uint32_t document) {
    return source_.exhibit(document, worker.scratch);
  };
  const auto bytes_of = [](const Exhibit& exhibit) { return exhibit.bytes(); };
  std::shared_ptr<const Exhibit> first;
  bool compares_first = false;
  for (std::size_t i = 0; i < task.size(); ++i) {
    const auto [a, b] = task[i];
    if (i == 0 || a != task[i - 1].first) {
      first = cache.take(a, make, bytes_of);
      worker.take(first->text(), rule_.judge);
      compares_first = false;
    }
    const std::shared_ptr<const Exhibit> second = cache.take(b, make, bytes_of);
    result.scores[i] = {std::min(a, b), std::max(a, b)};
    if (!worker.judge->meets(second->text())) continue;
    source_.complete(*first, worker.scratch);
    source_.complete(*second, worker.scratch);
    const bool same_outlet =
        table_.source_numbers[a] == table_.source_numbers[b] && !table_.source(a).empty();
    const Comparison comparison = worker.judge->judge(second->text(), same_outlet);
    result.scores[i].score = link_score(comparison, rule_);
    result.scores[i].cannot_link = comparison.cannot_link;
    if (!std::exchange(compares_first, true)) worker.take(first->shingles());
    const std::uint64_t begin = result.passages.size();
    add_passages(comparison, first->text().text, second->text().text, a > b, result.passages);
    const FoundPair found{a,
                          b,
                          comparison.verdict,
                          comparison.score,
                          worker.comparer->compare(second->shingles()),
                          FoundPair::Aligned{comparison.a,
                                             comparison.b,
                                             {comparison.equal_columns, comparison.columns},
                                             begin,
                                             result.passages.size()}};
    result.pairs.push_back(a > b ? turned(found) : found);
  }
}

bool outside_window(const TimeOrder& time, const MatchRule& rule) noexcept {
  return rule.window_seconds && time.lag && time.lag->min_seconds > *rule.window_seconds;
}

std::vector<ScoredPair> PairJudge::judge(std::span<const CandidatePair> pairs) {
  std::vector<CandidatePair> near;
  std::vector<ScoredPair> apart;
  for (const CandidatePair pair : pairs) {
    if (const ScoredPair* known = recalled(pair)) {
      apart.push_back(*known);
      continue;
    }
    const TimeOrder time = order_in_time(table_.time(pair.first), table_.time(pair.second));
    outside_window(time, rule_) ? apart.push_back({pair.first, pair.second}) : near.push_back(pair);
  }
  compared_ += near.size();
  const std::vector<CandidatePair> turned = longer_first(near, table_.letter_counts);
  const PairTasks tasks = tasks_of(turned);
  DocumentCache<Exhibit> cache(tasks, table_.size(), limits_.memory_bytes / kCacheShare);
  std::vector<ScoredPair> scores(near.size());
  std::vector<TaskResult> results(tasks.size());
  base::PerThread<Worker> workers;
  ProgressCounter progress(limits_, "verify", near.size(), table_.size());
  base::for_each_index(tasks.size(), [&](std::size_t t) {
    check_stop(limits_);
    const auto offset = static_cast<std::size_t>(tasks[t].data() - turned.data());
    results[t].scores = std::span(scores).subspan(offset, tasks[t].size());
    judge_task(tasks[t], cache, workers.local(), results[t]);
    progress.add(tasks[t].size());
  });
  if (keeps_scores_) {
    scores_.insert(scores_.end(), scores.begin(), scores.end());
    for (const ScoredPair& each : apart) {
      if (recalled({each.a, each.b}) == nullptr) scores_.push_back(each);
    }
  }
  scores.insert(scores.end(), apart.begin(), apart.end());
  base::sort(scores.begin(), scores.end());
  const auto middle = static_cast<std::ptrdiff_t>(judged_.size());
  judged_.insert(judged_.end(), pairs.begin(), pairs.end());
  std::inplace_merge(judged_.begin(), judged_.begin() + middle, judged_.end());
  for (TaskResult& result : results) {
    for (FoundPair& pair : result.pairs) {
      pair.aligned->passages_begin += passages_.size();
      pair.aligned->passages_end += passages_.size();
      pairs_.push_back(pair);
    }
    passages_.insert(passages_.end(), result.passages.begin(), result.passages.end());
    result = {};
  }
  return scores;
}

void PairJudge::recall(std::vector<ScoredPair> scores, std::span<const FoundPair> found) {
  recalled_ = std::move(scores);
  base::sort(recalled_.begin(), recalled_.end());
  pairs_.insert(pairs_.end(), found.begin(), found.end());
}

const ScoredPair* PairJudge::recalled(CandidatePair pair) const noexcept {
  const auto known = std::lower_bound(recalled_.begin(), recalled_.end(), pair,
                                      [](const ScoredPair& each, CandidatePair wanted) {
                                        return CandidatePair{each.a, each.b} < wanted;
                                      });
  return known != recalled_.end() && CandidatePair{known->a, known->b} == pair ? &*known : nullptr;
}

bool PairJudge::has_judged(CandidatePair pair) const noexcept {
  return std::binary_search(judged_.begin(), judged_.end(), pair) || recalled(pair) != nullptr;
}

void PairJudge::give(Findings& findings) {
  base::sort(pairs_.begin(), pairs_.end(), [](const FoundPair& left, const FoundPair& right) {
    return std::pair(left.a, left.b) < std::pair(right.a, right.b);
  });
  findings.pairs = std::move(pairs_);
  findings.passages = std::move(passages_);
}

}  // namespace wirecopy::batch
