#include "normalize/normalizer.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace wirecopy {
namespace {

using base::Folded;

// A segment ends after so many code points, boundary or not.
constexpr std::uint32_t kLongestSegment = 64;

// Shorter runs of ASCII, like the spaces of another script, are not worth leaving the other path.
constexpr std::size_t kShortestAsciiRun = 8;

}  // namespace

void Normalizer::run() {
  while (at_ != end_) {
    if (ascii_path_ == AsciiPath::on) take_ascii();
    if (at_ != end_) take_segments();
  }
  writer_.finish();
}

void Normalizer::take_ascii() {
  std::size_t length = base::ascii_prefix({at_, left()});
  // A letter that a combining mark follows belongs to the segment of that mark.
  if (length != 0 && length != left() &&
      !base::fold(base::decode_utf8(at_ + length, end_).code_point).starts_segment) {
    --length;
  }
  while (length != 0) {
    const auto block_length = static_cast<std::uint32_t>(std::min(length, kBlock));
    std::array<char, kBlock + kBlockSlack> padded;
    const char* block = at_;
    if (left() < padded.size()) {
      padded.fill(0);
      std::memcpy(padded.data(), at_, block_length);
      block = padded.data();
    }
    std::uint64_t mask = ascii_letters(block);
    if (block_length < kBlock) mask &= (std::uint64_t{1} << block_length) - 1;
    writer_.ascii_block(block, block_length, mask, position_);
    at_ += block_length;
    position_ += block_length;
    length -= block_length;
  }
}

Normalizer::Character Normalizer::character() const {
  const base::Decoded decoded = base::decode_utf8(at_, end_);
  return {decoded, base::fold(decoded.code_point)};
}

void Normalizer::step(const Character& character) {
  at_ += character.decoded.length;
  ++position_;
}

bool Normalizer::ascii_ahead() const {
  return ascii_path_ == AsciiPath::on && left() >= kShortestAsciiRun &&
         base::ascii_prefix({at_, kShortestAsciiRun}) == kShortestAsciiRun;
}

// Whole segments, at least one, up to the end or the next run of ASCII. Requires left() > 0.
void Normalizer::take_segments() {
  Character next = character();
  do {
    next = take_segment(next);
  } while (at_ != end_ && (next.decoded.code_point >= 0x80 || !ascii_ahead()));
}

// Takes the segment that begins with `first`, which stands at at_. Returns the character after it,
// if there is one.
Normalizer::Character Normalizer::take_segment(const Character& first) {
  const char* const begin = at_;
  const std::uint32_t position = position_;
  step(first);
  if (at_ == end_) {
    write(first, begin, position);
    return {};
  }
  Character next = character();
  // Nothing joins with U+FFFD, and ill-formed bytes, which read as it, must not get to ICU.
  if (next.folded.starts_segment || first.decoded.code_point == base::kReplacementCharacter) {
    write(first, begin, position);
    return next;
  }

  // What vanishes (a soft hyphen, a joiner) joins a segment but does not change what the rest of it
  // becomes; a letter with nothing else stays a letter.
  struct Solid {
    Character character;
    const char* at;
    std::uint32_t position;
  };
  Solid solid{first, begin, position};
  std::uint32_t solids = first.folded.kind == Folded::Kind::ignorable ? 0 : 1;
  while (true) {
    if (next.folded.kind != Folded::Kind::ignorable && ++solids == 1)
      solid = {next, at_, position_};
    step(next);
    if (at_ == end_) break;
    next = character();
    if (next.folded.starts_segment || position_ - position == kLongestSegment) break;
  }
  if (solids == 1) {
    write(solid.character, solid.at, solid.position);
  } else if (solids > 1) {
    write_folded({begin, static_cast<std::size_t>(at_ - begin)}, position, position_ - position);
  }
  return next;
}

void Normalizer::write(const Character& character, const char* at, std::uint32_t position) {
  switch (character.folded.kind) {
    case Folded::Kind::letter:
      return writer_.letter(character.folded.letter, position);
    case Folded::Kind::separator:
      return writer_.end_word();
    case Folded::Kind::ignorable:
      return;
    case Folded::Kind::complex:
      return write_folded({at, character.decoded.length}, position, 1);
  }
}

void Normalizer::write_folded(std::string_view piece, std::uint32_t position, std::uint32_t count) {
  folded_.clear();
  base::fold_text(piece, folded_);
  // If nothing changed, each code point stands for itself.
  const bool whole = folded_ != piece;
  if (whole) writer_.begin_whole(position);
  const char* at = folded_.data();
  const char* const end = at + folded_.size();
  for (std::uint32_t i = 0; at != end; ++i) {
    const base::Decoded decoded = base::decode_utf8(at, end);
    at += decoded.length;
    if (!base::is_letter(decoded.code_point)) {
      writer_.end_word();
    } else if (whole) {
      writer_.whole_letter(decoded.code_point);
    } else {
      writer_.letter(decoded.code_point, position + i);
    }
  }
  if (whole) writer_.end_whole(position + count);
}

}  // namespace wirecopy
