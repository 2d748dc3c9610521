#include "base/utf8.h"

#include <fstream>

#include "base/files.h"
#include "catch.h"
#include "random_text.h"

using namespace wirecopy;
using oracle::below;
using oracle::Random;

namespace {

constexpr std::string_view kReplacement = "\xef\xbf\xbd";

// Whether some well-formed sequence of `length` bytes begins with these. By code points: the bytes
// stand for all code points between the tails of zeros and of ones, of which one must be a scalar
// value that needs so many bytes.
bool begins_sequence(std::string_view bytes, std::size_t length) {
  const unsigned lead = static_cast<unsigned char>(bytes[0]);
  if (length == 1) return lead < 0x80;
  const unsigned lead_mark = (0xf00U >> length) & 0xffU;
  if ((lead & ((0xf80U >> length) & 0xffU)) != lead_mark) return false;
  std::uint32_t low = lead & (0x7fU >> length);
  std::uint32_t high = low;
  for (std::size_t i = 1; i < length; ++i) {
    const unsigned byte = i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0x80;
    if ((byte & 0xc0) != 0x80) return false;
    low = low << 6 | (byte & 0x3f);
    high = high << 6 | (i < bytes.size() ? byte & 0x3f : 0x3f);
  }
  constexpr std::array<std::uint32_t, 5> kFirst = {0, 0, 0x80, 0x800, 0x10000};
  constexpr std::array<std::uint32_t, 5> kLast = {0, 0x7f, 0x7ff, 0xffff, 0x10ffff};
  for (std::uint32_t each = std::max(low, kFirst[length]); each <= std::min(high, kLast[length]);
       ++each) {
    if (each < 0xd800 || each > 0xdfff) return true;
  }
  return false;
}

struct Repaired {
  std::string text;
  std::uint64_t code_points = 0;
  bool valid = true;
};

// "Maximal subpart": the longest beginning of a well-formed sequence, else one byte.
Repaired repair(std::string_view bytes) {
  Repaired repaired;
  while (!bytes.empty()) {
    std::size_t longest = 0;
    bool whole = false;
    for (std::size_t length = 1; length <= 4; ++length) {
      for (std::size_t count = 1; count <= std::min(length, bytes.size()); ++count) {
        if (count <= longest || !begins_sequence(bytes.substr(0, count), length)) continue;
        longest = count;
        whole = count == length;
      }
    }
    if (whole) repaired.text += bytes.substr(0, longest);
    if (!whole) repaired.text += kReplacement;
    repaired.valid = repaired.valid && whole;
    ++repaired.code_points;
    bytes.remove_prefix(std::max<std::size_t>(longest, 1));
  }
  return repaired;
}

void check_as_oracle(const std::string& bytes) {
  CAPTURE(bytes);
  const Repaired expected = repair(bytes);
  CHECK(base::repair_utf8(bytes) == expected.text);
  CHECK(base::valid_utf8(bytes) == expected.valid);
  CHECK(base::count_code_points(bytes) == expected.code_points);
}

std::string from_hex(std::string_view digits) {
  std::string bytes;
  std::string pair;
  for (const char digit : digits) {
    if (digit == ' ') continue;
    pair += digit;
    if (pair.size() < 2) continue;
    bytes += static_cast<char>(std::stoi(pair, nullptr, 16));
    pair.clear();
  }
  return bytes;
}

}  // namespace

TEST_CASE("every code point is written and read back") {
  for (char32_t each = 0; each < 0x110000; ++each) {
    if (each == 0xd800) each = 0xe000;
    const std::string bytes = test::utf8({each});
    const base::Decoded decoded = base::decode_utf8(bytes.data(), bytes.data() + bytes.size());
    if (!decoded.well_formed || decoded.code_point != each || decoded.length != bytes.size()) {
      FAIL(std::uint32_t{each});
    }
  }
}

TEST_CASE("sequences of every pair and triple of telling bytes are repaired by maximal subparts") {
  constexpr std::string_view kTelling =
      "a\x7f\x80\x8f\x90\x9f\xa0\xbf\xc0\xc1\xc2\xdf\xe0\xe1\xec\xed\xee\xef\xf0\xf1\xf3\xf4\xf5"
      "\xff";
  for (const char first : kTelling) {
    check_as_oracle({first});
    for (const char second : kTelling) {
      check_as_oracle({first, second});
      for (const char third : kTelling) check_as_oracle({first, second, third, '\x80'});
    }
  }
}

TEST_CASE("random bytes are repaired by maximal subparts") {
  Random random(1);
  for (int i = 0; i < 20000; ++i) check_as_oracle(test::random_bytes(random, below(random, 12)));
}

TEST_CASE("one bad byte is found at every place of a long text") {
  const std::string text(100, 'x');
  for (std::size_t at = 0; at < text.size(); ++at) {
    std::string bad = text;
    bad[at] = '\x80';
    CHECK_FALSE(base::valid_utf8(bad));
    CHECK(base::ascii_prefix(bad) == at);
    CHECK(base::ascii_prefix_portable(bad) == at);
    CHECK(base::repair_utf8(bad) == bad.replace(at, 1, kReplacement));
  }
  CHECK(base::valid_utf8(text));
  CHECK(base::valid_utf8(""));
}

TEST_CASE("a run of small letters ends at any other byte, wherever it stands") {
  for (unsigned byte = 0; byte < 256; ++byte) {
    const auto other = static_cast<char>(byte);
    const bool small = byte >= 'a' && byte <= 'z';
    for (std::size_t at = 0; at < 20; ++at) {
      std::string text(20, at % 2 == 0 ? 'a' : 'z');
      text[at] = other;
      CHECK(base::small_letters_prefix(text.data(), text.data() + text.size()) ==
            (small ? text.size() : at));
    }
  }
}

TEST_CASE("repaired text is valid and is not changed again") {
  Random random(2);
  for (int i = 0; i < 2000; ++i) {
    const std::string bytes = test::random_bytes(random, 40) + test::random_text(random, 3);
    const std::string repaired = base::repair_utf8(bytes);
    CHECK(base::valid_utf8(repaired));
    CHECK(base::repair_utf8(repaired) == repaired);
    CHECK(base::count_code_points(repaired) == base::count_code_points(bytes));
  }
}

// Lines "number:invalid hex:BYTES:skipped:REPLACED" and "number:valid hex:BYTES".
TEST_CASE("the cases of utf8tests are repaired as its table says") {
  const auto path = test::shared_data("badinput/utf8tests/utf8tests.txt");
  if (!path) {
    WARN("skipped: no shared data; set WIRECOPY_DATA");
    return;
  }
  std::ifstream file(*path);
  int cases = 0;
  for (std::string line; std::getline(file, line);) {
    std::vector<std::string> fields(1);
    for (const char each : line) {
      if (each == ':') {
        fields.emplace_back();
      } else {
        fields.back() += each;
      }
    }
    const bool invalid = fields.size() == 5 && fields[1] == "invalid hex";
    if (line.starts_with('#') || (!invalid && (fields.size() < 3 || fields[1] != "valid hex"))) {
      continue;
    }
    CAPTURE(line);
    const std::string bytes = from_hex(fields[2]);
    CHECK(base::valid_utf8(bytes) == !invalid);
    CHECK(base::repair_utf8(bytes) == (invalid ? from_hex(fields[4]) : bytes));
    ++cases;
  }
  CHECK(cases > 100);
}

TEST_CASE("the UTF-8 stress test is repaired as the oracle does") {
  const auto path = test::shared_data("badinput/utf8-kuhn/UTF-8-test.txt");
  if (!path) {
    WARN("skipped: no shared data; set WIRECOPY_DATA");
    return;
  }
  check_as_oracle(base::read_file(*path));
}
