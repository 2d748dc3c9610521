/// What a night leaves behind, on its way into the next generation of a store.
///
/// Rows come in the order in which a run knows them, and a store wants each family in the order of
/// its keys: they are gathered and sorted, in bounded memory, and written at the end.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/store.h"
#include "batch/archive.h"
#include "index/families.h"
#include "index/posting_sorter.h"
#include "index/row_sorter.h"

namespace wirecopy::index {

/// One thread. `before` and `writer` must outlive it.
class StoreHarvest : public batch::Harvest {
 public:
  /// `before` is the generation that `writer` began with; nothing: there was none. `memory_bytes`
  /// is held at most, and a little; the rest goes to files without names in `work_folder`. Throws
  /// Error(damaged).
  StoreHarvest(const base::StoreReader* before, base::StoreWriter& writer,
               std::uint64_t memory_bytes, std::string work_folder);
  ~StoreHarvest() override;

  void document(const batch::HarvestedDocument& document) override;
  void remove(batch::Stored document, const batch::StoredHead& head, std::string_view id) override;
  void identity(std::string_view id, const batch::StoredIdentity& identity) override;
  void head(batch::Stored document, const batch::StoredHead& head) override;
  void pair(const batch::StoredPair& pair) override;
  void remove_pair(batch::Stored first, batch::Stored second) override;
  void cluster(batch::Stored document, const std::optional<base::Hash128>& before,
               const std::optional<base::Hash128>& now) override;

  /// The Model from now on. Without a call that of `before` stays.
  void model(const Model& model) override;
  /// Takes a document out of postings too: out of all blocks that hold any of these names, which
  /// may be more than it ever had. For `forget`; else `remove` is enough, for readers ask for the
  /// head.
  void purge(batch::Postings postings, batch::Stored document,
             std::span<const std::uint64_t> names);

  /// Hands all to the writer, which must then be finished. Throws Error(output), Error(damaged).
  void complete() override;

 private:
  RowSorter& rows(FamilyId family) { return *rows_[place_of(family)]; }
  void add_postings(batch::Postings postings, batch::Stored document,
                    std::span<const std::uint64_t> names);
  void write_rows(FamilyId family);
  void write_postings(batch::Postings postings);
  void rewrite_block(batch::Postings postings, std::uint32_t prefix,
                     std::span<const Posting> purged, std::span<const Posting> added);

  const base::StoreReader* before_;
  base::StoreWriter& writer_;
  std::uint64_t memory_bytes_;
  std::string work_folder_;
  Facts facts_;
  std::optional<std::string> model_;                        // rows
  std::array<std::unique_ptr<RowSorter>, kFamilies> rows_;  // none where there are postings
  std::vector<PostingSorter> postings_;
  std::vector<PostingSorter> purged_;
};

}  // namespace wirecopy::index
