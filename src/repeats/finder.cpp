#include <fmt/format.h>

#include <algorithm>

#include "repeats/search.h"
#include "wirecopy/error.h"
#include "wirecopy/repeats.h"

namespace wirecopy {
namespace {

using namespace repeats;

void demand_range(std::string_view name, std::uint32_t value, std::uint32_t least,
                  std::uint32_t most) {
  if (value >= least && value <= most) return;
  throw Error(ErrorCode::usage,
              fmt::format("{} = {} is not possible: choose {} to {}", name, value, least, most));
}

void check(const RepeatRule& rule) {
  demand_range("phrase_words", rule.phrase_words, 4, 1000);
  demand_range("caption_words", rule.caption_words, 4, Overlap::kMostWords);
  demand_range("least_words", rule.least_words, 1, 100);
  demand_range("near_percent", rule.near_percent, 50, 100);
  demand_range("headline_percent", rule.headline_percent, 50, 100);
  demand_range("headline_blocks", rule.headline_blocks, 0, 20);
  demand_range("summary_percent", rule.summary_percent, 40, 100);
  demand_range("trailer_percent", rule.trailer_percent, 0, 100);
  demand_range("structural_times", rule.structural_times, 2, 1000);
}

}  // namespace

namespace repeats {

void Search::add_unit(RepeatKind kind, std::optional<std::size_t> first, std::size_t repeat,
                      std::uint32_t unique_letters) {
  std::optional<LetterRange> range;
  if (first) {
    unit(*first).fate = Unit::Fate::stays;
    range = unit(*first).letters;
  }
  unit(repeat).fate = Unit::Fate::repeat;
  add(kind, range, unit(repeat).letters, unique_letters);
}

}  // namespace repeats

struct RepeatFinder::State : repeats::Search {
  using Search::Search;
};

RepeatFinder::RepeatFinder(const RepeatRule& rule) {
  check(rule);
  state_ = std::make_unique<State>(rule);
}
RepeatFinder::~RepeatFinder() = default;
RepeatFinder::RepeatFinder(RepeatFinder&&) noexcept = default;
RepeatFinder& RepeatFinder::operator=(RepeatFinder&&) noexcept = default;

void RepeatFinder::find(std::string_view title, std::string_view utf8, const NormalizedText& text,
                        std::span<const Block> blocks, std::vector<Repeat>& into) {
  into.clear();
  if (blocks.empty()) return;
  Search& search = *state_;
  search.found = &into;
  search.article.take(utf8, text, blocks);
  normalize(title, search.title);
  search.title_words.take(search.title);
  find_trailers(search);
  find_headlines(search);
  find_equal_units(search);
  find_near_units(search);
  find_highlights(search);
  find_glued_trailers(search);
  find_runs(search);
  std::sort(into.begin(), into.end(), [](const Repeat& a, const Repeat& b) {
    return std::pair(a.repeat, a.kind) < std::pair(b.repeat, b.kind);
  });
}

std::vector<Repeat> find_repeats(std::string_view title, std::string_view utf8,
                                 const RepeatRule& rule) {
  const NormalizedText text = normalize(utf8);
  const std::vector<Block> blocks = split_blocks(utf8, text);
  std::vector<Repeat> found;
  RepeatFinder(rule).find(title, utf8, text, blocks, found);
  return found;
}

}  // namespace wirecopy
