#include "generate/fill.h"

#include <charconv>

#include "generate/tables.h"
#include "generate/times.h"

namespace wirecopy::generation {
namespace {

std::uint64_t number_at(std::string_view digits) {
  std::uint64_t value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

std::string with_commas(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3;) {
    at -= 3;
    digits.insert(at, 1, ',');
  }
  return digits;
}

// What stays the same in one text.
struct Constants {
  std::string_view firm;
  std::string_view town;
  const Outlet* outlet;
};

std::string slot(std::string_view name, Random& random, const Constants& constants) {
  if (constants.outlet != nullptr) {
    if (name == "outlet") return constants.outlet->name;
    if (name == "domain") return constants.outlet->domain;
  }
  if (name == "firm") return std::string(constants.firm);
  if (name == "town") return std::string(constants.town);
  if (name == "other firm") return std::string(random.pick(firms()));
  if (name == "other town") return std::string(random.pick(towns()));
  if (name == "person") return person(random);
  if (name == "month") return std::string(month_name(static_cast<unsigned>(random.between(1, 12))));
  const std::size_t dash = name.find('-');
  return with_commas(
      random.between(number_at(name.substr(0, dash)), number_at(name.substr(dash + 1))));
}

}  // namespace

std::string person(Random& random) {
  std::string name(random.pick(first_names()));
  name += ' ';
  return name += random.pick(last_names());
}

std::string fill(std::string_view phrase, Random& random, const Outlet* outlet) {
  const std::string_view firm = random.pick(firms());
  const std::string_view town = outlet != nullptr ? outlet->town : random.pick(towns());
  const Constants constants{firm, town, outlet};
  std::string filled;
  while (!phrase.empty()) {
    const std::size_t open = phrase.find('{');
    filled += phrase.substr(0, open);
    if (open == std::string_view::npos) break;
    const std::size_t close = phrase.find('}', open);
    filled += slot(phrase.substr(open + 1, close - open - 1), random, constants);
    phrase.remove_prefix(close + 1);
  }
  return filled;
}

}  // namespace wirecopy::generation
