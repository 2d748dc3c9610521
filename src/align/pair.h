/// Two texts as letters of one kind of unit → the pieces they share.
#pragma once

#include <string_view>
#include <vector>

#include "align/chains.h"
#include "align/match_finder.h"
#include "align/passages.h"
#include "base/utf8.h"

namespace wirecopy::align_detail {

/// One text as an array of units, with the index of its seeds once that is asked for.
template <typename Unit>
class Side {
 public:
  /// The text is not copied and must live as long as it is used.
  void take(std::string_view utf8);

  [[nodiscard]] std::string_view utf8() const noexcept { return utf8_; }
  [[nodiscard]] std::span<const Unit> letters() const noexcept { return letters_; }
  /// The range of bytes that the letters [begin, end) take in utf8().
  [[nodiscard]] LetterRange bytes(std::uint32_t begin, std::uint32_t end) const noexcept;
  [[nodiscard]] const SeedIndex<Unit>& index(std::uint32_t seed_letters, std::uint32_t step);

 private:
  std::string_view utf8_;
  std::span<const Unit> letters_;
  std::vector<Unit> decoded_;           // wide only: what letters_ shows
  std::vector<std::uint32_t> byte_of_;  // wide only: where each letter begins, and the end
  SeedIndex<Unit> index_;
  bool indexed_ = false;
};

template <typename Unit>
void Side<Unit>::take(std::string_view utf8) {
  utf8_ = utf8;
  indexed_ = false;
  if constexpr (sizeof(Unit) == 1) {
    // char may be read as unsigned char.
    letters_ = {reinterpret_cast<const Unit*>(utf8.data()), utf8.size()};
  } else {
    decoded_.clear();
    byte_of_.clear();
    const char* const end = utf8.data() + utf8.size();
    for (const char* at = utf8.data(); at < end;) {
      const base::Decoded letter = base::decode_utf8(at, end);
      decoded_.push_back(letter.code_point);
      byte_of_.push_back(static_cast<std::uint32_t>(at - utf8.data()));
      at += letter.length;
    }
    byte_of_.push_back(static_cast<std::uint32_t>(utf8.size()));
    letters_ = decoded_;
  }
}

template <typename Unit>
LetterRange Side<Unit>::bytes(std::uint32_t begin, std::uint32_t end) const noexcept {
  if constexpr (sizeof(Unit) == 1) {
    return {begin, end};
  } else {
    return {byte_of_[begin], byte_of_[end]};
  }
}

template <typename Unit>
const SeedIndex<Unit>& Side<Unit>::index(std::uint32_t seed_letters, std::uint32_t step) {
  if (!indexed_ || index_.seed_letters() != seed_letters) {
    index_.build(letters_, seed_letters, step);
    indexed_ = true;
  }
  return index_;
}

/// What aligning needs besides the texts; memory is kept from pair to pair.
template <typename Unit>
class PairAligner {
 public:
  /// The pieces of both texts, x in `first`. False if it gave up: then there are none.
  [[nodiscard]] bool align(Side<Unit>& first, Side<Unit>& second, const AlignRule& rule);
  [[nodiscard]] std::span<const Piece> pieces() const noexcept { return pieces_; }
  [[nodiscard]] std::span<const PieceGap> gaps() const noexcept { return maker_.gaps(); }

 private:
  [[nodiscard]] static std::uint32_t seed_letters(std::span<const Unit> text,
                                                  const AlignRule& rule) noexcept;

  MatchFinder<Unit> finder_;
  Chainer chainer_;
  PassageMaker<Unit> maker_;
  std::vector<Match> matches_;
  std::vector<Piece> pieces_;
};

/// Whether a letter says about twice as much as one of an alphabet: Han, Kana, Hangul syllables.
[[nodiscard]] constexpr bool is_dense(char32_t letter) noexcept {
  return (letter >= 0x2e80 && letter < 0xa4d0) || (letter >= 0xac00 && letter < 0xd7b0) ||
         (letter >= 0xf900 && letter < 0xfb00) || (letter >= 0x20000 && letter < 0x40000);
}

template <typename Unit>
std::uint32_t PairAligner<Unit>::seed_letters(std::span<const Unit> text,
                                              const AlignRule& rule) noexcept {
  if constexpr (sizeof(Unit) == 1) return rule.seed_letters;
  const auto dense = std::count_if(text.begin(), text.end(), is_dense);
  const bool mostly = 2 * static_cast<std::size_t>(dense) > text.size();
  return mostly ? std::max(rule.seed_letters / 2, kLeastSeed) : rule.seed_letters;
}

template <typename Unit>
bool PairAligner<Unit>::align(Side<Unit>& first, Side<Unit>& second, const AlignRule& rule) {
  pieces_.clear();
  maker_.forget_gaps();
  if (first.utf8() == second.utf8()) {
    const auto all = static_cast<std::uint32_t>(first.letters().size());
    if (all < rule.give_up_below) return false;
    if (all > 0) pieces_.push_back({0, all, 0, all, all, all});
    return true;
  }
  const SeedIndex<Unit>& index = second.index(seed_letters(first.letters(), rule), rule.seed_step);
  if (!finder_.find(first.letters(), second.letters(), index, rule.max_gap, rule.give_up_below,
                    matches_))
    return false;
  chainer_.chain(matches_, rule);
  maker_.make(first.letters(), second.letters(), chainer_, rule, pieces_);
  return true;
}

}  // namespace wirecopy::align_detail
