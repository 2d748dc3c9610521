// Texts and rows without their cuts, and the bytes that bring them back.
#include <fmt/format.h>

#include "base/json.h"
#include "catch.h"
#include "random_text.h"
#include "wirecopy/clean.h"

using namespace wirecopy;

namespace {

Cut cut_of(std::uint64_t begin, std::uint64_t end) {
  return {RepeatKind::block, {begin, end}, {}, 0};
}

// Ascending and disjoint, some of them next to each other.
std::vector<Cut> random_cuts(oracle::Random& random, std::uint64_t size) {
  std::vector<Cut> cuts;
  std::uint64_t at = 0;
  while (at < size) {
    const std::uint64_t begin = at + oracle::below(random, 9) * oracle::below(random, 9);
    const std::uint64_t end = begin + 1 + oracle::below(random, 12);
    if (end > size) break;
    cuts.push_back(cut_of(begin, end));
    at = end;
  }
  return cuts;
}

std::u32string without(const std::u32string& text, const std::vector<Cut>& cuts) {
  std::u32string rest = text;
  for (auto cut = cuts.rbegin(); cut != cuts.rend(); ++cut) {
    rest.erase(cut->span.begin, cut->span.end - cut->span.begin);
  }
  return rest;
}

std::string unit(char32_t value, oracle::Random& random) {
  return oracle::below(random, 2) == 0 ? fmt::format("\\u{:04x}", static_cast<unsigned>(value))
                                       : fmt::format("\\u{:04X}", static_cast<unsigned>(value));
}

// One code point in one of the ways in which JSON can write it.
std::string random_spelling(char32_t point, oracle::Random& random) {
  constexpr std::u32string_view kShort = U"\"\\/\b\f\n\r\t";
  const std::size_t place = kShort.find(point);
  const bool must = point < 0x20 || point == '"' || point == '\\';
  if (place != std::u32string_view::npos && oracle::below(random, 3) != 0) {
    return {'\\', "\"\\/bfnrt"[place]};
  }
  if (!must && oracle::below(random, 4) != 0) return test::utf8(std::u32string(1, point));
  if (point < 0x10000) return unit(point, random);
  const char32_t rest = point - 0x10000;
  return unit(0xd800 + (rest >> 10U), random) + unit(0xdc00 + (rest & 0x3ffU), random);
}

std::u32string random_points(oracle::Random& random) {
  std::u32string text;
  for (std::size_t i = oracle::below(random, 12); i > 0; --i) {
    text += test::code_points(test::random_text(random, 1 + oracle::below(random, 3)));
    constexpr std::array<std::u32string_view, 8> kBetween{
        U"\r\n", U"\u2028", U"\u2029", U"\"", U"\\", U"\U0001F600", U"\U0001F468\u200D\U0001F469",
        U"\n\n"};
    text += kBetween[oracle::below(random, kBetween.size())];
  }
  return text;
}

// What undo does, byte by byte.
std::string reinserted(std::string row, const std::vector<RemovedBytes>& removed) {
  for (const RemovedBytes& each : removed) row.insert(each.at, each.bytes);
  return row;
}

}  // namespace

TEST_CASE("a row loses the bytes of its cuts, escapes and all, and nothing else") {
  const std::string row = R"({"text":"a\n\"b\" \u2019\ud83d\ude00 é😀","z":"a\n"})";
  const std::string_view source = std::string_view(row).substr(9, row.find("\",\"z") - 9);
  std::vector<RemovedBytes> removed;
  CHECK(cut_row(row, source, std::vector{cut_of(1, 3), cut_of(6, 8), cut_of(9, 11)}, removed) ==
        R"({"text":"ab\"  ","z":"a\n"})");
  CHECK(removed ==
        std::vector<RemovedBytes>{{10, R"(\n\")"}, {18, R"(\u2019\ud83d\ude00)"}, {37, "é😀"}});
}

TEST_CASE("without cuts text and row stay as they are") {
  const std::string row = R"({"text":"a"})";
  std::vector<RemovedBytes> removed{{1, "left over"}};
  CHECK(cut_row(row, std::string_view(row).substr(9, 1), {}, removed) == row);
  CHECK(removed.empty());
  CHECK(cut_text("a", {}) == "a");
  CHECK(cut_text("", {}).empty());
}

TEST_CASE("a text counts an ill-formed sequence as one code point") {
  CHECK(cut_text("a\xff\xe2\x80z", std::vector{cut_of(1, 2)}) == "a\xe2\x80z");
  CHECK(cut_text("a\xff\xe2\x80z", std::vector{cut_of(2, 3)}) == "a\xffz");
}

TEST_CASE("a cut row reads as the cut text, and its removed bytes make it whole again") {
  oracle::Random random(43);
  base::JsonRowReader reader;
  for (int round = 0; round < 3000; ++round) {
    const std::u32string points = random_points(random);
    const std::string text = test::utf8(points);
    const std::vector<Cut> cuts = random_cuts(random, points.size());
    CAPTURE(round, text);

    std::string row = "{\"id\":\"\\u0031\", \"text\" : \"";
    const std::size_t begin = row.size();
    for (const char32_t point : points) row += random_spelling(point, random);
    const std::size_t end = row.size();
    row += "\" ,\"text2\":\"\\n\"}\r";

    std::vector<RemovedBytes> removed;
    const std::string_view source = std::string_view(row).substr(begin, end - begin);
    const std::string cut = cut_row(row, source, cuts, removed);
    REQUIRE(reader.parse(cut));
    const std::string expected = test::utf8(without(points, cuts));
    REQUIRE(cut_text(text, cuts) == expected);
    REQUIRE(reader.string("text") == expected);
    REQUIRE(reinserted(cut, removed) == row);

    const std::vector<std::string_view> texts = removed_texts(text, cuts);
    REQUIRE(texts.size() == cuts.size());
    REQUIRE(removed.size() == cuts.size());
    for (std::size_t i = 0; i < cuts.size(); ++i) {
      const Span span = cuts[i].span;
      REQUIRE(texts[i] == test::utf8(points.substr(span.begin, span.end - span.begin)));
      REQUIRE(reader.parse("{\"t\":\"" + removed[i].bytes + "\"}"));
      REQUIRE(reader.string("t") == texts[i]);
    }
  }
}
