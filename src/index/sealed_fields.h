/// The fields of a Recipe and a MatchRule, each named once for writing and reading.
///
/// The structured bindings name every member, so that one that is added does not compile until it
/// is sealed here.
#pragma once

#include <array>
#include <string_view>

#include "wirecopy/batch.h"

namespace wirecopy::index {

/// Names of the values of an enumeration, in their order.
template <typename Enumeration>
inline constexpr std::array<std::string_view, 0> kNames{};
template <>
inline constexpr std::array<std::string_view, 3> kNames<Kept>{"all", "half", "quarter"};
template <>
inline constexpr std::array<std::string_view, 3> kNames<KeepRule::By>{"first", "longest",
                                                                      "sources"};
template <>
inline constexpr std::array<std::string_view, 3> kNames<Proposers>{"both", "band", "probe"};
template <>
inline constexpr std::array<std::string_view, 3> kNames<Clustering>{"star", "average_link",
                                                                    "components"};
template <>
inline constexpr std::array<std::string_view, 2> kNames<AlignRule::Order>{"kept", "free"};
template <>
inline constexpr std::array<std::string_view, 5> kNames<Preset>{"corpus", "fast", "news", "broad",
                                                                "ocr"};

// visit(name, value) for every field. The key is not among them: it has its own file.

template <typename Visit>
void fields(Visit& visit, Winnowing& winnowing) {
  auto& [gram, window, kept, key] = winnowing;
  visit("gram", gram);
  visit("window", window);
  visit("kept", kept);
}

template <typename Visit>
void fields(Visit& visit, KeepRule& rule) {
  auto& [by, sources] = rule;
  visit("by", by);
  visit("sources", sources);
}

template <typename Visit>
void fields(Visit& visit, DropRule& rule) {
  auto& [identical, near_duplicate, abridged, abridged_percent] = rule;
  visit("identical", identical);
  visit("near_duplicate", near_duplicate);
  visit("abridged", abridged);
  visit("abridged_percent", abridged_percent);
}

template <typename Visit>
void fields(Visit& visit, RepeatRule& rule) {
  auto& [phrase_words, caption_words, least_words, near_percent, headline_percent, headline_blocks,
         summary_percent, trailer_percent, structural_times] = rule;
  visit("phrase_words", phrase_words);
  visit("caption_words", caption_words);
  visit("least_words", least_words);
  visit("near_percent", near_percent);
  visit("headline_percent", headline_percent);
  visit("headline_blocks", headline_blocks);
  visit("summary_percent", summary_percent);
  visit("trailer_percent", trailer_percent);
  visit("structural_times", structural_times);
}

template <typename Visit>
void fields(Visit& visit, Probing& probing) {
  auto& [kept, min_shared, min_share, list_cap, hot_discount] = probing;
  visit("kept", kept);
  visit("min_shared", min_shared);
  visit("min_share", min_share);
  visit("list_cap", list_cap);
  visit("hot_discount", hot_discount);
}

template <typename Visit>
void fields(Visit& visit, AlignRule& rule) {
  auto& [seed_letters, seed_step, max_gap, min_letters, min_identity, order, give_up_below] = rule;
  visit("seed_letters", seed_letters);
  visit("seed_step", seed_step);
  visit("max_gap", max_gap);
  visit("min_letters", min_letters);
  visit("min_identity", min_identity);
  visit("order", order);
  visit("give_up_below", give_up_below);
}

template <typename Visit>
void fields(Visit& visit, JudgeRule& rule) {
  auto& [align, passage_letters, block_letters, identical_percent, identical_permille,
         boilerplate_percent, template_numbers, template_percent, quote_percent, near_percent,
         abridged_percent, abridged_letters, abridged_words, derived_percent, derived_letters,
         same_outlet_bias] = rule;
  visit("align", align);
  visit("passage_letters", passage_letters);
  visit("block_letters", block_letters);
  visit("identical_percent", identical_percent);
  visit("identical_permille", identical_permille);
  visit("boilerplate_percent", boilerplate_percent);
  visit("template_numbers", template_numbers);
  visit("template_percent", template_percent);
  visit("quote_percent", quote_percent);
  visit("near_percent", near_percent);
  visit("abridged_percent", abridged_percent);
  visit("abridged_letters", abridged_letters);
  visit("abridged_words", abridged_words);
  visit("derived_percent", derived_percent);
  visit("derived_letters", derived_letters);
  visit("same_outlet_bias", same_outlet_bias);
}

template <typename Visit>
void fields(Visit& visit, LinkRule& rule) {
  auto& [merge_at, least_compared, against, least_part, least_whole] = rule;
  visit("merge_at", merge_at);
  visit("least_compared", least_compared);
  visit("against", against);
  visit("least_part", least_part);
  visit("least_whole", least_whole);
}

template <typename Visit>
void fields(Visit& visit, StockText& stock) {
  auto& [source, text] = stock;
  visit("source", source);
  visit("text", text);
}

template <typename Visit>
void fields(Visit& visit, Recipe& recipe) {
  auto& [preset, shingling, banding, winnowing] = recipe;
  auto& [words, key] = shingling;
  visit("preset", preset);
  visit("shingle_words", words);
  visit("banding", banding);
  visit("winnowing", winnowing);
}

template <typename Visit>
void fields(Visit& visit, MatchRule& rule) {
  auto& [threshold, keep, drop, repeats, cut, proposers, probing, judge, clustering, link,
         window_seconds, model, known_stock, max_lost, least_identity] = rule;
  visit("threshold", threshold);
  visit("keep", keep);
  visit("drop", drop);
  visit("repeats", repeats);
  visit("proposers", proposers);
  visit("probing", probing);
  visit("judge", judge);
  visit("clustering", clustering);
  visit("link", link);
  visit("window_seconds", window_seconds);
  visit("known_stock", known_stock);
  visit("max_lost", max_lost);
  visit("least_identity", least_identity);
}

}  // namespace wirecopy::index
