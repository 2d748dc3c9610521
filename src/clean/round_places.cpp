#include "clean/round_places.h"

#include <algorithm>

namespace wirecopy::clean {

Span RoundPlaces::original(Span rest) const {
  const auto place = [this](std::uint64_t at) {
    const auto after = std::upper_bound(made_at_.begin(), made_at_.end(), at);
    const auto cuts_before = static_cast<std::size_t>(after - made_at_.begin());
    return at + (cuts_before == 0 ? 0 : gone_[cuts_before - 1]);
  };
  return {place(rest.begin), place(rest.end - 1) + 1};
}

void RoundPlaces::add_pieces(const Cut& cut, std::vector<Cut>& to) const {
  Cut piece = cut;
  if (cut.first) piece.first = original(*cut.first);
  const Span all = original(cut.span);
  std::uint64_t begin = all.begin;
  const auto push = [&](std::uint64_t end) {
    if (begin == end) return;
    piece.span = {begin, end};
    to.push_back(piece);
    piece.unique_letters = 0;
  };
  auto hole = std::lower_bound(
      cuts_.begin(), cuts_.end(), all.begin,
      [](const Cut& earlier, std::uint64_t place) { return earlier.span.begin < place; });
  for (; hole != cuts_.end() && hole->span.end <= all.end; ++hole) {
    push(hole->span.begin);
    begin = hole->span.end;
  }
  push(all.end);
}

const Cut* RoundPlaces::cut_at(std::uint64_t place) const {
  const auto after =
      std::upper_bound(cuts_.begin(), cuts_.end(), place,
                       [](std::uint64_t at, const Cut& cut) { return at < cut.span.begin; });
  if (after == cuts_.begin() || (after - 1)->span.end <= place) return nullptr;
  return &*(after - 1);
}

Span RoundPlaces::what_stays(Span span) const {
  while (span.begin < span.end) {
    const Cut* const cut = cut_at(span.begin);
    if (cut == nullptr) break;
    span.begin = cut->span.end;
  }
  while (span.begin < span.end) {
    const Cut* const cut = cut_at(span.end - 1);
    if (cut == nullptr) break;
    span.end = cut->span.begin;
  }
  return span;
}

void RoundPlaces::add(std::span<const Cut> fresh) {
  const auto by_place = [](const Cut& left, const Cut& right) {
    return left.span.begin < right.span.begin;
  };
  std::vector<Cut> pieces;
  for (const Cut& cut : fresh) add_pieces(cut, pieces);
  const auto old = static_cast<std::ptrdiff_t>(cuts_.size());
  cuts_.insert(cuts_.end(), pieces.begin(), pieces.end());
  std::inplace_merge(cuts_.begin(), cuts_.begin() + old, cuts_.end(), by_place);

  made_at_.clear();
  gone_.clear();
  std::uint64_t gone = 0;
  std::vector<std::optional<Span>> firsts;
  for (const Cut& cut : cuts_) {
    made_at_.push_back(cut.span.begin - gone);
    gone += cut.span.end - cut.span.begin;
    gone_.push_back(gone);
    std::optional<Span>& first = firsts.emplace_back();
    if (!cut.first) continue;
    first = what_stays(*cut.first);
    if (first->begin < first->end) continue;
    // What it pointed to is gone as well, so it says what that one says.
    first = cut_at(cut.first->begin)->first;
    if (first) first = what_stays(*first);
    if (first && first->begin >= first->end) first.reset();
  }
  for (std::size_t i = 0; i < cuts_.size(); ++i) cuts_[i].first = firsts[i];
}

}  // namespace wirecopy::clean
