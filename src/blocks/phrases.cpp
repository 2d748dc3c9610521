#include "blocks/phrases.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <utility>

#include "blocks/signs.h"
#include "wirecopy/error.h"

namespace wirecopy::blocks {
namespace {

// Words of a block that a phrase still tells something about.
constexpr std::uint32_t kMostWords = 60;
constexpr std::uint32_t kMostWordsInside = 40;
constexpr std::uint32_t kMostWordsOfName = 12;
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

std::uint32_t long_key(const char* letters) noexcept {
  std::uint32_t key = 0;
  std::memcpy(&key, letters, sizeof key);
  if constexpr (std::endian::native == std::endian::big) key = __builtin_bswap32(key);
  return key;
}

// The first or last bytes of letters as one number; all, if there are fewer.
std::uint32_t first_key(std::string_view letters, std::size_t length) noexcept {
  if (letters.size() >= sizeof(std::uint32_t)) {
    return long_key(letters.data()) & (~std::uint32_t{0} >> 8 * (sizeof(std::uint32_t) - length));
  }
  std::uint32_t key = 0;
  for (std::size_t i = 0; i < std::min(length, letters.size()); ++i) {
    key |= std::uint32_t{static_cast<unsigned char>(letters[i])} << 8 * i;
  }
  return key;
}
std::uint32_t last_key(std::string_view letters, std::size_t length) noexcept {
  const std::string_view last = letters.substr(letters.size() - std::min(length, letters.size()));
  return first_key(last, last.size());
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

void PhraseTable::Index::add(Phrase phrase) {
  const std::size_t length = std::min(phrase.letters.size(), kLongestKey);
  phrase.key = phrase.place == Place::end ? last_key(phrase.letters, length)
                                          : first_key(phrase.letters, length);
  shortest_key_ = std::min(shortest_key_, length);
  hashes_.set(hash(phrase.key));
  phrases_.push_back(std::move(phrase));
}

void PhraseTable::Index::finish() {
  std::stable_sort(phrases_.begin(), phrases_.end(),
                   [](const Phrase& a, const Phrase& b) { return a.key < b.key; });
}

template <typename KeyOf, typename Holds>
const PhraseTable::Phrase* PhraseTable::Index::find(KeyOf&& key_of, Holds&& holds) const {
  for (std::size_t length = kLongestKey; length >= shortest_key_; --length) {
    const std::uint32_t key = key_of(length);
    if (!may_have(key)) continue;
    auto phrase = std::lower_bound(
        phrases_.begin(), phrases_.end(), key,
        [](const Phrase& each, std::uint32_t wanted) { return each.key < wanted; });
    for (; phrase != phrases_.end() && phrase->key == key; ++phrase) {
      if (holds(*phrase)) return &*phrase;
    }
  }
  return nullptr;
}

PhraseTable::PhraseTable(std::string_view rows) {
  while (!rows.empty()) {
    const std::size_t end = std::min(rows.find('\n'), rows.size());
    const std::string_view row = rows.substr(0, end);
    rows.remove_prefix(std::min(end + 1, rows.size()));
    if (row.empty()) continue;
    Phrase phrase = parse(row);
    Index& index = phrase.place == Place::end      ? at_end_
                   : phrase.place == Place::inside ? inside_
                                                   : at_start_;
    index.add(std::move(phrase));
  }
  for (Index* index : {&at_start_, &at_end_, &inside_}) index->finish();
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
  if (phrase.place == Place::inside && phrase.letters.size() < kLongestKey) {
    refuse(row, "is too short to be looked for inside");
  }
  if (words.front() == '(') phrase.opens = '(';
  if (std::string_view(":/)").find(words.back()) != words.npos) {
    phrase.closes = static_cast<unsigned char>(words.back());
  }
  return phrase;
}

const PhraseTable& PhraseTable::compiled_in() {
  static const PhraseTable kTable(kPhrases);
  return kTable;
}

bool PhraseTable::holds(const Phrase& phrase, const Candidate& block, LetterRange match) {
  if (!is_words(block, match, phrase.words)) return false;
  if (phrase.place == Place::whole && match != block.letters) return false;
  const bool name = phrase.place == Place::name;
  if (name && (block.words > kMostWordsOfName || block.sentence)) return false;
  if (!name && phrase.opens == 0 && phrase.closes == 0) return true;
  const Span span = block.text.original_span(match.begin, match.end);
  const auto begin = static_cast<std::size_t>(span.begin - block.original_begin);
  const auto end = static_cast<std::size_t>(span.end - block.original_begin);
  if (phrase.opens != 0 &&
      (begin == 0 || plain(code_point_at(block.original, begin - 1)) != phrase.opens)) {
    return false;
  }
  const char32_t behind = sign_behind(block.original, end);
  return name ? behind < 'a' || behind > 'z' : phrase.closes == 0 || behind == phrase.closes;
}

const PhraseTable::Phrase* PhraseTable::find_from(const Index& index, const Candidate& block,
                                                  std::uint32_t from) {
  const std::string_view rest = block.text.letters().substr(from, block.letters.end - from);
  return index.find(
      [&](std::size_t length) { return first_key(rest, length); },
      [&](const Phrase& phrase) {
        const auto length = static_cast<std::uint32_t>(phrase.letters.size());
        return rest.starts_with(phrase.letters) && holds(phrase, block, {from, from + length});
      });
}

// Every word of many blocks is looked at, so this loop knows that all keys are long.
const PhraseTable::Phrase* PhraseTable::find_inside(const Candidate& block) const {
  const char* const letters = block.text.letters().data();
  for (const NormalizedText::Word word :
       block.text.words().subspan(block.first_word, block.words)) {
    if (block.letters.end - word.begin < kLongestKey) break;
    if (!inside_.may_have(long_key(letters + word.begin))) continue;
    if (const Phrase* found = find_from(inside_, block, word.begin)) return found;
  }
  return nullptr;
}

std::optional<BlockKind> PhraseTable::kind_of(const Candidate& block) const {
  if (block.words > kMostWords || block.original.size() > kMostBytes) return std::nullopt;
  const auto [begin, end] = block.letters;
  const std::string_view letters = block.text.letters().substr(begin, end - begin);
  const Phrase* found = find_from(at_start_, block, begin);
  if (found == nullptr) {
    found = at_end_.find(
        [&](std::size_t length) { return last_key(letters, length); },
        [&, end = end](const Phrase& phrase) {
          const auto length = static_cast<std::uint32_t>(phrase.letters.size());
          return letters.ends_with(phrase.letters) && holds(phrase, block, {end - length, end});
        });
  }
  if (found == nullptr && block.words <= kMostWordsInside) found = find_inside(block);
  return found != nullptr ? std::optional(found->kind) : std::nullopt;
}

}  // namespace wirecopy::blocks
