/// shingle: words → the set of keyed 64-bit hashes of k consecutive words.
///
/// Rules for news: k = 5 words of the text (title left out). A text shorter than k words is one
/// shingle of all its words; a text without words has none and matches nothing. Scripts that are
/// written without spaces have no words to count, so a run of Han or Kana is cut into overlapping
/// 2-grams of characters with their marks, and a run of Thai, Lao, Khmer or Myanmar into
/// overlapping 4-grams of code points, each taken as a word; a shorter run is one word.
///
/// A shingle's hash combines the hashes of its words (XXH3-64 under the key; of a word of up to 16
/// bytes filled up with zeros to 16) with k multipliers drawn from the key and a final mix, so no
/// joined text is ever built: multilinear hashing (Lemire & Kaser 2014, "Strongly universal string
/// hashing is fast"), chance collision about 2^-64 a pair of shingles.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "wirecopy/normalize.h"

namespace wirecopy {

/// The secret that shingles, fingerprints and tie-breaking hashes take. Two runs compare only under
/// equal keys. A private key makes it expensive to craft a text that hides a copy or stuffs a
/// bucket; it is not a security boundary.
class Key {
 public:
  /// The published key: results are repeatable anywhere.
  constexpr Key() = default;
  /// From 16 bytes, e.g. the contents of a key file.
  constexpr explicit Key(std::array<std::uint64_t, 2> words) : words_(words) {}
  /// Reads 32 hexadecimal digits. Throws Error(usage) if the file holds anything else, Error(input)
  /// if unreadable.
  [[nodiscard]] static Key from_file(const std::string& path);

  [[nodiscard]] constexpr std::array<std::uint64_t, 2> words() const noexcept { return words_; }
  friend bool operator==(const Key&, const Key&) = default;

 private:
  std::array<std::uint64_t, 2> words_{0x77697265636f7079ULL,
                                      0x2d7075626c697368ULL};  // "wirecopy-publish"
};

/// How texts are shingled. Part of the Recipe.
struct Shingling {
  std::uint32_t words = 5;  ///< k, from 1 to 64.
  Key key = {};
  friend bool operator==(const Shingling&, const Shingling&) = default;
};

/// Distinct shingles of one text, in order of first occurrence. Only `shingle` makes one.
class ShingleSet {
 public:
  ShingleSet() = default;
  [[nodiscard]] std::span<const std::uint64_t> values() const noexcept { return values_; }
  [[nodiscard]] std::size_t size() const noexcept { return values_.size(); }
  [[nodiscard]] bool empty() const noexcept { return values_.empty(); }

 private:
  friend class Shingler;
  std::vector<std::uint64_t> values_;
};

/// Shingles texts under one Shingling. Immutable and shared between threads; the scratch memory
/// belongs to the caller.
class Shingler {
 public:
  /// Throws Error(usage) unless 1 ≤ words ≤ 64.
  explicit Shingler(const Shingling& shingling);

  /// Words and hashes, kept between calls to spare allocations.
  struct Scratch {
    std::vector<NormalizedText::Word> cut_words;
    std::vector<std::uint64_t> word_hashes;
    std::vector<std::uint64_t> shingles;
    std::vector<std::uint64_t> seen;
  };

  /// All shingles in text order, repeats included: what the sketch takes (a minimum does not mind
  /// repeats). Cost: about 4 ns a word, with AVX-512 1.5. Replaces the contents of `shingles`.
  void shingle(const NormalizedText& text, Scratch& scratch,
               std::vector<std::uint64_t>& shingles) const;

  /// The set of distinct shingles. Cost: 3 ns a word more.
  [[nodiscard]] ShingleSet shingle(const NormalizedText& text) const;
  [[nodiscard]] ShingleSet shingle(const NormalizedText& text, Scratch& scratch) const;

 private:
  std::uint64_t seed_ = 0;
  std::vector<std::uint64_t> multipliers_;  // one a word of the shingle, odd
};

/// One text at a time, for callers that have no Shingler at hand.
[[nodiscard]] ShingleSet shingle(const NormalizedText& text, const Shingling& shingling = {});

}  // namespace wirecopy
