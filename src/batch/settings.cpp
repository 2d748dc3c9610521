#include "batch/settings.h"

#include "base/json.h"

namespace wirecopy::batch {
namespace {

using Rows = std::vector<std::pair<std::string, std::string>>;

std::string text(std::string_view value) {
  return std::string(base::JsonWriter().string(value).text());
}
std::string number(std::uint64_t value) { return std::to_string(value); }
std::string share(double value) { return std::string(base::JsonWriter().share(value).text()); }

std::string_view name_of(Proposers proposers) {
  switch (proposers) {
    case Proposers::both:
      return "both";
    case Proposers::band:
      return "band";
    case Proposers::probe:
      break;
  }
  return "probe";
}

std::string_view name_of(Clustering clustering) {
  switch (clustering) {
    case Clustering::star:
      return "star";
    case Clustering::average_link:
      return "average-link";
    case Clustering::components:
      break;
  }
  return "components";
}

void add_news(const Recipe& recipe, const MatchRule& rule, Rows& rows) {
  const Winnowing& winnowing = *recipe.winnowing;
  rows.insert(rows.end(),
              {{"gram", number(winnowing.gram)},
               {"window", number(winnowing.window)},
               {"fingerprints_kept", share(1.0 / (1U << static_cast<unsigned>(winnowing.kept)))},
               {"min_shared", number(rule.probing.min_shared)},
               {"min_share", share(rule.probing.min_share / 1e6)},
               {"candidates", text(name_of(rule.proposers))},
               {"cluster", text(name_of(rule.clustering))},
               {"merge_at", share(rule.link.merge_at / 65536.0)},
               {"window_seconds",
                rule.window_seconds ? std::to_string(*rule.window_seconds) : std::string("null")},
               {"max_lost", number(rule.max_lost)},
               {"near_coverage", number(rule.judge.near_percent)},
               {"abridged_coverage", number(rule.judge.abridged_percent)},
               {"derived_coverage", number(rule.judge.derived_percent)},
               {"passage_letters", number(rule.judge.passage_letters)},
               {"same_outlet_bias", share(rule.judge.same_outlet_bias / 65536.0)}});
}

void add_repeats(const RepeatRule& rule, Rows& rows) {
  rows.insert(rows.end(), {{"phrase_words", number(rule.phrase_words)},
                           {"caption_words", number(rule.caption_words)},
                           {"caption_coverage", number(rule.near_percent)},
                           {"headline_coverage", number(rule.headline_percent)},
                           {"summary_coverage", number(rule.summary_percent)},
                           {"trailer_tail", number(rule.trailer_percent)}});
}

}  // namespace

Rows settings_of(const Recipe& recipe, const MatchRule& rule) {
  Rows rows{
      {"preset", text(wirecopy::name_of(recipe.preset))},
      {"threshold", share(rule.threshold.value() / 1e6)},
      {"shingle_words", number(recipe.shingling.words)},
      {"bands", number(recipe.banding.bands())},
      {"rows", number(recipe.banding.rows())},
      {"key", text(recipe.shingling.key == Key() ? "published" : "private")},
      {"keep", text(rule.keep.name())},
      {"drop", text(rule.drop.name())},
      {"cut", text(rule.cut ? rule.cut->kinds.names() : "none")},
  };
  if (recipe.winnowing) add_news(recipe, rule, rows);
  if (rule.repeats) add_repeats(*rule.repeats, rows);
  return rows;
}

Rows settings_of(const StreamRule& rule) {
  Rows rows{
      {"threshold", share(rule.threshold.value() / 1e6)},
      {"shingle_words", number(rule.shingling.words)},
      {"bands", number(rule.banding.bands())},
      {"rows", number(rule.banding.rows())},
      {"key", text(rule.shingling.key == Key() ? "published" : "private")},
      {"drop", text(rule.drop.name())},
      {"cut", text(rule.cut.kinds.names())},
      {"max_lost", number(rule.cut.max_lost)},
      {"window_rows", number(rule.window)},
  };
  add_repeats(rule.cut.repeats, rows);
  return rows;
}

}  // namespace wirecopy::batch
