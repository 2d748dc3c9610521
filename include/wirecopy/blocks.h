/// blocks: text → its headline, paragraphs, bullets, captions, credits and trailers.
///
/// Idea: cheap rules on lines, and phrase tables. A block ends at a newline; where the text is
/// hard-wrapped (most lines end in one narrow band, or all are short and some indented) it ends
/// before a blank or indented line and before the item of a list, and before a trailer or credit
/// that is the last line and had room on the one before. Where blank lines part nearly all others a
/// line that breaks off at the usual width goes on. A text without newlines is one block, and its
/// sentences may take the part of blocks. A kind says what a block looks like from its own words
/// and its place; it never decides about likeness by itself.
///
/// Newlines are LF, CR, CR LF, U+2028 and U+2029, and which of them a text has changes nothing.
/// Cost: linear; 0.3 ns a byte in paragraphs of 500 bytes, 1.3 ns in those of 180. Thread rule:
/// pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "wirecopy/normalize.h"

namespace wirecopy {

enum class BlockKind : std::uint8_t { headline, bullet, paragraph, caption, credit, trailer };
[[nodiscard]] std::string_view name_of(BlockKind kind) noexcept;

/// One stretch of a text.
struct Block {
  BlockKind kind = BlockKind::paragraph;
  LetterRange letters;      ///< Never empty; the blocks of a text tile its letters().
  std::uint32_t words = 0;  ///< Words (maximal runs of letters) that begin in it.
  bool sentence = false;    ///< Ends as a sentence does.
  friend bool operator==(const Block&, const Block&) = default;
};

/// The blocks of a text in order; lines without letters are in none. Requires text =
/// normalize(utf8).
[[nodiscard]] std::vector<Block> split_blocks(std::string_view utf8, const NormalizedText& text);

/// The same into an existing vector, whose memory is used again.
void split_blocks(std::string_view utf8, const NormalizedText& text, std::vector<Block>& into);

/// Part of a text, such as a sentence, and where its letters come from.
struct Stretch {
  std::string_view original;
  std::uint64_t original_begin = 0;  ///< Number of the first code point of `original`.
  LetterRange letters;
};

/// Caption, credit or trailer, where the phrases of a stretch tell it, as if it were a block. Cost:
/// as for a block, and logarithmic in the number of words.
[[nodiscard]] std::optional<BlockKind> kind_by_phrases(const NormalizedText& text,
                                                       const Stretch& stretch);

/// Bytes of the sign with which a sentence may end at a byte of a text, closing quotes and brackets
/// behind it included; 0 if none does.
[[nodiscard]] std::size_t sentence_end_at(std::string_view utf8, std::size_t begin,
                                          std::size_t at) noexcept;

/// Cuts parts of a text into sentences. A sentence ends at a full stop, question or exclamation
/// mark, or their like in other scripts, if what follows may begin one; also where the next one is
/// glued to it ("… the mayor.Read more"). A full stop behind a title, an initial or a number ends
/// none.
class SentenceCutter {
 public:
  explicit SentenceCutter(const NormalizedText& text) : text_(text) {}

  /// Appends the sentences of a part of the original that have letters; they tile its letters.
  /// `code_point` and `letters` say what stands before the part. Parts come in ascending order.
  /// Cost: about 0.5 ns a byte.
  void cut(std::string_view part, std::uint64_t code_point, std::uint32_t letters,
           std::vector<Stretch>& into);

 private:
  const NormalizedText& text_;
  std::size_t hint_ = 0;
};

/// The blocks that may be stock: those given, or, where they are one and the text has 400 bytes or
/// more, its sentences, put into `into`: as paragraphs, that tile its letters. Requires blocks =
/// split_blocks(utf8, text). Cost: nothing, or that of SentenceCutter.
[[nodiscard]] std::span<const Block> stock_blocks(std::string_view utf8, const NormalizedText& text,
                                                  std::span<const Block> blocks,
                                                  std::vector<Block>& into);

/// XXH3-64 (seed 0) of a block's letters: equal blocks have equal hashes.
[[nodiscard]] std::uint64_t block_hash(const NormalizedText& text, const Block& block) noexcept;

}  // namespace wirecopy
