#include <set>
#include <string>

#include "align/chains.h"
#include "align/edit_distance.h"
#include "align/extension.h"
#include "align/letter_set.h"
#include "align/match_finder.h"
#include "catch.h"
#include "edit_oracle.h"

using namespace wirecopy;
using namespace wirecopy::align_detail;
using oracle::below;
using oracle::Random;

namespace {

template <typename Unit>
std::vector<Unit> random_letters(Random& random, std::size_t count, std::size_t alphabet) {
  std::vector<Unit> letters(count);
  for (Unit& letter : letters) letter = static_cast<Unit>('a' + below(random, alphabet));
  return letters;
}

// The text with about `rate` of a hundred letters replaced, dropped or doubled.
template <typename Unit>
std::vector<Unit> noisy(Random& random, const std::vector<Unit>& letters, std::size_t rate) {
  std::vector<Unit> copy;
  for (const Unit letter : letters) {
    const std::size_t kind = below(random, 100) < rate ? 1 + below(random, 3) : 0;
    if (kind == 1) copy.push_back(static_cast<Unit>('a' + below(random, 26)));
    if (kind == 2) continue;
    if (kind == 3) copy.push_back(letter);
    if (kind != 1) copy.push_back(letter);
  }
  return copy;
}

template <typename Unit>
std::span<const Unit> view(const std::vector<Unit>& letters) {
  return letters;
}

}  // namespace

TEMPLATE_TEST_CASE("edit distance is that of the whole matrix", "", Narrow, Wide) {
  Random random(1);
  EditDistance<TestType> distance;
  for (int round = 0; round < 600; ++round) {
    const std::size_t alphabet = 1 + below(random, 26);
    const auto a = random_letters<TestType>(random, below(random, 200), alphabet);
    const auto b = round % 2 == 0 ? noisy(random, a, below(random, 60))
                                  : random_letters<TestType>(random, below(random, 200), alphabet);
    CAPTURE(round, a.size(), b.size());
    REQUIRE(distance(a, b) == oracle::edit_distance(view(a), view(b)));
    REQUIRE(distance(b, a) == oracle::edit_distance(view(a), view(b)));
  }
}

TEST_CASE("edit distance tells letters apart that share a slot") {
  std::vector<Wide> a;
  std::vector<Wide> b;
  for (Wide i = 0; i < 64; ++i) a.push_back(0x4e00 + 128 * i);
  for (Wide i = 0; i < 90; ++i) b.push_back(0x4e00 + 64 * i);
  CHECK(EditDistance<Wide>()(a, b) == oracle::edit_distance(view(a), view(b)));
}

TEMPLATE_TEST_CASE("runs of equal letters are counted exactly, ahead and behind", "", Narrow,
                   Wide) {
  Random random(2);
  for (int round = 0; round < 2000; ++round) {
    const auto a = random_letters<TestType>(random, 60, 2);
    auto b = a;
    b[below(random, 60)] = 'z';
    const std::size_t x = below(random, 61);
    std::uint32_t ahead = 0;
    while (x + ahead < 60 && a[x + ahead] == b[x + ahead]) ++ahead;
    std::uint32_t behind = 0;
    while (behind < x && a[x - behind - 1] == b[x - behind - 1]) ++behind;
    REQUIRE(equal_ahead(a.data() + x, b.data() + x, static_cast<std::uint32_t>(60 - x)) == ahead);
    REQUIRE(equal_behind(a.data() + x, b.data() + x, static_cast<std::uint32_t>(x)) == behind);
  }
}

TEMPLATE_TEST_CASE("an extension's edits turn one side into the other", "", Narrow, Wide) {
  Random random(3);
  for (int round = 0; round < 500; ++round) {
    const auto a = random_letters<TestType>(random, below(random, 120), 20);
    const auto b = noisy(random, a, below(random, 30));
    const Extension ahead = extend<Direction::ahead>(a.data(), a.size(), b.data(), b.size());
    REQUIRE(ahead.x <= a.size());
    REQUIRE(ahead.y <= b.size());
    REQUIRE(ahead.edits == oracle::edit_distance(view(a).first(ahead.x), view(b).first(ahead.y)));
    const std::vector<TestType> back_a(a.rbegin(), a.rend());
    const std::vector<TestType> back_b(b.rbegin(), b.rend());
    const Extension behind = extend<Direction::behind>(back_a.data() + a.size(), a.size(),
                                                       back_b.data() + b.size(), b.size());
    REQUIRE(behind.x == ahead.x);
    REQUIRE(behind.y == ahead.y);
    REQUIRE(behind.edits == ahead.edits);
  }
}

TEST_CASE("an extension passes a wrong letter and stops where the texts part") {
  const std::string a = "thesamewordswithoneletterwrongandthenqqqqqqqqqqqqqqqqqqqqqq";
  const std::string b = "thesamewordswithonelexterwrongandthenzzzzzzzzzzzzzzzzzzzzzz";
  const auto units = [](const std::string& text) {
    return std::vector<Narrow>(text.begin(), text.end());
  };
  const Extension extension =
      extend<Direction::ahead>(units(a).data(), a.size(), units(b).data(), b.size());
  CHECK(extension.x == a.find('q'));
  CHECK(extension.y == b.find('z'));
  CHECK(extension.edits == 1);
}

TEST_CASE("a letter set counts and finds free letters like a list of flags") {
  Random random(4);
  for (int round = 0; round < 300; ++round) {
    const std::size_t size = 1 + below(random, 300);
    std::vector<bool> flags(size);
    LetterSet set;
    set.reset(size);
    for (std::size_t i = below(random, 4); i > 0; --i) {
      const std::size_t begin = below(random, size);
      const std::size_t end = begin + below(random, std::min<std::size_t>(80, size - begin) + 1);
      set.insert(begin, end);
      std::fill(flags.begin() + static_cast<std::ptrdiff_t>(begin),
                flags.begin() + static_cast<std::ptrdiff_t>(end), true);
    }
    const std::size_t from = below(random, size + 1);
    const std::size_t most_ahead = below(random, size - from + 1);
    const std::size_t most_behind = below(random, from + 1);
    std::size_t ahead = 0;
    while (ahead < most_ahead && !flags[from + ahead]) ++ahead;
    std::size_t behind = 0;
    while (behind < most_behind && !flags[from - behind - 1]) ++behind;
    REQUIRE(set.free_ahead(from, most_ahead) == ahead);
    REQUIRE(set.free_behind(from, most_behind) == behind);
    const auto begin = flags.begin();
    REQUIRE(set.count(0, from) == static_cast<std::uint64_t>(std::count(
                                      begin, begin + static_cast<std::ptrdiff_t>(from), true)));
  }
}

TEMPLATE_TEST_CASE("every k-gram indexed is found at its place, in order", "", Narrow, Wide) {
  Random random(5);
  SeedIndex<TestType> index;
  for (const std::uint32_t k : {4U, 5U, 7U, 8U, 9U, 12U, 13U, 16U}) {
    for (const std::uint32_t step : {1U, 3U, 4U, 8U}) {
      const auto text = random_letters<TestType>(random, 40 + below(random, 400), 3);
      index.build(text, k, step);
      for (std::size_t place = 0; place + k <= text.size(); place += step) {
        const std::uint64_t hash = seed_hash(text.data() + place, k);
        REQUIRE(index.may_hold(hash));
        const auto places = index.places(hash);
        REQUIRE(std::is_sorted(places.begin(), places.end()));
        REQUIRE(std::count(places.begin(), places.end(), place) == 1);
      }
    }
  }
}

// Outside matches already found every place is looked up, so a long run is missed by no seed.
TEMPLATE_TEST_CASE("matches are maximal, and no long common run is missed", "", Narrow, Wide) {
  Random random(6);
  SeedIndex<TestType> index;
  MatchFinder<TestType> finder;
  std::vector<Match> matches;
  for (int round = 0; round < 200; ++round) {
    const auto a = random_letters<TestType>(random, 50 + below(random, 300), 4);
    const auto b = noisy(random, a, 1 + below(random, 20));
    index.build(b, 9, 4);
    REQUIRE(finder.find(a, b, index, 70, 0, matches));
    for (const Match& match : matches) {
      REQUIRE(match.length >= 9);
      REQUIRE(match.x + match.length <= a.size());
      REQUIRE(match.y + match.length <= b.size());
      REQUIRE(
          std::equal(a.begin() + match.x, a.begin() + match.x + match.length, b.begin() + match.y));
      const std::size_t end_x = match.x + match.length;
      const std::size_t end_y = match.y + match.length;
      if (end_x < a.size() && end_y < b.size()) REQUIRE(a[end_x] != b[end_y]);
    }
    // 12 = 9 letters and 3 places to the next indexed one.
    for (const oracle::Run& run : oracle::common_runs(view(a), view(b), 12)) {
      const bool covered = std::any_of(matches.begin(), matches.end(), [&](const Match& match) {
        return match.x <= run.x && match.x + match.length >= run.x + run.length;
      });
      CAPTURE(round, run.x, run.y, run.length);
      REQUIRE(covered);
    }
  }
}

TEST_CASE("chains take no match twice and ascend without overlap on both sides") {
  Random random(7);
  Chainer chainer;
  for (int round = 0; round < 300; ++round) {
    std::vector<Match> matches;
    for (std::size_t i = 1 + below(random, 150); i > 0; --i) {
      matches.push_back({static_cast<std::uint32_t>(below(random, 900)),
                         static_cast<std::uint32_t>(below(random, 900)),
                         static_cast<std::uint32_t>(12 + below(random, 60))});
    }
    const AlignRule rule;
    chainer.chain(matches, rule);
    std::set<Match> left(matches.begin(), matches.end());
    std::int64_t score = chainer.chains().empty() ? 0 : chainer.chains().front().score;
    for (const Chain& chain : chainer.chains()) {
      REQUIRE(chain.score <= score);
      REQUIRE(chain.score >= Chainer::kWorthALook);
      score = chain.score;
      const auto linked = chainer.links(chain);
      for (const Match& link : linked) {  // the end of a match
        const auto match = std::find_if(left.begin(), left.end(), [&](const Match& each) {
          return each.x <= link.x && each.x + each.length == link.x + link.length &&
                 each.y + each.length == link.y + link.length;
        });
        REQUIRE(match != left.end());
        left.erase(match);
      }
      for (std::size_t i = 1; i < linked.size(); ++i) {
        const Match& before = linked[i - 1];
        REQUIRE(linked[i].length > 0);
        REQUIRE(linked[i].x >= before.x + before.length);
        REQUIRE(linked[i].y >= before.y + before.length);
        REQUIRE(linked[i].x - (before.x + before.length) <= rule.max_gap);
        REQUIRE(linked[i].y - (before.y + before.length) <= rule.max_gap);
      }
    }
  }
}

TEST_CASE("of matches far apart those of 23 letters and more are chains") {
  std::vector<Match> matches;
  for (std::uint32_t length = 12; length < 40; ++length) {
    matches.push_back({1000 * length, 1000 * length, length});
  }
  Chainer chainer;
  chainer.chain(matches, {});
  std::vector<std::uint32_t> lengths;
  for (const Chain& chain : chainer.chains()) {
    const auto linked = chainer.links(chain);
    REQUIRE(linked.size() == 1);
    lengths.push_back(linked.front().length);
  }
  std::vector<std::uint32_t> expected;
  for (std::uint32_t length = 39; length >= 23; --length) expected.push_back(length);
  CHECK(lengths == expected);
}
