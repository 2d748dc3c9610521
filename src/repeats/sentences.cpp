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

}  // namespace

Places::Places(std::string_view utf8, const NormalizedText& text)
    : utf8_(utf8), text_(&text), ascii_(base::ascii_prefix(utf8) == utf8.size()) {}

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

std::uint32_t Places::letters_before(std::size_t byte) {
  return static_cast<std::uint32_t>(text_->letters_before(code_point_at(byte)));
}

void SentenceCutter::cut(std::size_t begin, std::size_t end, std::vector<Stretch>& into) {
  const std::string_view part = utf8_.substr(0, end);
  std::uint64_t code_point = places_.code_point_at(begin);
  auto letters = static_cast<std::uint32_t>(text_.letters_before(code_point, hint_));
  const auto close = [&](std::size_t past) {
    const std::uint64_t past_code_point = places_.code_point_at(past);
    const auto past_letters =
        static_cast<std::uint32_t>(text_.letters_before(past_code_point, hint_));
    if (past_letters == letters) return;
    into.push_back({part.substr(begin, past - begin), code_point, {letters, past_letters}});
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
