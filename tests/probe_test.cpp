#include "wirecopy/probe.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <set>

#include "base/hash.h"
#include "base/parallel.h"
#include "catch.h"
#include "oracle.h"
#include "stories.h"
#include "temporary_folder.h"
#include "wirecopy/error.h"

namespace wirecopy {
namespace {

using oracle::Random;
using Pairs = std::vector<CandidatePair>;

// Documents as a probe sees them.
struct Corpus {
  std::vector<Fingerprints> votes;
  std::vector<std::uint32_t> order;
  std::vector<std::uint64_t> id_hashes;

  void add(Fingerprints fingerprints) {
    order.push_back(static_cast<std::uint32_t>(votes.size()));
    id_hashes.push_back(base::mix64(votes.size() + 1));
    votes.push_back(std::move(fingerprints));
  }
};

Fingerprints from_names(const std::vector<std::uint64_t>& names, Kept kept = Kept::all) {
  Fingerprints fingerprints;
  fingerprints.kept = kept;
  for (const std::uint64_t name : names) fingerprints.values.push_back({name, 0});
  return fingerprints;
}

Proposals probe(const Corpus& corpus, const Probing& probing, std::uint32_t threads = 1,
                std::uint64_t memory = std::numeric_limits<std::uint64_t>::max(),
                const std::string& folder = "") {
  Probe collected(probing, memory, folder);
  for (std::uint32_t i = 0; i < corpus.votes.size(); ++i) collected.add(i, corpus.votes[i]);
  return base::Threads(threads).run(
      [&] { return std::move(collected).propose(corpus.order, corpus.id_hashes); });
}

// By the definition, over sets: no list is cut.
Pairs brute_force(const Corpus& corpus, const Probing& probing) {
  const auto names = [&](std::uint32_t document, bool common) {
    std::set<std::uint64_t> set;
    for (const Fingerprint& each : corpus.votes[document].values) {
      if (!common || keeps(probing.kept, each.name)) set.insert(each.name);
    }
    return set;
  };
  Pairs pairs;
  const auto count = static_cast<std::uint32_t>(corpus.votes.size());
  for (std::uint32_t a = 0; a < count; ++a) {
    for (std::uint32_t b = a + 1; b < count; ++b) {
      const bool common = corpus.votes[a].kept != Kept::all || corpus.votes[b].kept != Kept::all;
      const std::set<std::uint64_t> names_a = names(a, common);
      const std::set<std::uint64_t> names_b = names(b, common);
      std::uint64_t shared = 0;
      for (const std::uint64_t name : names_a) shared += names_b.count(name);
      const std::uint64_t smaller = std::min(names_a.size(), names_b.size());
      if (shared >= probing.min_shared && shared * 1'000'000 >= smaller * probing.min_share) {
        pairs.push_back({a, b});
      }
    }
  }
  return pairs;
}

// Documents of up to 40 names, repeats included, from a few hundred; some short, which keep all.
Corpus random_corpus(Random& random, std::size_t documents, Kept kept, std::size_t names) {
  Corpus corpus;
  for (std::size_t i = 0; i < documents; ++i) {
    const bool is_short = kept == Kept::all || oracle::below(random, 3) == 0;
    std::vector<std::uint64_t> chosen;
    for (std::size_t count = oracle::below(random, 40); count > 0; --count) {
      const std::uint64_t name = base::mix64(1 + oracle::below(random, names));
      if (is_short || keeps(kept, name)) chosen.push_back(name);
    }
    corpus.add(from_names(chosen, is_short ? Kept::all : kept));
  }
  return corpus;
}

// Stories in 40 edited copies and strangers, all with stock words: lists of all lengths.
Corpus news(std::size_t documents, const Winnowing& winnowing) {
  Random random(documents);
  const Fingerprinter fingerprinter(winnowing);
  const std::string stock = test::story(1, 60);
  Corpus corpus;
  for (std::size_t i = 0; i < documents; ++i) {
    std::string text =
        i % 2 == 0 ? test::story(1000 + i, 200) : test::edited_story(2 + i % 5, 10, i, 200);
    if (i % 3 == 0) text += " " + stock;
    corpus.add(fingerprinter.fingerprint(normalize(text)));
    corpus.id_hashes.back() = random();
  }
  return corpus;
}

std::size_t groups(const Pairs& pairs, std::size_t documents) {
  std::vector<std::uint32_t> parent(documents);
  std::iota(parent.begin(), parent.end(), 0U);
  const auto root = [&](std::uint32_t document) {
    while (parent[document] != document) document = parent[document];
    return document;
  };
  std::size_t count = documents;
  for (const auto [a, b] : pairs) {
    const std::uint32_t root_a = root(a);
    const std::uint32_t root_b = root(b);
    if (root_a == root_b) continue;
    parent[root_b] = root_a;
    --count;
  }
  return count;
}

TEST_CASE("candidates are those of brute force over sets", "[probe]") {
  Random random(1);
  const Kept kept = GENERATE(Kept::all, Kept::half, Kept::quarter);
  const std::uint32_t share = GENERATE(0U, 50'000U, 150'000U, 1'000'000U);
  for (int round = 0; round < 20; ++round) {
    const Corpus corpus = random_corpus(random, 60, kept, 100 + 50 * oracle::below(random, 10));
    const Probing probing{kept, 1 + static_cast<std::uint32_t>(oracle::below(random, 4)), share,
                          200};
    const Proposals proposals = probe(corpus, probing);
    CAPTURE(round, probing.min_shared);
    REQUIRE(proposals.pairs == brute_force(corpus, probing));
    CHECK(proposals.counts.documents == 60);
    CHECK(proposals.counts.hot_lists == 0);
    CHECK(proposals.counts.longest_list <= 60);
  }
}

TEST_CASE("counts tell what the lists are", "[probe]") {
  Corpus corpus;
  // Names 1 and 2 in all of ten documents, 3 in two, the rest in one each; one name twice.
  for (std::uint64_t i = 0; i < 10; ++i) {
    std::vector<std::uint64_t> names = {base::mix64(1), base::mix64(2), base::mix64(100 + i),
                                        base::mix64(1)};
    if (i < 2) names.push_back(base::mix64(3));
    corpus.add(from_names(names));
  }
  ProbeCounts expected;
  expected.documents = 10;
  expected.postings = 32;
  expected.lists = 3;
  expected.listed = 22;
  expected.longest_list = 10;
  expected.meetings = 45 + 45 + 1;
  expected.met_pairs = 45;
  CHECK(probe(corpus, {Kept::all, 2, 0, 200}).counts == expected);
  CHECK(probe(corpus, {Kept::all, 3, 0, 200}).pairs == Pairs{{0, 1}});

  const ProbeCounts cut = probe(corpus, {Kept::all, 2, 0, 8}).counts;
  CHECK(cut.hot_lists == 2);
  CHECK(cut.hot_listed == 20);
  CHECK(cut.runs >= 4);
  CHECK(cut.meetings < expected.meetings);
}

TEST_CASE("any number of threads proposes the same", "[probe]") {
  const Corpus corpus = news(1500, kNewsWinnowing);
  const Probing probing{Kept::half, 2, 50'000, GENERATE(10U, 200U)};
  const Proposals one = probe(corpus, probing, 1);
  CHECK(one.pairs.size() > 1000);
  CHECK(one.counts.hot_lists > 10);
  CHECK(std::is_sorted(one.pairs.begin(), one.pairs.end()));
  CHECK(std::adjacent_find(one.pairs.begin(), one.pairs.end()) == one.pairs.end());
  for (const std::uint32_t threads : {2U, 3U, 8U}) {
    const Proposals many = probe(corpus, probing, threads);
    CHECK(many.pairs == one.pairs);
    CHECK(many.counts == one.counts);
  }
}

TEST_CASE("any memory proposes the same", "[probe]") {
  const test::TemporaryFolder folder;
  Corpus corpus = news(1500, kBroadWinnowing);
  // All names in one partition, so that it has full blocks to write.
  const bool crowded = GENERATE(false, true);
  for (Fingerprints& votes : corpus.votes) {
    for (Fingerprint& each : votes.values) each.name >>= crowded ? 8U : 0U;
  }
  const Probing probing{Kept::all, 2, 50'000, GENERATE(10U, 200U)};
  const Proposals unlimited = probe(corpus, probing);
  CHECK(unlimited.pairs.size() > 1000);
  for (const std::uint64_t memory : {20'000U, 150'000U, 1'000'000U, 100'000'000U}) {
    const Proposals limited = probe(corpus, probing, 2, memory, folder.path());
    CAPTURE(memory);
    CHECK(limited.pairs == unlimited.pairs);
    CHECK(limited.counts == unlimited.counts);
  }
}

TEST_CASE("a probe past its memory needs a folder to write to", "[probe]") {
  Probe collected(kNewsProbing, 1, "/no such folder");
  std::vector<std::uint64_t> names;
  for (std::uint64_t i = 0; i < 20'000; ++i) names.push_back(base::mix64(i) >> 8U);
  CHECK_THROWS_AS(collected.add(0, from_names(names)), Error);
}

TEST_CASE("documents in any order propose the same but for their numbers", "[probe]") {
  const Corpus corpus = news(800, kNewsWinnowing);
  const Probing probing{Kept::half, 2, 50'000, GENERATE(10U, 200U)};
  const Proposals expected = probe(corpus, probing);
  Random random(2);
  std::vector<std::uint32_t> original(corpus.votes.size());
  std::iota(original.begin(), original.end(), 0U);
  for (std::size_t i = original.size(); i > 1; --i) {
    std::swap(original[i - 1], original[oracle::below(random, i)]);
  }
  Corpus shuffled;
  for (std::uint32_t i = 0; i < original.size(); ++i) {
    shuffled.add(corpus.votes[original[i]]);
    shuffled.order[i] = corpus.order[original[i]];
    shuffled.id_hashes[i] = corpus.id_hashes[original[i]];
  }
  Proposals proposals = probe(shuffled, probing);
  for (CandidatePair& pair : proposals.pairs) {
    const std::uint32_t a = original[pair.first];
    const std::uint32_t b = original[pair.second];
    pair = {std::min(a, b), std::max(a, b)};
  }
  std::sort(proposals.pairs.begin(), proposals.pairs.end());
  CHECK(proposals.pairs == expected.pairs);
  CHECK(proposals.counts == expected.counts);
}

TEST_CASE("a story of 500 edited copies stays in one piece under every cap", "[probe]") {
  const std::uint32_t cap = GENERATE(8U, 10U, 50U, 200U);
  const std::size_t copies = 500;
  Corpus corpus;
  const Fingerprinter fingerprinter(kNewsWinnowing);
  for (std::uint64_t i = 0; i < copies; ++i) {
    // Every other copy is abridged to its first third.
    std::vector<std::string> words = test::story_words(1, 400);
    Random random(i);
    for (int edit = 0; edit < 8; ++edit) words[oracle::below(random, 400)] = "edited";
    if (i % 2 == 0) words.resize(130);
    corpus.add(fingerprinter.fingerprint(normalize(test::joined(words))));
  }
  Probing probing = kNewsProbing;
  probing.list_cap = cap;
  const Proposals proposals = probe(corpus, probing);
  CHECK(proposals.counts.hot_lists > 0);
  CHECK(groups(proposals.pairs, copies) == 1);
  // And the work stays linear.
  CHECK(proposals.pairs.size() <= copies * cap);
}

TEST_CASE("a paragraph that all documents share proposes a bounded number of pairs each",
          "[probe]") {
  const Fingerprinter fingerprinter(kNewsWinnowing);
  const std::string paragraph = " " + test::story(1, 60);
  const auto pairs_each = [&](std::size_t documents) {
    Corpus corpus;
    for (std::size_t i = 0; i < documents; ++i) {
      corpus.add(fingerprinter.fingerprint(normalize(test::story(10 + i, 240) + paragraph)));
    }
    const Proposals proposals = probe(corpus, kNewsProbing);
    CHECK(proposals.counts.longest_list == documents);
    return static_cast<double>(proposals.pairs.size()) / static_cast<double>(documents);
  };
  const double few = pairs_each(1000);
  const double many = pairs_each(6000);
  CHECK(few > 0);
  CHECK(many < 1.1 * few);
  CHECK(many < kNewsProbing.list_cap);
}

TEST_CASE("fingerprints of hot lists count a third", "[probe]") {
  const std::uint64_t hot = GENERATE(1U, 5U, 6U);
  const std::uint64_t others = GENERATE(0U, 1U, 2U);
  // Twenty documents share the hot names; the first two share others beside.
  Corpus corpus;
  for (std::uint64_t document = 0; document < 20; ++document) {
    std::vector<std::uint64_t> names;
    for (std::uint64_t i = 0; i < hot; ++i) names.push_back(base::mix64(100 + i));
    for (std::uint64_t i = 0; i < others; ++i) {
      names.push_back(base::mix64(document < 2 ? 1 + i : 1000 + 20 * i + document));
    }
    corpus.add(from_names(names));
  }
  // A run has at least a quarter of the cap, so the first four are in one run of every list.
  const Pairs cut = probe(corpus, {Kept::all, 2, 0, 19, 3}).pairs;
  CAPTURE(hot, others);
  CHECK(std::binary_search(cut.begin(), cut.end(), CandidatePair{0, 1}) == (hot + 3 * others >= 6));
  CHECK((cut.size() > 1) == (hot >= 6));
  CHECK((probe(corpus, {Kept::all, 2, 0, 19, 1}).pairs.size() > 1) == (hot >= 2));
}

TEST_CASE("fingerprints that are left out do not propose", "[probe]") {
  const Fingerprinter fingerprinter(kNewsWinnowing);
  const std::string paragraph = test::story(1, 60);
  const auto start = static_cast<std::uint32_t>(normalize(paragraph).letters().size());
  Corpus corpus;
  for (std::uint64_t i = 0; i < 50; ++i) {
    Fingerprints votes =
        fingerprinter.fingerprint(normalize(paragraph + " " + test::story(10 + i / 2, 240)));
    std::erase_if(votes.values, [&](const Fingerprint& each) { return each.begin < start; });
    corpus.add(std::move(votes));
  }
  Pairs expected;
  for (std::uint32_t i = 0; i < 50; i += 2) expected.push_back({i, i + 1});
  CHECK(probe(corpus, kNewsProbing).pairs == expected);
}

TEST_CASE("a new document moves only the cuts around it", "[probe]") {
  const std::size_t documents = 3000;
  std::vector<std::uint64_t> names;
  for (std::uint64_t i = 0; i < 20; ++i) names.push_back(base::mix64(i));
  Corpus corpus;
  for (std::size_t i = 0; i < documents; ++i) corpus.add(from_names(names));
  const Probing probing{Kept::all, 2, 50'000, 40};
  const Pairs before = probe(corpus, probing).pairs;

  // In the middle of the order.
  corpus.add(from_names(names));
  for (std::uint32_t& place : corpus.order) place += place >= 1500 ? 1U : 0U;
  corpus.order.back() = 1500;
  Pairs after = probe(corpus, probing).pairs;
  std::erase_if(after, [&](CandidatePair pair) { return pair.second == documents; });

  Pairs moved;
  std::set_symmetric_difference(before.begin(), before.end(), after.begin(), after.end(),
                                std::back_inserter(moved));
  CHECK(before.size() > documents * 10);
  CHECK(std::all_of(moved.begin(), moved.end(),
                    [](CandidatePair pair) { return pair.first > 1000 && pair.second < 2000; }));
}

TEST_CASE("numbers may be missing, and documents may have no fingerprints", "[probe]") {
  const std::vector<std::uint64_t> names = {base::mix64(1), base::mix64(2), 0};
  Probe collected(kBroadProbing);
  collected.add(3, from_names(names));
  collected.add(4, from_names({}));
  collected.add(1000, from_names(names));
  std::vector<std::uint32_t> order(1001);
  std::iota(order.begin(), order.end(), 0U);
  const std::vector<std::uint64_t> id_hashes(1001);
  const Proposals proposals = std::move(collected).propose(order, id_hashes);
  CHECK(proposals.pairs == Pairs{{3, 1000}});

  CHECK(Probe(kBroadProbing).propose({}, {}).pairs.empty());
}

TEST_CASE("wrong uses of a probe are refused", "[probe]") {
  CHECK_THROWS_AS(Probe({Kept::all, 2, 0, 7}), Error);
  CHECK_THROWS_AS(Probe({Kept::all, 2, 0, 65'536}), Error);
  CHECK_THROWS_AS(Probe({Kept::all, 2, 0, 200, 0}), Error);
  CHECK_THROWS_AS(Probe({Kept::all, 2, 0, 200, 101}), Error);
  CHECK_THROWS_WITH(Probe({Kept::all, 2, 1'000'001, 200}), Catch::Contains("1000001"));
  Probe collected(kNewsProbing);
  collected.add(5, {});
  CHECK_THROWS_AS(collected.add(5, {}), Error);
  CHECK_THROWS_AS(collected.add(4, {}), Error);
  CHECK_THROWS_AS(collected.add(1U << 30U, {}), Error);
  const std::vector<std::uint32_t> order(5);
  const std::vector<std::uint64_t> id_hashes(6);
  CHECK_THROWS_AS(std::move(collected).propose(order, id_hashes), Error);
}

}  // namespace
}  // namespace wirecopy
