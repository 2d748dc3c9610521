#include "batch/stored_part.h"

#include <fmt/format.h>

#include <utility>

#include "wirecopy/error.h"

namespace wirecopy::batch {

void StoredPart::begin(const Archive& archive, DocumentTable& table) {
  archive_ = &archive;
  table_ = &table;
  begin_ = static_cast<std::uint32_t>(table.size());
}

std::uint32_t StoredPart::load(Stored document) {
  const auto [place, is_new] =
      places_.try_emplace(document, static_cast<std::uint32_t>(table_->size()));
  if (!is_new) return place->second;
  const std::optional<StoredHead> head = archive_->head(document);
  if (!head) {
    throw Error(ErrorCode::damaged,
                fmt::format("the index names article number {}, but does not hold it: run "
                            "'wirecopy index check'",
                            static_cast<std::uint32_t>(document)));
  }
  const std::shared_ptr<const StoredArticle> article = archive_->article(document);
  table_->ids.push_back(article->id);
  table_->published.push_back(head->published);
  table_->published_texts.push_back(article->document.published_text);
  table_->source_numbers.push_back(table_->sources.number_of(article->document.source));
  table_->letters.push_back(head->letters);
  table_->letter_counts.push_back(head->letter_count);
  table_->word_hashes.push_back(head->word_hash);
  table_->origins.emplace_back();
  numbers_.push_back(document);
  heads_.push_back(*head);
  return place->second;
}

std::optional<std::uint32_t> StoredPart::find(Stored document) const {
  const auto found = places_.find(document);
  if (found == places_.end()) return std::nullopt;
  return found->second;
}

}  // namespace wirecopy::batch
