#include "repeats/sentences.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "base/utf8.h"
#include "repeats/signs.h"

namespace wirecopy::repeats {
namespace {

// The first bytes of signs that a sentence may end with.
constexpr auto kMayStop = [] {
  std::array<bool, 256> may{};
  for (const unsigned byte : {0x2eU, 0x21U, 0x3fU, 0xd8U, 0xdbU, 0xe0U, 0xe1U, 0xe2U, 0xe3U, 0xefU})
    may[byte] = true;
  return may;
}();

// The next byte that may begin a sign of kMayStop, eight at a time; the end if there is none.
std::size_t next_stop(std::string_view utf8, std::size_t at) noexcept {
  constexpr std::uint64_t kOnes = 0x0101010101010101ULL;
  constexpr std::uint64_t kHigh = 0x80 * kOnes;
  const auto zeros = [](std::uint64_t bytes) { return (bytes - kOnes) & ~bytes; };
  for (; at + 8 <= utf8.size(); at += 8) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, utf8.data() + at, sizeof bytes);
    // The high bit of a byte: one of ".!?", no ASCII, or behind such a byte.
    const std::uint64_t found = (bytes | zeros(bytes ^ '.' * kOnes) | zeros(bytes ^ '!' * kOnes) |
                                 zeros(bytes ^ '?' * kOnes)) &
                                kHigh;
    if (found == 0) continue;
    for (std::size_t i = 0; i < 8; ++i) {
      if (kMayStop[static_cast<unsigned char>(utf8[at + i])]) return at + i;
    }
  }
  while (at < utf8.size() && !kMayStop[static_cast<unsigned char>(utf8[at])]) ++at;
  return at;
}

// Letters and digits of ASCII: each is one letter of the normalized text.
std::uint32_t count_letters(std::string_view ascii) noexcept {
  std::uint32_t count = 0;
  for (const char each : ascii) {
    const auto byte = static_cast<unsigned char>(each);
    const auto letter = static_cast<unsigned char>((byte | 0x20U) - 'a');
    const auto digit = static_cast<unsigned char>(byte - '0');
    count += static_cast<std::uint32_t>(letter < 26) | static_cast<std::uint32_t>(digit < 10);
  }
  return count;
}

}  // namespace

void Places::take(std::string_view utf8, const NormalizedText& text) {
  utf8_ = utf8;
  text_ = &text;
  ascii_ = std::nullopt;
  known_ = {};
  marks_.assign(1, {});
}

Places::Place Places::of(std::uint32_t letter) {
  constexpr std::uint64_t kStep = 256;
  const std::uint64_t code_point = text_->original_span(letter, letter + 1).begin;
  if (!ascii_) ascii_ = base::ascii_prefix(utf8_) == utf8_.size();
  if (*ascii_) return {static_cast<std::size_t>(code_point), code_point};
  const Place& mark = marks_[std::min<std::uint64_t>(code_point / kStep, marks_.size() - 1)];
  if (code_point < known_.code_point || mark.code_point > known_.code_point) known_ = mark;
  const char* const end = utf8_.data() + utf8_.size();
  while (known_.code_point < code_point && known_.byte < utf8_.size()) {
    known_.byte += base::decode_utf8(utf8_.data() + known_.byte, end).length;
    ++known_.code_point;
    if (known_.code_point == marks_.size() * kStep) marks_.push_back(known_);
  }
  return known_;
}

Places::Place Places::near_end(std::uint32_t letter) {
  std::size_t past = utf8_.size();
  while (past != 0 && count_letters(utf8_.substr(past - 1, 1)) == 0) {
    if (static_cast<unsigned char>(utf8_[past - 1]) >= 0x80) return of(letter);
    --past;
  }
  // The last letter ends at `past` and at the end of this span.
  const auto letters = static_cast<std::uint32_t>(text_->letters().size());
  const std::uint64_t behind = text_->original_span(letters - 1, letters).end;
  const std::uint64_t code_point = text_->original_span(letter, letter + 1).begin;
  const std::uint64_t distance = behind - code_point;
  if (distance > past) return of(letter);
  const std::size_t byte = past - static_cast<std::size_t>(distance);
  const std::string_view rest = utf8_.substr(byte);
  if (base::ascii_prefix(rest) != rest.size()) return of(letter);
  return {byte, code_point};
}

void SentenceCutter::cut(std::string_view part, std::uint64_t code_point, std::uint32_t letters,
                         std::vector<Stretch>& into) {
  const bool ascii = base::ascii_prefix(part) == part.size();
  std::size_t begin = 0;
  const auto close = [&](std::size_t past) {
    const std::string_view original = part.substr(begin, past - begin);
    const std::uint64_t past_code_point =
        code_point + (ascii ? original.size() : base::count_code_points(original));
    const auto past_letters =
        ascii ? letters + count_letters(original)
              : static_cast<std::uint32_t>(text_.letters_before(past_code_point, hint_));
    if (past_letters == letters) return;
    into.push_back({original, code_point, {letters, past_letters}});
    begin = past;
    code_point = past_code_point;
    letters = past_letters;
  };
  for (std::size_t at = 0; (at = next_stop(part, at)) < part.size();) {
    const std::size_t length = sentence_end_at(part, begin, at);
    at += std::max<std::size_t>(length, 1);
    if (length != 0) close(at);
  }
  close(part.size());
}

}  // namespace wirecopy::repeats
