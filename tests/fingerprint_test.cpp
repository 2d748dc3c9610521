#include "wirecopy/fingerprint.h"

#include <algorithm>
#include <bit>
#include <map>
#include <numeric>
#include <set>
#include <string>

#include "base/hash.h"
#include "base/utf8.h"
#include "catch.h"
#include "fingerprint/winnow.h"
#include "oracle.h"
#include "stories.h"
#include "wirecopy/error.h"

namespace wirecopy {
namespace {

using oracle::Random;

std::set<std::uint64_t> names_of(const Fingerprints& fingerprints) {
  std::set<std::uint64_t> names;
  for (const Fingerprint& fingerprint : fingerprints.values) names.insert(fingerprint.name);
  return names;
}

Fingerprints fingerprint(std::string_view utf8, const Winnowing& winnowing) {
  return Fingerprinter(winnowing).fingerprint(normalize(utf8));
}

Winnowing keep_all(std::uint32_t gram, std::uint32_t window) {
  return {gram, window, Kept::all, {}};
}

std::string letters(Random& random, std::size_t count, std::size_t alphabet) {
  std::string text(count, 'a');
  for (char& letter : text) letter = static_cast<char>('a' + oracle::below(random, alphabet));
  return text;
}

// Winnowing as the paper defines it: of every window the rightmost smallest hash.
std::vector<std::uint32_t> paper_winnow(const std::vector<std::uint32_t>& letter_hashes,
                                        std::size_t gram, std::size_t window) {
  std::vector<std::uint32_t> hashes;
  for (std::size_t i = 0; i + gram <= letter_hashes.size(); ++i) {
    std::uint32_t hash = 0;
    for (std::size_t j = 0; j < gram; ++j) hash = std::rotl(hash, 1) ^ letter_hashes[i + j];
    hashes.push_back(hash);
  }
  window = std::min(window, hashes.size());
  std::set<std::uint32_t> chosen;
  for (std::size_t begin = 0; begin + window <= hashes.size(); ++begin) {
    std::size_t best = begin;
    for (std::size_t i = begin; i < begin + window; ++i) {
      if (hashes[i] <= hashes[best]) best = i;
    }
    chosen.insert(static_cast<std::uint32_t>(best));
  }
  return {chosen.begin(), chosen.end()};
}

std::vector<std::uint32_t> winnowed(const decltype(fingerprint::winnow)& kernel,
                                    const std::vector<std::uint32_t>& hashes, std::uint32_t gram,
                                    std::uint32_t window) {
  std::vector<std::uint32_t> chosen(hashes.size() + fingerprint::kScribble);
  chosen.resize(kernel(hashes, gram, window, chosen.data()));
  return chosen;
}

TEST_CASE("the choice is that of the paper, ties and short texts included", "[fingerprint]") {
  Random random(1);
  // Two letters make many equal grams, so many ties; one letter makes nothing else.
  const std::size_t alphabet = GENERATE(1U, 2U, 30U);
  for (int round = 0; round < 400; ++round) {
    const auto gram = static_cast<std::uint32_t>(4 + oracle::below(random, 29));
    const auto window = static_cast<std::uint32_t>(1 + oracle::below(random, round % 9 ? 40 : 256));
    std::vector<std::uint32_t> alphabet_hashes(alphabet);
    for (std::uint32_t& hash : alphabet_hashes) hash = static_cast<std::uint32_t>(random());
    std::vector<std::uint32_t> hashes(gram + oracle::below(random, round % 9 ? 200 : 2000));
    for (std::uint32_t& hash : hashes) hash = alphabet_hashes[oracle::below(random, alphabet)];
    CAPTURE(round, gram, window, hashes.size());
    const std::vector<std::uint32_t> expected = paper_winnow(hashes, gram, window);
    REQUIRE(winnowed(fingerprint::winnow, hashes, gram, window) == expected);
    REQUIRE(winnowed(fingerprint::winnow_portable, hashes, gram, window) == expected);
  }
}

TEST_CASE("the hash of an ASCII letter is that of the table", "[fingerprint]") {
  Random random(3);
  std::array<std::uint32_t, 128> table{};
  for (std::uint32_t& hash : table) hash = static_cast<std::uint32_t>(random());
  for (std::size_t size = 0; size < 100; ++size) {
    std::string text;
    std::vector<std::uint32_t> expected;
    for (std::size_t i = 0; i < size; ++i) {
      text += "abcdefghijklmnopqrstuvwxyz0123456789"[oracle::below(random, 36)];
      expected.push_back(table[static_cast<unsigned char>(text.back())]);
    }
    std::vector<std::uint32_t> hashes(size);
    fingerprint::hash_ascii(text, table, hashes.data());
    CHECK(hashes == expected);
    fingerprint::hash_ascii_portable(text, table, hashes.data());
    CHECK(hashes == expected);
  }
}

TEST_CASE("texts that share a run of t letters share a fingerprint", "[fingerprint]") {
  Random random(2);
  const std::size_t alphabet = GENERATE(2U, 26U);
  const Winnowing winnowing = GENERATE(keep_all(24, 17), keep_all(16, 25), keep_all(12, 8),
                                       keep_all(9, 1), keep_all(5, 256));
  const Fingerprinter fingerprinter(winnowing);
  for (int round = 0; round < 200; ++round) {
    const std::string run = letters(random, winnowing.guarantee(), alphabet);
    const auto around = [&] { return letters(random, oracle::below(random, 400), alphabet); };
    const Fingerprints a = fingerprinter.fingerprint(normalize(around() + run + around()));
    const Fingerprints b = fingerprinter.fingerprint(normalize(around() + run + around()));
    const std::set<std::uint64_t> names = names_of(a);
    REQUIRE(std::any_of(b.values.begin(), b.values.end(),
                        [&](const Fingerprint& each) { return names.contains(each.name); }));
  }
}

TEST_CASE("unrelated texts share no fingerprint", "[fingerprint]") {
  Random random(3);
  const std::set<std::uint64_t> a =
      names_of(fingerprint(letters(random, 20'000, 26), kOcrWinnowing));
  const std::set<std::uint64_t> b =
      names_of(fingerprint(letters(random, 20'000, 26), kOcrWinnowing));
  CHECK(std::none_of(a.begin(), a.end(), [&](std::uint64_t name) { return b.contains(name); }));
}

TEST_CASE("a fingerprint names the gram at its place, in every script", "[fingerprint]") {
  const std::string text = GENERATE(
      test::story(4),
      std::string("Ἐν ἀρχῇ ἦν ὁ λόγος, καὶ ὁ λόγος ἦν πρὸς τὸν θεόν, καὶ θεὸς ἦν ὁ "
                  "λόγος. οὗτος ἦν ἐν ἀρχῇ πρὸς τὸν θεόν."),
      std::string(
          "国境の長いトンネルを抜けると雪国であった。夜の底が白くなった。信号所に汽車が止まった"
          "。国境の長いトンネルを抜けると雪国であった。夜の底が白くなった。"));
  const NormalizedText normalized = normalize(text);
  const std::string_view all = normalized.letters();
  const Winnowing winnowing = keep_all(8, 5);
  const Fingerprints fingerprints = Fingerprinter(winnowing).fingerprint(normalized);
  REQUIRE(fingerprints.values.size() > 5);
  std::map<std::uint64_t, std::string_view> gram_of;
  std::map<std::string_view, std::uint64_t> name_of;
  std::uint32_t last = 0;
  for (const Fingerprint& fingerprint : fingerprints.values) {
    CHECK(fingerprint.begin >= last);
    last = fingerprint.begin;
    REQUIRE(base::begins_code_point(all[fingerprint.begin]));
    std::size_t end = fingerprint.begin;
    for (std::uint32_t letter = 0; letter < winnowing.gram; ++letter) {
      REQUIRE(end < all.size());
      end += base::decode_utf8(all.data() + end, all.data() + all.size()).length;
    }
    const std::string_view gram = all.substr(fingerprint.begin, end - fingerprint.begin);
    CHECK(gram_of.emplace(fingerprint.name, gram).first->second == gram);
    CHECK(name_of.emplace(gram, fingerprint.name).first->second == fingerprint.name);
  }
}

TEST_CASE("ASCII letters are fingerprinted alike among letters of other scripts", "[fingerprint]") {
  Random random(5);
  const Winnowing winnowing = GENERATE(keep_all(24, 17), keep_all(12, 8), keep_all(9, 1));
  for (int round = 0; round < 100; ++round) {
    const std::string ascii = letters(random, winnowing.guarantee() + oracle::below(random, 500),
                                      1 + oracle::below(random, 26));
    const Fingerprints alone = fingerprint(ascii, winnowing);
    Fingerprints followed = fingerprint(ascii + "λ", winnowing);
    // The one window more may choose one gram more.
    REQUIRE(followed.values.size() <= alone.values.size() + 1);
    followed.values.resize(alone.values.size());
    REQUIRE(followed.values == alone.values);
  }
}

TEST_CASE("what is kept is decided by the names, and short texts keep all", "[fingerprint]") {
  const Kept kept = GENERATE(Kept::half, Kept::quarter);
  const std::string text = test::story(6, 2000);
  const Fingerprints all = fingerprint(text, keep_all(24, 17));
  const Fingerprints some = fingerprint(text, {24, 17, kept, {}});
  CHECK(all.kept == Kept::all);
  CHECK(some.kept == kept);
  std::vector<Fingerprint> expected = all.values;
  std::erase_if(expected, [&](const Fingerprint& each) { return !keeps(kept, each.name); });
  CHECK(some.values == expected);
  const double share =
      static_cast<double>(some.values.size()) / static_cast<double>(all.values.size());
  CHECK(share == Approx(kept == Kept::half ? 0.5 : 0.25).margin(0.05));

  const NormalizedText normalized = normalize(text);
  const std::string start(normalized.letters().substr(0, kSampledFromLetters));
  CHECK(fingerprint(start, {24, 17, kept, {}}).kept == kept);
  const std::string shorter = start.substr(0, kSampledFromLetters - 1);
  CHECK(fingerprint(shorter, {24, 17, kept, {}}).kept == Kept::all);
  CHECK(fingerprint(shorter, {24, 17, kept, {}}).values ==
        fingerprint(shorter, keep_all(24, 17)).values);
  // Letters are code points: these are more bytes than 600.
  std::string greek;
  for (std::uint32_t i = 0; i + 1 < kSampledFromLetters; ++i) greek += "λ";
  CHECK(fingerprint(greek, {24, 17, kept, {}}).kept == Kept::all);
  CHECK(fingerprint(greek + "λ", {24, 17, kept, {}}).kept == kept);
}

TEST_CASE("two grams in w + 1 are chosen", "[fingerprint]") {
  const Winnowing winnowing = GENERATE(keep_all(24, 17), keep_all(16, 25), keep_all(12, 8));
  const NormalizedText text = normalize(test::story(7, 20'000));
  const Fingerprints fingerprints = Fingerprinter(winnowing).fingerprint(text);
  const double density =
      static_cast<double>(fingerprints.values.size()) / static_cast<double>(text.letters().size());
  CHECK(density == Approx(2.0 / (winnowing.window + 1)).epsilon(0.05));
}

TEST_CASE("a text without k letters has no fingerprints, one without t letters has some",
          "[fingerprint]") {
  Random random(8);
  const std::string text = letters(random, 39, 26);
  for (std::size_t length = 0; length <= text.size(); ++length) {
    CAPTURE(length);
    CHECK(fingerprint(text.substr(0, length), kNewsWinnowing).values.empty() == (length < 24));
  }
  CHECK(fingerprint("?! – …", kNewsWinnowing).values.empty());
}

TEST_CASE("a text that repeats itself has few fingerprints, of every name", "[fingerprint]") {
  const std::string period = GENERATE("a", "ab", "haha", "abcdefghijk");
  std::string text;
  while (text.size() < 100'000) text += period;
  const Fingerprints fingerprints = fingerprint(text, keep_all(24, 17));
  CHECK(fingerprints.values.size() < 2 * text.size() / 17 + 2);
  CHECK(names_of(fingerprints).size() <= period.size());
  // A short text of the same has the same names.
  CHECK(names_of(fingerprint(text.substr(0, 200), keep_all(24, 17))) == names_of(fingerprints));
}

TEST_CASE("a word of five million letters is fingerprinted", "[fingerprint]") {
  Random random(9);
  const std::string text = letters(random, 5'000'000, 20);
  CHECK(fingerprint(text, kNewsWinnowing).values.size() > 250'000);
}

TEST_CASE("a fingerprinter forgets the text before", "[fingerprint]") {
  const Fingerprinter fingerprinter(kNewsWinnowing);
  Fingerprinter::Scratch scratch;
  Fingerprints into;
  Random random(10);
  for (int round = 0; round < 50; ++round) {
    std::string text = test::story(random(), oracle::below(random, 400));
    if (round % 3 == 0) text += " ligne d’été";
    const NormalizedText normalized = normalize(text);
    fingerprinter.fingerprint(normalized, scratch, into);
    const Fingerprints fresh = fingerprinter.fingerprint(normalized);
    CHECK(into.values == fresh.values);
    CHECK(into.kept == fresh.kept);
  }
}

TEST_CASE("two keys choose and name differently", "[fingerprint]") {
  const std::string text = test::story(11);
  const auto names = [&](const Key& key) {
    return names_of(fingerprint(text, {24, 17, Kept::all, key}));
  };
  const std::set<std::uint64_t> published = names(Key());
  for (const Key key : {Key({1, 2}), Key({1, 3}), Key({2, 2})}) {
    const std::set<std::uint64_t> other = names(key);
    CHECK(std::none_of(other.begin(), other.end(),
                       [&](std::uint64_t name) { return published.contains(name); }));
  }
}

TEST_CASE("grams and windows out of range are refused by name", "[fingerprint]") {
  CHECK_THROWS_AS(Fingerprinter(keep_all(3, 17)), Error);
  CHECK_THROWS_AS(Fingerprinter(keep_all(33, 17)), Error);
  CHECK_THROWS_AS(Fingerprinter(keep_all(24, 0)), Error);
  CHECK_THROWS_WITH(Fingerprinter(keep_all(24, 257)), Catch::Contains("257"));
  CHECK_NOTHROW(Fingerprinter(keep_all(4, 1)));
  CHECK_NOTHROW(Fingerprinter(keep_all(32, 256)));
}

// Fingerprints are stored. These values never change; another rule gets another version instead.
TEST_CASE("fingerprints under the published key are those of the first release",
          "[fingerprint][golden]") {
  const auto digest = [](const Fingerprints& fingerprints) {
    return std::accumulate(fingerprints.values.begin(), fingerprints.values.end(), std::uint64_t{0},
                           [](std::uint64_t sum, const Fingerprint& each) {
                             return base::mix64(sum ^ each.name ^ base::mix64(each.begin));
                           });
  };
  const std::string text = test::story(12, 500) + " Ἐν ἀρχῇ ἦν ὁ λόγος " + std::string(60, 'a');
  CHECK(digest(fingerprint(text, kFastWinnowing)) == 0x43fafff25abf9a6c);
  CHECK(digest(fingerprint(text, kNewsWinnowing)) == 0xc58274555910cbfc);
  CHECK(digest(fingerprint(text, kBroadWinnowing)) == 0x1720959316d98d89);
  CHECK(digest(fingerprint(text, kOcrWinnowing)) == 0xaecd40ff6deaa208);
  const Fingerprints one = fingerprint("Nothing is so painful", {16, 25, Kept::all, {}});
  REQUIRE(one.values.size() == 1);
  CHECK(one.values[0].begin == 0);
  CHECK(one.values[0].name == 0xa779ddfc3c5070c2);
}

}  // namespace
}  // namespace wirecopy
