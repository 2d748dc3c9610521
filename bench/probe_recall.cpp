// probe_recall PRESET ARTICLES.jsonl TRUTH.pairs.jsonl [masked] [MIN_SHARE [LIST_CAP [MEMORY]]]
//
// With `masked`, fingerprints in stock lines do not vote: lines of at most 60 words that an outlet
// prints in five documents or more.
//
// Fingerprints and probes a corpus of which the copies are known, on one thread, and prints one row
// of a table: documents without equal copies; recall of copies with what they were made from, of
// siblings in stories of at most 100 articles, and of copies that candidates join with what they
// were made from over others of the story; recall of copies by bands (13 x 7) or probe together, as
// a run has both; a document: true pairs, candidates, candidates inside a story, candidates of
// bands alone; fingerprints, those in lists; lists over the cap and the longest; a document:
// meetings, bytes at the peak, and microseconds of normalize, fingerprint, add and propose. Times
// are processor time. bench/probe_recall makes the corpora and the table.
#include <fmt/format.h>
#include <time.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <limits>
#include <map>
#include <memory>
#include <numeric>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/hash.h"
#include "base/json.h"
#include "base/lines.h"
#include "base/parallel.h"
#include "wirecopy/band.h"
#include "wirecopy/collapse.h"
#include "wirecopy/probe.h"

namespace wirecopy {
namespace {

struct Setting {
  Winnowing winnowing;
  Probing probing;
  std::uint64_t memory_bytes = std::numeric_limits<std::uint64_t>::max();
};

const std::map<std::string, Setting> kSettings = {{"fast", {kFastWinnowing, kFastProbing}},
                                                  {"news", {kNewsWinnowing, kNewsProbing}},
                                                  {"broad", {kBroadWinnowing, kBroadProbing}},
                                                  {"ocr", {kOcrWinnowing, kOcrProbing}}};

struct Corpus {
  std::vector<std::string> texts;
  std::vector<std::uint64_t> outlets;  // hashes of their names
  std::vector<std::uint64_t> id_hashes;
  std::vector<std::uint32_t> order;           // by (published, id)
  std::vector<std::uint32_t> representative;  // first of equal texts
  std::unordered_map<std::string, std::uint32_t> numbers;

  [[nodiscard]] std::uint32_t number(std::string_view id) const {
    return representative[numbers.at(std::string(id))];
  }
};

Corpus read_articles(const std::string& path) {
  Corpus corpus;
  std::vector<std::pair<std::string, std::string>> keys;
  std::map<LettersHash, std::uint32_t> seen;
  base::LineReader lines(path);
  base::JsonRowReader row;
  while (const auto line = lines.next()) {
    if (!row.parse(*line)) continue;
    const std::string id(row.string("id").value_or(""));
    const auto number = static_cast<std::uint32_t>(corpus.texts.size());
    corpus.numbers.emplace(id, number);
    corpus.texts.emplace_back(row.string("text").value_or(""));
    corpus.outlets.push_back(base::hash64(row.string("source").value_or("")));
    const LettersHash hash = letters_hash(normalize(corpus.texts.back()));
    corpus.representative.push_back(seen.emplace(hash, number).first->second);
    corpus.id_hashes.push_back(base::hash64(id));
    keys.emplace_back(row.string("published").value_or("~"), id);
  }
  std::vector<std::uint32_t> by_time(keys.size());
  std::iota(by_time.begin(), by_time.end(), 0U);
  std::sort(by_time.begin(), by_time.end(), [&](auto a, auto b) { return keys[a] < keys[b]; });
  corpus.order.resize(keys.size());
  for (std::uint32_t i = 0; i < by_time.size(); ++i) corpus.order[by_time[i]] = i;
  return corpus;
}

// Stands for what is learned of outlets.
class StockLines {
 public:
  explicit StockLines(const Corpus& corpus) : corpus_(corpus) {
    for (std::uint32_t document = 0; document < corpus.texts.size(); ++document) {
      if (corpus.representative[document] != document) continue;
      for (const Line& line : lines_of(document)) ++documents_[line.hash];
    }
  }

  // Leaves out what begins in a stock line.
  void mask(std::uint32_t document, Fingerprints& votes) const {
    for (const Line& line : lines_of(document)) {
      if (documents_.at(line.hash) < 5) continue;
      std::erase_if(votes.values, [&](const Fingerprint& each) {
        return each.begin >= line.begin && each.begin < line.end;
      });
    }
  }

 private:
  struct Line {
    std::uint64_t hash = 0;  // of its letters and outlet
    std::size_t begin = 0;   // among the letters of the text
    std::size_t end = 0;
  };

  [[nodiscard]] std::vector<Line> lines_of(std::uint32_t document) const {
    std::vector<Line> lines;
    const std::string_view text = corpus_.texts[document];
    std::size_t letters = 0;
    for (std::size_t begin = 0; begin < text.size();) {
      const std::size_t end = std::min(text.find('\n', begin), text.size());
      const NormalizedText line = normalize(text.substr(begin, end - begin));
      const std::uint64_t hash = base::hash64(line.letters()) ^ corpus_.outlets[document];
      if (line.words().size() <= 60)
        lines.push_back({hash, letters, letters + line.letters().size()});
      letters += line.letters().size();
      begin = end + 1;
    }
    return lines;
  }

  const Corpus& corpus_;
  std::unordered_map<std::uint64_t, std::uint32_t> documents_;
};

using Pairs = std::vector<CandidatePair>;

struct Truth {
  Pairs copies;    // an article and what it was made from
  Pairs siblings;  // made from the same, in stories of at most kSmallStory articles
  std::uint64_t pairs = 0;
};
constexpr std::uint32_t kSmallStory = 100;
constexpr double kLong = 40;  // shingles

// True pairs of two different texts.
Truth read_truth(const std::string& path, const Corpus& corpus) {
  Truth truth;
  Pairs siblings;
  std::vector<std::uint32_t> others(corpus.texts.size());  // of the story
  base::LineReader lines(path);
  base::JsonRowReader row;
  while (const auto line = lines.next()) {
    if (!row.parse(*line)) continue;
    // Truth by brute force has no labels: a text of some length that is contained by half is a
    // copy.
    if (row.number("c").value_or(1) < 0.5) continue;
    const double shorter =
        std::min(row.number("na").value_or(kLong), row.number("nb").value_or(kLong));
    if (shorter < kLong) continue;
    const std::string_view label = row.string("label").value_or("copy");
    if (label != "copy" && label != "sibling") continue;
    const std::uint32_t a = corpus.number(*row.string("a"));
    const std::uint32_t b = corpus.number(*row.string("b"));
    if (a == b) continue;
    ++others[a];
    ++others[b];
    (label == "copy" ? truth.copies : siblings).push_back({std::min(a, b), std::max(a, b)});
  }
  truth.pairs = truth.copies.size() + siblings.size();
  std::erase_if(siblings, [&](CandidatePair pair) { return others[pair.first] >= kSmallStory; });
  truth.siblings = std::move(siblings);
  return truth;
}

// Groups of documents that grow together.
class Groups {
 public:
  explicit Groups(std::size_t documents) : parent_(documents) {
    std::iota(parent_.begin(), parent_.end(), 0U);
  }
  std::uint32_t root(std::uint32_t document) {
    while (parent_[document] != document) {
      document = parent_[document] = parent_[parent_[document]];
    }
    return document;
  }
  void join(CandidatePair pair) { parent_[root(pair.first)] = root(pair.second); }
  bool together(CandidatePair pair) { return root(pair.first) == root(pair.second); }

 private:
  std::vector<std::uint32_t> parent_;
};

struct Scores {
  double copies = 0;             // recall of copies
  double siblings = 0;           // recall of siblings
  double joined = 0;             // copies that candidates of their story join with their source
  double either = 0;             // recall of copies by bands or probe
  std::uint64_t inside = 0;      // candidates inside a story
  std::uint64_t band_alone = 0;  // candidates of bands that are none of probe
};

double share(std::size_t part, std::size_t whole) {
  return static_cast<double>(part) / static_cast<double>(whole);
}

Scores score(const Pairs& found, const Pairs& banded, const Truth& truth, std::size_t documents) {
  const auto hits = [](const Pairs& pairs, auto&& hit) {
    return share(static_cast<std::size_t>(std::count_if(pairs.begin(), pairs.end(), hit)),
                 pairs.size());
  };
  const auto among = [](const Pairs& pairs) {
    return [&](CandidatePair pair) { return std::binary_search(pairs.begin(), pairs.end(), pair); };
  };
  const auto is_found = among(found);
  const auto is_banded = among(banded);
  Groups stories(documents);
  for (const CandidatePair pair : truth.copies) stories.join(pair);
  Groups pieces(documents);
  Scores scores;
  for (const CandidatePair pair : found) {
    if (!stories.together(pair)) continue;
    pieces.join(pair);
    ++scores.inside;
  }
  scores.copies = hits(truth.copies, is_found);
  scores.siblings = hits(truth.siblings, is_found);
  scores.joined = hits(truth.copies, [&](CandidatePair pair) { return pieces.together(pair); });
  scores.either =
      hits(truth.copies, [&](CandidatePair pair) { return is_found(pair) || is_banded(pair); });
  scores.band_alone = static_cast<std::uint64_t>(std::count_if(
      banded.begin(), banded.end(), [&](CandidatePair pair) { return !is_found(pair); }));
  return scores;
}

// Peak of the resident memory since the last call, less what is resident now.
class MemoryPeak {
 public:
  MemoryPeak() : before_(kilobytes("VmRSS:")) { std::ofstream("/proc/self/clear_refs") << "5"; }
  [[nodiscard]] double bytes() const { return 1024 * std::max(0.0, kilobytes("VmHWM:") - before_); }

 private:
  static double kilobytes(const std::string& key) {
    std::ifstream status("/proc/self/status");
    for (std::string word; status >> word;) {
      if (word == key && status >> word) return std::stod(word);
    }
    return 0;
  }
  double before_;
};

// Processor time of this one thread, so that a busy machine does not count.
class Stopwatch {
 public:
  double lap() {
    const double last = std::exchange(last_, now());
    return last_ - last;
  }

 private:
  static double now() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
  }
  double last_ = now();
};

struct Run {
  Proposals proposals;
  double normalize = 0;
  double fingerprint = 0;
  double add = 0;
  double propose = 0;
  double bytes = 0;
};

Run run(const Corpus& corpus, const Setting& setting, const StockLines* stock) {
  Run result;
  const Fingerprinter fingerprinter(setting.winnowing);
  Fingerprinter::Scratch scratch;
  Fingerprints fingerprints;
  NormalizedText text;
  const MemoryPeak peak;
  Probe probe(setting.probing, setting.memory_bytes, std::filesystem::temp_directory_path());
  Stopwatch watch;
  for (std::uint32_t document = 0; document < corpus.texts.size(); ++document) {
    if (corpus.representative[document] != document) continue;
    watch.lap();
    normalize(corpus.texts[document], text);
    result.normalize += watch.lap();
    fingerprinter.fingerprint(text, scratch, fingerprints);
    result.fingerprint += watch.lap();
    if (stock != nullptr) stock->mask(document, fingerprints);
    watch.lap();
    probe.add(document, fingerprints);
    result.add += watch.lap();
  }
  watch.lap();
  result.proposals = std::move(probe).propose(corpus.order, corpus.id_hashes);
  result.propose = watch.lap();
  result.bytes = peak.bytes();
  return result;
}

// What banding proposes for near-identical texts, by the default plan of a run.
Pairs band(const Corpus& corpus) {
  const Shingler shingler(Shingling{});
  const Sketcher sketcher(Key{});
  Shingler::Scratch scratch;
  std::vector<std::uint64_t> shingles;
  std::vector<Signature> signatures(corpus.texts.size());
  std::vector<std::uint32_t> members;
  for (std::uint32_t document = 0; document < corpus.texts.size(); ++document) {
    if (corpus.representative[document] != document) continue;
    shingler.shingle(normalize(corpus.texts[document]), scratch, shingles);
    if (shingles.empty()) continue;
    signatures[document] = sketcher.sketch(shingles);
    members.push_back(document);
  }
  return candidates(members, signatures, corpus.order, Banding::plan(0.80, 0.95)).pairs;
}

std::string cell(double value) { return std::isnan(value) ? "–" : fmt::format("{:.4f}", value); }

void print(const std::string& preset, const Run& run, const Scores& scores, const Truth& truth) {
  const ProbeCounts& counts = run.proposals.counts;
  const auto each = [&](std::uint64_t count) { return share(count, counts.documents); };
  const auto microseconds = [&](double seconds) {
    return 1e6 * seconds / static_cast<double>(counts.documents);
  };
  fmt::print("| {} | {} | {} | {} | {} | {} | {:.2f} | {:.2f} | {:.2f} | {:.2f} ", preset,
             counts.documents, cell(scores.copies), cell(scores.siblings), cell(scores.joined),
             cell(scores.either), each(truth.pairs), each(run.proposals.pairs.size()),
             each(scores.inside), each(scores.band_alone));
  fmt::print("| {:.0f} | {:.0f} | {} | {} | {:.0f} | {:.0f} ", each(counts.postings),
             each(counts.listed), counts.hot_lists, counts.longest_list, each(counts.meetings),
             run.bytes / static_cast<double>(counts.documents));
  fmt::print("| {:.1f} | {:.1f} | {:.1f} | {:.1f} |\n", microseconds(run.normalize),
             microseconds(run.fingerprint), microseconds(run.add), microseconds(run.propose));
}

}  // namespace
}  // namespace wirecopy

int main(int argc, char** argv) {
  using namespace wirecopy;
  if (argc < 4 || !kSettings.contains(argv[1])) {
    fmt::print(stderr,
               "probe_recall fast|news|broad|ocr ARTICLES TRUTH [masked] "
               "[MIN_SHARE [LIST_CAP [MEMORY]]]\n");
    return 2;
  }
  Setting setting = kSettings.at(argv[1]);
  std::vector<std::string> rest(argv + 4, argv + argc);
  const bool masked = std::erase(rest, "masked") > 0;
  if (!rest.empty()) setting.probing.min_share = static_cast<std::uint32_t>(std::stoul(rest[0]));
  if (rest.size() > 1) setting.probing.list_cap = static_cast<std::uint32_t>(std::stoul(rest[1]));
  if (rest.size() > 2) setting.memory_bytes = std::stoull(rest[2]);

  base::Threads threads(1);
  Corpus corpus = read_articles(argv[2]);
  const auto stock = masked ? std::make_unique<StockLines>(corpus) : nullptr;
  const Run result = threads.run([&] { return run(corpus, setting, stock.get()); });
  const Pairs banded = threads.run([&] { return band(corpus); });
  const Truth truth = read_truth(argv[3], corpus);
  print(argv[1], result, score(result.proposals.pairs, banded, truth, corpus.texts.size()), truth);
  return 0;
}
