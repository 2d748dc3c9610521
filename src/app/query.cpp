#include "app/query.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "base/json.h"
#include "base/parallel.h"
#include "wirecopy/error.h"
#include "wirecopy/read.h"

namespace wirecopy::app {
namespace {

std::vector<std::string> names_in(const std::string& list) {
  std::vector<std::string> names = split_at_commas(list);
  std::erase(names, "");
  return names;
}

TimeInterval date_of(const Settings& settings, std::string_view name) {
  const std::optional<TimeInterval> time = parse_published(settings.text(name));
  if (time) return *time;
  throw Error(ErrorCode::usage, fmt::format("--{} is '{}', expected a date such as 2024-03-01",
                                            name, settings.text(name)));
}

SameOutlet same_outlet_named(const std::string& name) {
  if (name == "include") return SameOutlet::include;
  if (name == "only") return SameOutlet::only;
  if (name == "exclude") return SameOutlet::exclude;
  throw Error(ErrorCode::usage,
              fmt::format("--same-outlet is '{}', expected include, only or exclude", name));
}

Verdict verdict_named(const std::string& name) {
  for (int i = 0; i <= static_cast<int>(Verdict::passage_reuse); ++i) {
    const auto verdict = static_cast<Verdict>(i);
    if (name == name_of(verdict)) return verdict;
  }
  throw Error(ErrorCode::usage, fmt::format("there is no verdict '{}': near_duplicate, abridged, "
                                            "expanded, derived, passage_reuse, quote_only, "
                                            "template_match, boilerplate_only and identical are",
                                            name));
}

}  // namespace

Query query_of(const Settings& settings) {
  Query query;
  query.source = settings.text("source");
  query.same_outlet = same_outlet_named(settings.text("same-outlet"));
  query.sources = names_in(settings.text("sources"));
  if (settings.given("from")) query.published_from = date_of(settings, "from").earliest;
  if (settings.given("until")) query.published_to = date_of(settings, "until").latest;
  for (const std::string& name : names_in(settings.text("verdict"))) {
    query.verdicts.push_back(verdict_named(name));
  }
  query.least_coverage = Millionths::from(settings.share("min-coverage"));
  query.limit = static_cast<std::uint32_t>(settings.count("limit"));
  return query;
}

std::vector<Asked> read_queries(const std::string& path) {
  ReadOptions options;
  options.inputs = {path};
  Reader reader(options);
  std::vector<Asked> asked;
  while (std::optional<RowBlock> rows = reader.next()) {
    const ParsedBlock block = reader.parse(*std::move(rows));
    if (!block.rejected.empty()) {
      const Rejected& row = block.rejected.front();
      throw Error(ErrorCode::input, fmt::format("{}: a row is no query ({}); expected lines such "
                                                "as {{\"id\": \"q1\", \"text\": \"…\"}}",
                                                path, name_of(row.reason)));
    }
    for (const Document& document : block.documents) {
      asked.push_back({std::string(document.id), std::string(document.text), false});
    }
  }
  return asked;
}

std::size_t answer_all(const Index& index, const std::vector<Asked>& asked,
                       const Settings& settings, bool colors,
                       const std::function<void(std::string_view)>& write) {
  constexpr std::size_t kAtOnce = 256;
  const Query query = query_of(settings);
  const bool pasted =
      std::any_of(asked.begin(), asked.end(), [](const Asked& each) { return !each.stored; });
  if (query.same_outlet != SameOutlet::include && pasted && query.source.empty()) {
    throw Error(ErrorCode::usage,
                "--same-outlet needs to know the outlet of the text: --source NAME");
  }
  const bool json = settings.flag("json");
  base::Threads threads(static_cast<std::uint32_t>(settings.count("threads")));
  std::size_t with_match = 0;
  for (std::size_t begin = 0; begin < asked.size(); begin += kAtOnce) {
    const std::size_t count = std::min(kAtOnce, asked.size() - begin);
    std::vector<std::pair<std::string, bool>> answers(count);
    threads.run([&] {
      base::for_each_index(count, [&](std::size_t i) {
        const Asked& each = asked[begin + i];
        const QueryResult result =
            each.stored ? index.query_id(each.name, query) : index.query(each.text, query);
        answers[i] = {json ? answer_as_json(each, each.text, result) + "\n"
                           : answer_in_words(each, each.text, result, colors),
                      !result.matches.empty()};
      });
      return 0;
    });
    for (const auto& [answer, matched] : answers) {
      write(answer);
      with_match += matched ? 1U : 0U;
    }
  }
  return with_match;
}

}  // namespace wirecopy::app
