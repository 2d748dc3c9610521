#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <utility>

#include "base/hash.h"
#include "shingle/unspaced.h"
#include "wirecopy/error.h"
#include "wirecopy/shingle.h"

namespace wirecopy {
namespace {

constexpr std::uint32_t kMostWords = 64;
constexpr std::uint64_t kGolden = 0x9e3779b97f4a7c15ULL;  // 2^64 / golden ratio, as in SplitMix64

// Word i of the stream of random words that a key stands for. All 128 bits go into each.
std::uint64_t draw(const Key& key, std::uint64_t i) {
  const auto [high, low] = key.words();
  return base::mix64(high ^ base::mix64(low + (i + 1) * kGolden));
}

// XXH3-64 of each word. The lengths of words are what a branch predictor cannot tell, so a word of
// up to 16 bytes is hashed as 16, filled up with zeros: no letter is a zero.
class WordHash {
 public:
  WordHash(std::uint64_t seed, std::string_view letters)
      : seed_(seed), end_(letters.data() + letters.size()) {}

  /// `word` lies in the letters.
  std::uint64_t operator()(std::string_view word) const noexcept {
    if (word.size() > kShort) return base::hash64(word, seed_);
    std::array<char, kShort> bytes{};
    if (static_cast<std::size_t>(end_ - word.data()) < kShort) {
      std::memcpy(bytes.data(), word.data(), word.size());
    } else {
      std::memcpy(bytes.data(), word.data(), kShort);
      const char* const mask = kMask.data() + (kShort - word.size());
      for (std::size_t i = 0; i < kShort; ++i) bytes[i] = static_cast<char>(bytes[i] & mask[i]);
    }
    return base::hash64({bytes.data(), kShort}, seed_);
  }

 private:
  static constexpr std::size_t kShort = 16;
  // Sixteen bytes of it from kShort - n keep n bytes and clear the rest.
  static constexpr auto kMask = [] {
    std::array<char, 2 * kShort> mask{};
    for (std::size_t i = 0; i < kShort; ++i) mask[i] = static_cast<char>(0xff);
    return mask;
  }();

  std::uint64_t seed_;
  const char* end_;
};

bool may_be_unspaced(std::string_view word) {
  constexpr unsigned char kLead = 0xe0;  // see base::kFirstUnspaced
  return std::any_of(word.begin(), word.end(),
                     [](char byte) { return static_cast<unsigned char>(byte) >= kLead; });
}

void hash_words(const NormalizedText& text, std::uint64_t seed,
                std::vector<std::uint64_t>& hashes) {
  const WordHash hash(seed, text.letters());
  if (text.ascii()) {
    hashes.resize(text.words().size());
    std::transform(text.words().begin(), text.words().end(), hashes.begin(),
                   [&](NormalizedText::Word word) { return hash(text.letters_of(word)); });
    return;
  }
  hashes.clear();
  const auto take = [&](std::string_view word) { hashes.push_back(hash(word)); };
  for (const NormalizedText::Word word : text.words()) {
    const std::string_view letters = text.letters_of(word);
    if (may_be_unspaced(letters)) {
      cut_unspaced(letters, take);
    } else {
      take(letters);
    }
  }
}

// One shingle for every `multipliers.size()` consecutive words. For a size that the compiler knows,
// the sum has no loop.
template <std::size_t kExtent>
void combine(const std::uint64_t* hashes, std::span<const std::uint64_t, kExtent> multipliers,
             std::span<std::uint64_t> shingles) noexcept {
  for (std::uint64_t& shingle : shingles) {
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < multipliers.size(); ++i) sum += multipliers[i] * hashes[i];
    shingle = base::mix64(sum);
    ++hashes;
  }
}

// Remembers which values it has seen: open addressing, linear probing. The values are hashes.
class SeenValues {
 public:
  explicit SeenValues(std::size_t most) : slots_(std::bit_ceil(2 * most + 1)) {}

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
  std::vector<std::uint64_t> slots_;  // 0 = free
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
  hash_words(text, seed_, scratch.word_hashes);
  const std::size_t words = scratch.word_hashes.size();
  const std::size_t k = std::min(words, multipliers_.size());
  shingles.resize(words == 0 ? 0 : words - k + 1);
  const std::uint64_t* const hashes = scratch.word_hashes.data();
  const std::span<const std::uint64_t> multipliers(multipliers_);
  constexpr std::size_t kUsual = Shingling{}.words;
  if (k == kUsual) {
    combine(hashes, multipliers.first<kUsual>(), shingles);
  } else {
    combine(hashes, multipliers.first(k), shingles);
  }
}

ShingleSet Shingler::shingle(const NormalizedText& text) const {
  Scratch scratch;
  ShingleSet set;
  shingle(text, scratch, set.values_);
  SeenValues seen(set.values_.size());
  std::erase_if(set.values_, [&](std::uint64_t value) { return !seen.add(value); });
  return set;
}

ShingleSet shingle(const NormalizedText& text, const Shingling& shingling) {
  return Shingler(shingling).shingle(text);
}

}  // namespace wirecopy
