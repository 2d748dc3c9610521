/// learn: the blocks of all documents → `Model`, which knows the boilerplate of each outlet.
///
/// Idea: what one outlet prints again and again under unrelated articles says nothing of where a
/// text came from. A block is *boilerplate* of a known outlet if that outlet shows it in at least 5
/// groups of equal texts on at least 3 days (in 8 groups where no times are known), if it is short
/// or stands at the edge of the text, and if it is a small part of nearly all texts that show it.
///
/// Two guards keep an agency's own updates from turning its wire copy into boilerplate. The last
/// rule is one: the body of a story that is sent again is most of its text. The other is for a
/// paragraph that runs through UPDATE 1, UPDATE 2, …: groups that share half of the shorter text
/// beside the block are one *chain*, and a chain counts once, on its first day. From 64 groups on a
/// block needs no chains to be told from a story, and links none: an outlet whose articles are
/// mostly stock blocks would else look like one endless story.
///
/// A block that stands under articles of many stories is boilerplate of every outlet, the unknown
/// one too, by a stricter rule: learn_stock.
///
/// A Model is a value: a comparison depends on the two texts, the settings and the Model. It is
/// numbered, saved and loaded, and named in outputs. Thread rule: pure functions and immutable
/// values, but for Learner.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "wirecopy/blocks.h"

namespace wirecopy {

/// When a block counts as boilerplate.
struct BoilerplateRule {
  std::uint32_t min_groups = 5;
  std::uint32_t min_days = 3;
  std::uint32_t min_undated_groups = 8;     ///< In place of both, where no sighting has a day.
  std::uint32_t max_words = 60;             ///< Longer ones only in the first or last …
  std::uint32_t edge_percent = 15;          ///< … so many percent of the letters.
  std::uint32_t most_of_text_percent = 40;  ///< Under so much of a text …
  std::uint32_t in_texts_percent = 90;      ///< … in so many of the groups that show it.
  std::uint32_t chain_percent = 50;  ///< So much of the shorter text shared makes groups a chain …
  std::uint32_t certain_groups = 64;  ///< … but for blocks in so many groups.
  friend bool operator==(const BoilerplateRule&, const BoilerplateRule&) = default;
};

/// A block as one document shows it. Equal blocks of one text are told of together.
struct BlockSighting {
  std::uint64_t block = 0;   ///< block_hash.
  std::uint8_t percent = 0;  ///< Of the letters of the text, rounded down.
  bool fits = false;         ///< Short enough, or at the edge.
  friend bool operator==(const BlockSighting&, const BlockSighting&) = default;
};

/// What a document shows: one sighting a block, in order. Pure.
[[nodiscard]] std::vector<BlockSighting> sightings(const NormalizedText& text,
                                                   std::span<const Block> blocks,
                                                   const BoilerplateRule& rule = {});

/// When a block is boilerplate whoever prints it. See learn_stock.
struct StockRule {
  std::uint32_t min_stories = 8;           ///< Stories that show it, of which …
  std::uint32_t min_days = 5;              ///< … the first articles are of so many days.
  std::uint32_t min_undated_stories = 12;  ///< In place of both, where no article has a day.
  std::uint32_t min_letters = 25;          ///< Shorter blocks are no passages anyway.
  std::uint32_t chain_percent = 10;        ///< So much of the shorter rest makes one story.
  std::uint32_t form_percent = 90;         ///< Blocks in so many of the articles are set aside …
  std::uint32_t min_rest_percent = 25;     ///< … where so much of these is their own.
  std::uint32_t most_articles = 64;        ///< Looked at: quadratic.
};

/// Hash of an outlet's name, by which a Model knows it; 0 for "", the unknown one.
[[nodiscard]] std::uint64_t outlet_hash(std::string_view source) noexcept;

/// A passage that somebody knows to be boilerplate of an outlet.
struct StockText {
  std::string source;  ///< Empty: of every outlet, the unknown one too.
  std::string text;    ///< A whole block. Throws nothing if it has no letters: it is then nothing.
};

/// What was learned. Immutable; any thread.
class Model {
 public:
  Model();  ///< Number 0: knows nothing.

  /// This and what somebody knows, under the same number.
  [[nodiscard]] Model with(std::span<const StockText> known) const;
  /// This and blocks, by block_hash, that are boilerplate of every outlet, as learned by a rule.
  [[nodiscard]] Model with_stock(std::span<const std::uint64_t> blocks,
                                 const StockRule& rule = {}) const;

  /// Whether the block is boilerplate of the outlet, or of every one; of the unknown one nothing
  /// else is. Cost: one or two looks into a flat table, about 10 ns.
  [[nodiscard]] bool is_boilerplate(std::uint64_t outlet, std::uint64_t block) const noexcept;
  /// Whether some block is boilerplate of every outlet.
  [[nodiscard]] bool knows_every_outlet() const noexcept;
  [[nodiscard]] std::uint32_t number() const noexcept;
  [[nodiscard]] std::size_t size() const noexcept;  ///< Boilerplate blocks.
  [[nodiscard]] std::string digest() const;         ///< 32 hexadecimal digits over its entries.

  /// Throws Error(input) if the file cannot be read, Error(damaged) naming file and line if it is
  /// no Model of this normalization, or not all of one.
  [[nodiscard]] static Model load(const std::string& path);
  /// The way back from rows(), where they lie elsewhere; `name` is what errors call it.
  [[nodiscard]] static Model parse(std::string_view rows, const std::string& name);
  /// Writes rows(); the file appears under its name only when complete. Throws Error(output).
  void save(const std::string& path) const;
  /// JSON lines. The first is {"model": number, "normalization": version, "entries": count,
  /// "digest": …, "rule": {…}, and "stock_rule": {…} where blocks of every outlet were learned},
  /// each other one {"outlet": 16 hexadecimal digits, all zero for every
  /// outlet, "block": 16 of them}, ascending.
  [[nodiscard]] std::string rows() const;

 private:
  friend class Learner;
  friend struct ModelAccess;
  struct Entries;
  explicit Model(std::shared_ptr<const Entries> entries) noexcept;
  std::shared_ptr<const Entries> entries_;  // null: knows nothing
};

/// Collects sightings of all documents, then learns once.
///
/// Memory: 13 bytes a sighting and 8 a document, 2.1 GB for 10^7 documents of 15 blocks. Most
/// blocks are seen once: a counting filter drops their sightings before anything is sorted.
class Learner {
 public:
  /// Throws Error(usage) if the rule asks for less than 2 groups or more than 100 percent.
  explicit Learner(const BoilerplateRule& rule = {});
  ~Learner();
  Learner(Learner&&) noexcept;
  Learner& operator=(Learner&&) noexcept;

  /// Every document once, in any order, by one thread at a time. Documents of the unknown outlet
  /// are left out.
  void add(std::uint32_t document, std::uint64_t outlet, std::span<const BlockSighting> sightings);

  /// `group[d]` names the group of equal texts of d (any number below group.size(), as
  /// Groups::representative), `day[d]` is the day since 1970-01-01 (nothing: no time). Both must
  /// have a place for every document added. The Model depends on the set of documents alone, not on
  /// their order or numbers. Cost: about 0.1 µs a sighting, shared by all threads.
  [[nodiscard]] Model learn(std::span<const std::uint32_t> group,
                            std::span<const std::optional<std::int32_t>> day,
                            std::uint32_t number = 1) &&;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// An article as learn_stock sees it; one for each group of equal texts.
struct StockArticle {
  struct Part {
    BlockSighting seen;
    std::uint32_t letters = 0;
    std::uint32_t names_begin = 0;  ///< Among `names`; they end where the next part's begin.
    bool masked = false;            ///< Known to be boilerplate of its outlet.
  };
  std::uint64_t hash = 0;  ///< Of its letters: chooses what is looked at.
  std::optional<std::int32_t> day;
  std::vector<Part> parts;               ///< Its blocks, in order.
  std::span<const std::uint64_t> names;  ///< Of its fingerprints, by place.
};

/// The blocks that are boilerplate of every outlet, the unknown one too: ascending.
///
/// Idea: stock stands in articles that have nothing else in common; copies of a story do. Blocks
/// cannot tell that, for copies are edited and no two paragraphs may be equal, but fingerprints
/// can: articles that share a tenth of the shorter one's fingerprints outside of the block,
/// directly or through others, are one story. A page has several blocks of stock, so those that
/// nearly all of the articles show are set aside first; in copies of a story, each cut at another
/// place, there are few. As for one outlet, a block must be short or at the edge and a small part
/// of its texts. What is found is set aside, and the rest looked at again, three times at most.
///
/// Pure: neither order nor threads matter. Cost: a sort of all parts, and up to 0.5 ms a block that
/// stands in min_stories articles.
[[nodiscard]] std::vector<std::uint64_t> learn_stock(std::span<const StockArticle> articles,
                                                     const StockRule& rule = {},
                                                     const BoilerplateRule& shares = {});

/// The letters of a text that are boilerplate of its outlet: ascending, disjoint, not touching.
/// Cost: a hash and a look-up a block.
[[nodiscard]] std::vector<LetterRange> masked_ranges(const Model& model, std::string_view source,
                                                     const NormalizedText& text,
                                                     std::span<const Block> blocks);

}  // namespace wirecopy
