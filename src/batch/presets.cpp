// What the presets are made of: one table.
#include <fmt/format.h>

#include <array>

#include "wirecopy/batch.h"
#include "wirecopy/error.h"

namespace wirecopy {
namespace {

struct PresetRow {
  Preset preset;
  std::string_view name;
  std::optional<Winnowing> winnowing;
  Probing probing;
  AlignRule align;
};

constexpr std::array<PresetRow, 5> kPresets{{
    {Preset::corpus, "corpus", std::nullopt, {}, {}},
    {Preset::fast, "fast", kFastWinnowing, kFastProbing, {}},
    {Preset::news, "news", kNewsWinnowing, kNewsProbing, {}},
    {Preset::broad, "broad", kBroadWinnowing, kBroadProbing, {}},
    {Preset::ocr, "ocr", kOcrWinnowing, kOcrProbing, AlignRule::ocr()},
}};

const PresetRow& row_of(Preset preset) { return kPresets[static_cast<std::size_t>(preset)]; }

}  // namespace

std::string_view name_of(Preset preset) noexcept { return row_of(preset).name; }

Preset preset_named(std::string_view name) {
  for (const PresetRow& row : kPresets) {
    if (row.name == name) return row.preset;
  }
  throw Error(ErrorCode::usage,
              fmt::format("there is no preset '{}': news finds abridged, re-led and stitched "
                          "copies, fast and broad do with less or more effort, ocr is for scanned "
                          "pages, corpus for near-identical texts alone",
                          name));
}

Recipe Recipe::of(Preset preset, const Key& key) {
  Recipe recipe;
  recipe.preset = preset;
  recipe.shingling.key = key;
  recipe.winnowing = row_of(preset).winnowing;
  if (recipe.winnowing) recipe.winnowing->key = key;
  return recipe;
}

MatchRule MatchRule::of(Preset preset) {
  MatchRule rule;
  rule.probing = row_of(preset).probing;
  rule.judge.align = row_of(preset).align;
  if (preset == Preset::corpus) {
    rule.clustering = Clustering::star;
  } else {
    rule.repeats.emplace();
  }
  if (preset == Preset::ocr) rule.least_identity = 0;
  return rule;
}

}  // namespace wirecopy
