#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <limits>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "base/files.h"
#include "base/json.h"
#include "base/lines.h"
#include "base/plain_words.h"
#include "wirecopy/error.h"
#include "wirecopy/report.h"

namespace wirecopy {
namespace {

using base::counted;
using base::grouped;
using base::printable;

// A date as it was given; seconds since 1970 as a date.
std::string moment_words(std::string_view published, const TimeInterval& time) {
  const bool is_number =
      std::all_of(published.begin(), published.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (!is_number || time.earliest != time.latest) return std::string(published);
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(time.earliest));
}

// Who ran a story first, as far as the dates tell.
class FirstSeen {
 public:
  void add(const base::JsonObject& member) {
    const std::optional<std::string_view> published = member.string("published");
    const auto time = published ? parse_published(*published) : std::nullopt;
    if (!time) {
      ++undated_;
      return;
    }
    if (!first_ ||
        std::tie(time->latest, time->earliest) < std::tie(first_->latest, first_->earliest)) {
      if (first_) next_earliest_ = std::min(next_earliest_, first_->earliest);
      first_ = time;
      who_ = member.string("source").value_or(member.string("id").value_or(""));
      when_ = moment_words(*published, *time);
    } else {
      next_earliest_ = std::min(next_earliest_, time->earliest);
    }
  }

  [[nodiscard]] std::string words() const {
    if (!first_) return "first: not known, there are no dates";
    const std::string said = fmt::format("{}, {}", printable(who_), printable(when_));
    if (first_->latest >= next_earliest_) {
      return fmt::format("first: not certain, dates overlap; earliest date: {}", said);
    }
    if (undated_ == 0) return fmt::format("first: {}", said);
    return fmt::format("first: {} (of those with a date; {} without)", said, grouped(undated_));
  }

 private:
  std::optional<TimeInterval> first_;  // the interval that is over first
  std::int64_t next_earliest_ = std::numeric_limits<std::int64_t>::max();
  std::string who_;
  std::string when_;
  std::uint64_t undated_ = 0;
};

// One cluster, with its words made while its line is at hand.
struct Story {
  std::uint64_t size = 0;
  std::string cluster;
  std::string words;

  [[nodiscard]] bool larger_than(const Story& other) const {
    return size != other.size ? size > other.size : cluster < other.cluster;
  }
};

std::string headline_words(const base::JsonObject& cluster, std::uint64_t size,
                           const std::set<std::string, std::less<>>& sources, bool all_known) {
  const std::optional<std::string_view> title = cluster.string("title");
  const std::string name =
      title ? fmt::format("\"{}\"", printable(*title)) : "a story without title";
  if (!all_known) return fmt::format("{} copies of {}", grouped(size), name);
  if (sources.size() == 1) {
    return fmt::format("{} ran {} {} times", printable(*sources.begin()), name, grouped(size));
  }
  if (sources.size() == size) return fmt::format("{} outlets ran {}", grouped(size), name);
  return fmt::format("{} outlets ran {}, {} times in all", grouped(sources.size()), name,
                     grouped(size));
}

// How the members of a story are tied to each other.
class Likeness {
 public:
  void add(const base::JsonObject& member) {
    least_jaccard_ = std::min(least_jaccard_, member.number("jaccard").value_or(1));
    aligned_ = aligned_ || member.number("coverage").has_value();
    const std::optional<std::string_view> verdict = member.string("verdict");
    if (verdict) ++verdicts_[std::string(*verdict)];
    if (member.boolean("credit_removed").value_or(false)) ++credits_removed_;
  }

  [[nodiscard]] std::string words() const {
    if (verdicts_.empty() || (verdicts_.size() == 1 && verdicts_.contains("identical"))) {
      return "all have the same words";
    }
    if (aligned_) return verdict_words();
    // From millionths, so that 99.99 % is never told as 100 %.
    return fmt::format("the least alike have {} % of their wording in common",
                       std::llround(least_jaccard_ * 1'000'000) / 10'000);
  }

  [[nodiscard]] std::string credit_words(std::string_view agency) const {
    std::string words = fmt::format("agency: {}", printable(agency));
    if (credits_removed_ > 0) {
      words += fmt::format("; {} left its name out", counted(credits_removed_, "copy", "copies"));
    }
    return words;
  }

 private:
  [[nodiscard]] std::string verdict_words() const {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kWords{
        {{"identical", "identical"},
         {"near_duplicate", "slightly changed"},
         {"abridged", "shortened"},
         {"expanded", "extended"},
         {"derived", "partly rewritten"}}};
    std::string words;
    for (const auto& [verdict, said] : kWords) {
      const auto found = verdicts_.find(verdict);
      if (found == verdicts_.end()) continue;
      words += fmt::format("{}{} {}", words.empty() ? "" : ", ", grouped(found->second), said);
    }
    return words;
  }

  double least_jaccard_ = 1;
  bool aligned_ = false;
  std::map<std::string, std::uint64_t, std::less<>> verdicts_;
  std::uint64_t credits_removed_ = 0;
};

Story story_of(const base::JsonObject& cluster) {
  std::set<std::string, std::less<>> sources;
  bool all_known = true;
  Likeness likeness;
  std::uint64_t members = 0;
  FirstSeen first;
  cluster.for_each_object("members", [&](const base::JsonObject& member) {
    ++members;
    first.add(member);
    if (const auto source = member.string("source")) {
      sources.emplace(*source);
    } else {
      all_known = false;
    }
    likeness.add(member);
  });
  Story story{members, std::string(cluster.string("cluster").value_or("")), {}};
  story.words =
      fmt::format("{}\n    {}\n    main copy: {}\n    copies: {}\n",
                  headline_words(cluster, members, sources, all_known), first.words(),
                  printable(cluster.string("representative").value_or("")), likeness.words());
  if (const auto agency = cluster.string("agency")) {
    story.words += fmt::format("    {}\n", likeness.credit_words(*agency));
  }
  return story;
}

// The largest clusters, largest first; ties by cluster id. Memory: `most` stories.
std::vector<Story> largest_stories(const std::string& path, std::size_t most) {
  const auto larger = [](const Story& left, const Story& right) { return left.larger_than(right); };
  std::vector<Story> stories;  // a heap with the smallest on top
  base::JsonRowReader cluster;
  base::LineReader lines(path);
  while (const auto line = lines.next()) {
    if (!cluster.parse(*line)) {
      throw Error(ErrorCode::damaged, fmt::format("{}:{}: expected a row of JSON; run dedup again",
                                                  path, lines.number()));
    }
    const std::uint64_t size = cluster.unsigned_integer("size").value_or(0);
    if (stories.size() == most && (most == 0 || size < stories.front().size)) continue;
    stories.push_back(story_of(cluster));
    std::push_heap(stories.begin(), stories.end(), larger);
    if (stories.size() <= most) continue;
    std::pop_heap(stories.begin(), stories.end(), larger);
    stories.pop_back();
  }
  std::sort_heap(stories.begin(), stories.end(), larger);
  return stories;
}

// What came in and what became of it.
std::string describe_rows(const base::JsonObject& summary, const base::JsonObject& rows) {
  const auto count = [&](std::string_view key) { return rows.unsigned_integer(key).value_or(0); };
  std::string words = fmt::format("{} read\n", counted(count("read"), "row", "rows"));
  words += fmt::format("  {} kept\n", counted(count("kept"), "article", "articles"));
  words += fmt::format("  {} left out, because a copy is kept\n",
                       counted(count("dropped"), "article", "articles"));
  const auto add = [&](std::uint64_t number, std::string_view one, std::string_view many) {
    if (number > 0) words += fmt::format("  {}\n", counted(number, one, many));
  };
  add(count("rejected"), "row could not be read as an article; rejected.jsonl says why",
      "rows could not be read as articles; rejected.jsonl says why");
  add(count("repeated"), "row was there before, with the same id and text",
      "rows were there before, with the same id and text");
  add(count("repaired"), "row had broken characters; the original is in ledger.jsonl",
      "rows had broken characters; the originals are in ledger.jsonl");
  add(summary.unsigned_integer("archives_damaged").value_or(0),
      "compressed file is damaged; what came before the damage was read",
      "compressed files are damaged; what came before the damage was read");
  return words;
}

std::string describe_stories(const base::JsonObject& summary, const std::string& path,
                             std::size_t most) {
  const std::uint64_t clusters = summary.unsigned_integer("clusters").value_or(0);
  if (clusters == 0) return "\nNo story ran more than once.\n";
  std::string words = fmt::format(
      "\n{} ran more than once ({} in all):\n", counted(clusters, "story", "stories"),
      counted(summary.unsigned_integer("clustered").value_or(0), "article", "articles"));
  const std::vector<Story> stories = largest_stories(path, most);
  for (const Story& story : stories) words += fmt::format("  {}", story.words);
  if (clusters > stories.size()) {
    words += fmt::format("  … and {} more\n", grouped(clusters - stories.size()));
  }
  return words;
}

// What was cut, and what repeats where nothing was.
std::string describe_repeats(const base::JsonObject& summary) {
  const auto kinds = summary.object("repeats");
  const std::uint64_t articles = summary.unsigned_integer("with_repeats").value_or(0);
  std::string words;
  if (kinds && articles > 0) {
    words = fmt::format("\n{} something twice:", counted(articles, "article says", "articles say"));
    for (const std::string_view kind : kinds->keys()) {
      const std::uint64_t number = kinds->unsigned_integer(kind).value_or(0);
      if (number > 0) words += fmt::format(" {} {},", grouped(number), kind);
    }
    words.back() = '\n';
  }
  summary.for_each_object("cuts", [&](const base::JsonObject& cuts) {
    words += fmt::format("  {} {} cut\n", grouped(cuts.unsigned_integer("count").value_or(0)),
                         printable(cuts.string("kind").value_or("")));
  });
  return words;
}

std::string describe_files(const std::filesystem::path& folder) {
  std::string words = fmt::format("Files in {}:\n", printable(folder.string(), 4096));
  for (std::size_t i = 0; i < kOutputCount; ++i) {
    const std::string_view name = file_name_of(static_cast<Output>(i));
    std::error_code missing;
    const std::uint64_t size = std::filesystem::file_size(folder / name, missing);
    if (!missing) words += fmt::format("  {}  {}\n", name, base::file_size_text(size));
  }
  return words;
}

}  // namespace

std::string describe_run(const std::string& folder, std::size_t stories) {
  const std::filesystem::path path(folder);
  const std::string summary_path = path / file_name_of(Output::summary);
  base::JsonRowReader summary;
  const bool parsed = summary.parse(base::read_file(summary_path));
  const auto rows = parsed ? summary.object("rows") : std::nullopt;
  if (!rows) {
    throw Error(ErrorCode::damaged,
                fmt::format("{} is not the summary of a run; run dedup again", summary_path));
  }
  return describe_rows(summary, *rows) +
         describe_stories(summary, path / file_name_of(Output::clusters), stories) +
         describe_repeats(summary) +
         fmt::format("\nDigest {} (equal for equal findings)\n",
                     printable(summary.string("digest").value_or(""))) +
         describe_files(path);
}

}  // namespace wirecopy
