#include "learn/partition.h"

#include <algorithm>
#include <bit>
#include <tuple>

namespace wirecopy::learn {
namespace {

constexpr std::uint8_t kFits = 0x80;  // behind the percent
constexpr std::uint8_t kPercent = 0x7f;

struct Seen {
  std::uint64_t key;
  std::uint32_t group;
  std::uint32_t document;
  std::uint8_t share;
};

// The sightings of blocks that are not seen once, by key and group. Most blocks are, so sightings
// are counted first in slots that several keys may share: what is alone there is not kept.
std::vector<Seen> seen_again(const SightingStore& store, std::size_t partition,
                             const Corpus& corpus) {
  std::vector<std::uint8_t> seen_in(std::bit_ceil(2 * store.size(partition) + 1));
  const auto slot_of = [&](std::uint64_t key) { return key & (seen_in.size() - 1); };
  store.for_each(partition, [&](std::uint64_t key, std::uint32_t, std::uint8_t) {
    std::uint8_t& count = seen_in[slot_of(key)];
    count = count == 0 ? 1 : 2;
  });
  std::vector<Seen> seen;
  store.for_each(partition, [&](std::uint64_t key, std::uint32_t document, std::uint8_t share) {
    if (seen_in[slot_of(key)] != 1) seen.push_back({key, corpus.group[document], document, share});
  });
  std::sort(seen.begin(), seen.end(), [](const Seen& a, const Seen& b) {
    return std::tie(a.key, a.group) < std::tie(b.key, b.group);
  });
  return seen;
}

// The groups in sightings of one key.
std::vector<Showing> showings_of(std::span<const Seen> seen, const Corpus& corpus) {
  std::vector<Showing> showings;
  for (const Seen& each : seen) {
    if (showings.empty() || showings.back().group != each.group) {
      showings.push_back({each.group, 0, false, {}});
    }
    Showing& showing = showings.back();
    const auto percent = static_cast<std::uint8_t>(each.share & kPercent);
    showing.percent = std::max(showing.percent, percent);
    showing.fits = showing.fits || (each.share & kFits) != 0;
    showing.day = earlier(showing.day, corpus.day[each.document]);
  }
  return showings;
}

bool minor_in_most(std::span<const Showing> showings, const BoilerplateRule& rule) {
  const auto minor = static_cast<std::size_t>(std::count_if(
      showings.begin(), showings.end(),
      [&](const Showing& showing) { return showing.percent < rule.most_of_text_percent; }));
  return minor * 100 >= showings.size() * rule.in_texts_percent;
}

std::vector<Day> days_of(std::span<const Showing> showings) {
  std::vector<Day> days;
  days.reserve(showings.size());
  for (const Showing& showing : showings) days.push_back(showing.day);
  return days;
}

void judge(std::span<const Seen> seen, const Corpus& corpus, const BoilerplateRule& rule,
           Findings& findings) {
  const std::uint64_t key = seen.front().key;
  const std::uint64_t outlet = corpus.outlets[seen.front().document];
  std::vector<Showing> showings = showings_of(seen, corpus);
  if (showings.size() < 2) return;
  if (showings.size() < rule.certain_groups) {
    for (const Showing& showing : showings) {
      findings.links.push_back({outlet, showing.group, showing.percent, key});
    }
  }
  if (!minor_in_most(showings, rule)) return;
  const bool certain = showings.size() >= rule.certain_groups;
  std::erase_if(showings, [](const Showing& showing) { return !showing.fits; });
  if (!often_enough(days_of(showings), rule)) return;
  const BoilerplateEntry entry{outlet, key ^ outlet};
  if (certain) {
    findings.certain.push_back(entry);
  } else {
    findings.suspects.push_back({entry, std::move(showings)});
  }
}

}  // namespace

std::uint8_t share_of(const BlockSighting& sighting) noexcept {
  return static_cast<std::uint8_t>(sighting.percent | (sighting.fits ? kFits : 0));
}

Findings learn_partition(const SightingStore& store, std::size_t partition, const Corpus& corpus,
                         const BoilerplateRule& rule) {
  const std::vector<Seen> seen = seen_again(store, partition, corpus);
  Findings findings;
  for (std::size_t begin = 0; begin < seen.size();) {
    std::size_t end = begin + 1;
    while (end < seen.size() && seen[end].key == seen[begin].key) ++end;
    judge(std::span(seen).subspan(begin, end - begin), corpus, rule, findings);
    begin = end;
  }
  return findings;
}

bool often_enough(std::vector<Day> days, const BoilerplateRule& rule) {
  const std::size_t count = days.size();
  std::erase(days, std::nullopt);
  if (days.empty()) return count >= rule.min_undated_groups;
  std::sort(days.begin(), days.end());
  const auto distinct = std::unique(days.begin(), days.end()) - days.begin();
  return count >= rule.min_groups && distinct >= static_cast<std::ptrdiff_t>(rule.min_days);
}

}  // namespace wirecopy::learn
