#include <algorithm>
#include <string>
#include <unordered_map>
#include <vector>

#include "evaluate/rows.h"
#include "evaluate/truth.h"

namespace wirecopy {
namespace {

using evaluate::TruthRepeat;

// What a run says of one article.
struct Told {
  std::string kind;
  Span first;  // empty: the twin is the title, or there is none
  Span repeat;
  bool right = false;  // a planted one of its kind
};

using ToldById = std::unordered_map<std::string, std::vector<Told>>;

std::uint64_t common(const Span& left, const Span& right) {
  const std::uint64_t begin = std::max(left.begin, right.begin);
  const std::uint64_t end = std::min(left.end, right.end);
  return begin < end ? end - begin : 0;
}

// Whether four fifths of `part` lie in `whole`.
bool held(const Span& part, const Span& whole) {
  return 5 * common(part, whole) >= 4 * (part.end - part.begin);
}

bool same(const Span& left, const Span& right) { return held(left, right) && held(right, left); }

ToldById told_of(const std::string& run) {
  ToldById told;
  evaluate::read_rows(evaluate::run_file(run, "repeats.jsonl"), "a row of repeats.jsonl",
                      [&](const base::JsonObject& row) {
                        if (row.string("passage")) return true;  // across articles
                        const auto id = row.string("id");
                        const auto kind = row.string("kind");
                        const std::vector<std::uint64_t> first = row.unsigned_integers("first");
                        const std::vector<std::uint64_t> repeat = row.unsigned_integers("repeat");
                        if (!id || !kind || repeat.size() != 2) return false;
                        Told& one = told[std::string(*id)].emplace_back();
                        one.kind = *kind;
                        one.repeat = {repeat[0], repeat[1]};
                        if (first.size() == 2) one.first = {first[0], first[1]};
                        return true;
                      });
  return told;
}

void score_kind(const TruthRepeat& planted, std::vector<Told>* told, RepeatScore& score) {
  ++score.recall.whole;
  if (told == nullptr) return;
  const auto fits = [&](const Told& one) { return same(one.repeat, planted.repeat); };
  const auto right = std::ranges::find_if(
      *told, [&](const Told& one) { return one.kind == planted.kind && fits(one); });
  if (right != told->end()) {
    right->right = true;
    ++score.recall.part;
  } else if (std::ranges::any_of(*told, fits)) {
    ++score.as_another;
  }
}

bool is_told(const TruthRepeat& exact, const std::vector<Told>* told) {
  return told != nullptr && std::ranges::any_of(*told, [&](const Told& one) {
           return held(exact.first, one.first) && held(exact.repeat, one.repeat);
         });
}

}  // namespace

RepeatScores evaluate_repeats(const std::string& run, const TruthFiles& truth) {
  ToldById told = told_of(run);
  RepeatScores scores;
  for (const TruthRepeat& planted : evaluate::repeats_of(truth)) {
    const auto found = told.find(planted.id);
    std::vector<Told>* const of_article = found == told.end() ? nullptr : &found->second;
    if (!planted.kind.empty()) {
      score_kind(planted, of_article, scores.by_kind[planted.kind]);
    } else {
      ++scores.runs.whole;
      scores.runs.part += is_told(planted, of_article) ? 1U : 0U;
    }
  }
  for (const auto& [id, rows] : told) {
    for (const Told& one : rows) {
      const auto score = scores.by_kind.find(one.kind);
      if (score == scores.by_kind.end()) continue;
      ++score->second.precision.whole;
      score->second.precision.part += one.right ? 1U : 0U;
    }
  }
  return scores;
}

}  // namespace wirecopy
