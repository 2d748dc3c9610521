#include "wirecopy/blocks.h"

#include <algorithm>

#include "base/hash.h"
#include "base/utf8.h"
#include "blocks/lines.h"
#include "blocks/phrases.h"
#include "blocks/signs.h"

namespace wirecopy {
namespace {

using namespace blocks;

// A headline is short: in words, and in bytes for scripts whose words are not separated.
constexpr std::uint32_t kMostWordsOfHeadline = 20;
constexpr std::uint32_t kMostBytesOfHeadline = 160;
// Credits have names and years, not stories.
constexpr std::uint32_t kMostWordsOfCopyright = 60;

// Walks the lines of a text and closes a block where one ends.
class Splitter {
 public:
  Splitter(std::string_view utf8, const NormalizedText& text, std::vector<Block>& into)
      : text_(text),
        blocks_(into),
        lines_(utf8),
        layout_(layout_of(lines_)),
        block_begin_(utf8.data()) {}

  void run() {
    for (const Lines::Line& line : lines_) {
      if (begins_block(line.text)) close(line.text.data());
      last_end_ = line.past;
      last_line_ = line.text;
    }
    close(last_end_);
    name_headline();
  }

 private:
  [[nodiscard]] bool begins_block(std::string_view line) const {
    if (is_blank(line)) return true;
    if (!layout_.wrapped) {
      if (!layout_.parted || is_blank(last_line_)) return true;
      if (!is_broken(last_line_, line, lines_.ascii())) return true;
    }
    const std::uint32_t indent = indent_of(line);
    return indent > layout_.indent ||
           (begins_item(line.substr(indent)) && !goes_on_with_hyphen(line.substr(indent))) ||
           (line.data() == layout_.last_line && is_apart(line));
  }

  // Whether the hyphen with which a line begins parts things in a row, as others in the line before
  // ("Weather - Traffic").
  [[nodiscard]] bool goes_on_with_hyphen(std::string_view line) const {
    constexpr std::string_view kHyphen = " - ";
    const std::string_view before = last_line_;
    return line.starts_with(kHyphen.substr(1)) && before.find(kHyphen) != before.npos &&
           !begins_item(trimmed(before)) && !ends_sentence(trimmed(before));
  }

  // Whether the last line of a text, which may be no part of the paragraph before it, is a trailer
  // or a credit.
  [[nodiscard]] bool is_apart(std::string_view line) const {
    const std::string_view before(block_begin_,
                                  static_cast<std::size_t>(line.data() - block_begin_));
    const std::uint64_t begin = original_ + base::count_code_points(before);
    const auto letters = static_cast<std::uint32_t>(text_.letters_before(begin));
    const LetterRange range{letters, static_cast<std::uint32_t>(text_.letters().size())};
    if (range.begin == range.end || ends_open(trimmed(before))) return false;
    const auto kind = kind_by_phrases(text_, {line, begin, range});
    return kind == BlockKind::trailer || kind == BlockKind::credit;
  }

  void close(const char* end) {
    const std::string_view original(block_begin_, static_cast<std::size_t>(end - block_begin_));
    const std::uint64_t begin = original_;
    original_ += lines_.ascii() ? original.size() : base::count_code_points(original);
    block_begin_ = end;
    const auto letters_end = static_cast<std::uint32_t>(text_.letters_before(original_, hint_));
    if (letters_end == letters_) return;
    const auto first = static_cast<std::uint32_t>(word_);
    skip_words_before(letters_end);
    const auto words = static_cast<std::uint32_t>(word_) - first;
    const std::string_view trimmed_original = trimmed(original);
    const Candidate block{text_,
                          original,
                          begin,
                          {letters_, letters_end},
                          first,
                          words,
                          ends_sentence(trimmed_original)};
    blocks_.push_back({kind_of(block, trimmed_original), block.letters, words, block.sentence});
    letters_ = letters_end;
  }

  // Eight at a time, then those that decide without branches.
  void skip_words_before(std::uint32_t letters_end) noexcept {
    constexpr std::size_t kStep = 8;
    const auto words = text_.words();
    while (word_ + kStep <= words.size() && words[word_ + kStep - 1].begin < letters_end) {
      word_ += kStep;
    }
    for (const auto word : words.subspan(word_, std::min(kStep, words.size() - word_))) {
      word_ += word.begin < letters_end ? 1U : 0U;
    }
  }

  BlockKind kind_of(const Candidate& block, std::string_view original) {
    if (blocks_.empty()) {
      opening_ = block.words <= kMostWordsOfHeadline && block.letters.end <= kMostBytesOfHeadline &&
                 !block.sentence && !ends_open(original);
    }
    if (const auto kind = PhraseTable::compiled_in().kind_of(block)) return *kind;
    if (begins_copyright(original) && block.words <= kMostWordsOfCopyright) {
      return BlockKind::credit;
    }
    return begins_item(original) ? BlockKind::bullet : BlockKind::paragraph;
  }

  // The first block, if it may be one and something follows.
  void name_headline() {
    if (opening_ && blocks_.size() > 1 && blocks_.front().kind == BlockKind::paragraph) {
      blocks_.front().kind = BlockKind::headline;
    }
  }

  const NormalizedText& text_;
  std::vector<Block>& blocks_;
  Lines lines_;
  Layout layout_;
  const char* last_end_ = nullptr;  // of the lines so far
  std::string_view last_line_;
  // Where the open block begins: in bytes, code points, letters and words.
  const char* block_begin_;
  std::uint64_t original_ = 0;
  std::uint32_t letters_ = 0;
  std::size_t word_ = 0;
  std::size_t hint_ = 0;
  bool opening_ = false;  // the first block is short and no sentence
};

}  // namespace

std::string_view name_of(BlockKind kind) noexcept {
  switch (kind) {
    case BlockKind::headline:
      return "headline";
    case BlockKind::bullet:
      return "bullet";
    case BlockKind::paragraph:
      return "paragraph";
    case BlockKind::caption:
      return "caption";
    case BlockKind::credit:
      return "credit";
    case BlockKind::trailer:
      return "trailer";
  }
  return "";
}

void split_blocks(std::string_view utf8, const NormalizedText& text, std::vector<Block>& into) {
  into.clear();
  if (!text.letters().empty()) Splitter(utf8, text, into).run();
}

std::vector<Block> split_blocks(std::string_view utf8, const NormalizedText& text) {
  std::vector<Block> blocks;
  split_blocks(utf8, text, blocks);
  return blocks;
}

std::optional<BlockKind> kind_by_phrases(const NormalizedText& text, const Stretch& stretch) {
  const auto words = text.words();
  const auto place_of = [&](std::uint32_t letter) {
    const auto found = std::lower_bound(
        words.begin(), words.end(), letter,
        [](const NormalizedText::Word& word, std::uint32_t begin) { return word.begin < begin; });
    return static_cast<std::uint32_t>(found - words.begin());
  };
  const std::uint32_t first = place_of(stretch.letters.begin);
  const std::uint32_t count = place_of(stretch.letters.end) - first;
  const bool sentence = ends_sentence(trimmed(stretch.original));
  return PhraseTable::compiled_in().kind_of(
      {text, stretch.original, stretch.original_begin, stretch.letters, first, count, sentence});
}

std::uint64_t block_hash(const NormalizedText& text, const Block& block) noexcept {
  return base::hash64(
      text.letters().substr(block.letters.begin, block.letters.end - block.letters.begin));
}

}  // namespace wirecopy
