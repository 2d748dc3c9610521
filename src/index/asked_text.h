/// The text of a query, compared with one stored article after the other.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "wirecopy/batch.h"
#include "wirecopy/index_query.h"

namespace wirecopy::index {

/// What is built of the asked text is kept. Not for several threads at once.
class AskedText {
 public:
  /// All must outlive it.
  AskedText(const Document& document, const Model& model, const MatchRule& rule);

  [[nodiscard]] const MarkedText& marked() const noexcept { return marked_; }

  /// Whether compare() would find a passage. Cost: a third of it.
  [[nodiscard]] bool shares_passage(const Document& article);
  /// What the article is of the text, as judge says it; id, names and text stay empty. No passages:
  /// they share nothing that counts. `blocks`: by block_hash, blocks that both show and that are a
  /// passage where there is no other, however short.
  [[nodiscard]] QueryMatch compare(const Document& article, std::span<const std::uint64_t> blocks);

 private:
  void mark_article(const Document& document, MarkedText& marked);
  void add_block(std::uint64_t hash, const Document& article, QueryMatch& match) const;

  const Document& document_;
  const Model& model_;
  std::optional<RepeatFinder> finder_;
  MarkedText marked_;
  MarkedText other_;
  Judge judge_;
};

}  // namespace wirecopy::index
