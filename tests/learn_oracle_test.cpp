// The whole of learning against brute force over random corpora.
#include <algorithm>
#include <map>
#include <numeric>
#include <set>

#include "base/parallel.h"
#include "catch.h"
#include "oracle.h"
#include "wirecopy/learn.h"

using namespace wirecopy;
using oracle::below;
using oracle::Random;

namespace {

using Day = std::optional<std::int32_t>;

struct Document {
  std::uint64_t outlet = 0;
  std::uint32_t group = 0;
  Day day;
  std::vector<BlockSighting> shown;
};
using Corpus = std::vector<Document>;

// Few outlets, days, blocks and groups, so that everything meets.
Corpus random_corpus(Random& random) {
  Corpus corpus(20 + below(random, 60));
  const bool dated = below(random, 4) != 0;
  const std::size_t blocks = 4 + below(random, 60);
  for (std::uint32_t i = 0; i < corpus.size(); ++i) {
    Document& document = corpus[i];
    document.outlet = below(random, 3) << 40U;  // 0 is the unknown one
    document.group = static_cast<std::uint32_t>(below(random, 4) == 0 ? below(random, i + 1) : i);
    if (dated && below(random, 5) != 0) document.day = static_cast<std::int32_t>(below(random, 6));
    std::set<std::uint64_t> names;
    for (std::size_t k = below(random, 8); k > 0; --k) names.insert(1 + below(random, blocks));
    for (const std::uint64_t name : names) {
      document.shown.push_back(
          {name, static_cast<std::uint8_t>(below(random, 60)), below(random, 5) != 0});
    }
  }
  return corpus;
}

// A group's view of a block.
struct View {
  std::uint8_t percent = 0;
  bool fits = false;
  Day day;
};
using Views = std::map<std::uint32_t, View>;

Day earlier(Day a, Day b) { return !a ? b : !b ? a : std::min(*a, *b); }

class Oracle {
 public:
  Oracle(const Corpus& corpus, const BoilerplateRule& rule) : rule_(rule) {
    for (const Document& document : corpus) {
      if (document.outlet == 0) continue;
      for (const BlockSighting& seen : document.shown) {
        View& view = views_[{document.outlet, seen.block}][document.group];
        view.percent = std::max(view.percent, seen.percent);
        view.fits = view.fits || seen.fits;
        view.day = earlier(view.day, document.day);
      }
    }
  }

  [[nodiscard]] bool is_boilerplate(std::uint64_t outlet, std::uint64_t block) const {
    const auto found = views_.find({outlet, block});
    if (found == views_.end()) return false;
    const Views& views = found->second;
    std::size_t minor = 0;
    for (const auto& [group, view] : views) minor += view.percent < rule_.most_of_text_percent;
    if (minor * 100 < views.size() * rule_.in_texts_percent) return false;

    // Chains by spreading names until nothing changes.
    std::map<std::uint32_t, std::uint32_t> chain;
    for (const auto& [group, view] : views) {
      if (view.fits) chain[group] = group;
    }
    for (bool changed = views.size() < rule_.certain_groups; changed;) {
      changed = false;
      for (auto& [a, chain_of_a] : chain) {
        for (auto& [b, chain_of_b] : chain) {
          if (chain_of_a < chain_of_b && related(outlet, block, a, b)) {
            chain_of_b = chain_of_a;
            changed = true;
          }
        }
      }
    }
    std::map<std::uint32_t, Day> first;
    for (const auto& [group, name] : chain) first[name] = earlier(first[name], views.at(group).day);
    std::set<std::int32_t> days;
    for (const auto& [name, day] : first) {
      if (day) days.insert(*day);
    }
    return days.empty() ? first.size() >= rule_.min_undated_groups
                        : first.size() >= rule_.min_groups && days.size() >= rule_.min_days;
  }

 private:
  [[nodiscard]] bool related(std::uint64_t outlet, std::uint64_t block, std::uint32_t a,
                             std::uint32_t b) const {
    std::uint32_t of_a = 0;
    std::uint32_t of_b = 0;
    for (const auto& [key, views] : views_) {
      if (key.first != outlet || key.second == block || views.size() >= rule_.certain_groups ||
          views.count(a) == 0 || views.count(b) == 0) {
        continue;
      }
      of_a += views.at(a).percent;
      of_b += views.at(b).percent;
    }
    return std::max(of_a, of_b) >= rule_.chain_percent;
  }

  BoilerplateRule rule_;
  std::map<std::pair<std::uint64_t, std::uint64_t>, Views> views_;
};

Model learn_from(const Corpus& corpus, const BoilerplateRule& rule,
                 const std::vector<std::uint32_t>& order) {
  // Documents under other numbers, and groups under other names.
  Learner learner(rule);
  std::vector<std::uint32_t> group(corpus.size());
  std::vector<Day> day(corpus.size());
  for (std::uint32_t i = 0; i < corpus.size(); ++i) {
    const Document& document = corpus[order[i]];
    const auto place = std::find(order.begin(), order.end(), document.group) - order.begin();
    group[i] = static_cast<std::uint32_t>(place);
    day[i] = document.day;
    learner.add(i, document.outlet, document.shown);
  }
  return std::move(learner).learn(group, day);
}

BoilerplateRule random_rule(Random& random) {
  BoilerplateRule rule;
  rule.min_groups = static_cast<std::uint32_t>(2 + below(random, 4));
  rule.min_days = static_cast<std::uint32_t>(1 + below(random, 4));
  rule.min_undated_groups = static_cast<std::uint32_t>(2 + below(random, 7));
  rule.in_texts_percent = static_cast<std::uint32_t>(50 + below(random, 50));
  rule.chain_percent = static_cast<std::uint32_t>(20 + below(random, 80));
  rule.certain_groups = static_cast<std::uint32_t>(2 + below(random, 20));
  return rule;
}

}  // namespace

TEST_CASE("what is learned is what brute force learns, in any order and with any threads") {
  Random random(1);
  std::size_t learned = 0;
  std::size_t held_back = 0;
  for (int round = 0; round < 300; ++round) {
    const Corpus corpus = random_corpus(random);
    const BoilerplateRule rule = random_rule(random);
    std::vector<std::uint32_t> order(corpus.size());
    std::iota(order.begin(), order.end(), 0U);
    const Model model = learn_from(corpus, rule, order);
    const Oracle oracle(corpus, rule);
    std::size_t size = 0;
    for (std::uint64_t outlet = 0; outlet < 3; ++outlet) {
      for (std::uint64_t block = 1; block < 64; ++block) {
        const bool expected = oracle.is_boilerplate(outlet << 40U, block);
        CHECK(model.is_boilerplate(outlet << 40U, block) == expected);
        size += expected ? 1U : 0U;
      }
    }
    CHECK(model.size() == size);
    learned += size;
    BoilerplateRule without_chains = rule;
    without_chains.certain_groups = 0;
    held_back += learn_from(corpus, without_chains, order).size() - size;

    std::shuffle(order.begin(), order.end(), random);
    const Model again = base::Threads(1 + static_cast<std::uint32_t>(below(random, 4))).run([&] {
      return learn_from(corpus, rule, order);
    });
    CHECK(again.digest() == model.digest());
  }
  CHECK(learned > 500);
  CHECK(held_back > 100);
}

TEST_CASE("a million sightings of blocks seen once leave nothing") {
  Random random(2);
  Learner learner;
  std::vector<std::uint32_t> group;
  for (std::uint32_t i = 0; i < 100'000; ++i) {
    std::vector<BlockSighting> shown(10);
    for (BlockSighting& each : shown) each = {random(), 10, true};
    shown[0].block = i % 50 + 1;
    learner.add(i, 1, shown);
    group.push_back(i);
  }
  const std::vector<Day> days(group.size());
  CHECK(std::move(learner).learn(group, days).size() == 50);
}
