#include "blocks/phrases.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "blocks/signs.h"
#include "wirecopy/error.h"

namespace wirecopy::blocks {
namespace {

// Words of a block that a phrase still tells something about.
constexpr std::uint32_t kMostWords = 60;
constexpr std::uint32_t kMostWordsInside = 40;
constexpr std::uint32_t kMostWordsOfName = 10;
// Bytes of such a block; more are mostly signs, and signs are looked at one by one.
constexpr std::size_t kMostBytes = 2000;

[[noreturn]] void refuse(std::string_view row, std::string_view why) {
  throw Error(ErrorCode::usage, fmt::format("phrase table: '{}': {}", row, why));
}

std::pair<std::string_view, std::string_view> cut(std::string_view row, std::string_view line) {
  const std::size_t tab = row.find('\t');
  if (tab == row.npos) refuse(line, "needs three columns");
  return {row.substr(0, tab), row.substr(tab + 1)};
}

template <typename Enum, std::size_t kCount>
Enum chosen(const std::array<std::pair<std::string_view, Enum>, kCount>& names,
            std::string_view name, std::string_view row) {
  for (const auto& [each, value] : names) {
    if (each == name) return value;
  }
  refuse(row, "has no such kind or place");
}

// Brackets and colons of other scripts and styles count as the plain ones.
char32_t plain(char32_t sign) noexcept {
  switch (sign) {
    case U'[':
    case U'（':
    case U'【':
      return '(';
    case U']':
    case U'）':
    case U'】':
      return ')';
    case U'：':
      return ':';
    default:
      return sign;
  }
}

// Whether a range of the block is so many whole words.
bool is_words(const Candidate& block, LetterRange match, std::size_t count) {
  const auto words = block.text.words().subspan(block.first_word, block.words);
  const auto first = std::lower_bound(
      words.begin(), words.end(), match.begin,
      [](const NormalizedText::Word& word, std::uint32_t begin) { return word.begin < begin; });
  return static_cast<std::size_t>(words.end() - first) >= count && first->begin == match.begin &&
         first[static_cast<std::ptrdiff_t>(count) - 1].end == match.end;
}

// The sign behind a match, past the stop of an abbreviation and a space.
char32_t sign_behind(std::string_view original, std::size_t code_point) noexcept {
  char32_t sign = code_point_at(original, code_point);
  if (sign == '.') sign = code_point_at(original, ++code_point);
  const bool space = sign == ' ' || sign == U'\u00a0' || sign == U'\u202f';
  return plain(space ? code_point_at(original, code_point + 1) : sign);
}

}  // namespace

PhraseTable::PhraseTable(std::string_view rows) {
  while (!rows.empty()) {
    const std::size_t end = std::min(rows.find('\n'), rows.size());
    const std::string_view row = rows.substr(0, end);
    rows.remove_prefix(std::min(end + 1, rows.size()));
    if (row.empty()) continue;
    Phrase phrase = parse(row);
    ByByte& place = phrase.place == Place::end      ? at_end_
                    : phrase.place == Place::inside ? inside_
                                                    : at_start_;
    const char key = phrase.place == Place::end ? phrase.letters.back() : phrase.letters.front();
    place[static_cast<unsigned char>(key)].push_back(std::move(phrase));
  }
}

PhraseTable::Phrase PhraseTable::parse(std::string_view row) {
  static constexpr std::array<std::pair<std::string_view, BlockKind>, 3> kKinds = {
      {{"caption", BlockKind::caption},
       {"credit", BlockKind::credit},
       {"trailer", BlockKind::trailer}}};
  static constexpr std::array<std::pair<std::string_view, Place>, 5> kPlaces = {
      {{"whole", Place::whole},
       {"start", Place::start},
       {"end", Place::end},
       {"inside", Place::inside},
       {"name", Place::name}}};
  const auto [kind, rest] = cut(row, row);
  const auto [place, words] = cut(rest, row);
  const NormalizedText text = normalize(words);
  if (text.letters().empty()) refuse(row, "has no letters");
  Phrase phrase{chosen(kKinds, kind, row), chosen(kPlaces, place, row), std::string(text.letters()),
                text.words().size()};
  if (words.front() == '(') phrase.opens = '(';
  if (std::string_view(":/)").find(words.back()) != words.npos) {
    phrase.closes = static_cast<unsigned char>(words.back());
  }
  return phrase;
}

const PhraseTable& PhraseTable::compiled_in() {
  static const PhraseTable table(kPhraseRows);
  return table;
}

bool PhraseTable::holds(const Phrase& phrase, const Candidate& block, LetterRange match) {
  if (!is_words(block, match, phrase.words)) return false;
  if (phrase.place == Place::whole && match != block.letters) return false;
  if (phrase.place == Place::name && (block.words > kMostWordsOfName || block.sentence)) {
    return false;
  }
  if (phrase.opens == 0 && phrase.closes == 0) return true;
  const Span span = block.text.original_span(match.begin, match.end);
  const auto begin = static_cast<std::size_t>(span.begin - block.original_begin);
  const auto end = static_cast<std::size_t>(span.end - block.original_begin);
  if (phrase.opens != 0 &&
      (begin == 0 || plain(code_point_at(block.original, begin - 1)) != phrase.opens)) {
    return false;
  }
  return phrase.closes == 0 || sign_behind(block.original, end) == phrase.closes;
}

std::optional<BlockKind> PhraseTable::kind_of(const Candidate& block) const {
  if (block.words > kMostWords || block.original.size() > kMostBytes) return std::nullopt;
  const std::string_view all = block.text.letters();
  const auto [begin, end] = block.letters;
  const std::string_view letters = all.substr(begin, end - begin);
  for (const Phrase& phrase : at_start_[static_cast<unsigned char>(letters.front())]) {
    const auto length = static_cast<std::uint32_t>(phrase.letters.size());
    if (letters.starts_with(phrase.letters) && holds(phrase, block, {begin, begin + length})) {
      return phrase.kind;
    }
  }
  for (const Phrase& phrase : at_end_[static_cast<unsigned char>(letters.back())]) {
    const auto length = static_cast<std::uint32_t>(phrase.letters.size());
    if (letters.ends_with(phrase.letters) && holds(phrase, block, {end - length, end})) {
      return phrase.kind;
    }
  }
  if (block.words > kMostWordsInside) return std::nullopt;
  for (const NormalizedText::Word word :
       block.text.words().subspan(block.first_word, block.words)) {
    for (const Phrase& phrase : inside_[static_cast<unsigned char>(all[word.begin])]) {
      const auto length = static_cast<std::uint32_t>(phrase.letters.size());
      if (all.substr(word.begin, end - word.begin).starts_with(phrase.letters) &&
          holds(phrase, block, {word.begin, word.begin + length})) {
        return phrase.kind;
      }
    }
  }
  return std::nullopt;
}

}  // namespace wirecopy::blocks
