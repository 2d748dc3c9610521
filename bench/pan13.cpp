// pan13 FOLDER [news|ocr|disguised] [NAME=VALUE...]
//
// Passage finding against planted truth, as PAN 2013 judges it: plagdet, precision, recall and
// granularity for every kind of disguise on the pairs that the truth names, and the passages found
// in pairs that share none. The pairs lie in two halves, by the first document of each: settings
// are found on one and reported on the other. FOLDER holds docs, truth.passages and
// truth.negative_pairs (.jsonl.zst); NAME=VALUE changes one value of the rule.
#include <fmt/format.h>

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
#include "wirecopy/evaluate.h"

namespace {

using namespace wirecopy;

using Documents = std::unordered_map<std::string, NormalizedText>;
/// The pairs of one kind, by their ids.
using Kind = std::map<std::pair<std::string, std::string>, PassagePair>;

Documents read_documents(const std::string& path) {
  Documents documents;
  base::JsonRowReader row;
  base::LineReader lines(path);
  while (const auto line = lines.next()) {
    if (row.parse(*line)) documents.emplace(*row.string("id"), normalize(*row.string("text")));
  }
  return documents;
}

std::map<std::string, Kind> read_kinds(const std::string& path) {
  std::map<std::string, Kind> kinds;
  base::JsonRowReader row;
  base::LineReader lines(path);
  while (const auto line = lines.next()) {
    if (!row.parse(*line)) continue;
    PassagePair& pair = kinds[std::string(*row.string("label"))]
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
    std::vector<PassagePair> half;
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
  std::map<std::string, Kind> kinds = read_kinds(folder + "/truth.passages.jsonl.zst");
  for (auto& [label, kind] : read_kinds(folder + "/truth.negative_pairs.jsonl.zst")) {
    kinds["nothing shared"] = std::move(kind);
  }
  for (auto& [name, kind] : kinds) {
    const double seconds = find_passages(documents, rule, kind);
    report(name, kind, seconds / static_cast<double>(kind.size()) * 1e6);
  }
  return 0;
}
