#include "index/families.h"

#include <fmt/format.h>

#include <array>
#include <limits>
#include <tuple>

#include "index/bytes.h"
#include "wirecopy/error.h"

namespace wirecopy::index {
namespace {

using batch::Stored;
using batch::StoredPair;

constexpr std::uint64_t kMost32 = std::numeric_limits<std::uint32_t>::max();
constexpr std::uint64_t kMost64 = std::numeric_limits<std::uint64_t>::max();

std::uint32_t number(Stored document) { return static_cast<std::uint32_t>(document); }

// Hashes do not get shorter by packing, and are read one by one.
base::Family hashes(std::string name, base::MergeValues merge = {}) {
  return {std::move(name), std::move(merge), 4096, false};
}

base::Family joined(batch::Postings postings, std::string name) {
  return hashes(std::move(name),
                [postings](std::string_view key, std::span<const std::string_view> values) {
                  const PostingBlocks blocks = blocks_of(postings);
                  static_cast<void>(blocks.prefix_of_key(key));
                  return blocks.join(values);
                });
}

const std::array<base::Family, kFamilies>& table() {
  static const std::array<base::Family, kFamilies> kTable = {
      base::Family{"ids", {}, 8192, true},        hashes("heads"),
      base::Family{"articles", {}, 8192, true},   hashes("letters"),
      joined(batch::Postings::prints, "prints"),  joined(batch::Postings::bands, "bands"),
      joined(batch::Postings::blocks, "blocks"),  base::Family{"pairs", {}, 8192, true},
      base::Family{"cluster_of", {}, 4096, true}, base::Family{"members", {}, 4096, true},
      base::Family{"facts", {}, 16'384, true},
  };
  return kTable;
}

void require(bool sound, FamilyId family) {
  if (!sound) throw_damaged(family);
}

// 16 bytes and a document.
template <typename Hash>
std::string hash_key(const Hash& hash, Stored document) {
  std::string key;
  append_big(key, hash.high);
  append_big(key, hash.low);
  append_big(key, number(document));
  return key;
}

template <typename Hash>
std::pair<Hash, Stored> parse_hash_key(FamilyId family, std::string_view key) {
  ByteReader bytes(key);
  Hash hash;
  hash.high = bytes.big<std::uint64_t>();
  hash.low = bytes.big<std::uint64_t>();
  const auto document = static_cast<Stored>(bytes.big<std::uint32_t>());
  require(bytes.done(), family);
  return {hash, document};
}

// The fields of an article, in the order in which they are written.
constexpr std::array kFields = {
    &Document::text,          &Document::title,  &Document::source,        &Document::url,
    &Document::canonical_url, &Document::byline, &Document::published_text};

// Flags in the first byte of a pair: a verdict in the lowest bits.
constexpr unsigned kVerdictBits = 4;
constexpr auto kLastVerdict = static_cast<unsigned>(Verdict::passage_reuse);
constexpr unsigned kProposed = 1U << 4U;
constexpr unsigned kCannotLink = 1U << 5U;
constexpr unsigned kFound = 1U << 6U;

void append_found(const StoredPair::Found& found, std::string& to) {
  append_varint(to, found.score);
  append_varint(to, found.similarity.size_a);
  append_varint(to, found.similarity.size_b);
  append_varint(to, found.similarity.shared);
  append_varint(to, found.first.letters);
  append_varint(to, found.first.of);
  append_varint(to, found.second.letters);
  append_varint(to, found.second.of);
  append_varint(to, found.columns);
  append_varint(to, found.equal_columns);
}

std::uint32_t varint32(ByteReader& bytes) {
  return static_cast<std::uint32_t>(bytes.varint(kMost32));
}

StoredPair::Found read_found(Verdict verdict, ByteReader& bytes) {
  StoredPair::Found found;
  found.verdict = verdict;
  found.score = varint32(bytes);
  found.similarity.size_a = varint32(bytes);
  found.similarity.size_b = varint32(bytes);
  found.similarity.shared = varint32(bytes);
  found.first.letters = bytes.varint(kMost64);
  found.first.of = bytes.varint(kMost64);
  found.second.letters = bytes.varint(kMost64);
  found.second.of = bytes.varint(kMost64);
  found.columns = bytes.varint(kMost64);
  found.equal_columns = bytes.varint(kMost64);
  return found;
}

}  // namespace

std::span<const base::Family> families() { return table(); }

void throw_damaged(FamilyId family) {
  throw Error(ErrorCode::damaged,
              fmt::format("the index is damaged: an entry of '{}' is not as it was written; "
                          "check the index, or go back to an earlier generation",
                          table()[place_of(family)].name));
}

std::string identity_value(const batch::StoredIdentity& identity) {
  std::string value;
  append_big(value, number(identity.document));
  for (const std::uint64_t text : identity.texts) append_big(value, text);
  return value;
}

batch::StoredIdentity parse_identity(std::string_view value) {
  ByteReader bytes(value);
  batch::StoredIdentity identity;
  identity.document = static_cast<Stored>(bytes.big<std::uint32_t>());
  do {
    identity.texts.push_back(bytes.big<std::uint64_t>());
  } while (bytes.sound() && !bytes.rest().empty());
  require(bytes.done(), FamilyId::ids);
  return identity;
}

std::string document_key(Stored document) {
  std::string key;
  append_big(key, number(document));
  return key;
}

Stored parse_document_key(FamilyId family, std::string_view key) {
  ByteReader bytes(key);
  const auto document = static_cast<Stored>(bytes.big<std::uint32_t>());
  require(bytes.done(), family);
  return document;
}

std::string head_value(const batch::StoredHead& head) {
  std::string value;
  append_little(value, head.letters.high);
  append_little(value, head.letters.low);
  append_little(value, head.word_hash);
  append_little(value, head.id_hash);
  append_little(value, static_cast<std::uint64_t>(head.published.earliest));
  append_little(value, static_cast<std::uint64_t>(head.published.latest));
  append_little(value, head.letter_count);
  append_little(value, head.votes.all);
  append_little(value, head.votes.common);
  append_little(value, head.generation);
  append_little(value,
                static_cast<std::uint8_t>((head.representative ? 1U : 0U) | (head.kept ? 2U : 0U)));
  return value;
}

batch::StoredHead parse_head(std::string_view value) {
  ByteReader bytes(value);
  batch::StoredHead head;
  head.letters.high = bytes.little<std::uint64_t>();
  head.letters.low = bytes.little<std::uint64_t>();
  head.word_hash = bytes.little<std::uint64_t>();
  head.id_hash = bytes.little<std::uint64_t>();
  head.published.earliest = static_cast<std::int64_t>(bytes.little<std::uint64_t>());
  head.published.latest = static_cast<std::int64_t>(bytes.little<std::uint64_t>());
  head.letter_count = bytes.little<std::uint32_t>();
  head.votes.all = bytes.little<std::uint32_t>();
  head.votes.common = bytes.little<std::uint32_t>();
  head.generation = bytes.little<std::uint32_t>();
  const unsigned flags = bytes.little<std::uint8_t>();
  head.representative = (flags & 1U) != 0;
  head.kept = (flags & 2U) != 0;
  require(bytes.done() && flags < 4, FamilyId::heads);
  return head;
}

std::string article_value(std::string_view id, const Document& document) {
  std::string value;
  const auto append = [&](std::string_view field) {
    append_varint(value, field.size());
    value += field;
  };
  append(id);
  for (const auto field : kFields) append(document.*field);
  return value;
}

std::shared_ptr<const batch::StoredArticle> parse_article(std::string value) {
  const auto article = std::make_shared<batch::StoredArticle>();
  article->bytes = std::move(value);
  ByteReader bytes(article->bytes);
  const auto take = [&] { return bytes.take(bytes.varint(kMost64)); };
  article->id = take();
  Document& document = article->document;
  for (const auto field : kFields) document.*field = take();
  require(bytes.done(), FamilyId::articles);
  document.id = article->id;
  if (!document.published_text.empty()) {
    document.published = parse_published(document.published_text);
    document.published_unreadable = !document.published;
  }
  return article;
}

std::string letters_prefix(const LettersHash& letters) {
  return letters_key(letters, {}).substr(0, sizeof(LettersHash));
}
std::string letters_key(const LettersHash& letters, Stored document) {
  return hash_key(letters, document);
}
std::pair<LettersHash, Stored> parse_letters_key(std::string_view key) {
  return parse_hash_key<LettersHash>(FamilyId::letters, key);
}

std::string pair_key(Stored one, Stored other) {
  std::string key;
  append_big(key, number(one));
  append_big(key, number(other));
  return key;
}

std::pair<Stored, Stored> parse_pair_key(std::string_view key) {
  ByteReader bytes(key);
  const auto one = static_cast<Stored>(bytes.big<std::uint32_t>());
  const auto other = static_cast<Stored>(bytes.big<std::uint32_t>());
  require(bytes.done() && one != other, FamilyId::pairs);
  return {one, other};
}

std::string pair_value(const StoredPair& pair) {
  unsigned flags = (pair.proposed ? kProposed : 0U) | (pair.cannot_link ? kCannotLink : 0U);
  if (pair.found) flags |= kFound | static_cast<unsigned>(pair.found->verdict);
  std::string value(1, static_cast<char>(flags));
  append_varint(value, pair.link_score);
  if (pair.found) append_found(*pair.found, value);
  return value;
}

StoredPair parse_pair(std::string_view key, std::string_view value) {
  StoredPair pair;
  std::tie(pair.first, pair.second) = parse_pair_key(key);
  ByteReader bytes(value);
  const unsigned flags = bytes.little<std::uint8_t>();
  const unsigned verdict = flags & ((1U << kVerdictBits) - 1);
  const bool found = (flags & kFound) != 0;
  require(flags < 2 * kFound && verdict <= (found ? kLastVerdict : 0U), FamilyId::pairs);
  pair.proposed = (flags & kProposed) != 0;
  pair.cannot_link = (flags & kCannotLink) != 0;
  pair.link_score = varint32(bytes);
  if (found) pair.found = read_found(static_cast<Verdict>(verdict), bytes);
  require(bytes.done() && pair.first < pair.second, FamilyId::pairs);
  return pair;
}

std::string cluster_value(const base::Hash128& cluster) { return member_prefix(cluster); }

base::Hash128 parse_cluster(std::string_view value) {
  ByteReader bytes(value);
  base::Hash128 cluster;
  cluster.high = bytes.big<std::uint64_t>();
  cluster.low = bytes.big<std::uint64_t>();
  require(bytes.done(), FamilyId::cluster_of);
  return cluster;
}

std::string member_prefix(const base::Hash128& cluster) {
  return member_key(cluster, {}).substr(0, sizeof(base::Hash128));
}
std::string member_key(const base::Hash128& cluster, Stored document) {
  return hash_key(cluster, document);
}
std::pair<base::Hash128, Stored> parse_member_key(std::string_view key) {
  return parse_hash_key<base::Hash128>(FamilyId::members, key);
}

std::string facts_value(const Facts& facts) {
  std::string value;
  append_big(value, number(facts.next));
  append_big(value, facts.documents);
  return value;
}

Facts parse_facts(std::string_view value) {
  ByteReader bytes(value);
  Facts facts;
  facts.next = static_cast<Stored>(bytes.big<std::uint32_t>());
  facts.documents = bytes.big<std::uint64_t>();
  require(bytes.done() && facts.documents <= number(facts.next), FamilyId::facts);
  return facts;
}

}  // namespace wirecopy::index
