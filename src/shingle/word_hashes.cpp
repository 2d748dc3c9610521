#include "shingle/word_hashes.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "base/hash.h"

namespace wirecopy::shingling {
namespace {

using Word = NormalizedText::Word;

constexpr std::size_t kShort = sizeof(base::Bytes16);
// So many words are hashed at once.
constexpr std::size_t kMany = 128;

// Sixteen bytes of it from kShort - n keep n bytes and clear the rest.
constexpr auto kMask = [] {
  std::array<char, 2 * kShort> mask{};
  for (std::size_t i = 0; i < kShort; ++i) mask[i] = static_cast<char>(0xff);
  return mask;
}();

// The first bytes of a word of `size` bytes behind which kShort can be read, then zeros.
base::Bytes16 head_of(const char* word, std::size_t size) noexcept {
  base::Bytes16 head;
  std::memcpy(head.data(), word, kShort);
  const char* const mask = kMask.data() + (kShort - std::min(size, kShort));
  for (std::size_t i = 0; i < kShort; ++i) head[i] = static_cast<char>(head[i] & mask[i]);
  return head;
}

base::Bytes16 copied_head_of(const char* word, std::size_t size) noexcept {
  base::Bytes16 head{};
  std::memcpy(head.data(), word, std::min(size, kShort));
  return head;
}

}  // namespace

void hash_words(std::string_view letters, std::span<const Word> words, std::uint64_t seed,
                std::uint64_t* hashes) noexcept {
  while (!words.empty()) {
    const std::span<const Word> some = words.first(std::min(words.size(), kMany));
    words = words.subspan(some.size());
    std::array<base::Bytes16, kMany> heads;
    std::uint32_t longest = 0;
    std::size_t count = 0;
    // Near the end of the letters not all bytes of a head can be read.
    for (; count < some.size() && some[count].begin + kShort <= letters.size(); ++count) {
      const std::uint32_t size = some[count].end - some[count].begin;
      heads[count] = head_of(letters.data() + some[count].begin, size);
      longest = std::max(longest, size);
    }
    for (; count < some.size(); ++count) {
      const Word word = some[count];
      heads[count] = copied_head_of(letters.data() + word.begin, word.end - word.begin);
    }
    base::hash64_each({heads.data(), count}, seed, hashes);
    if (longest > kShort) {
      for (std::size_t i = 0; i < count; ++i) {
        const std::size_t size = some[i].end - some[i].begin;
        if (size > kShort) hashes[i] = base::hash64(letters.substr(some[i].begin, size), seed);
      }
    }
    hashes += count;
  }
}

}  // namespace wirecopy::shingling
