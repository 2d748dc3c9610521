/// index: a stored corpus that is asked all day and added to every night.
///
/// An index is a folder of whole generations (src/index/FORMAT.md). `Index` reads one of them and
/// never waits for a writer. `IndexWriter` is the one writer; each of its calls makes the next
/// generation, all of it or nothing. What is stored is what a run knows: `add` is `dedup` beside a
/// stored corpus, so for one Recipe, rule, key and Model any split of the input into nights gives
/// the pairs and the partition of one run over everything, as long as no list of documents passes
/// its cap.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "wirecopy/batch.h"
#include "wirecopy/index_query.h"

namespace wirecopy {

/// How much there is of what.
struct IndexStats {
  std::uint32_t generation = 0;            ///< 0: nothing was added yet.
  std::vector<std::uint32_t> generations;  ///< Those one can go back to, ascending.
  std::uint64_t documents = 0;
  std::uint64_t representatives = 0;  ///< Of groups of equal texts.
  std::uint64_t clusters = 0;         ///< Of two or more.
  std::uint64_t clustered = 0;        ///< Documents in them.
  std::uint64_t pairs = 0;            ///< That were compared.
  std::string model;                  ///< Digest; empty = none yet.
  std::uint32_t model_number = 0;
  std::vector<std::pair<std::string, std::uint64_t>> bytes;   ///< On disk, by family.
  std::vector<std::pair<std::string, std::string>> settings;  ///< As in summary.json.
};

/// Reads one whole generation of an index. Any number of threads; of processes, too.
class Index {
 public:
  struct Options {
    std::optional<std::string> key_file;                    ///< In the place of the index's own.
    std::uint64_t cache_bytes = std::uint64_t{256} << 20U;  ///< Of blocks held in memory.
  };

  /// Makes an index without articles; `rule.model` is its Model, else the first `add` learns one.
  /// A key is drawn at random unless the Recipe has another than the published one. Throws
  /// Error(output) if there is one already, Error(usage) for a Recipe that aligns nothing.
  static void create(const std::string& folder, Recipe recipe, const MatchRule& rule);

  /// Opens the current generation. Throws Error(input) if there is no index, Error(damaged) naming
  /// what is not as it was written. Cost: some milliseconds.
  [[nodiscard]] static Index open(const std::string& folder, const Options& options);
  [[nodiscard]] static Index open(const std::string& folder) { return open(folder, Options()); }
  ~Index();
  Index(Index&&) noexcept;
  Index& operator=(Index&&) noexcept;

  [[nodiscard]] std::uint32_t generation() const noexcept;
  /// Whether a later generation is current by now; then open again. Cost: one small file.
  [[nodiscard]] bool is_outdated() const;

  /// Where a text ran, and where the stored article of this id did: see index_query.h. Throws
  /// Error(input) if there is no such article.
  [[nodiscard]] QueryResult query(std::string_view text, const Query& query = {}) const;
  [[nodiscard]] QueryResult query_id(std::string_view id, const Query& query = {}) const;
  /// A stored article, for wirecopy::explain. Throws Error(input) if it is not there.
  [[nodiscard]] std::unique_ptr<const FoundArticle> article(std::string_view id) const;
  /// What all pairs are judged by; the rule has the Model of this generation.
  [[nodiscard]] const Recipe& recipe() const noexcept;
  [[nodiscard]] const MatchRule& rule() const noexcept;

  /// Reads through the index: seconds for 10^6 articles.
  [[nodiscard]] IndexStats stats() const;

 private:
  struct State;
  explicit Index(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// What a check found to be there.
struct IndexCheck {
  std::uint32_t generation = 0;
  std::uint64_t files = 0;
  std::uint64_t bytes = 0;
  std::uint64_t documents = 0;
};

/// Reads every byte of the current generation and compares what the families say of each other.
/// Throws Error(damaged) naming the first thing that is wrong.
IndexCheck check_index(const std::string& folder, const Index::Options& options = {});

/// The one writer of an index. All calls make the next generation current, or throw and leave the
/// old one; the sink is finished when all is on the disk, just before the generation is current.
class IndexWriter {
 public:
  struct Options {
    std::optional<std::string> key_file;
    bool ids_from_texts = false;  ///< Articles with neither id nor url are known by their text.
  };

  /// Throws Error(locked) at once if there is another writer, and as Index::open.
  explicit IndexWriter(const std::string& folder, Options options);
  explicit IndexWriter(const std::string& folder) : IndexWriter(folder, Options()) {}
  ~IndexWriter();
  IndexWriter(IndexWriter&&) noexcept;
  IndexWriter& operator=(IndexWriter&&) noexcept;

  [[nodiscard]] const Recipe& recipe() const noexcept;
  [[nodiscard]] const MatchRule& rule() const noexcept;

  /// Adds articles. Same id and text: repeated. Same id, other text: a new version, in the place of
  /// the old one. `keep` says which of tonight's copies are kept.
  Summary add(Reader& reader, const KeepRule& keep, const Limits& limits, Sink& sink);
  /// Takes articles out; what they say stays in earlier generations. Ids that are not there are
  /// named in `unknown`.
  Summary remove(const std::vector<std::string>& ids, const Limits& limits, Sink& sink,
                 std::vector<std::string>& unknown);
  /// The same, and no trace stays: text, id and sketches go from all files, all earlier generations
  /// go. Cost: the index is written anew.
  Summary forget(const std::vector<std::string>& ids, const Limits& limits, Sink& sink,
                 std::vector<std::string>& unknown);
  /// Takes out articles whose time of publication begins and ends before that of `before`: of a
  /// date without a zone all that name an earlier date, in whatever zone. Undated ones stay.
  Summary expire(const TimeInterval& before, const Limits& limits, Sink& sink);
  /// Learns the next Model of all articles and judges all pairs anew. Cost: as dedup of them all.
  Summary relearn(const Limits& limits, Sink& sink);
  /// Makes an earlier generation current; the next night is made from it. Throws Error(usage)
  /// naming those that are there.
  void roll_back(std::uint32_t generation);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace wirecopy
