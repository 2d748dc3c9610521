#include "repeats/sentences.h"

#include <algorithm>

#include "base/utf8.h"

namespace wirecopy::repeats {
namespace {

bool is_letter(char each) noexcept {
  const auto byte = static_cast<unsigned char>(each);
  return static_cast<unsigned char>((byte | 0x20U) - 'a') < 26 ||
         static_cast<unsigned char>(byte - '0') < 10;
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
  while (past != 0 && !is_letter(utf8_[past - 1])) {
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

}  // namespace wirecopy::repeats
