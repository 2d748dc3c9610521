// Plagdet, after Potthast et al. 2010, "An evaluation framework for plagiarism detection". All of
// it follows from sums over pairs of documents, so a draw of pairs is a weighted sum.
#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <unordered_set>
#include <utility>

#include "evaluate/bootstrap.h"
#include "evaluate/counting.h"
#include "evaluate/rows.h"
#include "evaluate/truth.h"

namespace wirecopy {
namespace {

using IdPair = std::pair<std::string, std::string>;  // the smaller id first

std::uint64_t length(const Span& span) { return span.end - span.begin; }

Span common(const Span& left, const Span& right) {
  const Span both{std::max(left.begin, right.begin), std::min(left.end, right.end)};
  return both.begin < both.end ? both : Span{};
}

std::uint64_t union_length(std::vector<Span>& spans) {
  std::ranges::sort(spans);
  std::uint64_t total = 0;
  std::uint64_t end = 0;
  for (const Span& span : spans) {
    if (span.end <= end) continue;
    total += span.end - std::max(span.begin, end);
    end = span.end;
  }
  return total;
}

// Characters of both documents, each counted once.
struct Characters {
  std::vector<Span> a;
  std::vector<Span> b;

  void add(const PassageMatch& match) {
    a.push_back(match.a);
    b.push_back(match.b);
  }
  [[nodiscard]] std::uint64_t count() { return union_length(a) + union_length(b); }
};

struct Overlaps {
  double share = 0;  // of the characters of one passage
  std::uint64_t count = 0;
};

// How those of `others` that overlap `one` in both documents cover it; their part goes into `all`.
Overlaps overlaps(const PassageMatch& one, const std::vector<PassageMatch>& others,
                  Characters& all) {
  Characters covered;
  std::uint64_t count = 0;
  for (const PassageMatch& other : others) {
    const PassageMatch both{common(one.a, other.a), common(one.b, other.b)};
    if (length(both.a) == 0 || length(both.b) == 0) continue;
    covered.add(both);
    all.add(both);
    ++count;
  }
  if (count == 0) return {};
  return {static_cast<double>(covered.count()) / static_cast<double>(length(one.a) + length(one.b)),
          count};
}

// What the measures are made of.
struct Sums {
  std::uint64_t cases = 0;
  std::uint64_t detections = 0;
  std::uint64_t detected = 0;  // cases
  std::uint64_t parts = 0;     // detections of these
  std::uint64_t case_characters = 0;
  std::uint64_t detection_characters = 0;
  std::uint64_t common_characters = 0;
  double recall = 0;
  double precision = 0;

  void add(const Sums& other, std::uint64_t weight) {
    for (const auto member :
         {&Sums::cases, &Sums::detections, &Sums::detected, &Sums::parts, &Sums::case_characters,
          &Sums::detection_characters, &Sums::common_characters}) {
      this->*member += weight * other.*member;
    }
    recall += static_cast<double>(weight) * other.recall;
    precision += static_cast<double>(weight) * other.precision;
  }

  [[nodiscard]] PassageScores scores() const {
    const auto mean = [](double sum, std::uint64_t count) {
      return count == 0 ? 0 : sum / static_cast<double>(count);
    };
    PassageScores scores;
    scores.cases = cases;
    scores.detections = detections;
    scores.precision = mean(precision, detections);
    scores.recall = mean(recall, cases);
    if (detected > 0) scores.granularity = mean(static_cast<double>(parts), detected);
    scores.micro_precision = Share{common_characters, detection_characters}.value();
    scores.micro_recall = Share{common_characters, case_characters}.value();
    return scores;
  }
};

Sums sums_of(const PassagePair& pair) {
  Sums sums;
  Characters cases;
  Characters detections;
  Characters both;
  for (const PassageMatch& planted : pair.cases) {
    const Overlaps found = overlaps(planted, pair.detections, both);
    sums.recall += found.share;
    sums.detected += found.count > 0 ? 1 : 0;
    sums.parts += found.count;
    cases.add(planted);
  }
  Characters same;  // as `both`
  for (const PassageMatch& detection : pair.detections) {
    sums.precision += overlaps(detection, pair.cases, same).share;
    detections.add(detection);
  }
  sums.cases = pair.cases.size();
  sums.detections = pair.detections.size();
  sums.case_characters = cases.count();
  sums.detection_characters = detections.count();
  sums.common_characters = both.count();
  return sums;
}

struct NamedPair {
  std::string label;
  PassagePair passages;
};
using NamedPairs = std::map<IdPair, NamedPair>;

// Both documents by id, and the match that way round.
std::pair<IdPair, PassageMatch> ordered(std::string a, std::string b, PassageMatch match) {
  if (b < a) {
    std::swap(a, b);
    std::swap(match.a, match.b);
  }
  return {{std::move(a), std::move(b)}, match};
}

NamedPairs read_cases(const TruthFiles& truth) {
  NamedPairs pairs;
  for (const evaluate::TruthPassage& passage : evaluate::passages_of(truth)) {
    const auto [ids, match] = ordered(passage.a, passage.b, passage.match);
    const auto place = pairs.try_emplace(ids, NamedPair{passage.label, {}}).first;
    if (length(match.a) > 0) place->second.passages.cases.push_back(match);
  }
  return pairs;
}

// Returns how many detections stand in pairs without a name.
std::uint64_t read_detections(const std::string& path, NamedPairs& pairs) {
  std::uint64_t elsewhere = 0;
  evaluate::read_rows(
      path, "a, b, a_begin, a_end, b_begin and b_end, as in the passages.jsonl of a run",
      [&](const base::JsonObject& row) {
        const auto a = row.string("a");
        const auto b = row.string("b");
        std::array<std::optional<std::uint64_t>, 4> places;
        constexpr std::array kPlaces{"a_begin", "a_end", "b_begin", "b_end"};
        std::ranges::transform(kPlaces, places.begin(),
                               [&](const char* key) { return row.unsigned_integer(key); });
        const bool complete = a && b && std::ranges::all_of(places, [](const auto& place) {
                                return place.has_value();
                              });
        if (!complete || *places[0] >= *places[1] || *places[2] >= *places[3]) return false;
        if (row.string("kind") == "boilerplate") return true;
        const auto [ids, match] = ordered(std::string(*a), std::string(*b),
                                          {{*places[0], *places[1]}, {*places[2], *places[3]}});
        const auto named = pairs.find(ids);
        if (named == pairs.end()) {
          ++elsewhere;
        } else {
          named->second.passages.detections.push_back(match);
        }
        return true;
      });
  return elsewhere;
}

// Documents that a run did not look at, because it looked at one of the same text, which is a.
std::unordered_set<std::string> equal_copies(const std::string& run) {
  std::unordered_set<std::string> ids;
  const std::string path = (std::filesystem::path(run) / "pairs.jsonl").string();
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) return ids;
  evaluate::read_rows(path, "a, b and verdict", [&](const base::JsonObject& row) {
    const auto b = row.string("b");
    if (b && evaluate::says_equal(row)) ids.emplace(*b);
    return b.has_value();
  });
  return ids;
}

std::uint64_t leave_out_equal_copies(const std::string& run, NamedPairs& pairs) {
  const std::unordered_set<std::string> copies = equal_copies(run);
  std::uint64_t cases = 0;
  std::erase_if(pairs, [&](const auto& item) {
    const auto& [ids, pair] = item;
    const bool seen = !copies.contains(ids.first) && !copies.contains(ids.second);
    if (seen || !pair.passages.detections.empty()) return false;
    cases += pair.passages.cases.size();
    return true;
  });
  return cases;
}

}  // namespace

double PassageScores::plagdet() const noexcept {
  return evaluate::f1_of(precision, recall) / std::log2(1 + granularity);
}

PassageScores score_passages(const std::vector<PassagePair>& pairs) {
  Sums sums;
  for (const PassagePair& pair : pairs) sums.add(sums_of(pair), 1);
  return sums.scores();
}

PassageReport evaluate_passages(const std::string& run, const TruthFiles& truth,
                                const Bootstrap& bootstrap) {
  NamedPairs pairs = read_cases(truth);
  PassageReport report;
  report.elsewhere = read_detections(evaluate::run_file(run, "passages.jsonl"), pairs);
  report.equal_copies = leave_out_equal_copies(run, pairs);

  std::vector<Sums> units;
  Sums all;
  std::map<std::string, Sums> by_label;
  for (const auto& [ids, pair] : pairs) {
    units.push_back(sums_of(pair.passages));
    all.add(units.back(), 1);
    by_label[pair.label].add(units.back(), 1);
  }
  report.all = all.scores();
  for (const auto& [label, sums] : by_label) report.by_label[label] = sums.scores();
  report.plagdet = evaluate::intervals<1>(bootstrap, units.size(), [&](evaluate::Weights weights) {
    Sums drawn;
    for (std::size_t i = 0; i < units.size(); ++i) drawn.add(units[i], weights[i]);
    return std::array{drawn.scores().plagdet()};
  })[0];
  return report;
}

}  // namespace wirecopy
