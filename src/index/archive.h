/// A stored corpus as a run sees it, out of one whole generation of a store.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/store.h"
#include "batch/archive.h"
#include "index/families.h"

namespace wirecopy::index {

/// Any number of threads. Nothing is held in memory but the Model and what the store's cache holds.
class StoreArchive : public batch::Archive {
 public:
  /// `store` must be opened with families() and outlive this; nothing: a corpus of nothing.
  /// `generation` is the one that a run makes. Throws Error(damaged).
  StoreArchive(const base::StoreReader* store, std::uint32_t generation);

  /// Whether a Model is stored, be it one that knows nothing.
  [[nodiscard]] bool has_model() const noexcept { return store_ != nullptr; }
  /// All documents, ascending.
  void for_each(const std::function<void(batch::Stored, const batch::StoredHead&)>& take) const;
  [[nodiscard]] const Facts& facts() const noexcept { return facts_; }

  [[nodiscard]] const Model& model() const override { return model_; }
  [[nodiscard]] batch::Stored next() const override { return facts_.next; }
  [[nodiscard]] std::uint64_t documents() const override { return facts_.documents; }
  [[nodiscard]] std::uint32_t generation() const override { return generation_; }

  [[nodiscard]] std::optional<batch::StoredIdentity> identity(std::string_view id) const override;
  [[nodiscard]] std::optional<batch::StoredHead> head(batch::Stored document) const override;
  void heads(std::span<const batch::Stored> documents,
             const std::function<void(std::size_t, const batch::StoredHead&)>& take) const override;
  [[nodiscard]] std::shared_ptr<const batch::StoredArticle> article(
      batch::Stored document) const override;
  [[nodiscard]] std::vector<batch::Stored> with_letters(const LettersHash& letters) const override;
  /// Reads all blocks, one after the other, where more than an eighth of them are asked for.
  void holders(
      batch::Postings postings, std::span<const std::uint64_t> names,
      const std::function<void(std::size_t, std::span<const batch::Stored>)>& take) const override;
  [[nodiscard]] std::vector<batch::StoredPair> pairs_of(batch::Stored document) const override;
  [[nodiscard]] std::optional<base::Hash128> cluster_of(batch::Stored document) const override;
  [[nodiscard]] std::vector<batch::Stored> members_of(const base::Hash128& cluster) const override;

 private:
  const base::StoreReader* store_;
  std::uint32_t generation_;
  Facts facts_;
  Model model_;
};

}  // namespace wirecopy::index
