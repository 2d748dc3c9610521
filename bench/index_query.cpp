// index_query DOCS.jsonl FOLDER [QUERIES] [NIGHTS] [CACHE MiB]
//
// Leaves the articles in a new store in FOLDER, in so many nights (without pairs and clusters),
// then asks for passages of 100 letters and for whole articles: bytes an article by family, time a
// query, warm and cold, and how many passages find their article. With 0 nights it asks the store
// that FOLDER is.
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "base/hash.h"
#include "base/store.h"
#include "batch/document_table.h"
#include "index/archive.h"
#include "index/harvest.h"
#include "index/query.h"
#include "wirecopy/batch.h"
#include "wirecopy/sketch.h"

namespace {

using namespace wirecopy;
using batch::Stored;
using Clock = std::chrono::steady_clock;

constexpr std::uint64_t kMemory = std::uint64_t{1} << 30U;
constexpr std::uint64_t kCache = std::uint64_t{256} << 20U;

// Of this thread: what a query costs while others use the machine.
double cpu_seconds() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

double seconds_since(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

void make_distinct(std::vector<std::uint64_t>& names) {
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
}

// What is stored of one article after the other.
class Nights {
 public:
  explicit Nights(const Recipe& recipe)
      : recipe_(recipe), fingerprinter_(*recipe.winnowing), sketcher_(recipe.shingling.key) {}

  void add(const Document& document, index::StoreHarvest& harvest) {
    normalize(document.text, text_);
    batch::HarvestedDocument harvested;
    harvested.number = Stored{next_++};
    harvested.document = &document;
    harvested.id = document.id;
    harvested.head.published = document.published.value_or(batch::DocumentTable::kNoTime);
    if (!text_.letters().empty()) harvested.head.letters = letters_hash(text_);
    harvested.head.representative = seen_.insert(harvested.head.letters).second;
    votes_.clear();
    bands_.clear();
    if (harvested.head.representative) derive();
    blocks_.clear();
    for (const Block& block : split_blocks(document.text, text_)) {
      const std::uint32_t letters = block.letters.end - block.letters.begin;
      if (letters >= 8 && letters <= 120) blocks_.push_back(block_hash(text_, block));
    }
    make_distinct(blocks_);
    postings += votes_.size();
    harvested.votes = votes_;
    harvested.bands = bands_;
    harvested.short_blocks = blocks_;
    harvest.document(harvested);
    harvest.identity(document.id, {harvested.number, {base::hash64(document.text)}});
    text_bytes += document.text.size();
  }

  std::uint64_t postings = 0;
  std::uint64_t text_bytes = 0;
  [[nodiscard]] std::uint32_t documents() const { return next_; }

 private:
  void derive() {
    fingerprinter_.fingerprint(text_, scratch_, prints_);
    for (const Fingerprint& each : prints_.values) votes_.push_back(each.name);
    make_distinct(votes_);
    const Signature signature = sketcher_.sketch(shingle(text_, recipe_.shingling));
    const std::size_t rows = recipe_.banding.rows();
    for (std::size_t band = 0; band < recipe_.banding.bands(); ++band) {
      const std::string_view lanes(reinterpret_cast<const char*>(&signature.lanes[band * rows]),
                                   rows * sizeof(signature.lanes[0]));
      bands_.push_back(base::hash64(lanes, band));
    }
    make_distinct(bands_);
  }

  const Recipe& recipe_;
  Fingerprinter fingerprinter_;
  Fingerprinter::Scratch scratch_;
  Sketcher sketcher_;
  NormalizedText text_;
  Fingerprints prints_;
  std::vector<std::uint64_t> votes_, bands_, blocks_;
  std::set<LettersHash> seen_;
  std::uint32_t next_ = 0;
};

std::string build(const std::string& input, const std::string& folder, std::size_t nights,
                  const Recipe& recipe) {
  Nights corpus(recipe);
  std::string from;
  for (std::size_t night = 0; night < nights; ++night) {
    ReadOptions options;
    options.inputs = {input};
    Reader reader(options);
    const std::string to = fmt::format("{}/{}", folder, night);
    const std::unique_ptr<base::StoreReader> before =
        from.empty() ? nullptr
                     : std::make_unique<base::StoreReader>(from, index::families(), kCache);
    base::StoreWriter writer(to, from, index::families());
    index::StoreHarvest harvest(before.get(), writer, kMemory, folder);
    const auto began = Clock::now();
    std::size_t block_number = 0;
    while (auto block = reader.next()) {
      if (block_number++ % nights != night) continue;
      const ParsedBlock parsed = reader.parse(std::move(*block));
      for (const Document& document : parsed.documents) corpus.add(document, harvest);
    }
    const double derived = seconds_since(began);
    harvest.complete();
    const double sorted = seconds_since(began);
    writer.finish();
    fmt::print(
        "night {}: {} documents in all; derived in {:.1f} s, sorted in {:.1f}, stored in {:.1f}\n",
        night + 1, corpus.documents(), derived, sorted - derived, seconds_since(began) - sorted);
    from = to;
  }
  fmt::print("{} documents, text {:.0f} bytes each, {:.1f} fingerprints each\n", corpus.documents(),
             static_cast<double>(corpus.text_bytes) / corpus.documents(),
             static_cast<double>(corpus.postings) / corpus.documents());
  return from;
}

void tell_sizes(const base::StoreReader& store, std::uint32_t documents) {
  std::uint64_t all = 0;
  for (std::size_t family = 0; family < index::kFamilies; ++family) {
    all += store.bytes(family);
    fmt::print("  {:<10} {:8.1f} bytes a document\n", index::families()[family].name,
               static_cast<double>(store.bytes(family)) / documents);
  }
  fmt::print("  {:<10} {:8.1f}\n", "all", static_cast<double>(all) / documents);
}

// So that the next reads come from the disk.
void forget_pages(const std::string& folder) {
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const int file = ::open(entry.path().c_str(), O_RDONLY);
    ::posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
    ::close(file);
  }
}

struct Question {
  std::string id;
  std::string text;
};

std::string passage_of(std::string_view text, std::size_t letters, std::mt19937_64& random) {
  const NormalizedText all = normalize(text);
  if (all.letters().size() <= letters || !all.ascii()) return {};
  const std::size_t begin = random() % (all.letters().size() - letters);
  const Span span = all.original_span(begin, begin + letters);
  return std::string(text.substr(span.begin, span.end - span.begin));
}

std::vector<Question> questions(const index::StoreArchive& archive, std::size_t count,
                                std::size_t letters) {
  std::mt19937_64 random(1);
  std::vector<Question> asked;
  while (asked.size() < count) {
    const Stored document{static_cast<std::uint32_t>(random() % archive.facts().documents)};
    const auto article = archive.article(document);
    std::string text = letters == 0 ? std::string(article->document.text)
                                    : passage_of(article->document.text, letters, random);
    if (!text.empty()) asked.push_back({article->id, std::move(text)});
  }
  return asked;
}

void tell_times(const char* what, std::vector<double> times) {
  std::sort(times.begin(), times.end());
  const auto at = [&](std::size_t permille) {
    return 1000 * times[std::min(times.size() - 1, times.size() * permille / 1000)];
  };
  fmt::print("  {:<24} p50 {:7.2f} ms, p90 {:7.2f}, p99 {:7.2f}\n", what, at(500), at(900),
             at(990));
}

void ask(const char* what, const std::vector<Question>& asked, const index::Searcher& searcher) {
  std::vector<double> times;
  std::vector<double> cpu;
  std::size_t found = 0;
  std::size_t truncated = 0;
  std::size_t compared = 0;
  Query query;
  for (const Question& question : asked) {
    const auto began = Clock::now();
    const double cpu_began = cpu_seconds();
    const QueryResult result = searcher.search(question.text, query);
    cpu.push_back(cpu_seconds() - cpu_began);
    times.push_back(seconds_since(began));
    compared += result.compared;
    truncated += result.truncated.any() ? 1U : 0U;
    found += std::any_of(result.matches.begin(), result.matches.end(),
                         [&](const QueryMatch& match) { return match.id == question.id; })
                 ? 1U
                 : 0U;
  }
  tell_times(what, times);
  tell_times("  cpu", cpu);
  fmt::print("  {:<24} found {} of {}, compared {:.1f} each, truncated {}\n", "", found,
             asked.size(), static_cast<double>(compared) / static_cast<double>(asked.size()),
             truncated);
}

void ask_cold(const char* what, const std::vector<Question>& asked, const std::string& folder,
              const Recipe& recipe, const MatchRule& rule) {
  std::vector<double> times;
  for (const Question& question : asked) {
    const base::StoreReader store(folder, index::families(), kCache);
    const index::StoreArchive archive(&store, 1);
    const index::Searcher searcher(archive, recipe, rule);
    forget_pages(folder);
    const auto began = Clock::now();
    static_cast<void>(searcher.search(question.text, {}));
    times.push_back(seconds_since(began));
  }
  tell_times(what, times);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    fmt::print(stderr, "index_query DOCS.jsonl FOLDER [QUERIES] [NIGHTS] [CACHE MiB]\n");
    return 2;
  }
  const auto count = static_cast<std::size_t>(argc > 3 ? std::atoll(argv[3]) : 1000);
  const auto nights = static_cast<std::size_t>(argc > 4 ? std::atoll(argv[4]) : 1);
  const Recipe recipe = Recipe::of(Preset::news);
  const MatchRule rule = MatchRule::of(Preset::news);
  const std::string folder =
      nights == 0 ? std::string(argv[2]) : build(argv[1], argv[2], nights, recipe);
  const std::uint64_t cache =
      argc > 5 ? static_cast<std::uint64_t>(std::atoll(argv[5])) << 20U : kCache;
  const base::StoreReader store(folder, index::families(), cache);
  const index::StoreArchive archive(&store, 1);
  tell_sizes(store, static_cast<std::uint32_t>(archive.facts().documents));
  const index::Searcher searcher(archive, recipe, rule);
  const auto passages = questions(archive, count, 100);
  const auto articles = questions(archive, count, 0);
  for (int round = 0; round < 2; ++round) {
    ask(round == 0 ? "passages, first time" : "passages, warm", passages, searcher);
    ask(round == 0 ? "articles, first time" : "articles, warm", articles, searcher);
  }
  const std::size_t few = std::min<std::size_t>(count, 100);
  ask_cold("passages, cold",
           {passages.begin(), passages.begin() + static_cast<std::ptrdiff_t>(few)}, folder, recipe,
           rule);
  ask_cold("articles, cold",
           {articles.begin(), articles.begin() + static_cast<std::ptrdiff_t>(few)}, folder, recipe,
           rule);
  return 0;
}
