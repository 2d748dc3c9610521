// Sentences of a part of a text.

#include <algorithm>
#include <array>
#include <cstring>

#include "base/utf8.h"
#include "wirecopy/blocks.h"

namespace wirecopy {
namespace {

constexpr std::u32string_view kStops = U".!?…‥。！？．｡؟۔।॥።";
constexpr std::u32string_view kFullWidth = U"。！？．｡";
constexpr std::u32string_view kClosers = U"\"'’”»›)]}」』）］】〉》〕";

// Words before a full stop that ends no sentence. Of one letter, none does.
constexpr auto kAbbreviations = std::to_array<std::string_view>(
    {"mr",   "mrs",  "ms",  "dr",  "st",  "sen", "rep",  "gov", "gen", "col", "lt",  "sgt",  "capt",
     "prof", "rev",  "hon", "no",  "vs",  "jr",  "sr",   "nr",  "bzw", "ca",  "mme", "mlle", "sra",
     "dra",  "srta", "etc", "jan", "feb", "aug", "sept", "oct", "nov", "dec", "fig", "vol",  "ph"});

bool is_lower(char c) noexcept { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) noexcept { return c >= 'A' && c <= 'Z'; }
bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
bool is_space(char c) noexcept { return static_cast<unsigned char>(c) <= 0x20; }

base::Decoded decode(std::string_view utf8, std::size_t at) noexcept {
  return base::decode_utf8(utf8.data() + at, utf8.data() + utf8.size());
}

std::size_t past_closers(std::string_view utf8, std::size_t at) noexcept {
  while (at < utf8.size()) {
    const base::Decoded sign = decode(utf8, at);
    if (kClosers.find(sign.code_point) == kClosers.npos &&
        kStops.find(sign.code_point) == kStops.npos) {
      break;
    }
    at += sign.length;
  }
  return at;
}

// The ASCII word that ends before a byte, in small letters; empty if it is long or something else.
bool is_abbreviation(std::string_view utf8, std::size_t begin, std::size_t end) noexcept {
  constexpr std::size_t kLongest = 4;
  std::array<char, kLongest> word{};
  std::size_t length = 0;
  std::size_t at = end;
  while (at > begin && (is_lower(utf8[at - 1]) || is_upper(utf8[at - 1]))) {
    if (++length > kLongest) return false;
    --at;
    word[kLongest - length] = static_cast<char>(utf8[at] | 0x20);
  }
  if (length == 0 || (at > begin && static_cast<unsigned char>(utf8[at - 1]) >= 0x80)) return false;
  const std::string_view letters(word.data() + kLongest - length, length);
  return length == 1 ||
         std::find(kAbbreviations.begin(), kAbbreviations.end(), letters) != kAbbreviations.end();
}

// Whether a sentence may begin at a byte; `glued`: without a space before it.
bool may_begin(std::string_view utf8, std::size_t at, bool glued, char before) noexcept {
  const char next = utf8[at];
  if (is_lower(next)) return false;
  if (!glued) return true;
  // "U.S.A", "3.50", "example.Com": only behind a small letter or a closed quotation.
  if (is_digit(next)) return false;
  return (is_upper(next) || next == '"' || static_cast<unsigned char>(next) >= 0x80) &&
         !is_upper(before) && !is_digit(before);
}

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

// A shorter text is no article that was printed on one line.
constexpr std::size_t kLeastBytesOfLine = 400;

}  // namespace

std::size_t sentence_end_at(std::string_view utf8, std::size_t begin, std::size_t at) noexcept {
  const base::Decoded stop = decode(utf8, at);
  if (kStops.find(stop.code_point) == kStops.npos) return 0;
  const std::size_t past = past_closers(utf8, at + stop.length);
  if (past >= utf8.size() || kFullWidth.find(stop.code_point) != kFullWidth.npos) return past - at;
  const char before = at > begin ? utf8[at - 1] : ' ';
  std::size_t next = past;
  while (next < utf8.size() && is_space(utf8[next])) ++next;
  if (next == utf8.size()) return past - at;
  if (!may_begin(utf8, next, next == past, past == at + 1 ? before : 'a')) return 0;
  const bool abbreviation = stop.code_point == '.' && is_abbreviation(utf8, begin, at);
  return abbreviation ? 0 : past - at;
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

std::span<const Block> stock_blocks(std::string_view utf8, const NormalizedText& text,
                                    std::span<const Block> blocks, std::vector<Block>& into) {
  if (blocks.size() != 1 || utf8.size() < kLeastBytesOfLine) return blocks;
  std::vector<Stretch> sentences;
  SentenceCutter(text).cut(utf8, 0, 0, sentences);
  into.clear();
  const auto words = text.words();
  std::size_t word = 0;
  for (const Stretch& sentence : sentences) {
    const std::size_t first = word;
    while (word < words.size() && words[word].begin < sentence.letters.end) ++word;
    into.push_back(
        {BlockKind::paragraph, sentence.letters, static_cast<std::uint32_t>(word - first), true});
  }
  return into;
}

}  // namespace wirecopy
