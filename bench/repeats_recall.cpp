// repeats_recall inner DOCS.jsonl TRUTH.jsonl      recall of exact repeats of 12 words or more
// repeats_recall planted FOLDER PLAIN_FOLDER       recall and precision by kind, of a generated
//                                                  corpus and its twin without plantings
// repeats_recall show DOCS.jsonl [KIND [EVERY]]    findings, to be looked at
//
// Repeats inside articles against a truth. A true pair of passages counts as found if findings
// that repeat one at the other cover four fifths of each. A planted
// repeat is found if a finding of its kind has its span, but for a twentieth; a finding is right if
// a planted repeat has it. What the base texts say twice by themselves no truth knows: a finding
// that is there without the plantings too, in the twin, is neither right nor wrong.
// bench/repeats_recall makes the corpora and prints the tables.
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/lines.h"
#include "base/utf8.h"
#include "wirecopy/repeats.h"

namespace {

using namespace wirecopy;

struct Found {
  RepeatKind kind;
  std::optional<Span> first;
  Span repeat;
};

struct Document {
  std::string title;
  std::string text;
  std::vector<Found> found;
};

using Documents = std::map<std::string, Document>;

Documents read_documents(const std::string& path) {
  Documents documents;
  RepeatFinder finder;
  std::vector<Repeat> repeats;
  base::JsonRowReader row;
  base::LineReader lines(path);
  while (const auto line = lines.next()) {
    if (!row.parse(*line)) continue;
    Document& document = documents[std::string(row.string("id").value_or(""))];
    document.title = row.string("title").value_or("");
    document.text = row.string("text").value_or("");
    const NormalizedText text = normalize(document.text);
    finder.find(document.title, document.text, text, split_blocks(document.text, text), repeats);
    for (const Repeat& each : repeats) {
      Found found{each.kind, std::nullopt, text.original_span(each.repeat.begin, each.repeat.end)};
      if (each.first) found.first = text.original_span(each.first->begin, each.first->end);
      document.found.push_back(found);
    }
  }
  return documents;
}

std::uint64_t in_common(const Span& a, const Span& b) {
  const std::uint64_t begin = std::max(a.begin, b.begin);
  const std::uint64_t end = std::min(a.end, b.end);
  return end > begin ? end - begin : 0;
}
// Signs at the ends, which are no letters, may be in one span and not in the other.
bool alike(const Span& a, const Span& b) {
  constexpr std::uint64_t kSigns = 12;
  const std::uint64_t common = in_common(a, b);
  const std::uint64_t most = std::max(a.end - a.begin, b.end - b.begin);
  return common > 0 && (20 * common >= 19 * most || (most - common <= kSigns && 2 * common > most));
}

// How much of `part` the findings cover that repeat it at `other`.
bool is_covered(const std::vector<Found>& found, const Span& part, const Span& other) {
  std::vector<Span> sides;
  const auto add = [&](const Span& here, const Span& there) {
    if (in_common(here, part) > 0 && in_common(there, other) > 0) sides.push_back(here);
  };
  for (const Found& each : found) {
    if (!each.first) continue;
    add(*each.first, each.repeat);
    add(each.repeat, *each.first);
    // Said three times: both places repeat a third one.
    for (const Found& twin : found) {
      if (twin.first && in_common(*each.first, *twin.first) > 0 && !(twin.repeat == each.repeat)) {
        add(each.repeat, twin.repeat);
      }
    }
  }
  std::sort(sides.begin(), sides.end());
  std::uint64_t covered = 0;
  std::uint64_t end = part.begin;
  for (const Span& side : sides) {
    covered += in_common({std::max(side.begin, end), std::max(side.end, end)}, part);
    end = std::max(end, side.end);
  }
  return 10 * covered >= 8 * (part.end - part.begin);
}

bool is_found(const std::vector<Found>& found, const Span& a, const Span& b) {
  return is_covered(found, a, b) && is_covered(found, b, a);
}

std::string excerpt(const std::string& text, const Span& span, std::size_t most = 300) {
  const std::size_t begin = base::byte_of_code_point(text, span.begin);
  const std::size_t end = base::byte_of_code_point(text, span.end);
  std::string part = text.substr(begin, std::min(end - begin, most));
  std::replace(part.begin(), part.end(), '\n', '|');
  return end - begin > most ? part + " ..." : part;
}

void inner(const std::string& docs, const std::string& truth) {
  Documents documents = read_documents(docs);
  std::size_t pairs = 0;
  std::size_t found = 0;
  std::string missed;
  base::JsonRowReader row;
  base::LineReader lines(truth);
  while (const auto line = lines.next()) {
    if (!row.parse(*line)) continue;
    const std::string id(*row.string("id"));
    const Document& document = documents.at(id);
    row.for_each_object("repeats", [&](const base::JsonObject& each) {
      const Span a{*each.unsigned_integer("a_off"), *each.unsigned_integer("a_end")};
      const Span b{*each.unsigned_integer("b_off"), *each.unsigned_integer("b_end")};
      ++pairs;
      if (is_found(document.found, a, b)) {
        ++found;
      } else {
        missed += fmt::format("missed {} [{}, {}) [{}, {}) {}\n", id, a.begin, a.end, b.begin,
                              b.end, excerpt(document.text, b));
      }
    });
  }
  fmt::print("| {} | {} | {:.3f} |\n", pairs, found,
             static_cast<double>(found) / static_cast<double>(pairs));
  fmt::print(stderr, "{}", missed);
}

std::optional<Span> span_of(std::string_view line, std::string_view key) {
  const std::size_t at = line.find(key);
  Span span;
  if (at == line.npos) return std::nullopt;
  const std::string rest(line.substr(at + key.size(), 60));
  char* end = nullptr;
  const std::size_t open = rest.find_first_not_of(": ");
  if (open == rest.npos || rest[open] != '[') return std::nullopt;
  span.begin = std::strtoull(rest.c_str() + open + 1, &end, 10);
  span.end = std::strtoull(end + 1, nullptr, 10);
  return span;
}

// A finding by what it says: the letters of what is repeated.
std::string words_of(const Document& document, const Found& found) {
  const std::size_t begin = base::byte_of_code_point(document.text, found.repeat.begin);
  const std::size_t end = base::byte_of_code_point(document.text, found.repeat.end);
  const NormalizedText text = normalize(std::string_view(document.text).substr(begin, end - begin));
  return std::string(name_of(found.kind)) + " " + std::string(text.letters());
}

struct Score {
  std::size_t there = 0;
  std::size_t planted = 0;
  std::size_t recalled = 0;
  std::size_t told = 0;
  std::size_t right = 0;
};

void planted(const std::string& folder, const std::string& plain_folder) {
  Documents documents = read_documents(folder + "/articles.jsonl");
  std::map<std::string, std::set<std::string>> there;
  for (const auto& [id, document] : read_documents(plain_folder + "/articles.jsonl")) {
    for (const Found& each : document.found) there[id].insert(words_of(document, each));
  }
  std::map<std::string, std::vector<std::pair<std::string, Span>>> truth;
  base::JsonRowReader row;
  base::LineReader lines(folder + "/truth.repeats.jsonl");
  while (const auto line = lines.next()) {
    if (!row.parse(*line)) continue;
    truth[std::string(*row.string("id"))].emplace_back(*row.string("kind"),
                                                       *span_of(*line, "\"repeat\""));
  }
  std::map<std::string, Score> scores;
  for (auto& [id, document] : documents) {
    for (const auto& [kind, span] : truth[id]) {
      Score& score = scores[kind];
      ++score.planted;
      const bool hit = std::any_of(document.found.begin(), document.found.end(),
                                   [&, &k = kind, &s = span](const Found& each) {
                                     return name_of(each.kind) == k &&
                                            (alike(each.repeat, s) ||
                                             // Of two captions either may be the one to go.
                                             (each.first && alike(*each.first, s)));
                                   });
      score.recalled += hit ? 1U : 0U;
      if (!hit) {
        fmt::print(stderr, "missed {} {} {}\n", kind, id, excerpt(document.text, span));
      }
    }
    for (const Found& each : document.found) {
      Score& score = scores[std::string(name_of(each.kind))];
      const bool right = std::any_of(truth[id].begin(), truth[id].end(),
                                     [&](const std::pair<std::string, Span>& one) {
                                       return one.first == name_of(each.kind) &&
                                              (alike(each.repeat, one.second) ||
                                               (each.first && alike(*each.first, one.second)));
                                     });
      score.right += right ? 1U : 0U;
      if (!right && there[id].contains(words_of(document, each))) {
        ++score.there;
        continue;
      }
      ++score.told;
      if (!right) {
        fmt::print(stderr, "wrong {} {} {}\n", name_of(each.kind), id,
                   excerpt(document.text, each.repeat));
      }
    }
  }
  const auto share = [](std::size_t part, std::size_t whole) {
    return whole == 0
               ? std::string("-")
               : fmt::format("{:.3f}", static_cast<double>(part) / static_cast<double>(whole));
  };
  for (const auto& [kind, score] : scores) {
    fmt::print("| {} | {} | {} | {} | {} | {} |\n", kind, score.planted,
               share(score.recalled, score.planted), score.told, share(score.right, score.told),
               score.there);
  }
}

void show(const std::string& docs, const std::string& kind, std::size_t every) {
  std::size_t number = 0;
  for (const auto& [id, document] : read_documents(docs)) {
    for (const Found& each : document.found) {
      if (!kind.empty() && name_of(each.kind) != kind) continue;
      if (number++ % every != 0) continue;
      fmt::print("{} {} [{}, {}) of {}\n", name_of(each.kind), id, each.repeat.begin,
                 each.repeat.end, document.text.size());
      if (each.first) fmt::print("    first  {}\n", excerpt(document.text, *each.first));
      fmt::print("    repeat {}\n", excerpt(document.text, each.repeat));
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  if (arguments.size() == 3 && arguments[0] == "inner") {
    inner(arguments[1], arguments[2]);
  } else if (arguments.size() == 3 && arguments[0] == "planted") {
    planted(arguments[1], arguments[2]);
  } else if (arguments.size() >= 2 && arguments[0] == "show") {
    show(arguments[1], arguments.size() > 2 ? arguments[2] : "",
         arguments.size() > 3 ? std::stoul(arguments[3]) : 1);
  } else {
    fmt::print(stderr, "see the head of bench/repeats_recall.cpp\n");
    return 2;
  }
  return 0;
}
