/// Chains → passages: which to keep, where they end, how alike their sides are.
#pragma once

#include <vector>

#include "align/chains.h"
#include "align/edit_distance.h"
#include "align/extension.h"
#include "align/letter_set.h"

namespace wirecopy::align_detail {

/// A passage in letters of the two texts, in the order that align works in.
struct Piece {
  std::uint32_t begin_x = 0;
  std::uint32_t end_x = 0;
  std::uint32_t begin_y = 0;
  std::uint32_t end_y = 0;
  std::uint32_t columns = 0;
  std::uint32_t equal_columns = 0;
  std::uint32_t gaps_begin = 0;  // among those of all pieces
  std::uint32_t gaps_end = 0;
  friend auto operator<=>(const Piece&, const Piece&) = default;
};

/// Letters of a piece that are in none of its matches.
struct PieceGap {
  std::uint32_t begin_x = 0;
  std::uint32_t end_x = 0;
  std::uint32_t begin_y = 0;
  std::uint32_t end_y = 0;
};

/// Takes chains by falling score, first those of which at least half the letters are new on both
/// sides, then those of which half are new on one side, and drops what is too short or too unlike.
/// So a refrain gives a passage for each place of either text and not for each pair of places.
template <typename Unit>
class PassageMaker {
 public:
  /// Replaces `pieces`.
  void make(std::span<const Unit> first, std::span<const Unit> second, const Chainer& chainer,
            const AlignRule& rule, std::vector<Piece>& pieces);
  /// Those of the pieces made last.
  [[nodiscard]] std::span<const PieceGap> gaps() const noexcept { return gaps_; }
  void forget_gaps() noexcept { gaps_.clear(); }

 private:
  struct News {
    bool in_x = false;
    bool in_y = false;
  };

  [[nodiscard]] Piece stretch_of(std::span<const Match> links) const noexcept;
  [[nodiscard]] News news_in(const Piece& piece) const noexcept;
  [[nodiscard]] bool long_enough(const Piece& piece) const noexcept;
  void keep(std::span<const Match> links, std::vector<Piece>& pieces);
  std::uint32_t stretch_ends(Piece& piece) const noexcept;
  void measure_gaps(std::span<const Match> links, Piece& piece);
  void take_gap(const PieceGap& gap);
  void measure_matches(std::span<const Match> links, Piece& piece);

  std::span<const Unit> first_;
  std::span<const Unit> second_;
  AlignRule rule_;
  LetterSet in_first_;
  LetterSet in_second_;
  EditDistance<Unit> edit_distance_;
  std::vector<Chain> later_;
  std::vector<Match> by_y_;
  std::vector<PieceGap> gaps_;
};

template <typename Unit>
Piece PassageMaker<Unit>::stretch_of(std::span<const Match> links) const noexcept {
  const Match& last = links.back();
  Piece piece{links.front().x, last.x + last.length, links.front().y, last.y + last.length, 0, 0};
  if (rule_.order == AlignRule::Order::kept) return piece;
  for (const Match& link : links) {
    piece.begin_y = std::min(piece.begin_y, link.y);
    piece.end_y = std::max(piece.end_y, link.y + link.length);
  }
  return piece;
}

template <typename Unit>
typename PassageMaker<Unit>::News PassageMaker<Unit>::news_in(const Piece& piece) const noexcept {
  const std::uint64_t old_x = in_first_.count(piece.begin_x, piece.end_x);
  const std::uint64_t old_y = in_second_.count(piece.begin_y, piece.end_y);
  return {2 * old_x <= piece.end_x - piece.begin_x, 2 * old_y <= piece.end_y - piece.begin_y};
}

template <typename Unit>
bool PassageMaker<Unit>::long_enough(const Piece& piece) const noexcept {
  const std::uint32_t letters = std::min(piece.end_x - piece.begin_x, piece.end_y - piece.begin_y);
  return letters >= rule_.min_letters;
}

// Follows both ends through letters that are in no passage yet. Returns the edits met.
template <typename Unit>
std::uint32_t PassageMaker<Unit>::stretch_ends(Piece& piece) const noexcept {
  const std::size_t ahead_x = std::min<std::size_t>(rule_.max_gap, first_.size() - piece.end_x);
  const std::size_t ahead_y = std::min<std::size_t>(rule_.max_gap, second_.size() - piece.end_y);
  const Extension ahead = extend<Direction::ahead>(
      first_.data() + piece.end_x, in_first_.free_ahead(piece.end_x, ahead_x),
      second_.data() + piece.end_y, in_second_.free_ahead(piece.end_y, ahead_y));
  const std::size_t behind_x = std::min(rule_.max_gap, piece.begin_x);
  const std::size_t behind_y = std::min(rule_.max_gap, piece.begin_y);
  const Extension behind = extend<Direction::behind>(
      first_.data() + piece.begin_x, in_first_.free_behind(piece.begin_x, behind_x),
      second_.data() + piece.begin_y, in_second_.free_behind(piece.begin_y, behind_y));
  piece.end_x += ahead.x;
  piece.end_y += ahead.y;
  piece.begin_x -= behind.x;
  piece.begin_y -= behind.y;
  piece.columns += std::max(ahead.x, ahead.y) + std::max(behind.x, behind.y);
  return ahead.edits + behind.edits;
}

template <typename Unit>
void PassageMaker<Unit>::measure_gaps(std::span<const Match> links, Piece& piece) {
  std::uint32_t edits = stretch_ends(piece);
  piece.columns += links.front().length;
  take_gap({piece.begin_x, links.front().x, piece.begin_y, links.front().y});
  for (std::size_t i = 1; i < links.size(); ++i) {
    const Match& before = links[i - 1];
    const std::uint32_t from_x = before.x + before.length;
    const std::uint32_t from_y = before.y + before.length;
    const std::uint32_t gap_x = links[i].x - from_x;
    const std::uint32_t gap_y = links[i].y - from_y;
    edits += edit_distance_(first_.subspan(from_x, gap_x), second_.subspan(from_y, gap_y));
    piece.columns += links[i].length + std::max(gap_x, gap_y);
    take_gap({from_x, links[i].x, from_y, links[i].y});
  }
  const Match& last = links.back();
  take_gap({last.x + last.length, piece.end_x, last.y + last.length, piece.end_y});
  piece.equal_columns = piece.columns - edits;
}

template <typename Unit>
void PassageMaker<Unit>::take_gap(const PieceGap& gap) {
  if (gap.begin_x < gap.end_x || gap.begin_y < gap.end_y) gaps_.push_back(gap);
}

// In free order there are no gaps to measure: what counts is how much stands in matches.
template <typename Unit>
void PassageMaker<Unit>::measure_matches(std::span<const Match> links, Piece& piece) {
  std::uint32_t in_x = 0;
  for (const Match& link : links) in_x += link.length;
  by_y_.assign(links.begin(), links.end());
  std::sort(by_y_.begin(), by_y_.end(),
            [](const Match& left, const Match& right) { return left.y < right.y; });
  std::uint32_t in_y = 0;
  std::uint32_t end = 0;
  for (const Match& link : by_y_) {
    const std::uint32_t link_end = link.y + link.length;
    if (link_end > end) in_y += link_end - std::max(end, link.y);
    end = std::max(end, link_end);
  }
  piece.equal_columns = std::min(in_x, in_y);
  piece.columns = std::max(piece.end_x - piece.begin_x, piece.end_y - piece.begin_y);
}

template <typename Unit>
void PassageMaker<Unit>::keep(std::span<const Match> links, std::vector<Piece>& pieces) {
  Piece piece = stretch_of(links);
  piece.gaps_begin = static_cast<std::uint32_t>(gaps_.size());
  if (rule_.order == AlignRule::Order::kept) {
    measure_gaps(links, piece);
  } else {
    measure_matches(links, piece);
  }
  if (!long_enough(piece) || std::uint64_t{100} * piece.equal_columns <
                                 std::uint64_t{rule_.min_identity} * piece.columns) {
    gaps_.resize(piece.gaps_begin);
    return;
  }
  piece.gaps_end = static_cast<std::uint32_t>(gaps_.size());
  in_first_.insert(piece.begin_x, piece.end_x);
  in_second_.insert(piece.begin_y, piece.end_y);
  pieces.push_back(piece);
}

template <typename Unit>
void PassageMaker<Unit>::make(std::span<const Unit> first, std::span<const Unit> second,
                              const Chainer& chainer, const AlignRule& rule,
                              std::vector<Piece>& pieces) {
  first_ = first;
  second_ = second;
  rule_ = rule;
  in_first_.reset(first.size());
  in_second_.reset(second.size());
  pieces.clear();
  gaps_.clear();
  later_.clear();
  for (const Chain& chain : chainer.chains()) {
    const std::span<const Match> links = chainer.links(chain);
    const News news = news_in(stretch_of(links));
    if (news.in_x && news.in_y) {
      keep(links, pieces);
    } else if (news.in_x || news.in_y) {
      later_.push_back(chain);
    }
  }
  for (const Chain& chain : later_) {
    const std::span<const Match> links = chainer.links(chain);
    const News news = news_in(stretch_of(links));
    if (news.in_x || news.in_y) keep(links, pieces);
  }
}

}  // namespace wirecopy::align_detail
