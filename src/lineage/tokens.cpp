#include "lineage/tokens.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/byte_set.h"
#include "base/unicode.h"
#include "base/utf8.h"

namespace wirecopy::lineage {
namespace {

// A line that ends without a stop, not in a small word, and is shorter than this was not wrapped.
constexpr std::uint32_t kShortLine = 40;

// The kinds of punctuation that mean something here. Everything else is `other`.
TokenKind kind_of_mark(char32_t mark) noexcept {
  switch (mark) {
    case '(':
    case '[':
    case U'（':
    case U'【':
    case U'［':
    case U'〔':
    case U'「':
      return TokenKind::open;
    case ')':
    case ']':
    case U'）':
    case U'】':
    case U'］':
    case U'〕':
    case U'」':
      return TokenKind::close;
    case '-':
    case U'‐':
    case U'‑':
    case U'‒':
    case U'–':
    case U'—':
    case U'―':
    case U'−':
      return TokenKind::dash;
    case ':':
    case U'：':
      return TokenKind::colon;
    case ',':
    case ';':
    case U'、':
    case U'，':
      return TokenKind::comma;
    case '.':
    case U'。':
      return TokenKind::period;
    case '/':
    case U'／':
      return TokenKind::slash;
    default:
      return TokenKind::other;
  }
}

bool ends_sentence(char32_t mark) noexcept {
  constexpr std::u32string_view kStops = U".!?…。！？\"”»’'";
  return kStops.find(mark) != std::u32string_view::npos;
}

bool is_ascii_space(char byte) noexcept { return byte == ' ' || (byte >= '\t' && byte <= '\r'); }

bool is_space(char32_t code_point) noexcept {
  return code_point == ' ' || (code_point >= '\t' && code_point <= '\r') || code_point == 0xa0 ||
         code_point == 0x3000 || (code_point >= 0x2000 && code_point <= 0x200b);
}

bool is_digit(char32_t code_point) noexcept {
  return (code_point >= '0' && code_point <= '9') || (code_point >= U'０' && code_point <= U'９');
}

enum class Letters : std::uint8_t { none, small, capital, without_case };

// Of the characters that nearly all texts are made of.
constexpr std::array<Letters, 0x80> kAsciiLetters = [] {
  std::array<Letters, 0x80> letters{};
  for (char32_t c = '0'; c <= '9'; ++c) letters[c] = Letters::without_case;
  for (char32_t c = 'A'; c <= 'Z'; ++c) letters[c] = Letters::capital;
  for (char32_t c = 'a'; c <= 'z'; ++c) letters[c] = Letters::small;
  return letters;
}();

Letters letters_beyond_ascii(char32_t code_point) {
  if (!base::is_letter(code_point)) return Letters::none;
  // Hebrew to Tibetan, and from the East Asian scripts on, letters have no case.
  const bool cased = code_point < 0x590 || (code_point >= 0x1c80 && code_point < 0x2e80);
  if (!cased || is_digit(code_point)) return Letters::without_case;
  const base::Character character = base::Character::of(code_point);
  const bool folds =
      character.fold() != base::Character::Fold::letter || character.letter() != code_point;
  return folds ? Letters::capital : Letters::small;
}

Letters letters_of(char32_t code_point) {
  return code_point < 0x80 ? kAsciiLetters[code_point] : letters_beyond_ascii(code_point);
}

class Tokenizer {
 public:
  Tokenizer(std::string_view text, std::size_t begin, std::size_t end)
      : at_(text.data() + begin), end_(text.data() + end), begin_(at_), text_(text.data()) {
    constexpr std::size_t kBytesAToken = 4;
    tokens_.reserve((end - begin) / kBytesAToken);
    letters_.find(text.substr(begin, end - begin), base::kAsciiLetters);
  }

  std::vector<Token> read() {
    while (at_ != end_) {
      if (read_plain_word()) continue;
      const char* begin = at_;
      const char32_t code_point = take();
      if (code_point == ' ' && at_ != end_ && !is_ascii_space(*at_) && *at_ >= 0) {
        space_ = true;
      } else if (is_space(code_point)) {
        read_space(begin, code_point);
      } else if (const Letters letters = letters_of(code_point); letters != Letters::none) {
        read_word(begin, code_point, letters);
      } else {
        Token& token = add(begin, kind_of_mark(code_point));
        token.ends_sentence = wirecopy::lineage::ends_sentence(code_point);
      }
    }
    return std::move(tokens_);
  }

 private:
  char32_t take() {
    const base::Decoded decoded = base::decode_utf8(at_, end_);
    at_ += decoded.length;
    return decoded.code_point;
  }

  Token& add(const char* begin, TokenKind kind) {
    // In place: a token copied right after its parts were written waits for them.
    Token& token = tokens_.emplace_back();
    token.begin = static_cast<std::uint32_t>(begin - text_);
    token.end = static_cast<std::uint32_t>(at_ - text_);
    token.kind = kind;
    token.after_space = std::exchange(space_, false);
    return token;
  }

  void read_space(const char* begin, char32_t code_point) {
    int lines = code_point == '\n' ? 1 : 0;
    while (at_ != end_) {
      const base::Decoded next = base::decode_utf8(at_, end_);
      if (!is_space(next.code_point)) break;
      if (next.code_point == '\n') ++lines;
      at_ += next.length;
    }
    if (lines > 0) {
      const Token last = tokens_.empty() ? Token{} : tokens_.back();
      const bool stopped = tokens_.empty() || last.ends_sentence || last.kind == TokenKind::close ||
                           last.kind == TokenKind::colon;
      const bool small = last.kind == TokenKind::word && !last.capital;
      Token& token = add(begin, TokenKind::newline);
      const bool short_line = !small && token.begin - line_begin_ < kShortLine;
      token.opens_block = lines > 1 || stopped || short_line;
      line_begin_ = token.end;
    }
    space_ = true;
  }

  // A run of ASCII letters that ends the word: nearly all words of English.
  bool read_plain_word() {
    if (!letters_.has(offset_of(at_))) return false;
    const char* const begin = at_;
    const char* const run = begin_ + letters_.next_other(offset_of(begin));
    if (run != end_ && (*run == '\'' || static_cast<unsigned char>(*run) >= 0x80)) return false;
    const Letters first = kAsciiLetters[static_cast<unsigned char>(*begin)];
    at_ = run;
    Token& token = add(begin, first == Letters::without_case ? TokenKind::number : TokenKind::word);
    token.capital = first != Letters::small;
    token.capitals = first == Letters::capital && run - begin > 1 &&
                     std::all_of(begin, run, [](char c) { return c >= 'A' && c <= 'Z'; });
    return true;
  }

  void read_word(const char* begin, char32_t first, Letters letters) {
    bool capitals = letters == Letters::capital;
    const bool digits = is_digit(first);
    std::size_t length = 1;
    const auto run_end = [this] { return begin_ + letters_.next_other(offset_of(at_)); };
    for (const char* run = at_ == end_ ? end_ : run_end();; run = run_end()) {
      length += static_cast<std::size_t>(run - at_);
      for (; capitals && at_ != run; ++at_) capitals = *at_ >= 'A' && *at_ <= 'Z';
      at_ = run;
      // What is not ASCII, or an apostrophe.
      for (; at_ != end_ && !letters_.has(offset_of(at_)); ++length) {
        const base::Decoded next = base::decode_utf8(at_, end_);
        const Letters kind = letters_of(next.code_point);
        const bool apostrophe = next.code_point == '\'' || next.code_point == U'’';
        if (kind == Letters::none && !(apostrophe && letter_at(at_ + next.length))) break;
        if (kind != Letters::capital) capitals = false;
        at_ += next.length;
      }
      if (at_ == end_ || !letters_.has(offset_of(at_))) break;
    }
    Token& token = add(begin, digits ? TokenKind::number : TokenKind::word);
    token.capital = letters != Letters::small;
    token.capitals = capitals && length > 1;
  }

  [[nodiscard]] std::size_t offset_of(const char* at) const noexcept {
    return static_cast<std::size_t>(at - begin_);
  }

  bool letter_at(const char* at) const {
    return at < end_ && letters_of(base::decode_utf8(at, end_).code_point) != Letters::none;
  }

  const char* at_;
  const char* end_;
  const char* begin_;
  const char* text_;
  base::Members letters_;  // of ASCII, from begin_ on
  bool space_ = false;
  std::uint32_t line_begin_ = 0;
  std::vector<Token> tokens_;
};

}  // namespace

NamedTokens* Stretch::name_at(std::size_t token) {
  const auto name = std::lower_bound(
      names.begin(), names.end(), token,
      [](const NamedTokens& each, std::size_t wanted) { return each.first < wanted; });
  return name != names.end() && name->first == token ? &*name : nullptr;
}

Stretch read_stretch(std::string_view text, std::size_t begin, std::size_t end,
                     const std::vector<NameHit>& hits) {
  Stretch stretch;
  stretch.text = text;
  stretch.tokens = Tokenizer(text, begin, end).read();
  std::size_t token = 0;
  for (const NameHit& hit : hits) {
    if (hit.begin < begin || hit.end > end) continue;
    while (stretch.tokens[token].end <= hit.begin) ++token;
    NamedTokens name{hit, token, token};
    while (stretch.tokens[name.last].end < hit.end) ++name.last;
    stretch.names.push_back(name);
  }
  return stretch;
}

}  // namespace wirecopy::lineage
