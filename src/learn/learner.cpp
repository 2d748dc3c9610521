#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/parallel.h"
#include "learn/partition.h"
#include "wirecopy/error.h"

namespace wirecopy {
namespace {

using namespace learn;

void check(const BoilerplateRule& rule) {
  for (const std::uint32_t groups : {rule.min_groups, rule.min_undated_groups}) {
    if (groups < 2) {
      throw Error(
          ErrorCode::usage,
          fmt::format("boilerplate of {} groups is not possible: choose 2 or more", groups));
    }
  }
  for (const std::uint32_t percent :
       {rule.edge_percent, rule.most_of_text_percent, rule.in_texts_percent, rule.chain_percent}) {
    if (percent > 100) {
      throw Error(ErrorCode::usage,
                  fmt::format("{} percent of a text are not possible: choose 0 to 100", percent));
    }
  }
}

// The links of the groups that suspects are shown in; no others are asked for.
Links links_of(std::vector<Findings>& all, std::size_t groups) {
  std::vector<bool> wanted(groups);
  for (const Findings& findings : all) {
    for (const Suspect& suspect : findings.suspects) {
      for (const Showing& showing : suspect.showings) wanted[showing.group] = true;
    }
  }
  std::vector<Links::Link> links;
  for (Findings& findings : all) {
    std::copy_if(findings.links.begin(), findings.links.end(), std::back_inserter(links),
                 [&](const Links::Link& link) { return wanted[link.group]; });
    findings.links = {};
  }
  return Links(std::move(links));
}

}  // namespace

struct Learner::State {
  BoilerplateRule rule;
  SightingStore store;
  std::vector<std::uint64_t> outlets;  // by document
};

Learner::Learner(const BoilerplateRule& rule) : state_(std::make_unique<State>()) {
  check(rule);
  state_->rule = rule;
}
Learner::~Learner() = default;
Learner::Learner(Learner&&) noexcept = default;
Learner& Learner::operator=(Learner&&) noexcept = default;

void Learner::add(std::uint32_t document, std::uint64_t outlet,
                  std::span<const BlockSighting> sightings) {
  if (outlet == 0) return;
  State& state = *state_;
  if (state.outlets.size() <= document) state.outlets.resize(std::size_t{document} + 1);
  state.outlets[document] = outlet;
  for (const BlockSighting& sighting : sightings) {
    state.store.add(outlet ^ sighting.block, document, share_of(sighting));
  }
}

Model Learner::learn(std::span<const std::uint32_t> group,
                     std::span<const std::optional<std::int32_t>> day, std::uint32_t number) && {
  State& state = *state_;
  const BoilerplateRule& rule = state.rule;
  const Corpus corpus{state.outlets, group, day};
  std::vector<Findings> all(SightingStore::kPartitions);
  base::for_each_index(all.size(), [&](std::size_t i) {
    all[i] = learn_partition(state.store, i, corpus, rule);
    state.store.free(i);
  });
  const Links links = links_of(all, group.size());
  base::for_each_index(all.size(), [&](std::size_t i) {
    for (const auto& [entry, showings] : all[i].suspects) {
      const std::vector<Day> days =
          chain_days(links, entry.outlet, entry.outlet ^ entry.block, showings, rule.chain_percent);
      if (often_enough(days, rule)) all[i].certain.push_back(entry);
    }
  });
  std::vector<BoilerplateEntry> entries;
  for (const Findings& findings : all) {
    entries.insert(entries.end(), findings.certain.begin(), findings.certain.end());
  }
  std::sort(entries.begin(), entries.end());
  return ModelAccess::make(std::move(entries), number, rule);
}

}  // namespace wirecopy
