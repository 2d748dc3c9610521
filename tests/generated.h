// Base texts, and generated corpora read back and checked.
#pragma once

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json.h"
#include "base/lines.h"
#include "base/unicode.h"
#include "base/utf8.h"
#include "catch.h"
#include "stories.h"
#include "temporary_folder.h"
#include "wirecopy/error.h"
#include "wirecopy/generate.h"
#include "wirecopy/normalize.h"

namespace wirecopy::test {

inline constexpr std::array<const char*, 7> kFiles = {
    "articles.jsonl",       "truth.clusters.jsonl", "truth.pairs.jsonl", "truth.lineage.jsonl",
    "truth.passages.jsonl", "truth.repeats.jsonl",  "generate.json"};

// News of sentences and paragraphs in invented words, with enough English for the table of
// substitutions.
inline std::string base_text(std::uint64_t seed, std::size_t words = 240) {
  Random random(seed);
  std::string text;
  std::size_t in_sentence = 0;
  std::size_t sentences = 0;
  for (const std::string& word : story_words(seed, words)) {
    std::string next = random() % 8 == 0 ? "company" : random() % 8 == 0 ? "said" : word;
    if (in_sentence == 0) next.front() = static_cast<char>(next.front() - 'a' + 'A');
    text += next;
    if (++in_sentence < 8 + random() % 12) {
      text += ' ';
      continue;
    }
    text += ++sentences % 2 == 0 ? ".\n\n" : ". ";
    in_sentence = 0;
  }
  return text + "end.";
}

inline std::vector<Article> base_articles(std::size_t count, std::size_t words = 240) {
  std::vector<Article> articles;
  for (std::size_t i = 0; i < count; ++i) {
    articles.push_back({"b" + std::to_string(i), base_text(1000 + i, words), "", "",
                        "Title number " + std::to_string(i) + " of the company"});
  }
  return articles;
}

// All shares 0: copies are reprints.
inline GenerateOptions plain() {
  GenerateOptions options;
  for (double* share :
       {&options.second_hand, &options.verbatim, &options.abridged, &options.inner_loss,
        &options.alien_lead, &options.alien_sentences, &options.replaced_words,
        &options.credit_removed, &options.credit_changed, &options.title_edited, &options.title_new,
        &options.boilerplate, &options.stock, &options.captions, &options.headline_lead,
        &options.paragraph_twice, &options.noise, &options.date_only, &options.no_date}) {
    *share = 0;
  }
  return options;
}

// Numbers and strings in the array under a key of one of our own rows.
inline std::string_view array_text(std::string_view row, std::string_view key) {
  const std::string start = "\"" + std::string(key) + "\":[";
  const std::size_t begin = row.find(start);
  if (begin == std::string_view::npos) return {};
  row.remove_prefix(begin + start.size());
  return row.substr(0, row.find(']'));
}

inline std::optional<Span> span_of(std::string_view row, std::string_view key) {
  const std::string_view text = array_text(row, key);
  if (text.empty()) return std::nullopt;
  Span span;
  const std::size_t comma = text.find(',');
  std::from_chars(text.data(), text.data() + comma, span.begin);
  std::from_chars(text.data() + comma + 1, text.data() + text.size(), span.end);
  return span;
}

inline std::vector<std::string> strings_of(std::string_view row, std::string_view key) {
  std::vector<std::string> strings;
  std::string_view text = array_text(row, key);
  for (std::size_t begin = text.find('"'); begin != std::string_view::npos;) {
    const std::size_t end = text.find('"', begin + 1);
    strings.emplace_back(text.substr(begin + 1, end - begin - 1));
    begin = text.find('"', end + 1);
  }
  return strings;
}

inline std::string slice(const std::string& text, Span span) {
  std::string part;
  std::uint64_t at = 0;
  for (const char byte : text) {
    if (base::begins_code_point(byte)) ++at;
    if (at > span.begin && at <= span.end) part += byte;
  }
  return part;
}

inline std::string letters_of(const std::string& text) {
  return std::string(normalize(text).letters());
}

inline std::uint64_t letter_count(const std::string& text) {
  std::uint64_t letters = 0;
  for (const char *at = text.data(), *end = at + text.size(); at != end;) {
    const base::Decoded decoded = base::decode_utf8(at, end);
    if (base::is_letter(decoded.code_point)) ++letters;
    at += decoded.length;
  }
  return letters;
}

struct Passage {
  std::string a, b, kind;
  Span in_a, in_b;
};
struct Repeat {
  std::string id, kind;
  std::optional<Span> first;
  Span repeat;
};
struct Pair {
  std::string a, b, label;
  std::optional<double> kept;
};
struct Lineage {
  std::optional<std::string> parent;
  std::int64_t lag = 0;
  std::string title, credit;
};
struct Cluster {
  std::string kind;
  std::vector<std::string> members;
};

// A generated folder, read back.
struct Corpus {
  std::vector<Article> articles;
  std::map<std::string, Article> by_id;
  std::map<std::string, std::string> bylines;
  std::vector<Cluster> clusters;
  std::vector<Pair> pairs;
  std::map<std::string, Lineage> lineage;
  std::vector<Passage> passages;
  std::vector<Repeat> repeats;

  [[nodiscard]] std::vector<std::string> copies() const {
    std::vector<std::string> ids;
    for (const auto& [id, row] : lineage) {
      if (row.parent) ids.push_back(id);
    }
    return ids;
  }
  [[nodiscard]] std::size_t count_repeats(std::string_view kind) const {
    return static_cast<std::size_t>(std::count_if(
        repeats.begin(), repeats.end(), [&](const Repeat& row) { return row.kind == kind; }));
  }
};

inline void for_each_row(
    const std::string& path,
    const std::function<void(const base::JsonObject&, std::string_view)>& visit) {
  base::JsonRowReader row;
  base::LineReader lines(path);
  while (const auto line = lines.next()) {
    REQUIRE(row.parse(*line));
    visit(row, *line);
  }
}

inline std::string text_at(const base::JsonObject& row, std::string_view key) {
  return std::string(row.string(key).value_or(""));
}

inline Span offsets(const base::JsonObject& row, const std::string& side) {
  return {*row.unsigned_integer(side + "_begin"), *row.unsigned_integer(side + "_end")};
}

inline Corpus read_corpus(const std::string& folder) {
  Corpus corpus;
  const auto path = [&](std::size_t file) { return folder + "/" + kFiles[file]; };
  for_each_row(path(0), [&](const base::JsonObject& row, std::string_view) {
    Article article{text_at(row, "id"), text_at(row, "text"), text_at(row, "source"),
                    text_at(row, "published"), text_at(row, "title")};
    corpus.bylines[article.id] = text_at(row, "byline");
    corpus.by_id.emplace(article.id, article);
    corpus.articles.push_back(std::move(article));
  });
  for_each_row(path(1), [&](const base::JsonObject& row, std::string_view line) {
    corpus.clusters.push_back({text_at(row, "kind"), strings_of(line, "members")});
  });
  for_each_row(path(2), [&](const base::JsonObject& row, std::string_view) {
    corpus.pairs.push_back(
        {text_at(row, "a"), text_at(row, "b"), text_at(row, "label"), row.number("kept")});
  });
  for_each_row(path(3), [&](const base::JsonObject& row, std::string_view) {
    Lineage& lineage = corpus.lineage[text_at(row, "id")];
    if (const auto parent = row.string("parent")) lineage.parent = std::string(*parent);
    lineage.lag = static_cast<std::int64_t>(row.unsigned_integer("lag_seconds").value_or(0));
    lineage.title = text_at(row, "title");
    lineage.credit = text_at(row, "credit");
  });
  for_each_row(path(4), [&](const base::JsonObject& row, std::string_view) {
    corpus.passages.push_back({text_at(row, "a"), text_at(row, "b"), text_at(row, "kind"),
                               offsets(row, "a"), offsets(row, "b")});
  });
  for_each_row(path(5), [&](const base::JsonObject& row, std::string_view line) {
    corpus.repeats.push_back({text_at(row, "id"), text_at(row, "kind"), span_of(line, "first"),
                              *span_of(line, "repeat")});
  });
  return corpus;
}

// Generates into FOLDER/NAME from the rows of FOLDER/base.jsonl.
inline GenerateCounts run(const TemporaryFolder& folder, const std::string& name,
                          const GenerateOptions& options, std::uint32_t threads = 1) {
  ReadOptions read;
  read.inputs = {folder.path("base.jsonl")};
  Reader reader(read);
  GenerateTarget target;
  target.folder = folder.path(name);
  target.threads = threads;
  return generate(reader, options, target);
}

inline Corpus made_from(const std::vector<Article>& base, const GenerateOptions& options) {
  const TemporaryFolder folder;
  static_cast<void>(folder.file("base.jsonl", rows_of(base)));
  const GenerateCounts counts = run(folder, "out", options);
  Corpus corpus = read_corpus(folder.path("out"));
  REQUIRE(corpus.articles.size() == counts.articles);
  REQUIRE(counts.articles == counts.originals + counts.copies + counts.singles + counts.templates +
                                 counts.boilerplate);
  return corpus;
}

// What must hold for every corpus.
inline void check_truth(const Corpus& corpus) {
  REQUIRE(corpus.by_id.size() == corpus.articles.size());
  std::set<std::string> members;
  for (const Cluster& cluster : corpus.clusters) {
    for (const std::string& id : cluster.members) {
      REQUIRE(corpus.by_id.contains(id));
      REQUIRE(members.insert(id).second);
    }
    const bool of_many = cluster.kind == "story" || cluster.kind == "mega";
    REQUIRE((cluster.members.size() > 1) == of_many);
  }
  REQUIRE(members.size() == corpus.articles.size());
  REQUIRE(corpus.lineage.size() == corpus.articles.size());

  std::map<std::string, std::uint64_t> kept;
  for (const Passage& passage : corpus.passages) {
    const std::string a = slice(corpus.by_id.at(passage.a).text, passage.in_a);
    const std::string b = slice(corpus.by_id.at(passage.b).text, passage.in_b);
    REQUIRE(base::count_code_points(a) == passage.in_a.end - passage.in_a.begin);
    REQUIRE(base::count_code_points(b) == passage.in_b.end - passage.in_b.begin);
    const bool from_parent = corpus.lineage.at(passage.b).parent == passage.a;
    REQUIRE(from_parent == (passage.kind == "kept"));
    if (from_parent) kept[passage.b] += letter_count(a);
  }
  for (const Pair& pair : corpus.pairs) {
    const bool copy = corpus.lineage.at(pair.b).parent == pair.a;
    REQUIRE(copy == (pair.label == "copy"));
    REQUIRE(copy == pair.kept.has_value());
    if (!copy) continue;
    const auto all = static_cast<double>(letter_count(corpus.by_id.at(pair.a).text));
    REQUIRE(*pair.kept == Approx(static_cast<double>(kept[pair.b]) / all).margin(1e-5));
    REQUIRE(*pair.kept > 0);
  }
  for (const Repeat& repeat : corpus.repeats) {
    const std::string& text = corpus.by_id.at(repeat.id).text;
    REQUIRE(repeat.repeat.end <= base::count_code_points(text));
    REQUIRE(repeat.repeat.begin < repeat.repeat.end);
    if (repeat.first) REQUIRE(repeat.first->end <= repeat.repeat.begin);
  }
}

// Whether a share of n draws is within five standard errors of its setting.
inline void check_rate(std::size_t part, std::size_t whole, double setting) {
  const double error = 5 * std::sqrt(setting * (1 - setting) / static_cast<double>(whole)) + 1e-9;
  REQUIRE(static_cast<double>(part) / static_cast<double>(whole) == Approx(setting).margin(error));
}

template <typename Range, typename Predicate>
std::size_t count_of(const Range& range, Predicate&& predicate) {
  return static_cast<std::size_t>(std::count_if(range.begin(), range.end(), predicate));
}

inline std::string error_of(const std::function<void()>& call, ErrorCode code) {
  try {
    call();
  } catch (const Error& error) {
    REQUIRE(error.code() == code);
    return error.what();
  }
  FAIL("no error");
  return {};
}

}  // namespace wirecopy::test
