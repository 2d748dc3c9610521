#include "normalize/letter_writer.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "base/avx512.h"

namespace wirecopy {

using Word = NormalizedText::Word;

LetterWriter::LetterWriter(NormalizedText& into)
    : into_(into), letters_(into.letters_), words_(into.words_), origins_(into.origins_) {
  into.ascii_ = true;
}

void LetterWriter::finish() {
  end_word();
  into_.letter_bytes_ = letters_.size();
  into_.word_count_ = words_.size();
  into_.origin_count_ = origins_.size();
}

void LetterWriter::begin_whole(std::uint32_t original) {
  origins_.push({letters_end(), original | NormalizedText::Origin::kWhole});
}

void LetterWriter::end_whole(std::uint32_t original_end) {
  origin_begin_ = letters_end();
  origins_.push({origin_begin_, original_end});
  next_original_ = original_end;
}

// What the block does to the word before it.
inline LetterWriter::Runs LetterWriter::enter(const Block& block) {
  const std::uint64_t letters = block.letters;
  Runs runs{letters & ~(letters << 1U), letters & ~(letters >> 1U)};
  if (!in_word()) return runs;
  const auto head = static_cast<std::uint32_t>(std::countr_one(letters));
  if (head != 0) {
    continue_or_begin_origin(block.original);
    runs.begins &= runs.begins - 1;
    runs.ends &= runs.ends - 1;
    if (head == block.length) return runs;
  }
  words_.push({word_begin_, letters_end() + head});
  word_begin_ = letters_end() + head;
  return runs;
}

// Copies all letters, and gives every run its word and origin.
inline void LetterWriter::write(const Block& block, const Runs& runs) {
  // Moving pointers, not indices: this loop takes most of the time of English.
  char* letter = letters_.room(kBlock + kBlockSlack);
  Word* word = words_.room(kBlock / 2);
  NormalizedText::Origin* origin = origins_.room(kBlock / 2);
  std::uint32_t letters_at = letters_end();
  std::uint64_t begins = runs.begins;
  std::uint64_t ends = runs.ends;
  // The rest of a word begun before this block.
  const auto head = static_cast<std::uint32_t>(std::countr_one(block.letters & ~begins));
  for (std::uint32_t at = 0; at < head; at += kBlockSlack) {
    copy_lower(block.bytes + at, kBlockSlack, letter + at);
  }
  letter += head;
  letters_at += head;
  for (; begins != 0; begins &= begins - 1, ends &= ends - 1) {
    const auto begin = static_cast<std::uint32_t>(std::countr_zero(begins));
    const std::uint32_t count = static_cast<std::uint32_t>(std::countr_zero(ends)) + 1 - begin;
    copy_lower(block.bytes + begin, count, letter);
    *origin++ = {letters_at, block.original + begin};
    *word++ = {letters_at, letters_at + count};
    letters_at += count;
    letter += count;
  }
}

inline void LetterWriter::leave(const Block& block, const Runs& runs) {
  letters_.take(static_cast<std::size_t>(std::popcount(block.letters)));
  if (block.letters != 0) {
    next_original_ = block.original + static_cast<std::uint32_t>(std::bit_width(block.letters));
  }
  if (runs.begins == 0) return;
  const auto count = static_cast<std::size_t>(std::popcount(runs.begins));
  origins_.take(count);
  origin_begin_ = origins_.room(0)[-1].letters_begin;
  // The last run may go on in the next block.
  const bool open = (block.letters >> (block.length - 1) & 1U) != 0;
  words_.take(count - (open ? 1 : 0));
  word_begin_ = open ? origin_begin_ : letters_end();
}

void LetterWriter::ascii_portable(std::string_view text, std::uint32_t original,
                                  std::size_t readable) {
  while (!text.empty()) {
    const auto length = static_cast<std::uint32_t>(std::min(text.size(), kBlock));
    std::array<char, kBlock + kBlockSlack> padded;
    const char* bytes = text.data();
    if (text.size() + readable < padded.size()) {
      padded.fill(0);
      std::memcpy(padded.data(), bytes, length);
      bytes = padded.data();
    }
    Block block{bytes, length, original, ascii_letters(bytes)};
    if (length < kBlock) block.letters &= (std::uint64_t{1} << length) - 1;
    const Runs runs = enter(block);
    write(block, runs);
    leave(block, runs);
    text.remove_prefix(length);
    original += length;
  }
}

#if WIRECOPY_HAS_AVX512
// As the portable way, but all letters of a block are pressed together at once, and so are the
// numbers of its runs, written sixteen at a time.
WIRECOPY_AVX512 void LetterWriter::ascii_avx512(std::string_view text, std::uint32_t original) {
  static_assert(sizeof(Word) == 8 && sizeof(NormalizedText::Origin) == 8);
  const __m512i counted = counted_bytes();
  while (!text.empty()) {
    const auto length = static_cast<std::uint32_t>(std::min(text.size(), kBlock));
    const __m512i bytes =
        _mm512_maskz_loadu_epi8(~std::uint64_t{0} >> (kBlock - length), text.data());
    const __m512i lower = _mm512_or_si512(bytes, _mm512_set1_epi8(0x20));
    const Block block{text.data(), length, original, ascii_letters(bytes, lower)};
    const Runs runs = enter(block);
    _mm512_storeu_si512(letters_.room(kBlock), _mm512_maskz_compress_epi8(block.letters, lower));
    const __m512i numbers = _mm512_maskz_expand_epi8(block.letters, counted);  // of the letters
    __m512i places = _mm512_maskz_compress_epi8(runs.begins, counted);
    __m512i firsts = _mm512_maskz_compress_epi8(runs.begins, numbers);
    __m512i lasts = _mm512_maskz_compress_epi8(runs.ends, numbers);
    Word* words = words_.room(kBlock / 2);
    NormalizedText::Origin* origins = origins_.room(kBlock / 2);
    for (int left = std::popcount(runs.begins); left > 0; left -= 16) {
      const __m512i begins = low_16_plus(firsts, letters_end());
      write_pairs(begins, low_16_plus(lasts, letters_end() + 1), words);
      write_pairs(begins, low_16_plus(places, original), origins);
      words += 16;
      origins += 16;
      places = without_low_16(places);
      firsts = without_low_16(firsts);
      lasts = without_low_16(lasts);
    }
    leave(block, runs);
    text.remove_prefix(length);
    original += length;
  }
}
#endif

void LetterWriter::ascii(std::string_view text, std::uint32_t original, std::size_t readable) {
#if WIRECOPY_HAS_AVX512
  if (base::kHasAvx512) return ascii_avx512(text, original);
#endif
  ascii_portable(text, original, readable);
}

}  // namespace wirecopy
