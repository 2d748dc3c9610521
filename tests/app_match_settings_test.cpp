// The settings that say what a copy is.
#include "app/match_settings.h"

#include <string>
#include <vector>

#include "catch.h"
#include "wirecopy/error.h"

using namespace wirecopy;

namespace {

app::Settings settings_with(const std::vector<std::pair<std::string, std::string>>& given) {
  app::Settings settings;
  for (const auto& [name, value] : given) settings.set(name, value);
  return settings;
}

// What a user is told who gives these.
std::string refusal(const std::vector<std::pair<std::string, std::string>>& given) {
  try {
    (void)app::match_rule_of(settings_with(given));
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::usage);
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("without settings the rule is that of the preset") {
  for (const std::string preset : {"news", "fast", "broad", "ocr"}) {
    INFO(preset);
    const MatchRule given = app::match_rule_of(settings_with({{"preset", preset}}));
    const MatchRule own = MatchRule::of(preset_named(preset));
    CHECK(given.proposers == own.proposers);
    CHECK(given.probing.min_share == own.probing.min_share);
    CHECK(given.judge.near_percent == own.judge.near_percent);
    CHECK(given.judge.abridged_percent == own.judge.abridged_percent);
    CHECK(given.judge.derived_percent == own.judge.derived_percent);
    CHECK(given.judge.passage_letters == own.judge.passage_letters);
    CHECK(given.judge.same_outlet_bias == own.judge.same_outlet_bias);
    CHECK(given.clustering == own.clustering);
    CHECK(given.link.merge_at == own.link.merge_at);
    CHECK(given.max_lost == own.max_lost);
    CHECK_FALSE(given.window_seconds.has_value());
    CHECK_FALSE(given.model.has_value());
  }
}

TEST_CASE("the default preset is news") {
  CHECK(app::recipe_of(app::Settings()).preset == Preset::news);
}

TEST_CASE("each setting reaches the rule in its unit") {
  const MatchRule rule = app::match_rule_of(settings_with({{"candidates", "probe"},
                                                           {"min-share", "0.25"},
                                                           {"window", "2"},
                                                           {"model", "none"},
                                                           {"near-coverage", "91"},
                                                           {"abridged-coverage", "72"},
                                                           {"derived-coverage", "33"},
                                                           {"passage-letters", "120"},
                                                           {"same-outlet-bias", "-0.5"},
                                                           {"cluster", "components"},
                                                           {"merge-at", "0.5"},
                                                           {"max-lost", "7"}}));
  CHECK(rule.proposers == Proposers::probe);
  CHECK(rule.probing.min_share == 250'000);
  CHECK(rule.window_seconds == 172'800);
  CHECK(rule.model.has_value());
  CHECK(rule.judge.near_percent == 91);
  CHECK(rule.judge.abridged_percent == 72);
  CHECK(rule.judge.derived_percent == 33);
  CHECK(rule.judge.passage_letters == 120);
  CHECK(rule.judge.same_outlet_bias == -32'768);
  CHECK(rule.clustering == Clustering::components);
  CHECK(rule.link.merge_at == 32'768);
  CHECK(rule.max_lost == 7);
}

TEST_CASE("a setting that says nothing under the preset is refused with what to do") {
  CHECK(refusal({{"threshold", "0.9"}}) ==
        "--threshold says nothing under --preset news; leave it out or choose --preset corpus");
  CHECK(
      refusal({{"preset", "corpus"}, {"window", "3"}}) ==
      "--window says nothing under --preset corpus; leave it out or choose the preset news, fast, "
      "broad or ocr");
  CHECK(refusal({{"preset", "corpus"}, {"threshold", "0.9"}}).empty());
}

TEST_CASE("a name or number that is none is refused with what was expected") {
  CHECK(refusal({{"candidates", "all"}}) == "--candidates is 'all', expected both, band or probe");
  CHECK(refusal({{"cluster", "tree"}}) ==
        "--cluster is 'tree', expected average-link, star or components");
  for (const std::string bias : {"1.1", "-2", "", "0.1x", "nan", "inf"}) {
    CHECK(refusal({{"same-outlet-bias", bias}}) ==
          "--same-outlet-bias is '" + bias + "', expected a number from -1 to 1");
  }
}

TEST_CASE("what counts as said twice can be set where repeats are looked for") {
  const app::Settings settings = settings_with({{"phrase-words", "20"},
                                                {"caption-words", "40"},
                                                {"caption-coverage", "70"},
                                                {"headline-coverage", "95"},
                                                {"summary-coverage", "50"},
                                                {"trailer-tail", "0"}});
  const MatchRule rule = app::match_rule_of(settings);
  REQUIRE(rule.repeats.has_value());
  const RepeatRule wanted{.phrase_words = 20,
                          .caption_words = 40,
                          .near_percent = 70,
                          .headline_percent = 95,
                          .summary_percent = 50,
                          .trailer_percent = 0};
  CHECK(*rule.repeats == wanted);
  CHECK(app::match_rule_of(app::Settings()).repeats == RepeatRule());
  app::refuse_idle_repeat_settings(settings, rule);

  app::Settings corpus = settings_with({{"preset", "corpus"}});
  app::refuse_idle_repeat_settings(corpus, app::match_rule_of(corpus));
  corpus.set("trailer-tail", "10");
  CHECK_THROWS_AS(app::refuse_idle_repeat_settings(corpus, app::match_rule_of(corpus)), Error);
}

TEST_CASE("a finder takes every threshold that a setting allows") {
  for (const app::Setting& setting : app::all_settings()) {
    for (const double value : {setting.min, setting.max}) {
      if (setting.kind != app::SettingKind::count || !setting.belongs_to("repeats")) continue;
      CAPTURE(setting.name, value);
      const std::string text = std::to_string(static_cast<std::uint64_t>(value));
      CHECK_NOTHROW(
          RepeatFinder(app::repeat_rule_of(settings_with({{std::string(setting.name), text}}))));
    }
  }
}
