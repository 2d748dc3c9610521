#include "index/harvest.h"

#include <algorithm>
#include <utility>

namespace wirecopy::index {
namespace {

using batch::Postings;
using batch::Stored;

constexpr std::array kPostings = {Postings::prints, Postings::bands, Postings::blocks};

// How memory is shared: texts are long and postings are many.
constexpr std::uint64_t kArticleShare = 4;   // a quarter,
constexpr std::uint64_t kPostingsShare = 6;  // a sixth for each of three,
constexpr std::uint64_t kRowsShare = 32;     // and what is left for eight others.

bool has_letters(const batch::StoredHead& head) { return head.letters != LettersHash{}; }

}  // namespace

StoreHarvest::StoreHarvest(const base::StoreReader* before, base::StoreWriter& writer,
                           std::uint64_t memory_bytes, std::string work_folder)
    : before_(before),
      writer_(writer),
      memory_bytes_(memory_bytes),
      work_folder_(std::move(work_folder)) {
  for (std::size_t family = 0; family < kFamilies; ++family) {
    const bool articles = family == place_of(FamilyId::articles);
    rows_[family] = std::make_unique<RowSorter>(
        memory_bytes_ / (articles ? kArticleShare : kRowsShare), work_folder_);
  }
  for (const Postings postings : kPostings) {
    postings_.emplace_back(blocks_of(postings), memory_bytes_ / kPostingsShare, work_folder_);
    purged_.emplace_back(blocks_of(postings), memory_bytes_ / kRowsShare, work_folder_);
  }
  if (before_ == nullptr) {
    model_ = Model().rows();
    return;
  }
  const auto counts = before_->get(place_of(FamilyId::facts), kCountsKey);
  if (!counts) throw_damaged(FamilyId::facts);
  facts_ = parse_facts(*counts);
}

StoreHarvest::~StoreHarvest() = default;

void StoreHarvest::add_postings(Postings postings, Stored document,
                                std::span<const std::uint64_t> names) {
  for (const std::uint64_t name : names) {
    postings_[static_cast<std::size_t>(postings)].add(name, document);
  }
}

void StoreHarvest::document(const batch::HarvestedDocument& document) {
  const std::string key = document_key(document.number);
  rows(FamilyId::heads).put(key, head_value(document.head));
  rows(FamilyId::articles).put(key, article_value(document.id, *document.document));
  if (has_letters(document.head)) {
    rows(FamilyId::letters).put(letters_key(document.head.letters, document.number), {});
  }
  add_postings(Postings::prints, document.number, document.votes);
  add_postings(Postings::bands, document.number, document.bands);
  add_postings(Postings::blocks, document.number, document.short_blocks);
  const auto after = static_cast<Stored>(static_cast<std::uint32_t>(document.number) + 1);
  facts_.next = std::max(facts_.next, after);
  ++facts_.documents;
}

void StoreHarvest::remove(Stored document, const batch::StoredHead& head, std::string_view id) {
  const std::string key = document_key(document);
  rows(FamilyId::heads).remove(key);
  rows(FamilyId::articles).remove(key);
  if (has_letters(head)) rows(FamilyId::letters).remove(letters_key(head.letters, document));
  // The id may be that of a later version by now.
  const auto value = before_ ? before_->get(place_of(FamilyId::ids), id) : std::nullopt;
  if (value && parse_identity(*value).document == document) rows(FamilyId::ids).remove(id);
  --facts_.documents;
}

void StoreHarvest::identity(std::string_view id, const batch::StoredIdentity& identity) {
  rows(FamilyId::ids).put(id, identity_value(identity));
}

void StoreHarvest::head(Stored document, const batch::StoredHead& head) {
  rows(FamilyId::heads).put(document_key(document), head_value(head));
}

void StoreHarvest::pair(const batch::StoredPair& pair) {
  rows(FamilyId::pairs).put(pair_key(pair.first, pair.second), pair_value(pair));
  rows(FamilyId::pairs).put(pair_key(pair.second, pair.first), {});
}

void StoreHarvest::remove_pair(Stored first, Stored second) {
  rows(FamilyId::pairs).remove(pair_key(first, second));
  rows(FamilyId::pairs).remove(pair_key(second, first));
}

void StoreHarvest::cluster(Stored document, const std::optional<base::Hash128>& before,
                           const std::optional<base::Hash128>& now) {
  const std::string key = document_key(document);
  if (before) rows(FamilyId::members).remove(member_key(*before, document));
  if (now) {
    rows(FamilyId::members).put(member_key(*now, document), {});
    rows(FamilyId::cluster_of).put(key, cluster_value(*now));
  } else {
    rows(FamilyId::cluster_of).remove(key);
  }
}

void StoreHarvest::model(const Model& model) { model_ = model.rows(); }

void StoreHarvest::purge(Postings postings, Stored document, std::span<const std::uint64_t> names) {
  for (const std::uint64_t name : names) {
    purged_[static_cast<std::size_t>(postings)].add(name, document);
  }
}

void StoreHarvest::write_rows(FamilyId family) {
  rows(family).finish([&](const StoreRow& row) {
    if (row.removed) {
      writer_.remove(place_of(family), row.key);
    } else {
      writer_.put(place_of(family), row.key, row.value);
    }
  });
  rows_[place_of(family)].reset();
}

void StoreHarvest::rewrite_block(Postings postings, std::uint32_t prefix,
                                 std::span<const Posting> purged, std::span<const Posting> added) {
  const PostingBlocks blocks = blocks_of(postings);
  const std::size_t family = place_of(family_of(postings));
  const std::string key = blocks.key(prefix);
  std::vector<Stored> documents;
  for (const Posting& each : purged) documents.push_back(each.document);
  std::sort(documents.begin(), documents.end());
  const auto stored = before_ ? before_->get(family, key) : std::nullopt;
  std::vector<std::string_view> parts;
  const std::string rest = stored ? blocks.without(*stored, documents) : std::string();
  if (!rest.empty()) parts.push_back(rest);
  const std::string more = added.empty() ? std::string() : blocks.encode(added);
  if (!more.empty()) parts.push_back(more);
  if (!parts.empty()) {
    writer_.put(family, key, blocks.join(parts));
  } else if (stored) {
    writer_.remove(family, key);
  }
}

void StoreHarvest::write_postings(Postings postings) {
  const auto place = static_cast<std::size_t>(postings);
  const PostingBlocks blocks = blocks_of(postings);
  // What is purged is little: its blocks are written as those that are added to go by.
  std::vector<std::pair<std::uint32_t, std::vector<Posting>>> purged;
  purged_[place].finish([&](std::uint32_t prefix, std::span<const Posting> some) {
    purged.emplace_back(prefix, std::vector<Posting>(some.begin(), some.end()));
  });
  auto next = purged.begin();
  const auto rewrite_before = [&](std::uint64_t prefix) {
    for (; next != purged.end() && next->first < prefix; ++next) {
      rewrite_block(postings, next->first, next->second, {});
    }
  };
  postings_[place].finish([&](std::uint32_t prefix, std::span<const Posting> added) {
    rewrite_before(prefix);
    if (next != purged.end() && next->first == prefix) {
      rewrite_block(postings, prefix, next++->second, added);
    } else if (before_ == nullptr) {
      writer_.put(place_of(family_of(postings)), blocks.key(prefix), blocks.encode(added));
    } else {
      writer_.join(place_of(family_of(postings)), blocks.key(prefix), blocks.encode(added));
    }
  });
  rewrite_before(blocks.prefixes());
}

void StoreHarvest::complete() {
  for (std::size_t family = 0; family < place_of(FamilyId::facts); ++family) {
    write_rows(static_cast<FamilyId>(family));
  }
  for (const Postings postings : kPostings) write_postings(postings);
  writer_.put(place_of(FamilyId::facts), kCountsKey, facts_value(facts_));
  if (model_) writer_.put(place_of(FamilyId::facts), kModelKey, *model_);
}

}  // namespace wirecopy::index
