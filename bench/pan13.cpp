// pan13 FOLDER [news|ocr|disguised] [NAME=VALUE...]
//
// Passage finding against planted truth, as PAN 2013 judges it: plagdet, precision, recall and
// granularity for every kind of disguise on the pairs that the truth names, and the passages found
// in pairs that share none. The pairs lie in two halves, by the first document of each: settings
// are found on one and reported on the other. FOLDER holds docs, truth.passages and
// truth.negative_pairs (.jsonl.zst); NAME=VALUE changes one value of the rule.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <ctime>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/hash.h"
#include "base/json.h"
#include "base/lines.h"
#include "wirecopy/align.h"

namespace {

using namespace wirecopy;

// --- plagdet (Potthast et al. 2010, "An evaluation framework for plagiarism detection") ---

/// A passage of one pair of documents, in code points of both.
struct Found {
  Span a;
  Span b;
};
/// What was planted in one pair and what was found there.
struct PairPassages {
  std::vector<Found> cases;
  std::vector<Found> detections;
};

struct PassageScores {
  double precision = 0;
  double recall = 0;
  double granularity = 1;

  [[nodiscard]] double plagdet() const {
    const double sum = precision + recall;
    return sum == 0 ? 0 : 2 * precision * recall / sum / std::log2(1 + granularity);
  }
};

Span common(const Span& left, const Span& right) {
  const Span both{std::max(left.begin, right.begin), std::min(left.end, right.end)};
  return both.begin < both.end ? both : Span{};
}

std::uint64_t length(const Span& span) { return span.end - span.begin; }

std::uint64_t union_length(std::vector<Span> spans) {
  std::sort(spans.begin(), spans.end());
  std::uint64_t total = 0;
  std::uint64_t end = 0;
  for (const Span& span : spans) {
    if (span.end <= end) continue;
    total += span.end - std::max(span.begin, end);
    end = span.end;
  }
  return total;
}

/// The share of `of`, both sides together, that those of `others` which touch it on both sides
/// cover; and how many they are.
std::pair<double, std::size_t> covered(const Found& of, const std::vector<Found>& others) {
  std::vector<Span> in_a;
  std::vector<Span> in_b;
  for (const Found& other : others) {
    const Span a = common(of.a, other.a);
    const Span b = common(of.b, other.b);
    if (length(a) == 0 || length(b) == 0) continue;
    in_a.push_back(a);
    in_b.push_back(b);
  }
  const std::size_t count = in_a.size();
  const std::uint64_t shared = union_length(std::move(in_a)) + union_length(std::move(in_b));
  return {static_cast<double>(shared) / static_cast<double>(length(of.a) + length(of.b)), count};
}

/// Precision and recall are means over detections and over cases of the share of characters
/// covered; granularity is the mean number of detections of a case that has any.
PassageScores score_passages(const std::vector<PairPassages>& pairs) {
  PassageScores scores;
  double cases = 0;
  double detections = 0;
  double detected = 0;
  double parts = 0;
  for (const PairPassages& pair : pairs) {
    for (const Found& planted : pair.cases) {
      const auto [share, count] = covered(planted, pair.detections);
      scores.recall += share;
      detected += count > 0 ? 1 : 0;
      parts += static_cast<double>(count);
    }
    for (const Found& detection : pair.detections) {
      scores.precision += covered(detection, pair.cases).first;
    }
    cases += static_cast<double>(pair.cases.size());
    detections += static_cast<double>(pair.detections.size());
  }
  if (cases > 0) scores.recall /= cases;
  if (detections > 0) scores.precision /= detections;
  if (detected > 0) scores.granularity = parts / detected;
  return scores;
}

// --- the run ---

using Documents = std::unordered_map<std::string, NormalizedText>;
/// The pairs of one kind, by their ids.
using Kind = std::map<std::pair<std::string, std::string>, PairPassages>;

Documents read_documents(const std::string& path) {
  Documents documents;
  base::JsonRowReader row;
  base::LineReader lines(path);
  while (const auto line = lines.next()) {
    if (row.parse(*line)) documents.emplace(*row.string("id"), normalize(*row.string("text")));
  }
  return documents;
}

std::map<std::string, Kind> read_truth(const std::string& path) {
  std::map<std::string, Kind> kinds;
  base::JsonRowReader row;
  base::LineReader lines(path);
  while (const auto line = lines.next()) {
    if (!row.parse(*line)) continue;
    PairPassages& pair = kinds[std::string(*row.string("label"))]
                              [{std::string(*row.string("a")), std::string(*row.string("b"))}];
    const auto a_length = row.unsigned_integer("a_len");
    if (!a_length) continue;  // a pair that shares nothing
    const std::uint64_t a = *row.unsigned_integer("a_off");
    const std::uint64_t b = *row.unsigned_integer("b_off");
    pair.cases.push_back({{a, a + *a_length}, {b, b + *row.unsigned_integer("b_len")}});
  }
  return kinds;
}

/// Returns the CPU time of aligning alone, in seconds.
double find_passages(const Documents& documents, const AlignRule& rule, Kind& kind) {
  Aligner aligner(documents.begin()->second, rule);
  double seconds = 0;
  for (auto& [ids, pair] : kind) {
    const NormalizedText& a = documents.at(ids.first);
    const NormalizedText& b = documents.at(ids.second);
    const std::clock_t begin = std::clock();
    aligner.take(a);
    const Alignment alignment = aligner.align(b);
    seconds += static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    for (const Passage& passage : alignment.passages) {
      pair.detections.push_back({a.original_span(passage.a.begin, passage.a.end),
                                 b.original_span(passage.b.begin, passage.b.end)});
    }
  }
  return seconds;
}

bool in_tuning_half(const std::string& id) { return base::hash64(id) % 2 == 0; }

void report(const std::string& name, const Kind& kind, double microseconds) {
  fmt::print("{:24} {:5} pairs, {:.1f} us of CPU a pair\n", name, kind.size(), microseconds);
  for (const bool tuning : {true, false}) {
    std::vector<PairPassages> half;
    std::size_t detections = 0;
    std::size_t with_detections = 0;
    for (const auto& [ids, pair] : kind) {
      if (in_tuning_half(ids.first) != tuning) continue;
      half.push_back(pair);
      detections += pair.detections.size();
      with_detections += pair.detections.empty() ? 0U : 1U;
    }
    const PassageScores scores = score_passages(half);
    fmt::print(
        "  {:9} plagdet {:.3f}  precision {:.3f}  recall {:.3f}  granularity {:.3f}  "
        "{} passages in {} of {} pairs\n",
        tuning ? "tuned on" : "reported", scores.plagdet(), scores.precision, scores.recall,
        scores.granularity, detections, with_detections, half.size());
  }
}

bool change(AlignRule& rule, const std::string& setting) {
  const std::size_t equals = setting.find('=');
  if (equals == std::string::npos) return false;
  const std::string name = setting.substr(0, equals);
  const auto value = static_cast<std::uint32_t>(std::atoi(setting.c_str() + equals + 1));
  const std::map<std::string, std::uint32_t AlignRule::*> members = {
      {"seed_letters", &AlignRule::seed_letters}, {"seed_step", &AlignRule::seed_step},
      {"max_gap", &AlignRule::max_gap},           {"min_letters", &AlignRule::min_letters},
      {"min_identity", &AlignRule::min_identity},
  };
  const auto member = members.find(name);
  if (member == members.end()) return false;
  rule.*(member->second) = value;
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  AlignRule rule;
  bool understood = argc >= 2;
  for (int i = 2; i < argc && understood; ++i) {
    const std::string word = argv[i];
    if (word == "ocr") {
      rule = AlignRule::ocr();
    } else if (word == "disguised") {
      rule = AlignRule::disguised();
    } else {
      understood = word == "news" || change(rule, word);
    }
  }
  if (!understood) {
    fmt::print(stderr, "pan13 FOLDER [news|ocr|disguised] [NAME=VALUE...]\n");
    return 2;
  }
  const std::string folder = argv[1];
  const Documents documents = read_documents(folder + "/docs.jsonl.zst");
  std::map<std::string, Kind> kinds = read_truth(folder + "/truth.passages.jsonl.zst");
  for (auto& [label, kind] : read_truth(folder + "/truth.negative_pairs.jsonl.zst")) {
    kinds["nothing shared"] = std::move(kind);
  }
  for (auto& [name, kind] : kinds) {
    const double seconds = find_passages(documents, rule, kind);
    report(name, kind, seconds / static_cast<double>(kind.size()) * 1e6);
  }
  return 0;
}
