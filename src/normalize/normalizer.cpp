#include "normalize/normalizer.h"

#include <algorithm>

namespace wirecopy {
namespace {

using base::Character;

// A segment ends after so many code points, boundary or not.
constexpr std::uint32_t kLongestSegment = 64;

// Shorter runs of ASCII, like the spaces of another script, are not worth leaving the other path.
constexpr std::size_t kShortestAsciiRun = 8;

}  // namespace

void Normalizer::run() {
  while (at_.byte != end_) {
    if (ascii_path_ != AsciiPath::off) take_ascii();
    // ASCII alone never gets to ICU, nor loads its data.
    if (at_.byte != end_) take_segments();
  }
  writer_.finish();
}

void Normalizer::take_ascii() {
  std::size_t left = base::ascii_prefix({at_.byte, bytes_after(at_)});
  // A letter that a combining mark follows belongs to the segment of that mark.
  if (left != 0 && left != bytes_after(at_) &&
      !item_at(at_.byte + left).character.starts_segment()) {
    --left;
  }
  const std::string_view ascii(at_.byte, left);
  if (ascii_path_ == AsciiPath::portable) {
    writer_.ascii_portable(ascii, at_.original, bytes_after(at_) - left);
  } else {
    writer_.ascii(ascii, at_.original, bytes_after(at_) - left);
  }
  at_.byte += left;
  at_.original += static_cast<std::uint32_t>(left);
}

bool Normalizer::ascii_ahead(Place place) const {
  return ascii_path_ != AsciiPath::off && bytes_after(place) >= kShortestAsciiRun &&
         base::ascii_prefix({place.byte, kShortestAsciiRun}) == kShortestAsciiRun;
}

// Whole segments, at least one, up to the end or the next run of ASCII.
void Normalizer::take_segments() {
  Place place = at_;
  Item item = item_at(place.byte);
  while (item.length != 0) {
    const Place begin = place;
    place = item.after(begin);
    const Item next = item_at(place.byte);
    // Nothing joins with U+FFFD, and ill-formed bytes, which read as it, must not get to ICU.
    if (next.character.starts_segment() || item.code_point == base::kReplacementCharacter) {
      write(item.character, begin, place);
      item = next;
    } else {
      place = take_joined(begin);
      item = item_at(place.byte);
    }
    if (item.code_point < 0x80 && ascii_ahead(place)) break;
  }
  at_ = place;
}

// Takes a segment of several code points. Returns the place after it.
Normalizer::Place Normalizer::take_joined(Place begin) {
  // What vanishes (a soft hyphen, a joiner) joins a segment but does not change what the rest of it
  // becomes; a letter with nothing else stays a letter.
  Item solid = item_at(begin.byte);
  Place solid_place = begin;
  int solids = 0;
  Place place = begin;
  Item item = solid;
  do {
    if (item.character.fold() != Character::Fold::ignorable && ++solids == 1) {
      solid = item;
      solid_place = place;
    }
    place = item.after(place);
    item = item_at(place.byte);
  } while (!item.character.starts_segment() && place.original - begin.original < kLongestSegment);
  if (solids == 1) write(solid.character, solid_place, solid.after(solid_place));
  if (solids > 1) write_folded(begin, place);
  return place;
}

// One code point.
void Normalizer::write(Character character, Place begin, Place end) {
  switch (character.fold()) {
    case Character::Fold::letter:
      if (stands(character.letter())) writer_.letter(character.letter(), begin.original);
      return;
    case Character::Fold::separator:
      return writer_.end_word();
    case Character::Fold::ignorable:
      return;
    case Character::Fold::complex:
      return write_folded(begin, end);
  }
}

void Normalizer::write_folded(Place begin, Place end) {
  const std::string_view piece(begin.byte, static_cast<std::size_t>(end.byte - begin.byte));
  folded_.clear();
  base::fold_text(piece, folded_);
  // If nothing changed, each code point stands for itself.
  const bool whole = folded_ != piece;
  if (whole) writer_.begin_whole(begin.original);
  const char* at = folded_.data();
  const char* const folded_end = at + folded_.size();
  for (std::uint32_t original = begin.original; at != folded_end; ++original) {
    const base::Decoded decoded = base::decode_utf8(at, folded_end);
    at += decoded.length;
    if (!base::is_letter(decoded.code_point)) {
      writer_.end_word();
    } else if (!stands(decoded.code_point)) {
      continue;
    } else if (whole) {
      writer_.whole_letter(decoded.code_point);
    } else {
      writer_.letter(decoded.code_point, original);
    }
  }
  if (whole) writer_.end_whole(end.original);
}

}  // namespace wirecopy
