#include "generate/outlets.h"

#include <array>
#include <utility>

#include "base/hash.h"
#include "generate/fill.h"
#include "generate/tables.h"

namespace wirecopy::generation {
namespace {

constexpr std::size_t kStaff = 8;
constexpr auto kZones = std::to_array<std::int32_t>({0, 0, 1, 2, -5, -8, 8, 10});

Layout layout_of(Random& random) {
  switch (random.below(8)) {
    case 0:
      return {"\n\n", static_cast<std::uint32_t>(random.between(60, 76))};
    case 1:
    case 2:
    case 3:
      return {"\n", 0};
    default:
      return {"\n\n", 0};
  }
}

Outlet make_outlet(std::string_view town, std::string_view paper, Random& random) {
  Outlet outlet;
  outlet.town = town;
  outlet.name = outlet.town + " " + std::string(paper);
  outlet.domain = domain_of(outlet.name);
  outlet.header = fill(random.pick(outlet_headers()), random, &outlet);
  const auto trailers = outlet_trailers();
  const std::size_t first = static_cast<std::size_t>(random.below(trailers.size()));
  const std::size_t step = static_cast<std::size_t>(random.between(1, trailers.size() - 1));
  for (const std::size_t which : {first, (first + step) % trailers.size()}) {
    outlet.trailers.push_back(fill(trailers[which], random, &outlet));
  }
  for (std::size_t i = 0; i < kStaff; ++i) outlet.staff.push_back(person(random));
  outlet.layout = layout_of(random);
  outlet.zone_hours = random.pick(kZones);
  return outlet;
}

}  // namespace

std::string domain_of(std::string_view name) {
  std::string domain;
  for (const char byte : name) {
    if (byte >= 'A' && byte <= 'Z') {
      domain += static_cast<char>(byte - 'A' + 'a');
    } else if ((byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9')) {
      domain += byte;
    }
  }
  // A name without such letters still needs a host of its own.
  return (domain.empty() ? "agency-" + std::to_string(base::hash64(name)) : domain) + ".example";
}

std::vector<Outlet> make_outlets(std::uint32_t papers, std::vector<std::string> agencies,
                                 std::uint64_t seed) {
  std::vector<std::pair<std::string_view, std::string_view>> names;
  for (const std::string_view town : towns()) {
    for (const std::string_view paper : generation::papers()) names.emplace_back(town, paper);
  }
  Random random(seed, Random::Stream::world);
  random.shuffle(names);
  std::vector<Outlet> outlets;
  for (std::uint32_t i = 0; i < papers; ++i) {
    outlets.push_back(make_outlet(names[i].first, names[i].second, random));
  }
  if (agencies.empty()) {
    agencies.assign(generation::agencies().begin(), generation::agencies().end());
  }
  for (const std::string& name : agencies) {
    Outlet agency;
    agency.name = name;
    agency.domain = domain_of(name);
    outlets.push_back(std::move(agency));
  }
  return outlets;
}

}  // namespace wirecopy::generation
