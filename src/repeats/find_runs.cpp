// Runs of words that stand in a text twice, and near units that these show.

#include <algorithm>

#include "repeats/search.h"

namespace wirecopy::repeats {
namespace {

constexpr std::size_t kNone = ~std::size_t{0};

// A cue makes a sentence of one line a caption.
void name_by_cue(Search& search, std::size_t number) {
  Unit& unit = search.unit(number);
  if (kind_by_phrases(search.article.text(), search.article.stretch_of(number)) ==
      BlockKind::caption) {
    unit.kind = BlockKind::caption;
  }
}

// The unit that holds most of a run, where both sides lie in one unit each; else kNone.
std::size_t holder_of(const Search& search, std::uint32_t first, std::uint32_t count) {
  return search.article.unit_of(first + count / 2);
}

// Whether a run shows that the unit at its second place repeats that at its first. Returns the unit
// taken.
std::size_t take_units(Search& search, const Run& run) {
  const std::size_t a = holder_of(search, run.first, run.count);
  const std::size_t b = holder_of(search, run.again, run.count);
  if (a == b) return kNone;
  if (search.article.one_line()) {
    if (search.unit(a).worth > search.rule.caption_words ||
        search.unit(b).worth > search.rule.caption_words) {
      return kNone;
    }
    name_by_cue(search, a);
    name_by_cue(search, b);
  }
  if (!take_near(search, a, b)) return kNone;
  return search.unit(b).fate == Unit::Fate::repeat ? b : a;
}

class Phrases {
 public:
  explicit Phrases(Search& search) : search_(search) {}

  void find() {
    while (const auto run = search_.runs.next()) {
      const std::size_t taken = take_units(search_, *run);
      if (taken == kNone) {
        add(*run);
        continue;
      }
      const Unit& unit = search_.unit(taken);
      search_.runs.leave_out(unit.first, unit.count);
      if (unit.first + unit.count > run->again) search_.runs.skip_to(unit.first + unit.count);
      make_way_ = true;
    }
    if (make_way_) drop_left_out();
  }

 private:
  void add(const Run& run) {
    search_.add(RepeatKind::phrase, search_.article.letters_of(run.first, run.count),
                search_.article.letters_of(run.again, run.count), 0);
  }

  // Phrases in units that turned out to be repeats later.
  void drop_left_out() {
    std::vector<Repeat>& found = *search_.found;
    const auto is_out = [&](const LetterRange& range) {
      const std::uint32_t first = search_.article.words().at(range.begin);
      return search_.runs.any_left_out(first, search_.article.words().at(range.end) - first);
    };
    std::erase_if(found, [&](const Repeat& each) {
      return each.kind == RepeatKind::phrase && (is_out(each.repeat) || is_out(*each.first));
    });
  }

  Search& search_;
  bool make_way_ = false;
};

}  // namespace

void find_runs(Search& search) {
  const Words& words = search.article.words();
  search.runs.begin(words, search.article.text().letters(), search.rule.phrase_words);
  for (const Repeat& each : *search.found) {
    const std::uint32_t first = words.at(each.repeat.begin);
    search.runs.leave_out(first, words.at(each.repeat.end) - first);
  }
  Phrases(search).find();
}

}  // namespace wirecopy::repeats
