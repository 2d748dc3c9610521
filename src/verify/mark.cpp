// One walk over the original text, beside the words of its normalized form. What stands between two
// words tells quotations and sentences; what stands first in a word tells names.
#include <algorithm>
#include <bit>

#include "base/byte_set.h"
#include "base/hash.h"
#include "base/unicode.h"
#include "base/utf8.h"
#include "verify/quotations.h"
#include "verify/ranges.h"
#include "wirecopy/verify.h"

namespace wirecopy {
namespace {

using base::Character;
using Word = NormalizedText::Word;

bool is_ascii_letter(char32_t c) noexcept { return (c | 0x20U) - U'a' < 26 || c - U'0' < 10; }

bool joins_digits(char32_t c) noexcept {
  return std::u32string_view(U".,:/-'’").find(c) != std::u32string_view::npos;
}

// Words of small letters between spaces and commas say nothing to any rule but that they are words.
constexpr base::ByteSet kPlain = [] {
  base::ByteSet set;
  set.insert_range('a', 'z');
  set.insert(' ');
  set.insert(',');
  return set;
}();

constexpr base::ByteSet kDigits = [] {
  base::ByteSet set;
  set.insert_range('0', '9');
  return set;
}();

constexpr std::size_t kMostBits = 63;  // looked at together

class Walk {
 public:
  Walk(std::string_view utf8, MarkedText& into)
      : begin_(utf8.data()),
        at_(utf8.data()),
        end_(utf8.data() + utf8.size()),
        ascii_(base::ascii_prefix(utf8) == utf8.size()),
        into_(into),
        words_(into.text.words()),
        quotations_(into.quoted) {
    if (!ascii_) into.text.word_places(places_);
    letters_.find(utf8, base::kAsciiLetters);
    plain_.find(utf8, kPlain);
    digits_.find(utf8, kDigits);
  }

  void run();

 private:
  [[nodiscard]] bool skip_plain();
  [[nodiscard]] bool skip_words(std::size_t words);
  void begin_words(char32_t first);
  void take_ascii_letters() noexcept;
  void take_space() noexcept;
  void take(base::Decoded here);
  void take_separator(char32_t separator);
  void end_block();
  void begin_word(char32_t first);
  bool append_numbers(Word word);

  // Of what is not yet in a word that was begun.
  [[nodiscard]] std::uint32_t letters_before() const noexcept {
    return next_word_ == words_.size() ? static_cast<std::uint32_t>(into_.text.letters().size())
                                       : words_[next_word_].begin;
  }
  [[nodiscard]] bool block_is_over() const noexcept {
    return block_ < into_.blocks.size() && letters_before() >= into_.blocks[block_].letters.end;
  }
  // Of the word that begins at at_. It is asked in the original, which is cheaper.
  [[nodiscard]] bool may_have_digit() const noexcept {
    const auto at = static_cast<std::size_t>(at_ - begin_);
    const std::size_t length = letters_.next_other(at) - at;
    return !ascii_ || length > kMostBits || digits_.bits(at, length) != 0;
  }
  // Mr. U.S. Corp. Sept.
  [[nodiscard]] bool after_abbreviation() const noexcept {
    constexpr std::uint32_t kLongest = 4;
    if (!last_capital_ || separators_ != 1) return false;
    const Word last = words_[next_word_ - 1];
    return last.end - last.begin <= kLongest;
  }

  const char* begin_;
  const char* at_;
  const char* end_;
  bool ascii_;  // all of the original
  MarkedText& into_;
  std::span<const Word> words_;
  std::vector<std::uint32_t> places_;
  judging::Quotations quotations_;
  base::Members letters_;  // of ASCII, in the original
  base::Members plain_;
  base::Members digits_;

  std::size_t next_word_ = 0;
  std::size_t block_ = 0;
  std::uint32_t place_ = 0;       // code points before at_
  char32_t before_ = 0;           // the one before at_
  std::uint32_t separators_ = 0;  // since the last word
  std::uint32_t plain_end_ = 0;   // the first letter from the last word on that may be a digit
  bool last_capital_ = false;     // the last word begins with a capital letter
  bool begins_sentence_ = true;
  bool begins_line_ = true;
};

void Walk::run() {
  while (at_ != end_) {
    if (skip_plain()) continue;
    const base::Decoded here = base::decode_utf8(at_, end_);
    begin_words(here.code_point);
    if (is_ascii_letter(here.code_point)) {
      take_ascii_letters();
      take_space();
    } else {
      take(here);
    }
  }
  quotations_.end_line(letters_before());
  quotations_.end_block(letters_before());
  judging::unite(into_.quoted);
}

// Passes over all plain words and separators that stand here, if a word can only begin here. A word
// that goes on with anything else is not plain.
bool Walk::skip_plain() {
  if (before_ >= 0x80 || is_ascii_letter(before_)) return false;
  const auto at = static_cast<std::size_t>(at_ - begin_);
  std::size_t end = std::min(plain_.next_other(at), at + kMostBits);
  if (end == at) return false;
  if (begin_ + end != end_ && letters_.has(end - 1)) {
    const auto next = static_cast<unsigned char>(begin_[end]);
    if (next >= 0x80 || is_ascii_letter(next)) end = letters_.other_before(end - 1);
    if (end <= at) return false;
  }
  const std::uint64_t letters = letters_.bits(at, end - at);
  auto separators = static_cast<std::uint32_t>(end - at);
  if (letters != 0) {
    if (!skip_words(base::count_bits(letters & ~(letters << 1U)))) return false;
    separators -= static_cast<std::uint32_t>(std::bit_width(letters));
    separators_ = 0;
  }
  separators_ += separators;
  place_ += static_cast<std::uint32_t>(end - at);
  at_ = begin_ + end;
  before_ = static_cast<unsigned char>(at_[-1]);
  return true;
}

// Begins so many plain words; false, and nothing is done, if a block ends between them.
bool Walk::skip_words(std::size_t words) {
  while (block_is_over()) end_block();
  const Word last = words_[next_word_ + words - 1];
  if (block_ < into_.blocks.size() && last.begin >= into_.blocks[block_].letters.end) return false;
  next_word_ += words;
  last_capital_ = false;
  begins_sentence_ = false;
  begins_line_ = false;
  return true;
}

// Those that begin at this code point. In ASCII a word is a run of letters.
void Walk::begin_words(char32_t first) {
  if (ascii_) {
    if (is_ascii_letter(first) && !is_ascii_letter(before_)) begin_word(first);
    return;
  }
  while (next_word_ < places_.size() && places_[next_word_] <= place_) begin_word(first);
}

void Walk::take_ascii_letters() noexcept {
  const auto at = static_cast<std::size_t>(at_ - begin_);
  const std::size_t end = letters_.next_other(at);
  place_ += static_cast<std::uint32_t>(end - at);
  at_ = begin_ + end;
  before_ = static_cast<unsigned char>(at_[-1]);
}

// What stands behind most words.
void Walk::take_space() noexcept {
  if (at_ == end_ || *at_ != ' ') return;
  ++at_;
  ++place_;
  ++separators_;
  before_ = U' ';
}

void Walk::take(base::Decoded here) {
  at_ += here.length;
  ++place_;
  const Character::Fold fold = Character::of(here.code_point).fold();
  if (fold == Character::Fold::ignorable) return;
  if (fold == Character::Fold::separator) take_separator(here.code_point);
  before_ = here.code_point;
}

void Walk::take_separator(char32_t separator) {
  ++separators_;
  switch (separator) {
    case U' ':
    case U',':
      return;
    case U'\n':
    case U'\r':
    case U'\u2028':
    case U'\u2029':
      quotations_.end_line(letters_before());
      if (block_is_over()) end_block();
      begins_line_ = true;
      return;
    case U'>':
      if (begins_line_) quotations_.begin_line(letters_before());
      return;
    case U'.':
      if (!after_abbreviation()) begins_sentence_ = true;
      return;
    case U'!':
    case U'?':
    case U':':
    case U'…':
    case U'。':
    case U'！':
    case U'？':
    case U'：':
      begins_sentence_ = true;
      return;
    case U'-':
    case U'–':
    case U'—':
      if (before_ == U' ') begins_sentence_ = true;
      return;
    default:
      break;
  }
  const char32_t after = at_ == end_ ? U'\0' : base::decode_utf8(at_, end_).code_point;
  if (quotations_.take(separator, before_, after, letters_before())) begins_sentence_ = true;
}

void Walk::begin_word(char32_t first) {
  while (block_is_over()) end_block();
  const Word word = words_[next_word_++];
  const bool has_digit = may_have_digit() && append_numbers(word);
  last_capital_ = Character::of(first).capital();
  // A single letter is an initial, or I.
  if (last_capital_ && !has_digit && !begins_sentence_ && word.end - word.begin > 1) {
    into_.slots.push_back({{word.begin, word.end}, false, 0});
  }
  begins_sentence_ = false;
  begins_line_ = false;
  separators_ = 0;
}

// The runs of digits in a word.
bool Walk::append_numbers(Word word) {
  const std::string_view letters = into_.text.letters();
  if (plain_end_ < word.begin) plain_end_ = word.begin;
  plain_end_ += static_cast<std::uint32_t>(
      base::small_letters_prefix(letters.data() + plain_end_, letters.data() + letters.size()));
  if (plain_end_ >= word.end) return false;

  std::vector<Slot>& slots = into_.slots;
  bool has_digit = false;
  // A number may go on from the word before.
  bool in_number = separators_ == 1 && joins_digits(before_) && !slots.empty() &&
                   slots.back().number && slots.back().letters.end == word.begin;
  for (std::uint32_t at = word.begin; at < word.end;) {
    const base::Decoded letter = base::decode_utf8(letters.data() + at, letters.data() + word.end);
    const bool digit = Character::of(letter.code_point).digit();
    if (digit && !in_number) slots.push_back({{at, at}, true, 0});
    at += letter.length;
    if (digit) slots.back().letters.end = at;
    in_number = digit;
    has_digit |= digit;
  }
  plain_end_ = word.end;
  return has_digit;
}

void Walk::end_block() {
  quotations_.end_block(into_.blocks[block_].letters.end);
  ++block_;
  begins_sentence_ = true;
}

}  // namespace

void outline(std::string_view utf8, MarkedText& into) {
  normalize(utf8, into.text);
  split_blocks(utf8, into.text, into.blocks);
  into.masked.clear();
  into.quoted.clear();
  into.slots.clear();
}

void mark_words(std::string_view utf8, MarkedText& outlined) {
  outlined.quoted.clear();
  outlined.slots.clear();
  Walk(utf8, outlined).run();
  const std::string_view letters = outlined.text.letters();
  for (Slot& slot : outlined.slots) {
    const auto [begin, end] = slot.letters;
    slot.hash = base::hash64(letters.substr(begin, end - begin));
  }
}

void mark(std::string_view utf8, MarkedText& into) {
  outline(utf8, into);
  mark_words(utf8, into);
}

}  // namespace wirecopy
