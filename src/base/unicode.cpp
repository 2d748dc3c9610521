#include "base/unicode.h"

#include <fmt/format.h>
#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/uniset.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <array>
#include <atomic>

#include "wirecopy/error.h"

namespace wirecopy::base {
namespace {

void check(UErrorCode status, const char* what) {
  if (U_SUCCESS(status)) return;
  throw Error(ErrorCode::input,
              fmt::format("ICU cannot {} ({}): check that its data is installed whole", what,
                          u_errorName(status)));
}

// The characters of Unicode 15.0 and their normalizer.
class Pinned {
 public:
  static const Pinned& instance() {
    static const Pinned pinned;
    return pinned;
  }

  [[nodiscard]] const icu::Normalizer2& normalizer() const { return normalizer_; }
  [[nodiscard]] bool has(UChar32 code_point) const { return characters_.contains(code_point); }

 private:
  Pinned() : characters_(pinned_characters()), normalizer_(nfkc_casefold(), characters_) {}

  static icu::UnicodeSet pinned_characters() {
    UErrorCode status = U_ZERO_ERROR;
    icu::UnicodeSet characters(u"[:age=15.0:]", status);
    check(status, "tell the characters of Unicode 15.0");
    characters.freeze();
    return characters;
  }
  static const icu::Normalizer2& nfkc_casefold() {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* normalizer = icu::Normalizer2::getNFKCCasefoldInstance(status);
    check(status, "load the NFKC casefold");
    return *normalizer;
  }

  icu::UnicodeSet characters_;
  icu::FilteredNormalizer2 normalizer_;
};

Writing writing_of_script(UScriptCode script) {
  switch (script) {
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_BOPOMOFO:
      return Writing::han_kana;
    case USCRIPT_THAI:
    case USCRIPT_LAO:
    case USCRIPT_KHMER:
    case USCRIPT_MYANMAR:
      return Writing::southeast_asian;
    default:
      return Writing::spaced;
  }
}

Writing find_writing(UChar32 code_point) {
  if (static_cast<char32_t>(code_point) < kFirstUnspaced) return Writing::spaced;
  UErrorCode status = U_ZERO_ERROR;
  const UScriptCode script = uscript_getScript(code_point, &status);
  check(status, "tell the script of a character");
  if (script != USCRIPT_COMMON && script != USCRIPT_INHERITED) return writing_of_script(script);

  std::array<UScriptCode, 64> extensions{};  // Unicode 15.0 has at most 22 for one character
  const int count = uscript_getScriptExtensions(code_point, extensions.data(),
                                                static_cast<int>(extensions.size()), &status);
  check(status, "tell the scripts of a character");
  for (int i = 0; i < count; ++i) {
    const Writing writing = writing_of_script(extensions[static_cast<std::size_t>(i)]);
    if (writing != Writing::spaced) return writing;
  }
  return Writing::spaced;
}

bool has_letter(const icu::UnicodeString& text) {
  for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    if (is_letter(static_cast<char32_t>(text.char32At(i)))) return true;
  }
  return false;
}

Folded find_folded(UChar32 code_point, const icu::Normalizer2& normalizer) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::UnicodeString text = normalizer.normalize(icu::UnicodeString(code_point), status);
  check(status, "fold a character");

  Folded folded;
  folded.starts_segment = normalizer.hasBoundaryBefore(code_point) != 0;
  if (text.isEmpty()) {
    folded.kind = Folded::Kind::ignorable;
  } else if (!has_letter(text)) {
    folded.kind = Folded::Kind::separator;
  } else if (text.countChar32() > 1) {
    folded.kind = Folded::Kind::complex;
  } else {
    folded.kind = Folded::Kind::letter;
    folded.letter = static_cast<char32_t>(text.char32At(0));
  }
  return folded;
}

// All answers about one code point in 32 bits.
class Answers {
 public:
  constexpr explicit Answers(std::uint32_t bits) : bits_(bits) {}
  Answers(const Folded& folded, Writing writing, bool mark)
      : bits_(kKnown | folded.letter | static_cast<std::uint32_t>(folded.kind) << kKindShift |
              static_cast<std::uint32_t>(writing) << kWritingShift |
              (folded.starts_segment ? kStarts : 0) | (mark ? kMark : 0)) {}

  [[nodiscard]] std::uint32_t bits() const { return bits_; }
  [[nodiscard]] bool known() const { return (bits_ & kKnown) != 0; }
  [[nodiscard]] bool mark() const { return (bits_ & kMark) != 0; }
  [[nodiscard]] Writing writing() const {
    return static_cast<Writing>(bits_ >> kWritingShift & 3U);
  }
  [[nodiscard]] Folded folded() const {
    return {static_cast<Folded::Kind>(bits_ >> kKindShift & 3U), (bits_ & kStarts) != 0,
            bits_ & kLetter};
  }

 private:
  static constexpr std::uint32_t kLetter = 0x1fffff;
  static constexpr unsigned kKindShift = 21;
  static constexpr unsigned kWritingShift = 23;
  static constexpr std::uint32_t kStarts = 1U << 25U;
  static constexpr std::uint32_t kMark = 1U << 26U;
  static constexpr std::uint32_t kKnown = 1U << 27U;

  std::uint32_t bits_;
};

// Zero until asked for. Pages of scripts that no text holds are never touched, so they take no
// memory. Threads that fill an entry at once write the same value.
constinit std::array<std::atomic<std::uint32_t>, 0x110000> table{};

[[gnu::noinline]] Answers find_answers(char32_t code_point) {
  const auto character = static_cast<UChar32>(code_point);
  const Pinned& pinned = Pinned::instance();
  Answers answers(Folded{}, Writing::spaced, false);
  if (pinned.has(character)) {
    const bool mark = (U_GET_GC_MASK(character) & U_GC_M_MASK) != 0;
    answers = Answers(find_folded(character, pinned.normalizer()), find_writing(character), mark);
  }
  table[code_point].store(answers.bits(), std::memory_order_relaxed);
  return answers;
}

Answers answers_for(char32_t code_point) {
  const Answers answers(table[code_point].load(std::memory_order_relaxed));
  return answers.known() ? answers : find_answers(code_point);
}

}  // namespace

Writing writing_of(char32_t code_point) { return answers_for(code_point).writing(); }

bool is_mark(char32_t code_point) { return answers_for(code_point).mark(); }

Folded fold(char32_t code_point) { return answers_for(code_point).folded(); }

bool is_letter(char32_t code_point) {
  const auto character = static_cast<UChar32>(code_point);
  return (U_GET_GC_MASK(character) & (U_GC_L_MASK | U_GC_N_MASK | U_GC_M_MASK)) != 0 &&
         Pinned::instance().has(character);
}

void fold_text(std::string_view utf8, std::string& to) {
  UErrorCode status = U_ZERO_ERROR;
  icu::StringByteSink<std::string> sink(&to);
  Pinned::instance().normalizer().normalizeUTF8(
      0, icu::StringPiece(utf8.data(), static_cast<std::int32_t>(utf8.size())), sink, nullptr,
      status);
  check(status, "fold a text");
}

}  // namespace wirecopy::base
