#include "generate/noise.h"

#include <array>

#include "base/utf8.h"

namespace wirecopy::generation {
namespace {

struct LookAlike {
  std::string_view read;
  std::string_view as;
};

// Pairs of letters stand before single ones, so that the longest match wins.
constexpr auto kLookAlikes = std::to_array<LookAlike>({
    {"rn", "m"}, {"cl", "d"}, {"li", "h"},  {"ri", "n"}, {"vv", "w"}, {"fi", "f"}, {"tt", "it"},
    {"m", "rn"}, {"m", "in"}, {"d", "cl"},  {"h", "b"},  {"h", "li"}, {"n", "u"},  {"n", "ri"},
    {"u", "n"},  {"u", "ii"}, {"e", "c"},   {"e", "o"},  {"c", "e"},  {"o", "0"},  {"o", "a"},
    {"a", "o"},  {"a", "u"},  {"l", "1"},   {"l", "i"},  {"i", "l"},  {"i", "1"},  {"i", "j"},
    {"t", "f"},  {"t", "l"},  {"f", "t"},   {"s", "5"},  {"s", "8"},  {"g", "q"},  {"b", "h"},
    {"y", "v"},  {"v", "y"},  {"w", "vv"},  {"r", "i"},  {"p", "j)"}, {"k", "lc"}, {"0", "o"},
    {"0", "O"},  {"1", "l"},  {"1", "I"},   {"5", "S"},  {"6", "b"},  {"8", "B"},  {"3", "8"},
    {"B", "8"},  {"S", "5"},  {"I", "l"},   {"I", "1"},  {"O", "0"},  {"D", "O"},  {"C", "G"},
    {"E", "F"},  {"H", "N"},  {"M", "N"},   {"T", "1"},  {"P", "F"},  {"R", "K"},  {",", "."},
    {".", ","},  {"'", "`"},  {"\"", "''"}, {"-", "."},
});

// Chooses among the readings of what stands at the front of `rest`; nothing if none is known.
const LookAlike* misread(std::string_view rest, Random& random) {
  std::array<const LookAlike*, 8> found{};
  std::size_t count = 0;
  for (const LookAlike& each : kLookAlikes) {
    if (count < found.size() && rest.starts_with(each.read)) found[count++] = &each;
  }
  return count == 0 ? nullptr : found[static_cast<std::size_t>(random.below(count))];
}

// Appends an error in place of what stands at the front of `rest`; returns the bytes it replaced.
std::size_t append_error(std::string_view rest, std::size_t character, Random& random,
                         std::string& to) {
  const std::uint64_t kind = random.below(100);
  if (rest.front() == ' ') {  // words run together, but not often
    if (kind >= 30) to += ' ';
    return 1;
  }
  if (kind < 62) {
    if (const LookAlike* look_alike = misread(rest, random)) {
      to += look_alike->as;
      return look_alike->read.size();
    }
  }
  if (kind >= 90) {  // a word split in two
    to.append(rest, 0, character);
    to += ' ';
  } else if (kind >= 80) {  // doubled
    to.append(rest, 0, character);
    to.append(rest, 0, character);
  }  // else dropped
  return character;
}

}  // namespace

std::string with_noise(std::string_view text, Rate rate, Random& random) {
  std::string noisy;
  noisy.reserve(text.size() + text.size() / 16);
  for (std::size_t i = 0; i < text.size();) {
    const std::string_view rest = text.substr(i);
    const std::size_t character = base::decode_utf8(rest.data(), rest.data() + rest.size()).length;
    if (rest.front() != '\n' && random.chance(rate)) {
      i += append_error(rest, character, random, noisy);
    } else {
      noisy.append(rest, 0, character);
      i += character;
    }
  }
  return noisy.empty() ? std::string(text) : noisy;
}

}  // namespace wirecopy::generation
