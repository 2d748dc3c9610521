// Repeats in the demo corpus, each with its kind and nothing else, and in real articles.
#include <filesystem>
#include <map>
#include <set>

#include "base/json.h"
#include "base/lines.h"
#include "catch.h"
#include "random_text.h"
#include "reading.h"
#include "repeats_told.h"

using namespace wirecopy;

namespace {

// A row of truth-repeats.jsonl.
std::string row_of(const std::string& id, const Repeat& repeat, const NormalizedText& text) {
  const auto array = [&](LetterRange range) {
    const Span span = text.original_span(range.begin, range.end);
    return "[" + std::to_string(span.begin) + ", " + std::to_string(span.end) + "]";
  };
  LetterRange first = repeat.first.value_or(repeat.repeat);
  LetterRange again = repeat.repeat;
  if (again < first) std::swap(first, again);  // the truth has them as they come in the text
  return R"({"id": ")" + id + R"(", "kind": ")" + std::string(name_of(repeat.kind)) +
         R"(", "first": )" + (repeat.first ? array(first) : "null") + R"(, "repeat": )" +
         array(again) + "}";
}

// Ends of spans without the signs that are no letters, which truth has and repeats have not.
std::string without_ends(std::string row, const std::map<std::string, std::u32string>& texts) {
  base::JsonRowReader reader;
  REQUIRE(reader.parse(row));
  const std::u32string& text = texts.at(std::string(*reader.string("id")));
  for (std::size_t at = row.find('['); at != row.npos; at = row.find('[', at + 1)) {
    const std::size_t comma = row.find(", ", at);
    const std::size_t close = row.find(']', at);
    std::size_t end = std::stoul(row.substr(comma + 2, close - comma - 2));
    while (std::u32string_view(U".)’'").find(text[end - 1]) != std::u32string_view::npos) --end;
    row.replace(comma + 2, close - comma - 2, std::to_string(end));
  }
  return row;
}

struct Counts {
  std::size_t pairs = 0;
  std::size_t found = 0;
};

bool meets(const Span& a, const Span& b) { return a.begin < b.end && b.begin < a.end; }

// Pairs of exact repeats of which something is found at both places. bench/repeats_recall is
// stricter.
Counts count_exact(const std::string& folder) {
  std::map<std::string, std::string> texts;
  base::JsonRowReader row;
  base::LineReader docs(folder + "/docs.jsonl.zst");
  while (const auto line = docs.next()) {
    if (row.parse(*line)) texts[std::string(*row.string("id"))] = *row.string("text");
  }
  Counts counts;
  base::LineReader truth(folder + "/truth.inner_repeats.jsonl.zst");
  while (const auto line = truth.next()) {
    if (!row.parse(*line)) continue;
    const std::string& utf8 = texts.at(std::string(*row.string("id")));
    const NormalizedText text = normalize(utf8);
    std::vector<Span> spans;
    for (const Repeat& each : find_repeats("", utf8)) {
      if (!each.first) continue;
      spans.push_back(text.original_span(each.first->begin, each.first->end));
      spans.push_back(text.original_span(each.repeat.begin, each.repeat.end));
    }
    row.for_each_object("repeats", [&](const base::JsonObject& each) {
      const Span a{*each.unsigned_integer("a_off"), *each.unsigned_integer("a_end")};
      const Span b{*each.unsigned_integer("b_off"), *each.unsigned_integer("b_end")};
      const auto has = [&](const Span& side) {
        return std::any_of(spans.begin(), spans.end(), [&](Span s) { return meets(s, side); });
      };
      ++counts.pairs;
      counts.found += has(a) && has(b) ? 1U : 0U;
    });
  }
  return counts;
}

}  // namespace

TEST_CASE("the demo corpus repeats what its truth says, with its kind, and nothing else") {
  const std::filesystem::path corpora =
      std::filesystem::path(__FILE__).parent_path() / "../corpora";
  ReadOptions options;
  options.inputs = {(corpora / "demo-corpus").string()};
  std::map<std::string, std::u32string> texts;
  std::multiset<std::string> found;
  std::multiset<std::string> truth;
  std::set<std::string> named;
  base::JsonRowReader row;
  base::LineReader rows((corpora / "truth-repeats.jsonl").string());
  const test::Reading reading = test::read_all(options);
  for (const Document& document : reading.documents) {
    texts[std::string(document.id)] = test::code_points(document.text);
  }
  while (const auto line = rows.next()) {
    REQUIRE(row.parse(*line));
    named.emplace(*row.string("id"));
    truth.insert(without_ends(std::string(*line), texts));
  }
  for (const Document& document : reading.documents) {
    const NormalizedText text = normalize(document.text);
    const std::string id(document.id);
    for (const Repeat& each : find_repeats(document.title, document.text)) {
      // Articles that the truth does not name have trailers, and nothing else is cut from them.
      if (named.count(id) != 0) {
        found.insert(without_ends(row_of(id, each, text), texts));
      } else {
        INFO(id << ": " << test::quoted(document.text, text, each.repeat));
        CHECK((each.kind == RepeatKind::trailer || each.kind == RepeatKind::structural));
      }
    }
  }
  CHECK(found == truth);
}

TEST_CASE("exact repeats of twelve words in real articles are found") {
  for (const char* set : {"fnc1_train", "cnn_1k"}) {
    const auto folder = test::shared_data(set);
    if (!folder) {
      WARN("skipped: no shared data; set WIRECOPY_DATA");
      continue;
    }
    const Counts counts = count_exact(*folder);
    CHECK(counts.pairs > 10);
    CHECK(100 * counts.found >= 97 * counts.pairs);
  }
}
