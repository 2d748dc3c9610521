/// The families of a stored corpus: which there are, and what their keys and values say.
///
/// src/index/FORMAT.md has the bytes. Each pair of functions is the way in and the way out; all
/// that read bytes throw Error(damaged) for such as their partner does not make, and name the
/// family. Thread rule: pure functions.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/store.h"
#include "batch/archive.h"
#include "index/posting_block.h"

namespace wirecopy::index {

/// In this order in the store.
enum class FamilyId : std::uint8_t {
  ids,         ///< id → number and texts
  heads,       ///< document → StoredHead
  articles,    ///< document → its fields
  letters,     ///< hash of letters, document →
  prints,      ///< prefix → block of postings
  bands,       ///< the same
  blocks,      ///< the same
  pairs,       ///< first, second → StoredPair; second, first →
  cluster_of,  ///< document → cluster
  members,     ///< cluster, document →
  facts,       ///< name → what is true of all
};
inline constexpr std::size_t kFamilies = 11;

[[nodiscard]] constexpr std::size_t place_of(FamilyId family) noexcept {
  return static_cast<std::size_t>(family);
}
[[nodiscard]] constexpr FamilyId family_of(batch::Postings postings) noexcept {
  return static_cast<FamilyId>(place_of(FamilyId::prints) + static_cast<std::size_t>(postings));
}
/// How its blocks are cut: an article has some hundred fingerprints, but few bands and blocks.
[[nodiscard]] constexpr PostingBlocks blocks_of(batch::Postings postings) noexcept {
  return PostingBlocks(postings == batch::Postings::prints ? 18 : 16);
}

/// What a store of this format is opened with.
[[nodiscard]] std::span<const base::Family> families();

/// Error(damaged) that names a family.
[[noreturn]] void throw_damaged(FamilyId family);

// ids. The key is the id itself.
[[nodiscard]] std::string identity_value(const batch::StoredIdentity& identity);
[[nodiscard]] batch::StoredIdentity parse_identity(std::string_view value);

// heads, articles and cluster_of: the key of a document.
[[nodiscard]] std::string document_key(batch::Stored document);
[[nodiscard]] batch::Stored parse_document_key(FamilyId family, std::string_view key);

[[nodiscard]] std::string head_value(const batch::StoredHead& head);
[[nodiscard]] batch::StoredHead parse_head(std::string_view value);

[[nodiscard]] std::string article_value(std::string_view id, const Document& document);
[[nodiscard]] std::shared_ptr<const batch::StoredArticle> parse_article(std::string value);

/// Only what a key of letters begins with: all documents with these letters follow.
[[nodiscard]] std::string letters_prefix(const LettersHash& letters);
[[nodiscard]] std::string letters_key(const LettersHash& letters, batch::Stored document);
[[nodiscard]] std::pair<LettersHash, batch::Stored> parse_letters_key(std::string_view key);

/// Of a pair (first, second), first < second, and of its mirror (second, first), which says nothing
/// but that there is such a pair.
[[nodiscard]] std::string pair_key(batch::Stored one, batch::Stored other);
[[nodiscard]] std::pair<batch::Stored, batch::Stored> parse_pair_key(std::string_view key);
[[nodiscard]] std::string pair_value(const batch::StoredPair& pair);
[[nodiscard]] batch::StoredPair parse_pair(std::string_view key, std::string_view value);

[[nodiscard]] std::string cluster_value(const base::Hash128& cluster);
[[nodiscard]] base::Hash128 parse_cluster(std::string_view value);
[[nodiscard]] std::string member_prefix(const base::Hash128& cluster);
[[nodiscard]] std::string member_key(const base::Hash128& cluster, batch::Stored document);
[[nodiscard]] std::pair<base::Hash128, batch::Stored> parse_member_key(std::string_view key);

/// What is true of the corpus as a whole.
struct Facts {
  batch::Stored next{};         ///< The least number that no document had.
  std::uint64_t documents = 0;  ///< That are there.
  friend bool operator==(const Facts&, const Facts&) = default;
};
inline constexpr std::string_view kCountsKey = "counts";
inline constexpr std::string_view kModelKey = "model";  ///< Its value: Model::rows.
[[nodiscard]] std::string facts_value(const Facts& facts);
[[nodiscard]] Facts parse_facts(std::string_view value);

}  // namespace wirecopy::index
