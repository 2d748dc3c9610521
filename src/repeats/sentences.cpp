#include "repeats/sentences.h"

#include <algorithm>
#include <array>

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

Places::Places(std::string_view utf8, const NormalizedText& text, bool ascii)
    : utf8_(utf8), text_(&text), ascii_(ascii) {}

std::size_t Places::byte_of(std::uint32_t letter) {
  const std::uint64_t code_point = text_->original_span(letter, letter + 1).begin;
  if (ascii_) return code_point;
  if (code_point < code_point_) byte_ = code_point_ = 0;
  const char* const end = utf8_.data() + utf8_.size();
  while (code_point_ < code_point && byte_ < utf8_.size()) {
    byte_ += base::decode_utf8(utf8_.data() + byte_, end).length;
    ++code_point_;
  }
  return byte_;
}

std::uint64_t Places::code_point_at(std::size_t byte) {
  if (ascii_) return byte;
  if (byte < byte_) byte_ = code_point_ = 0;
  code_point_ += base::count_code_points(utf8_.substr(byte_, byte - byte_));
  byte_ = byte;
  return code_point_;
}

void SentenceCutter::cut(std::size_t begin, std::size_t end, std::uint32_t letters,
                         std::vector<Stretch>& into) {
  const std::string_view part = utf8_.substr(0, end);
  std::uint64_t code_point = places_.code_point_at(begin);
  const auto close = [&](std::size_t past) {
    const std::string_view original = part.substr(begin, past - begin);
    const std::uint64_t past_code_point = places_.code_point_at(past);
    const auto past_letters =
        ascii_ ? letters + count_letters(original)
               : static_cast<std::uint32_t>(text_.letters_before(past_code_point, hint_));
    if (past_letters == letters) return;
    into.push_back({original, code_point, {letters, past_letters}});
    begin = past;
    code_point = past_code_point;
    letters = past_letters;
  };
  for (std::size_t at = begin; at < end;) {
    if (!kMayStop[static_cast<unsigned char>(part[at])]) {
      ++at;
      continue;
    }
    const std::size_t length = sentence_end_at(part, begin, at);
    at += std::max<std::size_t>(length, 1);
    if (length != 0) close(at);
  }
  close(end);
}

}  // namespace wirecopy::repeats
