// The word classes are pinned: a newer ICU, or an edit, that changes one changes stored
// fingerprints, and kNormalizationVersion must then change too.
#include "base/unicode.h"

#include <fmt/format.h>

#include <fstream>
#include <iostream>
#include <thread>

#include "base/files.h"
#include "base/hash.h"
#include "catch.h"
#include "random_text.h"

using namespace wirecopy;
using base::Character;
using base::Writing;
using namespace std::string_view_literals;

namespace {

constexpr char32_t kEnd = 0x110000;

bool is_surrogate(char32_t code_point) { return code_point >= 0xd800 && code_point < 0xe000; }

std::string class_of(char32_t code_point) {
  constexpr std::array kFolds = {"separator", "ignorable", "letter", "complex"};
  constexpr std::array kWritings = {"spaced", "han_kana", "southeast_asian"};
  const Character character = Character::of(code_point);
  std::string name = kFolds[static_cast<std::size_t>(character.fold())];
  name += '\t';
  name += kWritings[static_cast<std::size_t>(character.writing())];
  if (character.mark()) name += " mark";
  if (!character.starts_segment()) name += " joins";
  if (base::is_letter(code_point)) name += " stays";
  return name;
}

// One line for every range of equal classes.
std::vector<std::string> word_classes() {
  std::vector<std::string> lines;
  std::string name = class_of(0);
  char32_t first = 0;
  for (char32_t last = 0; last < kEnd; ++last) {
    const char32_t next = last + 1;
    const std::string next_name = next == kEnd ? "" : is_surrogate(next) ? name : class_of(next);
    if (next_name == name) continue;
    lines.push_back(
        fmt::format("{:04X}\t{:04X}\t{}", std::uint32_t{first}, std::uint32_t{last}, name));
    name = next_name;
    first = next;
  }
  return lines;
}

std::string golden_path() {
  return (std::filesystem::path(__FILE__).parent_path() / "golden/word_classes.tsv").string();
}

std::vector<std::string> golden_lines() {
  std::ifstream file(golden_path());
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with('#')) lines.push_back(line);
  }
  return lines;
}

std::string folded(const std::u32string& text) {
  std::string to;
  base::fold_text(test::utf8(text), to);
  return to;
}

}  // namespace

TEST_CASE("capital letters and digits of every script are known, those past Unicode 15.0 are not") {
  for (const char32_t each : U"AZÉÑŽΩЖԱꓐ𐐀ǅⅣＡ\u1c90"sv) {
    CAPTURE(std::uint32_t{each});
    CHECK(Character::of(each).capital() == (each != U'ꓐ' && each != U'Ⅳ'));
  }
  for (const char32_t each : U"azéñžωжß中あا١²"sv) CHECK_FALSE(Character::of(each).capital());
  for (const char32_t each : U"09٠٩०９๓𝟗"sv) CHECK(Character::of(each).digit());
  for (const char32_t each : U"a²①ⅳ一½\U00010d40"sv) CHECK_FALSE(Character::of(each).digit());
}

TEST_CASE("the word classes are those of the first release", "[golden]") {
  const std::vector<std::string> expected = golden_lines();
  const std::vector<std::string> actual = word_classes();
  REQUIRE(expected.size() > 1000);
  for (std::size_t i = 0; i < std::min(expected.size(), actual.size()); ++i) {
    REQUIRE(actual[i] == expected[i]);
  }
  CHECK(actual.size() == expected.size());
}

TEST_CASE("print the word classes", "[.print]") {
  for (const std::string& line : word_classes()) std::cout << line << '\n';
}

TEST_CASE("what every code point folds to is what it was in the first release", "[golden]") {
  std::string all;
  for (char32_t code_point = 0; code_point < kEnd; ++code_point) {
    if (is_surrogate(code_point)) continue;
    base::fold_text(test::utf8({code_point}), all);
    all += '\n';
  }
  CHECK(base::hex(base::hash128(all)) == "0db762aea1ca6e219ddc60056941664a");
}

TEST_CASE("a letter looked up is the letter ICU folds to") {
  for (char32_t code_point = 0; code_point < kEnd; ++code_point) {
    if (is_surrogate(code_point)) continue;
    const Character character = Character::of(code_point);
    const std::u32string becomes = test::code_points(folded({code_point}));
    if (character.fold() == Character::Fold::ignorable && !becomes.empty())
      FAIL(std::uint32_t{code_point});
    if (character.fold() != Character::Fold::letter) continue;
    if (becomes != std::u32string{character.letter()}) FAIL(std::uint32_t{code_point});
    if (!base::is_letter(character.letter())) FAIL(std::uint32_t{code_point});
  }
}

TEST_CASE("ASCII needs no ICU: its classes are letters and digits, and nothing joins") {
  for (char32_t code_point = 0; code_point < 0x80; ++code_point) {
    const Character character = Character::of(code_point);
    const bool digit = code_point >= '0' && code_point <= '9';
    const char32_t lower = code_point | 0x20;
    const bool letter = digit || (lower >= 'a' && lower <= 'z');
    CHECK((character.fold() == Character::Fold::letter) == letter);
    CHECK((letter || character.fold() == Character::Fold::separator));
    CHECK(character.starts_segment());
    if (letter) CHECK(character.letter() == lower);
  }
}

TEST_CASE("nothing below U+0E00 is written without spaces") {
  for (char32_t code_point = 0; code_point < base::kFirstUnspaced; ++code_point) {
    if (Character::of(code_point).writing() != Writing::spaced) FAIL(std::uint32_t{code_point});
  }
  CHECK(Character::of(base::kFirstUnspaced + 1).writing() == Writing::southeast_asian);
}

TEST_CASE("characters are written as their scripts are") {
  const auto writing = [](char32_t code_point) { return Character::of(code_point).writing(); };
  for (const char32_t each : {U'漢', U'々', U'〇', U'ひ', U'カ', U'ー', U'ㄅ', U'\u3099', U'𠀀'}) {
    CAPTURE(std::uint32_t{each});
    CHECK(writing(each) == Writing::han_kana);
  }
  for (const char32_t each : {U'ก', U'\u0e31', U'๑', U'ກ', U'ក', U'က', U'\u1039'}) {
    CAPTURE(std::uint32_t{each});
    CHECK(writing(each) == Writing::southeast_asian);
  }
  for (const char32_t each : {U'a', U'7', U'ж', U'한', U'ع', U'ह', U'\u0301', U'ǎ', U'ˇ'}) {
    CAPTURE(std::uint32_t{each});
    CHECK(writing(each) == Writing::spaced);
  }
}

TEST_CASE("characters newer than Unicode 15.0 are separators and stay as they are") {
  for (const char32_t each : {char32_t{0x378}, char32_t{0x2ebf0}, char32_t{0x1c89}}) {
    const Character character = Character::of(each);
    CHECK(character.fold() == Character::Fold::separator);
    CHECK(character.starts_segment());
    CHECK(folded({each}) == test::utf8({each}));
  }
}

TEST_CASE("threads that meet a character first at once agree") {
  // Equal answers are what counts here; the thread sanitizer sees the rest.
  std::vector<std::uint64_t> sums(4);
  std::vector<std::thread> threads;
  for (std::uint64_t& sum : sums) {
    threads.emplace_back([&sum] {
      for (char32_t each = 0x10000; each < 0x20000; ++each) {
        const Character character = Character::of(each);
        sum = sum * 31 + character.letter() + (character.starts_segment() ? 1U : 0U);
      }
    });
  }
  for (std::thread& each : threads) each.join();
  for (const std::uint64_t sum : sums) CHECK(sum == sums[0]);
}
