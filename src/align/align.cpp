#include "wirecopy/align.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "align/pair.h"
#include "wirecopy/error.h"

namespace wirecopy {
namespace {

using align_detail::Narrow;
using align_detail::PairAligner;
using align_detail::Piece;
using align_detail::PieceGap;
using align_detail::Side;
using align_detail::Wide;

void require(bool holds, std::string_view name, std::string_view range) {
  if (holds) return;
  throw Error(ErrorCode::usage, "AlignRule: " + std::string(name) + " must be " +
                                    std::string(range) + "; change it.");
}

void check(const AlignRule& rule) {
  using namespace align_detail;
  require(rule.seed_letters >= kLeastSeed && rule.seed_letters <= kMostSeed, "seed_letters",
          "from 4 to 16");
  require(rule.seed_step >= 1 && rule.seed_step <= 16, "seed_step", "from 1 to 16");
  require(rule.max_gap <= 1000, "max_gap", "at most 1000");
  require(rule.min_letters >= 1, "min_letters", "at least 1");
  require(rule.min_identity <= 100, "min_identity", "at most 100 percent");
}

double share(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

// The union of letter ranges, in bytes.
template <typename Unit>
Aligned united(std::vector<LetterRange>& ranges, const Side<Unit>& side) {
  Aligned aligned;
  aligned.of = side.letters().size();
  aligned.ranges.reserve(ranges.size());
  std::sort(ranges.begin(), ranges.end());
  for (std::size_t i = 0; i < ranges.size();) {
    LetterRange joined = ranges[i];
    for (++i; i < ranges.size() && ranges[i].begin <= joined.end; ++i) {
      joined.end = std::max(joined.end, ranges[i].end);
    }
    aligned.letters += joined.end - joined.begin;
    aligned.ranges.push_back(side.bytes(joined.begin, joined.end));
  }
  return aligned;
}

// `ranges` is memory that is used again.
template <typename Unit>
Alignment in_bytes(std::span<const Piece> pieces, std::span<const PieceGap> gaps,
                   const Side<Unit>& first, const Side<Unit>& second,
                   std::vector<LetterRange>& ranges) {
  Alignment alignment;
  alignment.passages.reserve(pieces.size());
  for (const Piece& piece : pieces) {
    alignment.passages.push_back(
        {first.bytes(piece.begin_x, piece.end_x), second.bytes(piece.begin_y, piece.end_y),
         piece.end_x - piece.begin_x, piece.end_y - piece.begin_y, piece.columns,
         piece.equal_columns, piece.gaps_begin, piece.gaps_end});
  }
  alignment.gaps.reserve(gaps.size());
  for (const PieceGap& gap : gaps) {
    alignment.gaps.push_back(
        {first.bytes(gap.begin_x, gap.end_x), second.bytes(gap.begin_y, gap.end_y)});
  }
  ranges.clear();
  for (const Piece& piece : pieces) ranges.push_back({piece.begin_x, piece.end_x});
  alignment.a = united(ranges, first);
  ranges.clear();
  for (const Piece& piece : pieces) ranges.push_back({piece.begin_y, piece.end_y});
  alignment.b = united(ranges, second);
  return alignment;
}

void turn_round(Alignment& alignment) {
  std::swap(alignment.a, alignment.b);
  for (Passage& passage : alignment.passages) {
    std::swap(passage.a, passage.b);
    std::swap(passage.letters_a, passage.letters_b);
  }
  for (Gap& gap : alignment.gaps) std::swap(gap.a, gap.b);
}

// The order in which two texts are worked on depends on what they say alone.
template <typename Unit>
bool comes_first(const Side<Unit>& left, const Side<Unit>& right) {
  if (left.letters().size() != right.letters().size())
    return left.letters().size() < right.letters().size();
  return left.utf8() <= right.utf8();
}

// Both texts in one kind of unit.
template <typename Unit>
class Workspace {
 public:
  void take_a(std::string_view a) {
    a_.take(a);
    has_a_ = true;
  }
  void drop_a() noexcept { has_a_ = false; }

  Alignment align(std::string_view a, std::string_view b, const AlignRule& rule) {
    if (!has_a_) take_a(a);
    b_.take(b);
    const bool turned = !comes_first(a_, b_);
    Side<Unit>& first = turned ? b_ : a_;
    Side<Unit>& second = turned ? a_ : b_;
    const bool gave_up = !pairs_.align(first, second, rule);
    Alignment alignment = in_bytes(pairs_.pieces(), pairs_.gaps(), first, second, ranges_);
    alignment.gave_up = gave_up;
    if (turned) turn_round(alignment);
    std::sort(alignment.passages.begin(), alignment.passages.end(),
              [](const Passage& left, const Passage& right) {
                return std::pair(left.a, left.b) < std::pair(right.a, right.b);
              });
    return alignment;
  }

 private:
  Side<Unit> a_;
  Side<Unit> b_;
  bool has_a_ = false;
  PairAligner<Unit> pairs_;
  std::vector<LetterRange> ranges_;
};

}  // namespace

double Passage::identity() const noexcept { return share(equal_columns, columns); }

double Aligned::coverage() const noexcept { return share(letters, of); }

class Aligner::State {
 public:
  explicit State(const AlignRule& rule) : rule_(rule) { check(rule); }

  void take(const NormalizedText& a) {
    a_ = &a;
    narrow_.drop_a();
    wide_.drop_a();
  }

  Alignment align(const NormalizedText& b) {
    return a_->ascii() && b.ascii() ? narrow_.align(a_->letters(), b.letters(), rule_)
                                    : wide_.align(a_->letters(), b.letters(), rule_);
  }

 private:
  AlignRule rule_;
  const NormalizedText* a_ = nullptr;
  Workspace<Narrow> narrow_;
  Workspace<Wide> wide_;
};

Aligner::Aligner(const NormalizedText& a, const AlignRule& rule)
    : state_(std::make_unique<State>(rule)) {
  state_->take(a);
}
Aligner::~Aligner() = default;
Aligner::Aligner(Aligner&&) noexcept = default;
Aligner& Aligner::operator=(Aligner&&) noexcept = default;

void Aligner::take(const NormalizedText& a) { state_->take(a); }

Alignment Aligner::align(const NormalizedText& b) { return state_->align(b); }

Alignment align(const NormalizedText& a, const NormalizedText& b, const AlignRule& rule) {
  return Aligner(a, rule).align(b);
}

}  // namespace wirecopy
