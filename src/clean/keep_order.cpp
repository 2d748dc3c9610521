#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <numeric>
#include <tuple>

#include "wirecopy/clean.h"
#include "wirecopy/error.h"

namespace wirecopy {
namespace {

constexpr std::string_view kSourcesPrefix = "sources=";

std::vector<std::string> split_at_commas(std::string_view list) {
  std::vector<std::string> names;
  for (;;) {
    const std::size_t comma = list.find(',');
    names.emplace_back(list.substr(0, comma));
    if (comma == std::string_view::npos) return names;
    list.remove_prefix(comma + 1);
  }
}

// What decides before rank does; smaller is considered first.
std::uint64_t preference(const KeepRule& rule, const KeepFacts& facts) {
  switch (rule.by) {
    case KeepRule::By::longest:
      return ~std::uint64_t{facts.letters};
    case KeepRule::By::sources: {
      const auto place = std::find(rule.sources.begin(), rule.sources.end(), facts.source);
      return static_cast<std::uint64_t>(place - rule.sources.begin());
    }
    case KeepRule::By::first:
      break;
  }
  return 0;
}

}  // namespace

KeepRule KeepRule::parse(std::string_view text) {
  if (text == "first") return {By::first, {}};
  if (text == "longest") return {By::longest, {}};
  if (text.starts_with(kSourcesPrefix)) {
    std::vector<std::string> names = split_at_commas(text.substr(kSourcesPrefix.size()));
    if (std::find(names.begin(), names.end(), "") == names.end()) {
      return {By::sources, std::move(names)};
    }
  }
  throw Error(ErrorCode::usage,
              fmt::format("--keep is '{}', expected first, longest, or sources= with the names of "
                          "sources in order of preference, as in sources=reuters.com,apnews.com",
                          text));
}

std::string KeepRule::name() const {
  switch (by) {
    case By::first:
      return "first";
    case By::longest:
      return "longest";
    case By::sources:
      break;
  }
  return fmt::format("{}{}", kSourcesPrefix, fmt::join(sources, ","));
}

std::vector<std::uint32_t> keep_order(const KeepRule& rule, std::span<const KeepFacts> facts) {
  std::vector<std::uint64_t> preferences;
  preferences.reserve(facts.size());
  for (const KeepFacts& fact : facts) preferences.push_back(preference(rule, fact));

  std::vector<std::uint32_t> documents(facts.size());
  std::iota(documents.begin(), documents.end(), 0U);
  std::sort(documents.begin(), documents.end(), [&](std::uint32_t left, std::uint32_t right) {
    return std::tie(preferences[left], facts[left].rank) <
           std::tie(preferences[right], facts[right].rank);
  });
  std::vector<std::uint32_t> places(facts.size());
  for (std::uint32_t place = 0; place < documents.size(); ++place) {
    places[documents[place]] = place;
  }
  return places;
}

}  // namespace wirecopy
