/// batch: composes the stages into one run over many documents.
///
/// Settings come in three groups by when they may change: `Recipe` (sealed into stored bytes),
/// `MatchRule` (any query), `Limits` (this machine, this run; never the result).
///
/// The *corpus* preset proposes pairs by banding alone, measures their exact Jaccard and makes
/// stars. All other presets also probe fingerprints, learn the boilerplate of each outlet in a
/// first pass, align every proposed pair, judge it and link by average.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "wirecopy/band.h"
#include "wirecopy/clean.h"
#include "wirecopy/cluster.h"
#include "wirecopy/fingerprint.h"
#include "wirecopy/learn.h"
#include "wirecopy/lineage.h"
#include "wirecopy/probe.h"
#include "wirecopy/read.h"
#include "wirecopy/repeats.h"
#include "wirecopy/report.h"
#include "wirecopy/shingle.h"
#include "wirecopy/verify.h"

namespace wirecopy {

/// Settings that go together.
enum class Preset : std::uint8_t {
  corpus,  ///< Near-identical texts of a corpus.
  fast,    ///< As news, a quarter of the fingerprints: misses short and heavily edited copies.
  news,    ///< Abridged, re-led and stitched copies.
  broad,   ///< As news, denser: finds a little more at twice the cost.
  ocr,     ///< Character noise.
};
[[nodiscard]] std::string_view name_of(Preset preset) noexcept;
/// Throws Error(usage) naming the presets if there is none of this name.
[[nodiscard]] Preset preset_named(std::string_view name);

/// How texts become comparable. Results are comparable only under equal Recipes.
struct Recipe {
  Preset preset = Preset::corpus;  ///< As it is named in outputs.
  Shingling shingling;
  Banding banding = Banding::plan(0.80, 0.95);
  std::optional<Winnowing> winnowing;  ///< Nothing in the corpus preset: texts are not aligned.

  [[nodiscard]] static Recipe of(Preset preset, const Key& key = {});
};

/// Who proposes pairs.
enum class Proposers : std::uint8_t { both, band, probe };

enum class Clustering : std::uint8_t { star, average_link, components };

/// What counts as a copy and which copy is kept.
struct MatchRule {
  Millionths threshold{800'000};  ///< Least Jaccard; the corpus preset alone asks for one.
  KeepRule keep;
  DropRule drop;  ///< In the corpus preset abridged says nothing.
  /// What articles say twice; nothing: not looked for, as in the corpus preset.
  std::optional<RepeatRule> repeats;
  /// What is cut from kept texts; nothing: they stay as they are. Needs `repeats`.
  std::optional<CutRule> cut;

  // All others:
  Proposers proposers = Proposers::both;
  Probing probing;
  JudgeRule judge;
  Clustering clustering = Clustering::average_link;
  LinkRule link;
  /// Articles published farther apart than this are not compared; nothing: all are.
  std::optional<std::int64_t> window_seconds;
  /// What is boilerplate; nothing: it is learned from the input.
  std::optional<Model> model;
  /// What is boilerplate beside that.
  std::vector<StockText> known_stock;
  /// A document is kept if more of its letters, boilerplate left out, would be lost: those outside
  /// the passages and those that differ inside; or if fewer columns of the alignment are equal, in
  /// permille. 0: what differs inside passages is noise, and no loss.
  std::uint64_t max_lost = 200;
  std::uint32_t least_identity = 900;

  [[nodiscard]] static MatchRule of(Preset preset);
};

/// Where a run stands, for a progress display.
struct Progress {
  const char* stage = "";       ///< "read", "verify", "trace", "settle", "write"
  std::uint64_t done = 0;       ///< Bytes while reading, else items.
  std::uint64_t total = 0;      ///< 0 = unknown.
  std::uint64_t documents = 0;  ///< Accepted so far.
};

struct Limits {
  std::uint32_t threads = 0;  ///< 0 = as many as there are cores.
  std::uint64_t memory_bytes =
      std::uint64_t{4} << 30U;  ///< At least 256 MiB; past it columns go to the work folder.
  std::string work_folder;  ///< For spools; must be writable. Files there have no name and vanish
                            ///< with the process.
  std::function<void(const Progress&)>
      on_progress;  ///< Called now and then, by one thread at a time.
  const std::atomic<bool>* stop =
      nullptr;  ///< Set to true: the run throws Error(interrupted) soon.
};

/// Finds the copies among the documents of `reader` and hands the findings to `sink`, which is
/// finished at the end. The findings depend on the documents, Recipe and MatchRule alone. Throws
/// Error; the sink is then not finished.
Summary dedup(Reader& reader, const Recipe& recipe, const MatchRule& rule, const Limits& limits,
              Sink& sink);

/// How a stream is cleaned, with no second look at anything.
struct StreamRule {
  Shingling shingling;
  Millionths threshold{800'000};  ///< Least Jaccard of a near copy, of 5-word shingles.
  Banding banding = Banding::plan(0.80, 0.95);
  DropRule drop;  ///< abridged says nothing here.
  CutRule cut;
  std::vector<StockText> known_stock;
  /// A row is compared with the kept ones among at least so many before it, unless these hold more
  /// than 2^24 shingles (35,000 news texts); with at most twice as many.
  std::uint32_t window = 10'000;
};

/// Cleans rows as they come: each is dropped as a copy of a kept one within the window, or cut and
/// handed to the sink. Repeats are sought inside articles alone. What is kept depends on the rows
/// and the rule alone. Memory: the window, at most 512 MiB beside what is being read. The sink gets
/// kept, ledger and rejected rows, and is finished at the end. Throws Error.
Summary clean_stream(Reader& reader, const StreamRule& rule, const Limits& limits, Sink& sink);

/// An article of an input. `document.id` is its id in a run over the same input.
struct FoundArticle {
  Document document;
  std::string id;                      ///< What document.id views.
  std::shared_ptr<const void> memory;  ///< What everything else views.
};

/// The articles of these ids, in this order; nothing where there is none. Reads all of `reader`, on
/// one thread.
[[nodiscard]] std::vector<std::unique_ptr<const FoundArticle>> find_articles(
    Reader& reader, const std::vector<std::string>& ids);

/// Everything a sceptic asks of two articles.
struct Explanation {
  /// Why the pair is compared, or is not.
  struct Proposal {
    bool equal_letters = false;  ///< Then nothing else needs to be compared.
    std::uint32_t bands = 0;     ///< Bands in which all rows agree, of
    std::uint32_t of_bands = 0;  ///< so many.
    std::uint32_t shared = 0;    ///< Fingerprints that both have, boilerplate left out, of
    std::uint32_t votes_a = 0;   ///< distinct ones that vote,
    std::uint32_t votes_b = 0;
    std::uint32_t masked_a = 0;  ///< and that are boilerplate of the outlet.
    std::uint32_t masked_b = 0;
    std::uint32_t shared_masked =
        0;  ///< Fingerprints that both have, were nothing masked, less `shared`.
    bool by_bands = false;
    bool by_fingerprints = false;  ///< As long as no list of documents is over the cap.
    bool outside_window = false;
  };
  Proposal proposal;
  MarkedText a;
  MarkedText b;
  Similarity similarity;
  Comparison comparison;  ///< Empty in the corpus preset.
  TimeOrder time;
  Credits credits_a;
  Credits credits_b;
  TitleChange title_change = TitleChange::unknown;  ///< b against a.
};

/// Compares two articles as a run would, whether it would propose them or not. `rule.model` says
/// what is boilerplate; without one nothing is. Cost: some 100 µs for two news texts.
[[nodiscard]] Explanation explain(const Document& a, const Document& b, const Recipe& recipe,
                                  const MatchRule& rule);

}  // namespace wirecopy
