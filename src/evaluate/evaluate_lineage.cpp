#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>
#include <unordered_map>

#include "evaluate/bootstrap.h"
#include "evaluate/counting.h"
#include "evaluate/found_pairs.h"
#include "evaluate/groups.h"
#include "evaluate/numbering.h"
#include "evaluate/rows.h"
#include "evaluate/truth.h"

namespace wirecopy {
namespace {

using evaluate::TruthParent;

// What a run says of an article in a cluster.
struct Told {
  std::string parent;  // empty: none
  std::optional<double> lag_min;
  std::optional<double> lag_max;
  std::optional<std::string> title_change;
  std::optional<bool> credit_removed;
};

std::unordered_map<std::string, Told> read_told(const std::string& path) {
  std::unordered_map<std::string, Told> articles;
  evaluate::read_members(path,
                         [&](std::uint32_t, std::string_view id, const base::JsonObject& member) {
                           Told& told = articles[std::string(id)];
                           told.parent = member.string("parent").value_or("");
                           told.lag_min = member.number("lag_min_seconds");
                           told.lag_max = member.number("lag_max_seconds");
                           if (const auto title = member.string("title_change"))
                             told.title_change = *title;
                           told.credit_removed = member.boolean("credit_removed");
                         });
  return articles;
}

// The articles of the truth by number, and which story each belongs to.
class Stories {
 public:
  explicit Stories(const std::vector<TruthParent>& truth) {
    for (const TruthParent& article : truth) {
      const std::uint32_t number = numbers_.add(article.id);
      if (article.parent.empty()) continue;
      const std::uint32_t parent = numbers_.add(article.parent);
      groups_.grow(numbers_.size());
      groups_.join(number, parent);
    }
    groups_.grow(numbers_.size());
  }
  [[nodiscard]] std::optional<std::uint32_t> story_of(std::string_view id) {
    const auto number = numbers_.find(id);
    if (!number) return std::nullopt;
    return groups_.root_of(*number);
  }

 private:
  evaluate::Numbering numbers_;
  evaluate::Groups groups_;
};

// What is told of a copy besides its parent, where that is right.
void judge_details(const TruthParent& truth, const Told& told, LineageScores& scores) {
  if (told.parent == truth.parent) {  // another article of the same text ran at another time
    if (told.lag_min && told.lag_max) {
      const bool inside = *told.lag_min <= truth.lag_seconds && truth.lag_seconds <= *told.lag_max;
      evaluate::count(scores.lags, inside);
    } else {
      ++scores.unknown_lags;
    }
  }
  if (told.title_change) evaluate::count(scores.titles, *told.title_change == truth.title);
  if (told.credit_removed) {
    evaluate::count(scores.credits, *told.credit_removed == (truth.credit == "removed"));
  }
}

std::optional<evaluate::FoundPairs> read_pairs(const std::string& run) {
  const std::string path = (std::filesystem::path(run) / "pairs.jsonl").string();
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) return std::nullopt;
  return evaluate::FoundPairs(path);
}

// Intervals of the share of right parents, by stories.
std::optional<Interval> interval_of(const std::vector<Share>& stories, const Bootstrap& bootstrap) {
  return evaluate::intervals<1>(bootstrap, stories.size(), [&](evaluate::Weights weights) {
    Share drawn;
    for (std::size_t i = 0; i < stories.size(); ++i) {
      drawn.part += weights[i] * stories[i].part;
      drawn.whole += weights[i] * stories[i].whole;
    }
    return std::array{drawn.value()};
  })[0];
}

}  // namespace

LineageScores evaluate_lineage(const std::string& run, const TruthFiles& truth,
                               const Bootstrap& bootstrap) {
  const std::vector<TruthParent> articles = evaluate::lineage_of(truth);
  Stories stories(articles);
  const auto told_of = read_told(evaluate::run_file(run, "clusters.jsonl"));
  const std::optional<evaluate::FoundPairs> pairs = read_pairs(run);

  LineageScores scores;
  std::map<std::uint32_t, Share> by_story;
  for (const TruthParent& article : articles) {
    if (article.parent.empty()) continue;
    ++scores.copies;
    const std::optional<std::uint32_t> story = stories.story_of(article.id);
    const auto found = told_of.find(article.id);
    const std::string parent = found == told_of.end() ? "" : found->second.parent;
    const bool right = !parent.empty() && (parent == article.parent ||
                                           (pairs && pairs->equal(parent, article.parent)));
    evaluate::count(by_story[*story], right);
    if (right) {
      ++scores.right;
      judge_details(article, found->second, scores);
    } else if (parent.empty()) {
      ++scores.none;
    } else {
      ++(stories.story_of(parent) == story ? scores.in_story : scores.elsewhere);
    }
  }
  std::vector<Share> units;
  units.reserve(by_story.size());
  for (const auto& [story, share] : by_story) units.push_back(share);
  scores.parents = {Share{scores.right, scores.copies}.value(), interval_of(units, bootstrap)};
  return scores;
}

}  // namespace wirecopy
