#include "index/archive.h"

#include <algorithm>
#include <string>
#include <utility>

#include "index/posting_block.h"

namespace wirecopy::index {
namespace {

using batch::Stored;
using batch::StoredHead;

constexpr std::size_t kBatch = 1024;   // keys asked for at a time
constexpr std::size_t kScanShare = 8;  // all blocks are read where one of so many is asked for

// Names with one prefix: those from `begin` on, up to where the next ones begin.
struct Wanted {
  std::uint32_t prefix = 0;
  std::size_t begin = 0;
  std::size_t end = 0;
};

std::vector<Wanted> by_prefix(PostingBlocks blocks, std::span<const std::uint64_t> names) {
  std::vector<Wanted> wanted;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::uint32_t prefix = blocks.prefix_of(names[i]);
    if (wanted.empty() || wanted.back().prefix != prefix) wanted.push_back({prefix, i, i});
    wanted.back().end = i + 1;
  }
  return wanted;
}

// Looks names up in the blocks of one family.
class BlockLookUp {
 public:
  using Take = std::function<void(std::size_t, std::span<const Stored>)>;
  BlockLookUp(const base::StoreReader& store, batch::Postings postings,
              std::span<const std::uint64_t> names, const Take& take)
      : store_(store),
        family_(place_of(family_of(postings))),
        blocks_(blocks_of(postings)),
        names_(names),
        take_(take),
        wanted_(by_prefix(blocks_, names)) {}

  void run() { wanted_.size() >= blocks_.prefixes() / kScanShare ? scan() : get(); }

 private:
  void scan() {
    std::size_t at = 0;
    store_.scan(family_, blocks_.key(wanted_.front().prefix),
                [&](std::string_view key, std::string_view block) {
                  const std::uint32_t prefix = blocks_.prefix_of_key(key);
                  while (at < wanted_.size() && wanted_[at].prefix < prefix) ++at;
                  if (at == wanted_.size()) return false;
                  if (wanted_[at].prefix == prefix) look_up(wanted_[at++], block);
                  return at < wanted_.size();
                });
  }
  void get() {
    std::vector<std::string> keys;
    for (std::size_t begin = 0; begin < wanted_.size(); begin += keys.size()) {
      keys.clear();
      const std::size_t end = std::min(begin + kBatch, wanted_.size());
      for (std::size_t i = begin; i < end; ++i) keys.push_back(blocks_.key(wanted_[i].prefix));
      store_.get(family_, keys, [&](std::size_t i, std::string_view block) {
        look_up(wanted_[begin + i], block);
      });
    }
  }
  void look_up(const Wanted& wanted, std::string_view block) {
    suffixes_.clear();
    for (std::size_t i = wanted.begin; i < wanted.end; ++i) {
      suffixes_.push_back(blocks_.suffix_of(names_[i]));
    }
    blocks_.find(block, suffixes_, [&](std::size_t i, std::span<const Stored> documents) {
      take_(wanted.begin + i, documents);
    });
  }

  const base::StoreReader& store_;
  std::size_t family_;
  PostingBlocks blocks_;
  std::span<const std::uint64_t> names_;
  const Take& take_;
  std::vector<Wanted> wanted_;
  std::vector<std::uint32_t> suffixes_;
};

// The documents at the end of all keys with one prefix.
template <typename Parse>
std::vector<Stored> documents_behind(const base::StoreReader& store, FamilyId family,
                                     const std::string& prefix, Parse&& parse) {
  std::vector<Stored> documents;
  store.scan(place_of(family), prefix, [&](std::string_view key, std::string_view) {
    if (!key.starts_with(prefix)) return false;
    documents.push_back(parse(key).second);
    return true;
  });
  return documents;
}

}  // namespace

StoreArchive::StoreArchive(const base::StoreReader* store, std::uint32_t generation)
    : store_(store), generation_(generation) {
  if (store_ == nullptr) return;
  const auto counts = store_->get(place_of(FamilyId::facts), kCountsKey);
  const auto rows = store_->get(place_of(FamilyId::facts), kModelKey);
  if (!counts || !rows) throw_damaged(FamilyId::facts);
  facts_ = parse_facts(*counts);
  model_ = Model::parse(*rows, "the Model of the index");
}

std::optional<batch::StoredIdentity> StoreArchive::identity(std::string_view id) const {
  if (store_ == nullptr) return std::nullopt;
  const auto value = store_->get(place_of(FamilyId::ids), id);
  if (!value) return std::nullopt;
  return parse_identity(*value);
}

std::optional<StoredHead> StoreArchive::head(Stored document) const {
  if (store_ == nullptr) return std::nullopt;
  const auto value = store_->get(place_of(FamilyId::heads), document_key(document));
  if (!value) return std::nullopt;
  return parse_head(*value);
}

void StoreArchive::heads(std::span<const Stored> documents,
                         const std::function<void(std::size_t, const StoredHead&)>& take) const {
  if (store_ == nullptr) return;
  std::vector<std::string> keys;
  for (std::size_t begin = 0; begin < documents.size(); begin += keys.size()) {
    keys.clear();
    for (const Stored document :
         documents.subspan(begin, std::min(kBatch, documents.size() - begin))) {
      keys.push_back(document_key(document));
    }
    store_->get(place_of(FamilyId::heads), keys,
                [&](std::size_t i, std::string_view value) { take(begin + i, parse_head(value)); });
  }
}

void StoreArchive::for_each(
    const std::function<void(Stored, const batch::StoredHead&)>& take) const {
  if (store_ == nullptr) return;
  store_->scan(place_of(FamilyId::heads), {}, [&](std::string_view key, std::string_view value) {
    take(parse_document_key(FamilyId::heads, key), parse_head(value));
    return true;
  });
}

std::shared_ptr<const batch::StoredArticle> StoreArchive::article(Stored document) const {
  if (store_ == nullptr) throw_damaged(FamilyId::articles);
  auto value = store_->get(place_of(FamilyId::articles), document_key(document));
  if (!value) throw_damaged(FamilyId::articles);
  return parse_article(std::move(*value));
}

std::vector<Stored> StoreArchive::with_letters(const LettersHash& letters) const {
  if (store_ == nullptr) return {};
  return documents_behind(*store_, FamilyId::letters, letters_prefix(letters), parse_letters_key);
}

void StoreArchive::holders(
    batch::Postings postings, std::span<const std::uint64_t> names,
    const std::function<void(std::size_t, std::span<const Stored>)>& take) const {
  if (store_ == nullptr || names.empty()) return;
  BlockLookUp(*store_, postings, names, take).run();
}

std::vector<batch::StoredPair> StoreArchive::pairs_of(Stored document) const {
  std::vector<batch::StoredPair> pairs;
  if (store_ == nullptr) return pairs;
  constexpr auto kPairs = place_of(FamilyId::pairs);
  std::vector<std::string> mirrored;  // those in which the document comes second
  store_->scan(kPairs, document_key(document), [&](std::string_view key, std::string_view value) {
    const auto [one, other] = parse_pair_key(key);
    if (one != document) return false;
    if (other < one) {
      mirrored.push_back(pair_key(other, one));
    } else {
      pairs.push_back(parse_pair(key, value));
    }
    return true;
  });
  std::vector<batch::StoredPair> all;
  store_->get(kPairs, mirrored, [&](std::size_t i, std::string_view value) {
    all.push_back(parse_pair(mirrored[i], value));
  });
  if (all.size() != mirrored.size()) throw_damaged(FamilyId::pairs);
  all.insert(all.end(), pairs.begin(), pairs.end());
  return all;
}

std::optional<base::Hash128> StoreArchive::cluster_of(Stored document) const {
  if (store_ == nullptr) return std::nullopt;
  const auto value = store_->get(place_of(FamilyId::cluster_of), document_key(document));
  if (!value) return std::nullopt;
  return parse_cluster(*value);
}

std::vector<Stored> StoreArchive::members_of(const base::Hash128& cluster) const {
  if (store_ == nullptr) return {};
  return documents_behind(*store_, FamilyId::members, member_prefix(cluster), parse_member_key);
}

}  // namespace wirecopy::index
