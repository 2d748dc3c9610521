// Keys that units are known by: where none comes twice, no two units are alike.

#include <algorithm>
#include <bit>
#include <tuple>

#include "repeats/search.h"

namespace wirecopy::repeats {
namespace {

// Letters that a key is made of.
constexpr std::uint32_t kLetters = 14;

// Never zero.
std::uint64_t hash(const char* letters) noexcept {
  const std::uint64_t sum =
      eight_bytes(letters) * 0x9e3779b97f4a7c15ULL +
      eight_bytes(letters + kLetters - sizeof(std::uint64_t)) * 0xbf58476d1ce4e5b9ULL;
  return ((sum ^ sum >> 29U) * 0x94d049bb133111ebULL) | 1U;
}

std::uint64_t short_hash(std::string_view letters) noexcept {
  std::uint64_t sum = letters.size();
  for (const char each : letters) sum = (sum ^ static_cast<unsigned char>(each)) * 0x100000001b3ULL;
  return sum | 1U;
}

Search::Keys keys_of(std::string_view letters, std::span<const Word> words, const Unit& unit,
                     std::size_t most_heads) {
  Search::Keys keys{};
  if (unit.letters.end - unit.letters.begin < kLetters) {
    keys[0] = short_hash(letters.substr(unit.letters.begin, unit.letters.end - unit.letters.begin));
    return keys;
  }
  const std::uint32_t last = unit.letters.end - kLetters;
  const std::size_t heads = std::min<std::size_t>(unit.count, most_heads);
  for (std::size_t i = 0; i < heads; ++i) {
    const std::uint32_t begin = words[unit.first + i].begin;
    if (begin <= last) keys[i] = hash(letters.data() + begin);
  }
  if (most_heads > 1) keys.back() = hash(letters.data() + last);
  return keys;
}

}  // namespace

void find_keys(Search& search) {
  const std::vector<Unit>& units = search.article.units();
  search.keys.clear();
  search.keys_meet = false;
  // Sentences are compared as a whole only.
  const std::size_t heads = search.article.one_line() ? 1 : std::tuple_size_v<Search::Keys> - 1;
  const std::size_t size = std::bit_ceil(2 * (heads + 1) * units.size() + 1);
  search.tags.assign(size, 0);
  for (const Unit& unit : units) {
    search.keys.push_back(
        keys_of(search.article.text().letters(), search.article.words().all(), unit, heads));
    const Search::Keys& keys = search.keys.back();
    if (search.keys_meet) continue;
    for (std::size_t i = 0; i < keys.size(); ++i) {
      // Where a unit is short, keys may be one; that is no meeting.
      if (keys[i] == 0 || std::find(keys.begin(), keys.begin() + static_cast<std::ptrdiff_t>(i),
                                    keys[i]) != keys.begin() + static_cast<std::ptrdiff_t>(i)) {
        continue;
      }
      std::size_t slot = keys[i] >> 32U & (size - 1);
      while (search.tags[slot] != 0 && search.tags[slot] != keys[i]) slot = (slot + 1) & (size - 1);
      search.keys_meet = search.keys_meet || search.tags[slot] != 0;
      search.tags[slot] = keys[i];
    }
  }
}

}  // namespace wirecopy::repeats
