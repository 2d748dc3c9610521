/// Documents of the archive that a run looks at. In the tables of the run they stand behind those
/// that it read, each from the moment it is needed.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

#include "batch/archive.h"
#include "batch/document_table.h"

namespace wirecopy::batch {

/// Filled by one thread; while nobody loads, any thread may ask. A run without an archive has an
/// empty one.
class StoredPart {
 public:
  /// Those behind `read` are stored ones. `table` outlives this.
  void begin(const Archive& archive, DocumentTable& table);
  /// Those loaded so far are taken in as if they were read now; all later ones are *settled*: they
  /// have their fingerprints, bands and pairs in the archive.
  void begin_settled() { settled_begin_ = static_cast<std::uint32_t>(table_->size()); }

  [[nodiscard]] bool any() const noexcept { return archive_ != nullptr; }
  [[nodiscard]] const Archive& archive() const noexcept { return *archive_; }
  /// Documents that the run read itself, of `size` in all.
  [[nodiscard]] std::uint32_t own(std::size_t size) const noexcept {
    return any() ? begin_ : static_cast<std::uint32_t>(size);
  }
  [[nodiscard]] bool has(std::uint32_t document) const noexcept { return document >= begin_; }
  [[nodiscard]] bool is_settled(std::uint32_t document) const noexcept {
    return document >= settled_begin_;
  }
  /// The number of the first settled document that is, or will be.
  [[nodiscard]] std::uint32_t settled_begin() const noexcept { return settled_begin_; }

  /// Gives a stored document its place in the table; the same every time. Throws Error(damaged) if
  /// there is no such document.
  std::uint32_t load(Stored document);
  [[nodiscard]] std::optional<std::uint32_t> find(Stored document) const;
  [[nodiscard]] Stored number(std::uint32_t document) const { return numbers_[document - begin_]; }
  [[nodiscard]] const StoredHead& head(std::uint32_t document) const {
    return heads_[document - begin_];
  }
  [[nodiscard]] std::shared_ptr<const StoredArticle> article(std::uint32_t document) const {
    return archive_->article(number(document));
  }

 private:
  static constexpr std::uint32_t kNever = std::numeric_limits<std::uint32_t>::max();

  const Archive* archive_ = nullptr;
  DocumentTable* table_ = nullptr;
  std::uint32_t begin_ = kNever;
  std::uint32_t settled_begin_ = kNever;
  std::vector<Stored> numbers_;
  std::vector<StoredHead> heads_;
  std::unordered_map<Stored, std::uint32_t> places_;
};

}  // namespace wirecopy::batch
