#include "normalize/letter_writer.h"

#include <bit>

namespace wirecopy {

NormalizedText& LetterWriter::emptied(NormalizedText& text) {
  text.letters_.clear();
  text.words_.clear();
  text.origins_.clear();
  text.ascii_ = true;
  return text;
}

LetterWriter::LetterWriter(NormalizedText& into)
    : into_(emptied(into)), letters_(into.letters_), words_(into.words_), origins_(into.origins_) {}

void LetterWriter::finish() {
  end_word();
  letters_.carry_over();
  words_.carry_over();
  origins_.carry_over();
}

void LetterWriter::begin_whole(std::uint32_t original) {
  origins_.push({letters_end(), original | NormalizedText::Origin::kWhole});
}

void LetterWriter::end_whole(std::uint32_t original_end) {
  origin_begin_ = letters_end();
  origins_.push({origin_begin_, original_end});
  next_original_ = original_end;
}

void LetterWriter::ascii_run(const char* letters, std::uint32_t length, std::uint32_t original) {
  continue_or_begin_origin(original);
  copy_lower(letters, length, letters_.room(kBlock + kBlockSlack));
  letters_.take(length);
  next_original_ = original + length;
}

void LetterWriter::ascii_block(const char* block, std::uint32_t length, std::uint64_t mask,
                               std::uint32_t original) {
  // The first run may go on where the block before ended.
  const auto head = static_cast<std::uint32_t>(std::countr_one(mask));
  if (head != 0) {
    ascii_run(block, head, original);
    if (head == length) return;
    mask &= mask + 1;
  }
  end_word();
  if (mask == 0) return;

  char* const letters = letters_.room(kBlock + kBlockSlack);
  NormalizedText::Word* const words = words_.room(kBlock / 2);
  NormalizedText::Origin* const origins = origins_.room(kBlock / 2);
  // Moving pointers, not indices: this loop takes most of the time of English.
  char* letter = letters;
  NormalizedText::Word* word = words;
  NormalizedText::Origin* origin = origins;
  std::uint32_t letters_at = letters_end();
  std::uint32_t run_end = 0;
  do {
    // Adding the lowest bit to the lowest run carries through it: the sum's lowest bit is the end.
    const std::uint64_t sum = mask + (mask & (~mask + 1));
    const auto run_begin = static_cast<std::uint32_t>(std::countr_zero(mask));
    run_end = static_cast<std::uint32_t>(std::countr_zero(sum));
    mask &= sum;
    const std::uint32_t count = run_end - run_begin;
    copy_lower(block + run_begin, count, letter);
    *origin++ = {letters_at, original + run_begin};
    *word++ = {letters_at, letters_at + count};
    letters_at += count;
    letter += count;
  } while (mask != 0);

  letters_.take(static_cast<std::size_t>(letter - letters));
  origins_.take(static_cast<std::size_t>(origin - origins));
  origin_begin_ = origin[-1].letters_begin;
  next_original_ = original + run_end;
  const bool open = run_end == length;  // the last run may go on in the next block
  words_.take(static_cast<std::size_t>(word - words) - (open ? 1 : 0));
  word_begin_ = open ? origin_begin_ : letters_at;
}

}  // namespace wirecopy
