#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

#include "base/hash.h"
#include "shingle/combine.h"
#include "shingle/unspaced.h"
#include "shingle/word_hashes.h"
#include "wirecopy/error.h"
#include "wirecopy/shingle.h"

namespace wirecopy {
namespace {

using Word = NormalizedText::Word;

constexpr std::uint32_t kMostWords = 64;
constexpr std::uint64_t kGolden = 0x9e3779b97f4a7c15ULL;  // 2^64 / golden ratio, as in SplitMix64

// Word i of the stream of random words that a key stands for. All 128 bits go into each.
std::uint64_t draw(const Key& key, std::uint64_t i) {
  const auto [high, low] = key.words();
  return base::mix64(high ^ base::mix64(low + (i + 1) * kGolden));
}

bool may_be_unspaced(std::string_view letters) {
  constexpr unsigned char kLead = 0xe0;  // see base::kFirstUnspaced
  return std::any_of(letters.begin(), letters.end(),
                     [](char byte) { return static_cast<unsigned char>(byte) >= kLead; });
}

// What counts as words: those of the text, or what they are cut into.
std::span<const Word> words_of(const NormalizedText& text, std::vector<Word>& cut) {
  if (text.ascii() || !may_be_unspaced(text.letters())) return text.words();
  cut.clear();
  const char* const letters = text.letters().data();
  for (const Word word : text.words()) {
    if (!may_be_unspaced(text.letters_of(word))) {
      cut.push_back(word);
      continue;
    }
    cut_unspaced(text.letters_of(word), [&](std::string_view each) {
      const auto begin = static_cast<std::uint32_t>(each.data() - letters);
      cut.push_back({begin, begin + static_cast<std::uint32_t>(each.size())});
    });
  }
  return cut;
}

// Remembers which values it has seen: open addressing, linear probing. The values are hashes.
class SeenValues {
 public:
  SeenValues(std::size_t most, std::vector<std::uint64_t>& slots) : slots_(slots) {
    slots_.assign(std::bit_ceil(4 * most + 1), 0);
  }

  /// Whether `value` is new.
  bool add(std::uint64_t value) {
    if (value == 0) return !std::exchange(zero_, true);
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t i = value & mask;; i = (i + 1) & mask) {
      if (slots_[i] == value) return false;
      if (slots_[i] == 0) {
        slots_[i] = value;
        return true;
      }
    }
  }

 private:
  std::vector<std::uint64_t>& slots_;  // 0 = free
  bool zero_ = false;
};

}  // namespace

Shingler::Shingler(const Shingling& shingling) : seed_(draw(shingling.key, 0)) {
  if (shingling.words < 1 || shingling.words > kMostWords) {
    throw Error(ErrorCode::usage,
                fmt::format("a shingle of {} words is not possible: choose 1 to {} words",
                            shingling.words, kMostWords));
  }
  for (std::uint32_t i = 0; i < shingling.words; ++i) {
    multipliers_.push_back(draw(shingling.key, i + 1) | 1U);
  }
}

void Shingler::shingle(const NormalizedText& text, Scratch& scratch,
                       std::vector<std::uint64_t>& shingles) const {
  const std::span<const Word> words = words_of(text, scratch.cut_words);
  std::vector<std::uint64_t>& hashes = scratch.word_hashes;
  hashes.resize(words.size());
  shingling::hash_words(text.letters(), words, seed_, hashes.data());
  const std::size_t k = std::min(words.size(), multipliers_.size());
  shingles.resize(words.empty() ? 0 : words.size() - k + 1);
  const std::span<const std::uint64_t> multipliers(multipliers_);
  shingling::combine(hashes.data(), multipliers.first(k), shingles);
}

ShingleSet Shingler::shingle(const NormalizedText& text) const {
  Scratch scratch;
  return shingle(text, scratch);
}

ShingleSet Shingler::shingle(const NormalizedText& text, Scratch& scratch) const {
  std::vector<std::uint64_t>& shingles = scratch.shingles;
  shingle(text, scratch, shingles);
  SeenValues seen(shingles.size(), scratch.seen);
  std::erase_if(shingles, [&](std::uint64_t value) { return !seen.add(value); });
  ShingleSet set;
  set.values_ = shingles;
  return set;
}

ShingleSet shingle(const NormalizedText& text, const Shingling& shingling) {
  return Shingler(shingling).shingle(text);
}

}  // namespace wirecopy
