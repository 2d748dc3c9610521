// What is said of an index, for people and for programs.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "app/index.h"
#include "base/json.h"
#include "base/plain_words.h"

namespace wirecopy::app {
namespace {

constexpr std::size_t kMostUnknown = 20;  // ids that are named
// Of news 8 to 20 are compared with each; a Model of too little makes that 40 and more.
constexpr std::uint64_t kManyCompared = 32;
constexpr std::uint64_t kFewRows = 100;  // of which nothing can be said

using base::counted;
using base::grouped;

std::uint64_t events(const Summary& summary, ClusterEvent event) {
  return summary.night->events[static_cast<std::size_t>(event)];
}

}  // namespace

std::string night_counts_in_words(std::string_view verb, const Summary& summary) {
  const Summary::Night& night = *summary.night;
  std::string words;
  const auto say = [&](std::uint64_t count, std::string_view what) {
    words += fmt::format("{}{} {}", words.empty() ? "" : ", ", grouped(count), what);
  };
  const auto add = [&](std::uint64_t count, std::string_view one, std::string_view many = {}) {
    if (count > 0) say(count, count == 1 || many.empty() ? one : many);
  };
  if (verb == "add") {
    say(summary.rows.read, "in");
    say(summary.rows.dropped, summary.rows.dropped == 1 ? "copy" : "copies");
    add(summary.rows.rejected, "rejected");
    add(summary.rows.repeated, "known already");
    add(night.versions, "new version", "new versions");
  } else if (verb == "relearn") {
    words = fmt::format("all pairs judged by Model {}", summary.model_number);
  } else {
    say(night.gone, "taken out");
  }
  add(events(summary, ClusterEvent::born), "new cluster", "new clusters");
  add(events(summary, ClusterEvent::grew), "cluster grew", "clusters grew");
  add(events(summary, ClusterEvent::shrank), "shrank");
  add(events(summary, ClusterEvent::merged_into), "merged into others");
  add(events(summary, ClusterEvent::split_from), "split off");
  add(events(summary, ClusterEvent::retired), "retired");
  add(night.weak, "weak");
  add(summary.capped_lists, "fingerprint over the cap", "fingerprints over the cap");
  words += fmt::format("; generation {} holds {}", night.generation,
                       counted(night.articles, "article", "articles"));
  if (verb == "forget" && night.gone > 0) {
    words += "; no file of the index holds a trace of what was taken out";
  }
  return words;
}

std::string night_in_words(std::string_view verb, const NightResult& result) {
  std::string words = night_counts_in_words(verb, result.run.summary) + "\n";
  if (!result.unknown.empty()) {
    std::string ids;
    const std::size_t shown = std::min(result.unknown.size(), kMostUnknown);
    for (std::size_t i = 0; i < shown; ++i) {
      ids += (i == 0 ? "" : ", ") + base::printable(result.unknown[i]);
    }
    if (shown < result.unknown.size()) {
      ids += fmt::format(" and {} more", grouped(result.unknown.size() - shown));
    }
    words += fmt::format("not in the index: {}\n", ids);
  }
  const std::uint64_t compared = result.run.summary.candidates;
  const std::uint64_t read = result.run.summary.rows.read;
  if (verb == "add" && read >= kFewRows && compared / read >= kManyCompared) {
    words += fmt::format(
        "each was compared with {} others, as if there was boilerplate that Model {} "
        "does not know: see 'wirecopy index relearn'\n",
        grouped(compared / read), result.run.summary.model_number);
  }
  for (const std::string& file : result.run.files) words += fmt::format("wrote {}\n", file);
  return words;
}

std::string stats_in_words(const IndexStats& stats) {
  std::string words = fmt::format(
      "generation {} (there are {})\n{} of {} texts, {} in {}, {} compared\n", stats.generation,
      stats.generations.empty() ? "none" : fmt::format("{}", fmt::join(stats.generations, ", ")),
      counted(stats.documents, "article", "articles"), grouped(stats.representatives),
      grouped(stats.clustered), counted(stats.clusters, "cluster", "clusters"),
      counted(stats.pairs, "pair", "pairs"));
  words += stats.model.empty() ? "no Model yet: the first add learns one\n"
                               : fmt::format("Model {} ({})\n", stats.model_number, stats.model);
  std::uint64_t all = 0;
  for (const auto& [family, bytes] : stats.bytes) all += bytes;
  for (const auto& [family, bytes] : stats.bytes) {
    words += fmt::format("  {:<11}{:>16} bytes{:>9.1f} an article\n", family, grouped(bytes),
                         stats.documents == 0
                             ? 0.0
                             : static_cast<double>(bytes) / static_cast<double>(stats.documents));
  }
  if (all > 0) words += fmt::format("  {:<11}{:>16} bytes\n", "all", grouped(all));
  return words;
}

std::string stats_as_json(const IndexStats& stats) {
  base::JsonWriter json;
  json.begin_object();
  json.key("generation").integer(std::uint64_t{stats.generation});
  json.key("generations").begin_array();
  for (const std::uint32_t each : stats.generations) json.integer(std::uint64_t{each});
  json.end_array();
  json.key("documents").integer(stats.documents);
  json.key("representatives").integer(stats.representatives);
  json.key("clusters").integer(stats.clusters);
  json.key("clustered").integer(stats.clustered);
  json.key("pairs").integer(stats.pairs);
  json.key("model").string_or_null(stats.model);
  json.key("model_number").integer(std::uint64_t{stats.model_number});
  json.key("bytes").begin_object();
  for (const auto& [family, bytes] : stats.bytes) json.key(family).integer(bytes);
  json.end_object();
  json.key("settings").begin_object();
  for (const auto& [name, value] : stats.settings) json.key(name).raw(value);
  json.end_object();
  json.end_object();
  return std::string(json.text());
}

std::string check_in_words(const IndexCheck& check) {
  if (check.generation == 0) return "the index holds nothing yet\n";
  return fmt::format("generation {} is whole: {}, {}, {} bytes\n", check.generation,
                     counted(check.documents, "article", "articles"),
                     counted(check.files, "file", "files"), grouped(check.bytes));
}

std::string check_as_json(const IndexCheck& check) {
  base::JsonWriter json;
  json.begin_object();
  json.key("generation").integer(std::uint64_t{check.generation});
  json.key("documents").integer(check.documents);
  json.key("files").integer(check.files);
  json.key("bytes").integer(check.bytes);
  json.end_object();
  return std::string(json.text());
}

}  // namespace wirecopy::app
