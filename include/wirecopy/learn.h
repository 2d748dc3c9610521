/// learn: the blocks of all documents → `Model`, which knows the boilerplate of each outlet.
///
/// Idea: what one outlet prints again and again under unrelated articles says nothing of where a
/// text came from. A block is *boilerplate* of a known outlet if that outlet shows it in at least 5
/// groups of equal texts on at least 3 days (in 8 groups where no times are known), if it is short
/// or stands at the edge of the text, and if it is a small part of nearly all texts that show it:
/// without the last rule an agency's own updates would turn its wire copy into boilerplate.
///
/// A Model is a value: a comparison depends on the two texts, the settings and the Model. It is
/// numbered, saved and loaded, and named in outputs.
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
  std::uint32_t in_texts_percent = 90;      ///< … in so many of the texts that show it.
};

/// A block as one document shows it.
struct BlockSighting {
  std::uint64_t block = 0;  ///< block_hash.
  bool fits = false;        ///< Short enough, or at the edge.
  bool minor = false;       ///< Under most_of_text_percent of its text.
};

/// What a document shows, one sighting a block, in order. Pure.
[[nodiscard]] std::vector<BlockSighting> sightings(const NormalizedText& text,
                                                   std::span<const Block> blocks,
                                                   const BoilerplateRule& rule = {});

/// Hash of an outlet's name: how a Model knows it.
[[nodiscard]] std::uint64_t outlet_hash(std::string_view source) noexcept;

/// What was learned. Immutable; any thread.
class Model {
 public:
  Model();  ///< Number 0: knows nothing.

  /// Whether the outlet prints the block everywhere. False for an unknown outlet ("").
  [[nodiscard]] bool is_boilerplate(std::uint64_t outlet, std::uint64_t block) const noexcept;
  [[nodiscard]] std::uint32_t number() const noexcept;
  [[nodiscard]] std::size_t size() const noexcept;  ///< Boilerplate blocks.
  [[nodiscard]] std::string digest() const;         ///< 32 hexadecimal digits over its entries.

  /// Throws Error(input) if the file cannot be read, Error(damaged) naming file and line if it is
  /// no Model of this normalization.
  [[nodiscard]] static Model load(const std::string& path);
  /// JSON lines, sorted; appears under its name only when complete. Throws Error(output).
  void save(const std::string& path) const;

 private:
  friend class Learner;
  struct Entries;
  std::shared_ptr<const Entries> entries_;
};

/// Collects sightings of all documents, then learns once.
class Learner {
 public:
  explicit Learner(const BoilerplateRule& rule = {});
  ~Learner();
  Learner(Learner&&) noexcept;
  Learner& operator=(Learner&&) noexcept;

  /// Documents in ascending order, by one thread; documents of unknown outlet are not given.
  void add(std::uint32_t document, std::uint64_t outlet, std::span<const BlockSighting> sightings);

  /// `group[d]` is the document that stands for the group of equal texts of d, `day[d]` the day
  /// since 1970-01-01 (nothing: no time). The Model depends on the set of sightings alone, not on
  /// their order. Cost: one parallel sort.
  [[nodiscard]] Model learn(std::span<const std::uint32_t> group,
                            std::span<const std::optional<std::int32_t>> day,
                            std::uint32_t number = 1) &&;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The letters of a text that are boilerplate of its outlet: ascending, disjoint, not touching.
[[nodiscard]] std::vector<LetterRange> masked_ranges(const Model& model, std::string_view source,
                                                     const NormalizedText& text,
                                                     std::span<const Block> blocks);

}  // namespace wirecopy
