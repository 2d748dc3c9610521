#include "lineage/photo_credits.h"

namespace wirecopy::lineage {
namespace {

bool is_space(char byte) noexcept {
  return byte == ' ' || byte == '\n' || byte == '\t' || byte == '\r';
}

bool is_letter_byte(char byte) noexcept {
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
         static_cast<unsigned char>(byte) >= 0x80;
}

// Whether one of the last three words before `end` begins a phrase for pictures that reaches it.
bool follows_photo_word(std::string_view text, std::size_t end) {
  constexpr std::size_t kFarthest = 32;
  const std::size_t least = end > kFarthest ? end - kFarthest : 0;
  const auto skip = [&](std::size_t at) {
    while (at > least && (is_space(text[at - 1]) || text[at - 1] == ':')) --at;
    return at;
  };
  std::size_t stop = skip(end);
  if (stop >= 3 && text.substr(stop - 3, 3) == "the") stop = skip(stop - 3);
  std::size_t at = stop;
  for (int words = 0; words < 3 && at > least; ++words) {
    while (at > least && is_letter_byte(text[at - 1])) --at;
    if (at < text.size() && at + cue(Cue::photo).at(text, at).length == stop && at < stop)
      return true;
    at = skip(at);
  }
  return false;
}

}  // namespace

bool credits_photo(std::string_view text, const NameHit& hit) {
  if (hit.name.naming == Naming::photo) return true;
  const bool slash_before = hit.begin > 1 && text[hit.begin - 1] == '/';
  const bool slash_after = hit.end + 1 < text.size() && text[hit.end] == '/';
  // "REUTERS/Jane Doe" begins its line or follows a stop; "the Reuters/Ipsos poll" does not.
  std::size_t before = hit.begin;
  while (before > 0 && text[before - 1] == ' ') --before;
  const bool alone = before == 0 || !is_letter_byte(text[before - 1]);
  if (slash_after && alone && !slash_before && is_letter_byte(text[hit.end + 1])) return true;
  if (slash_before && !slash_after && is_letter_byte(text[hit.begin - 2])) return true;
  std::size_t next = hit.end;
  while (next < text.size() && next - hit.end < 3 && is_space(text[next])) ++next;
  if (next > hit.end && next < text.size() && cue(Cue::photo).at(text, next).length > 0)
    return true;
  return follows_photo_word(text, hit.begin);
}

}  // namespace wirecopy::lineage
