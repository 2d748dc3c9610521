// Answers to queries, for people and for programs.
#include <fmt/format.h>

#include "app/query.h"
#include "base/json.h"
#include "base/plain_words.h"
#include "base/utf8.h"

namespace wirecopy::app {
namespace {

constexpr std::size_t kSureFrom = 100;        // characters of a passage that is always found
constexpr std::size_t kMostShown = 3;         // passages of a match
constexpr std::size_t kMostCodePoints = 400;  // of a passage
constexpr std::string_view kBegin = "\033[1m";
constexpr std::string_view kEnd = "\033[0m";

// The bytes of code points [begin, end) of a text.
std::string_view slice(std::string_view utf8, std::uint64_t begin, std::uint64_t end) {
  utf8.remove_prefix(base::byte_of_code_point(utf8, begin));
  return utf8.substr(0, base::byte_of_code_point(utf8, end - begin));
}

std::string percent(const Coverage& coverage) {
  return fmt::format("{:.0f} %", 100 * coverage.value());
}

// A passage as the article has it, on one line.
std::string shown(const QueryMatch& match, const QueryPassage& passage, bool colors) {
  const Span span = passage.in_match;
  const bool cut = span.end - span.begin > kMostCodePoints;
  std::string words(slice(match.text, span.begin, cut ? span.begin + kMostCodePoints : span.end));
  for (char& each : words) {
    if (each == '\n' || each == '\r' || each == '\t') each = ' ';
  }
  words = base::printable(words, 2 * kMostCodePoints);
  return fmt::format("    {}–{} ({:.0f} % alike): {}{}{}{}\n", span.begin, span.end,
                     passage.columns == 0 ? 0.0 : 100.0 * passage.equal_columns / passage.columns,
                     colors ? kBegin : ">> ", words, cut ? " …" : "", colors ? kEnd : " <<");
}

std::string_view nowhere(const Asked& asked, std::string_view text) {
  return asked.stored || base::count_code_points(text) >= kSureFrom
             ? "no article here has it\n"
             : "no article here has it; of so short a text only whole paragraphs and lines are "
               "found for certain\n";
}

void write_coverage(base::JsonWriter& json, std::string_view key, const Coverage& coverage) {
  json.key(key).share(coverage.value());
}

void write_match(base::JsonWriter& json, const QueryMatch& match) {
  json.begin_object();
  json.key("id").string(match.id);
  json.key("source").string_or_null(match.source);
  json.key("published").string_or_null(match.published);
  json.key("title").string_or_null(match.title);
  json.key("url").string_or_null(match.url);
  json.key("verdict").string(name_of(match.verdict));
  json.key("score").share(match.score / 65536.0);
  write_coverage(json, "coverage_query", match.query);
  write_coverage(json, "coverage_match", match.match);
  json.key("passages").begin_array();
  for (const QueryPassage& passage : match.passages) {
    json.begin_object();
    json.key("query_begin").integer(passage.in_query.begin);
    json.key("query_end").integer(passage.in_query.end);
    json.key("match_begin").integer(passage.in_match.begin);
    json.key("match_end").integer(passage.in_match.end);
    json.key("identity")
        .share(passage.columns == 0 ? 0
                                    : static_cast<double>(passage.equal_columns) / passage.columns);
    json.key("kind").string(name_of(passage.kind));
    json.key("text").string(slice(match.text, passage.in_match.begin, passage.in_match.end));
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

}  // namespace

std::string answer_in_words(const Asked& asked, std::string_view text, const QueryResult& result,
                            bool colors) {
  std::string words;
  if (!asked.name.empty()) words += fmt::format("{}:\n", base::printable(asked.name));
  if (result.matches.empty()) words += std::string(nowhere(asked, text));
  for (const QueryMatch& match : result.matches) {
    words += fmt::format("{}  {}  {}  {}\n", base::printable(match.id),
                         match.source.empty() ? "unknown outlet" : base::printable(match.source),
                         match.published.empty() ? "undated" : base::printable(match.published),
                         name_of(match.verdict));
    if (!match.title.empty()) words += fmt::format("  {}\n", base::printable(match.title));
    words += fmt::format("  {} of the text; {} of the article\n", percent(match.query),
                         percent(match.match));
    for (std::size_t i = 0; i < match.passages.size() && i < kMostShown; ++i) {
      words += shown(match, match.passages[i], colors);
    }
    if (match.passages.size() > kMostShown) {
      words += fmt::format("    and {} more\n", base::counted(match.passages.size() - kMostShown,
                                                              "passage", "passages"));
    }
  }
  const QueryResult::Truncated& left_out = result.truncated;
  if (left_out.matches > 0) {
    words += fmt::format("{} more; --limit shows them\n", base::grouped(left_out.matches));
  }
  if (left_out.candidates > 0) {
    words += fmt::format("{} articles that share less were not compared\n",
                         base::grouped(left_out.candidates));
  }
  if (left_out.lists > 0) {
    words +=
        fmt::format("{} of its phrases stand in so many articles that not all were looked at\n",
                    base::grouped(left_out.lists));
  }
  return words;
}

std::string answer_as_json(const Asked& asked, std::string_view text, const QueryResult& result) {
  base::JsonWriter json;
  json.begin_object();
  json.key("query").begin_object();
  json.key("id").string_or_null(asked.name);
  json.key("characters").integer(base::count_code_points(text));
  json.end_object();
  json.key("matches").begin_array();
  for (const QueryMatch& match : result.matches) write_match(json, match);
  json.end_array();
  json.key("truncated").begin_object();
  json.key("lists").integer(result.truncated.lists);
  json.key("candidates").integer(result.truncated.candidates);
  json.key("matches").integer(result.truncated.matches);
  json.end_object();
  json.key("model").string_or_null(result.model);
  json.end_object();
  return std::string(json.text());
}

}  // namespace wirecopy::app
