#include "clean/plan_cuts.h"
#include "wirecopy/clean.h"

namespace wirecopy {

struct Cutter::State {
  explicit State(const CutRule& given) : rule(given), finder(given.repeats) {}
  CutRule rule;
  RepeatFinder finder;
  clean::RoundCutter rounds;
};

Cutter::Cutter(const CutRule& rule) {
  clean::check_rule(rule);
  state_ = std::make_unique<State>(rule);
}

Cutter::~Cutter() = default;
Cutter::Cutter(Cutter&&) noexcept = default;
Cutter& Cutter::operator=(Cutter&&) noexcept = default;

std::vector<Cut> Cutter::cuts(std::string_view title, std::string_view utf8, const More& more) {
  return state_->rounds.cuts(utf8, state_->rule,
                             [&](std::string_view rest, const NormalizedText& text,
                                 std::span<const Block> blocks, std::vector<Repeat>& into) {
                               state_->finder.find(title, rest, text, blocks, into);
                               if (more) more(rest, text, blocks, into);
                             });
}

}  // namespace wirecopy
