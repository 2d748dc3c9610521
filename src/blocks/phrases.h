/// Phrases that tell captions, credits and trailers, from src/blocks/phrases/<language>.tsv.
///
/// A row is: kind, place, phrase. A phrase is compared by its letters, so case and spacing do not
/// matter, and stands for whole words. Its opening bracket, closing bracket, colon or slash must be
/// there, too: "source:" is no word of a sentence. Places:
///   whole   the block is the phrase
///   start   the block begins with it
///   end     the block ends with it
///   inside  it has four letters or more and stands anywhere in a block of few words
///   name    the block begins with it, goes on for a few words, not in small letters, and is no
///           sentence (bylines)
#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "wirecopy/blocks.h"

namespace wirecopy::blocks {

/// The tables, rows of all languages one after the other. Compiled in.
extern const std::string_view kPhrases;

/// A block while its kind is found.
struct Candidate {
  const NormalizedText& text;
  std::string_view original;         ///< Where the letters come from …
  std::uint64_t original_begin = 0;  ///< … and the number of its first code point.
  LetterRange letters;
  std::uint32_t first_word = 0;  ///< In text.words().
  std::uint32_t words = 0;
  bool sentence = false;  ///< Ends as a sentence does.
};

class PhraseTable {
 public:
  /// Throws Error(usage), naming the row, if one is not as above.
  explicit PhraseTable(std::string_view rows);
  /// The one of kPhrases, built by the first call. Any thread.
  [[nodiscard]] static const PhraseTable& compiled_in();

  /// The kind that the first phrase found tells: those that a block begins with before those that
  /// it ends with and those inside. Cost: a few nanoseconds a block, and one a word where the block
  /// has few.
  [[nodiscard]] std::optional<BlockKind> kind_of(const Candidate& block) const;

 private:
  enum class Place : std::uint8_t { whole, start, end, inside, name };
  struct Phrase {
    BlockKind kind;
    Place place;
    std::string letters;
    std::size_t words = 0;
    char32_t opens = 0;     // '(' or nothing
    char32_t closes = 0;    // ':', '/', ')' or nothing
    std::uint32_t key = 0;  // its first letters, or for `end` its last
  };

  // Bytes of a key: letters are never NUL, so shorter phrases have keys of their own.
  static constexpr std::size_t kLongestKey = 4;

  // Phrases by key, behind a bit for each hash of a key: nearly all that is asked for is not there.
  class Index {
   public:
    void add(Phrase phrase);
    [[nodiscard]] bool may_have(std::uint32_t key) const noexcept { return hashes_[hash(key)]; }
    /// To be called after the last `add`. Phrases with equal keys stay in order.
    void finish();
    /// The first phrase that holds, of those whose key is key_of(its length).
    template <typename KeyOf, typename Holds>
    [[nodiscard]] const Phrase* find(KeyOf&& key_of, Holds&& holds) const;

   private:
    static constexpr unsigned kHashBits = 14;
    [[nodiscard]] static std::size_t hash(std::uint32_t key) noexcept {
      return key * 0x9e3779b1U >> (32 - kHashBits);
    }

    std::bitset<(1U << kHashBits)> hashes_;
    std::vector<Phrase> phrases_;
    std::size_t shortest_key_ = kLongestKey;
  };

  static Phrase parse(std::string_view row);
  // The first phrase of an index that a block goes on with from a letter.
  [[nodiscard]] static const Phrase* find_from(const Index& index, const Candidate& block,
                                               std::uint32_t from);
  [[nodiscard]] const Phrase* find_inside(const Candidate& block) const;
  [[nodiscard]] static bool holds(const Phrase& phrase, const Candidate& block, LetterRange match);

  Index at_start_;
  Index at_end_;
  Index inside_;
};

}  // namespace wirecopy::blocks
