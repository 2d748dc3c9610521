#include "learn/chains.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "base/parallel.h"
#include "learn/sets.h"

namespace wirecopy::learn {
namespace {

auto place_of(const Links::Link& link) noexcept { return std::tie(link.outlet, link.group); }

}  // namespace

Day earlier(Day a, Day b) noexcept {
  if (!a || !b) return a ? a : b;
  return std::min(*a, *b);
}

Links::Links(std::vector<Link> links) : links_(std::move(links)) {
  base::sort(links_.begin(), links_.end(), [](const Link& a, const Link& b) {
    return std::tie(a.outlet, a.group, a.key) < std::tie(b.outlet, b.group, b.key);
  });
}

std::span<const Links::Link> Links::of(std::uint64_t outlet, std::uint32_t group) const noexcept {
  Link wanted;
  wanted.outlet = outlet;
  wanted.group = group;
  const auto [begin, end] =
      std::equal_range(links_.begin(), links_.end(), wanted,
                       [](const Link& a, const Link& b) { return place_of(a) < place_of(b); });
  return {begin, end};
}

bool Links::related(std::span<const Link> a, std::span<const Link> b, std::uint64_t key,
                    std::uint32_t percent) noexcept {
  std::uint32_t of_a = 0;
  std::uint32_t of_b = 0;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    if (a[i].key != b[j].key) {
      ++(a[i].key < b[j].key ? i : j);
      continue;
    }
    if (a[i].key != key) {
      of_a += a[i].percent;
      of_b += b[j].percent;
    }
    ++i;
    ++j;
  }
  return std::max(of_a, of_b) >= percent;
}

std::vector<Day> chain_days(const Links& links, std::uint64_t outlet, std::uint64_t key,
                            std::span<const Showing> showings, std::uint32_t percent) {
  std::vector<std::span<const Links::Link>> shown;
  shown.reserve(showings.size());
  for (const Showing& each : showings) shown.push_back(links.of(outlet, each.group));
  Sets sets(showings.size());
  for (std::size_t i = 0; i < showings.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (sets.of(i) != sets.of(j) && Links::related(shown[i], shown[j], key, percent)) {
        sets.join(i, j);
      }
    }
  }
  std::vector<Day> first(showings.size());
  for (std::size_t i = 0; i < showings.size(); ++i) {
    Day& day = first[sets.of(i)];
    day = earlier(day, showings[i].day);
  }
  std::vector<Day> days;
  for (std::size_t i = 0; i < showings.size(); ++i) {
    if (sets.of(i) == i) days.push_back(first[i]);
  }
  return days;
}

}  // namespace wirecopy::learn
