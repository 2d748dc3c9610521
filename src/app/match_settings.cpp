#include "app/match_settings.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>
#include <utility>

#include "app/rules.h"
#include "wirecopy/error.h"

namespace wirecopy::app {
namespace {

constexpr std::int64_t kSecondsADay = 86'400;

constexpr std::array<std::pair<std::string_view, std::uint32_t RepeatRule::*>, 6> kRepeatSettings{
    {{"phrase-words", &RepeatRule::phrase_words},
     {"caption-words", &RepeatRule::caption_words},
     {"caption-coverage", &RepeatRule::near_percent},
     {"headline-coverage", &RepeatRule::headline_percent},
     {"summary-coverage", &RepeatRule::summary_percent},
     {"trailer-tail", &RepeatRule::trailer_percent}}};

// A setting that says nothing under this preset would be believed to.
void refuse_strangers(const Settings& settings, Preset preset) {
  constexpr std::array<std::string_view, 2> kOfCorpus{"threshold", "recall"};
  constexpr std::array<std::string_view, 14> kOfOthers{"candidates",
                                                       "min-share",
                                                       "window",
                                                       "model",
                                                       "save-model",
                                                       "near-coverage",
                                                       "abridged-coverage",
                                                       "derived-coverage",
                                                       "passage-letters",
                                                       "cluster",
                                                       "merge-at",
                                                       "max-lost",
                                                       "same-outlet-bias",
                                                       "rules"};
  const auto refuse = [&](std::string_view name, std::string_view needed) {
    if (!settings.given(name)) return;
    throw Error(ErrorCode::usage, fmt::format("--{} says nothing under --preset {}; {}", name,
                                              name_of(preset), needed));
  };
  if (preset == Preset::corpus) {
    for (const std::string_view name : kOfOthers) {
      refuse(name, "leave it out or choose the preset news, fast, broad or ocr");
    }
  } else {
    for (const std::string_view name : kOfCorpus) {
      refuse(name, "leave it out or choose --preset corpus");
    }
  }
}

Proposers proposers_named(const std::string& name) {
  if (name == "both") return Proposers::both;
  if (name == "band") return Proposers::band;
  if (name == "probe") return Proposers::probe;
  throw Error(ErrorCode::usage,
              fmt::format("--candidates is '{}', expected both, band or probe", name));
}

Clustering clustering_named(const std::string& name) {
  if (name == "average-link") return Clustering::average_link;
  if (name == "star") return Clustering::star;
  if (name == "components") return Clustering::components;
  throw Error(ErrorCode::usage,
              fmt::format("--cluster is '{}', expected average-link, star or components", name));
}

std::int32_t bias_of(const std::string& text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !(std::abs(value) <= 1)) {
    throw Error(ErrorCode::usage,
                fmt::format("--same-outlet-bias is '{}', expected a number from -1 to 1", text));
  }
  return static_cast<std::int32_t>(std::lround(value * kFullScore));
}

std::uint32_t number(const Settings& settings, std::string_view name) {
  return static_cast<std::uint32_t>(settings.count(name));
}

void set_judge(const Settings& settings, JudgeRule& rule) {
  rule.near_percent = number(settings, "near-coverage");
  rule.abridged_percent = number(settings, "abridged-coverage");
  rule.derived_percent = number(settings, "derived-coverage");
  rule.passage_letters = number(settings, "passage-letters");
  rule.same_outlet_bias = bias_of(settings.text("same-outlet-bias"));
}

}  // namespace

Recipe recipe_of(const Settings& settings) {
  const Preset preset = preset_named(settings.text("preset"));
  const Key key = settings.given("key-file") ? Key::from_file(settings.text("key-file")) : Key();
  Recipe recipe = Recipe::of(preset, key);
  if (preset == Preset::corpus) {
    recipe.banding = Banding::plan(settings.share("threshold"), settings.share("recall"));
  }
  return recipe;
}

MatchRule match_rule_of(const Settings& settings) {
  const Preset preset = preset_named(settings.text("preset"));
  refuse_strangers(settings, preset);
  MatchRule rule = MatchRule::of(preset);
  if (preset == Preset::corpus) {
    rule.threshold = Millionths::from(settings.share("threshold"));
    return rule;
  }
  rule.proposers = proposers_named(settings.text("candidates"));
  if (settings.given("min-share")) {
    rule.probing.min_share = Millionths::from(settings.share("min-share")).value();
  }
  if (settings.given("window")) {
    rule.window_seconds = kSecondsADay * static_cast<std::int64_t>(settings.count("window"));
  }
  if (settings.text("model") == "none") {
    rule.model.emplace();
  } else if (settings.given("model")) {
    rule.model = Model::load(settings.text("model"));
  }
  if (settings.given("rules")) rule.known_stock = read_rules(settings.text("rules"));
  set_judge(settings, rule.judge);
  if (settings.given("cluster")) rule.clustering = clustering_named(settings.text("cluster"));
  rule.link.merge_at =
      static_cast<std::uint32_t>(std::lround(settings.share("merge-at") * kFullScore));
  rule.max_lost = settings.count("max-lost");
  rule.repeats = repeat_rule_of(settings);
  return rule;
}

RepeatRule repeat_rule_of(const Settings& settings) {
  RepeatRule rule;
  for (const auto& [name, member] : kRepeatSettings) rule.*member = number(settings, name);
  return rule;
}

void refuse_idle_repeat_settings(const Settings& settings, const MatchRule& rule) {
  if (rule.repeats) return;
  for (const auto& [name, member] : kRepeatSettings) {
    if (!settings.given(name)) continue;
    throw Error(ErrorCode::usage,
                fmt::format("--{} says nothing under --preset corpus, which looks for no repeats "
                            "but to clean; leave one of them out",
                            name));
  }
}

}  // namespace wirecopy::app
