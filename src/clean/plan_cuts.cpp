#include "clean/plan_cuts.h"

#include <fmt/format.h>

#include "clean/extents.h"
#include "clean/passages.h"
#include "clean/round_places.h"
#include "wirecopy/error.h"

namespace wirecopy::clean {
namespace {

// Texts that nobody wrote, a thousand trailers one behind the other, lose one of them a round; each
// round reads all of the text.
constexpr int kMostRounds = 64;

}  // namespace

void check_rule(const CutRule& rule) {
  for (const RepeatKind kind : {RepeatKind::phrase, RepeatKind::structural}) {
    if (rule.kinds.has(kind)) {
      throw Error(ErrorCode::usage,
                  fmt::format("{} is never cut: an article repeats it on purpose, or in part",
                              name_of(kind)));
    }
  }
  if (rule.whole_block_percent == 0 || rule.whole_block_percent > 100) {
    throw Error(ErrorCode::usage,
                fmt::format("a whole block is cut from {} percent, expected 1 to 100",
                            rule.whole_block_percent));
  }
}

std::vector<Cut> plan_cuts(std::string_view utf8, const NormalizedText& text,
                           std::span<const Block> blocks, std::span<const Repeat> repeats,
                           const CutRule& rule) {
  const std::vector<Passage> passages = choose_passages(text, blocks, repeats, rule);
  std::vector<LetterRange> letters;
  letters.reserve(passages.size());
  for (const Passage& passage : passages) letters.push_back(passage.letters);
  const std::vector<Span> spans = extents_of(utf8, text, blocks, letters);

  std::vector<Cut> cuts;
  cuts.reserve(spans.size());
  for (std::size_t i = 0; i < spans.size(); ++i) {
    if (spans[i].begin == spans[i].end) continue;
    Cut& cut = cuts.emplace_back();
    const Repeat& repeat = *passages[i].repeat;
    cut.kind = repeat.kind;
    cut.span = spans[i];
    if (repeat.first && repeat.first->begin < repeat.first->end) {
      cut.first = text.original_span(repeat.first->begin, repeat.first->end);
    }
    cut.unique_letters = passages[i].unique_letters;
  }
  return cuts;
}

// Why this ends: a round that plans a cut takes at least one code point, and a round that plans
// none is the last. Why a cut text is cut no further: the last round saw what is left, all of it,
// and found nothing; to look again is that round again. A text that is not done after kMostRounds
// is left as it came, so that this holds for it too.
std::vector<Cut> RoundCutter::cuts(std::string_view utf8, const CutRule& rule,
                                   const FindRepeats& find) {
  if (rule.kinds.empty()) return {};
  RoundPlaces done;
  std::string_view rest = utf8;
  for (int round = 0; round < kMostRounds; ++round) {
    normalize(rest, text_);
    split_blocks(rest, text_, blocks_);
    find(rest, text_, blocks_, repeats_);
    const std::vector<Cut> fresh = plan_cuts(rest, text_, blocks_, repeats_, rule);
    if (fresh.empty()) return std::move(done).cuts();
    done.add(fresh);
    rest_ = cut_text(utf8, done.cuts());
    rest = rest_;
  }
  return {};
}

}  // namespace wirecopy::clean
