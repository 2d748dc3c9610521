#include "base/unicode.h"

#include <fmt/format.h>
#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/uniset.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include <array>

#include "wirecopy/error.h"

namespace wirecopy::base {
namespace {

// Letters by category, but typed and printed for an apostrophe or the mark ‘ (don't, Hawai'i).
constexpr char32_t kTurnedComma = 0x2bb;
constexpr char32_t kModifierApostrophe = 0x2bc;

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
    static const Pinned kPinned;
    return kPinned;
  }

  [[nodiscard]] bool has(UChar32 code_point) const { return characters_.contains(code_point) != 0; }
  [[nodiscard]] bool has_boundary_before(UChar32 code_point) const {
    return normalizer_.hasBoundaryBefore(code_point) != 0;
  }
  [[nodiscard]] icu::UnicodeString fold(UChar32 code_point) const {
    UErrorCode status = U_ZERO_ERROR;
    icu::UnicodeString folded;
    normalizer_.normalize(icu::UnicodeString(code_point), folded, status);
    check(status, "fold a character");
    return folded;
  }
  void fold(std::string_view utf8, icu::ByteSink& sink) const {
    UErrorCode status = U_ZERO_ERROR;
    const icu::StringPiece piece(utf8.data(), static_cast<std::int32_t>(utf8.size()));
    normalizer_.normalizeUTF8(0, piece, sink, nullptr, status);
    check(status, "fold a text");
  }

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

bool has_category(UChar32 code_point, std::uint32_t categories) {
  return (U_GET_GC_MASK(code_point) & categories) != 0;
}

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

// Whether anything is left of a folded character that stands alone. A spacing accent folds to a
// space and a mark, which has nothing to stand on.
bool leaves_letters(const icu::UnicodeString& text) {
  bool stands = true;
  for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    const UChar32 character = text.char32At(i);
    if (!is_letter(static_cast<char32_t>(character))) {
      stands = false;
    } else if (stands || !has_category(character, U_GC_M_MASK)) {
      return true;
    }
  }
  return false;
}

Character::Fold fold_of(const icu::UnicodeString& folded) {
  if (folded.isEmpty()) return Character::Fold::ignorable;
  if (!leaves_letters(folded)) return Character::Fold::separator;
  return folded.countChar32() == 1 ? Character::Fold::letter : Character::Fold::complex;
}

}  // namespace

constinit std::array<std::uint32_t, 0x110000> Character::known_{};

[[gnu::noinline]] Character Character::find(char32_t code_point) {
  const auto character = static_cast<UChar32>(code_point);
  const Pinned& pinned = Pinned::instance();
  std::uint32_t bits = kKnown | kStarts | static_cast<std::uint32_t>(Fold::separator) << kFoldShift;
  if (pinned.has(character)) {
    const icu::UnicodeString folded = pinned.fold(character);
    const Fold fold = fold_of(folded);
    bits = kKnown | static_cast<std::uint32_t>(fold) << kFoldShift |
           static_cast<std::uint32_t>(find_writing(character)) << kWritingShift;
    if (fold == Fold::letter) bits |= static_cast<std::uint32_t>(folded.char32At(0));
    if (pinned.has_boundary_before(character)) bits |= kStarts;
    if (has_category(character, U_GC_M_MASK)) bits |= kMark;
    if (has_category(character, U_GC_LU_MASK | U_GC_LT_MASK)) bits |= kCapital;
    if (has_category(character, U_GC_ND_MASK)) bits |= kDigit;
  }
  std::atomic_ref(known_[code_point]).store(bits, std::memory_order_relaxed);
  return Character(bits);
}

bool is_letter(char32_t code_point) {
  if (code_point == kTurnedComma || code_point == kModifierApostrophe) return false;
  const auto character = static_cast<UChar32>(code_point);
  return has_category(character, U_GC_L_MASK | U_GC_N_MASK | U_GC_M_MASK) &&
         Pinned::instance().has(character);
}

void fold_text(std::string_view utf8, std::string& to) {
  icu::StringByteSink<std::string> sink(&to);
  Pinned::instance().fold(utf8, sink);
}

}  // namespace wirecopy::base
