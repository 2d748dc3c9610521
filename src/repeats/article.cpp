#include "repeats/article.h"

#include <algorithm>

#include "base/unicode.h"
#include "base/utf8.h"
#include "repeats/signs.h"

namespace wirecopy::repeats {
namespace {

bool may_be_unspaced(std::string_view letters) noexcept {
  constexpr unsigned char kLead = 0xe0;  // see base::kFirstUnspaced
  return std::any_of(letters.begin(), letters.end(),
                     [](char byte) { return static_cast<unsigned char>(byte) >= kLead; });
}

// Gives `take` the pieces of a word: runs of a spaced script, and single letters of others with
// their marks; and what each is worth in halves of a word.
template <typename Take>
void cut_word(std::string_view word, Take&& take) {
  std::size_t begin = 0;
  bool spaced = true;
  for (std::size_t at = 0; at < word.size();) {
    const base::Decoded decoded = base::decode_utf8(word.data() + at, word.data() + word.size());
    const base::Character character = base::Character::of(decoded.code_point);
    const bool now_spaced = character.writing() == base::Writing::spaced;
    if (at != begin && !character.mark() && !(spaced && now_spaced)) {
      take(begin, at, spaced ? 2U : 1U);
      begin = at;
    }
    if (at == begin) spaced = now_spaced;
    at += decoded.length;
  }
  take(begin, word.size(), spaced ? 2U : 1U);
}

}  // namespace

void Words::take(const NormalizedText& text) {
  halves_.clear();
  all_ = text.words();
  if (text.ascii() || !may_be_unspaced(text.letters())) return;
  cut_.clear();
  halves_.push_back(0);
  for (const Word word : text.words()) {
    cut_word(text.letters_of(word), [&](std::size_t begin, std::size_t end, std::uint32_t halves) {
      cut_.push_back({word.begin + static_cast<std::uint32_t>(begin),
                      word.begin + static_cast<std::uint32_t>(end)});
      halves_.push_back(halves_.back() + halves);
    });
  }
  all_ = cut_;
}

std::uint32_t Words::at(std::uint32_t letter) const noexcept {
  const auto found =
      std::lower_bound(all_.begin(), all_.end(), letter,
                       [](const Word& word, std::uint32_t begin) { return word.begin < begin; });
  return static_cast<std::uint32_t>(found - all_.begin());
}

void Article::take(std::string_view utf8, const NormalizedText& text,
                   std::span<const Block> blocks) {
  utf8_ = utf8;
  text_ = &text;
  words_.take(text);
  units_.clear();
  one_line_ = blocks.size() == 1;
  if (one_line_) {
    take_sentences(blocks.front());
  } else {
    take_blocks(blocks);
  }
}

void Article::take_blocks(std::span<const Block> blocks) {
  std::uint32_t word = 0;
  for (const Block& block : blocks) {
    const std::uint32_t first = word;
    // The words of a block are known, unless they were cut.
    word = words_.spaced() ? word + block.words : words_.at(block.letters.end);
    Unit unit{block.kind, block.sentence, Unit::Fate::open, block.letters, first, word - first, 0};
    unit.worth = words_.worth(unit.first, unit.count);
    units_.push_back(unit);
  }
}

void Article::take_sentences(const Block& block) {
  sentences_.clear();
  SentenceCutter cutter(utf8_, *text_);
  cutter.cut(0, utf8_.size(), sentences_);
  std::uint32_t word = 0;
  for (const Stretch& sentence : sentences_) {
    const std::uint32_t first = word;
    word = words_.at(sentence.letters.end);
    Unit unit{BlockKind::paragraph,
              ends_sentence(sentence.original),
              Unit::Fate::open,
              sentence.letters,
              first,
              word - first,
              0};
    if (sentences_.size() == 1) unit.kind = block.kind;
    unit.worth = words_.worth(unit.first, unit.count);
    units_.push_back(unit);
  }
}

std::uint32_t Article::count_letters(LetterRange range) const noexcept {
  return text_->ascii() ? range.end - range.begin
                        : static_cast<std::uint32_t>(base::count_code_points(letters_in(range)));
}

std::size_t Article::unit_of(std::uint32_t word) const noexcept {
  const auto past =
      std::upper_bound(units_.begin(), units_.end(), word,
                       [](std::uint32_t each, const Unit& unit) { return each < unit.first; });
  return static_cast<std::size_t>(past - units_.begin()) - 1;
}

}  // namespace wirecopy::repeats
