// A stored corpus in plain maps: what the index is compared with, and what stands in for it.
#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "batch/archive.h"

namespace wirecopy::test {

// Strings of a document that live on their own.
struct OwnedArticle {
  std::string id, text, title, source, url, canonical_url, byline, published_text;

  [[nodiscard]] Document document() const {
    Document document;
    document.id = id;
    document.text = text;
    document.title = title;
    document.source = source;
    document.url = url;
    document.canonical_url = canonical_url;
    document.byline = byline;
    document.published_text = published_text;
    if (!published_text.empty()) {
      document.published = parse_published(published_text);
      document.published_unreadable = !document.published;
    }
    return document;
  }
};

class MemoryArchive : public batch::Archive, public batch::Harvest {
 public:
  using Stored = batch::Stored;
  using Postings = batch::Postings;

  // For a test to look into, and to break.
  Model known;
  std::uint32_t night = 1;
  std::uint32_t next_number = 0;
  std::map<std::string, batch::StoredIdentity, std::less<>> ids;
  std::map<Stored, batch::StoredHead> stored_heads;
  std::map<Stored, OwnedArticle> articles;
  std::map<std::pair<int, std::uint64_t>, std::set<Stored>> lists;  // by kind and 40 bits
  std::map<std::pair<Stored, Stored>, batch::StoredPair> pairs;
  std::map<Stored, base::Hash128> clusters;

  [[nodiscard]] const Model& model() const override { return known; }
  [[nodiscard]] Stored next() const override { return Stored{next_number}; }
  [[nodiscard]] std::uint64_t documents() const override { return stored_heads.size(); }
  [[nodiscard]] std::uint32_t generation() const override { return night; }

  [[nodiscard]] std::optional<batch::StoredIdentity> identity(std::string_view id) const override {
    const auto found = ids.find(id);
    return found == ids.end() ? std::nullopt : std::optional(found->second);
  }
  [[nodiscard]] std::optional<batch::StoredHead> head(Stored document) const override {
    const auto found = stored_heads.find(document);
    return found == stored_heads.end() ? std::nullopt : std::optional(found->second);
  }
  void heads(
      std::span<const Stored> documents,
      const std::function<void(std::size_t, const batch::StoredHead&)>& take) const override {
    for (std::size_t i = 0; i < documents.size(); ++i) {
      if (const auto found = head(documents[i])) take(i, *found);
    }
  }
  [[nodiscard]] std::shared_ptr<const batch::StoredArticle> article(
      Stored document) const override {
    auto article = std::make_shared<batch::StoredArticle>();
    const OwnedArticle& owned = articles.at(document);
    article->id = owned.id;
    article->document = owned.document();
    return article;
  }
  [[nodiscard]] std::vector<Stored> with_letters(const LettersHash& letters) const override {
    std::vector<Stored> documents;
    if (letters == LettersHash{}) return documents;
    for (const auto& [document, head] : stored_heads) {
      if (head.letters == letters) documents.push_back(document);
    }
    return documents;
  }
  void holders(
      Postings postings, std::span<const std::uint64_t> names,
      const std::function<void(std::size_t, std::span<const Stored>)>& take) const override {
    for (std::size_t i = 0; i < names.size(); ++i) {
      const auto found = lists.find(key_of(postings, names[i]));
      if (found == lists.end()) continue;
      take(i, std::vector<Stored>(found->second.begin(), found->second.end()));
    }
  }
  [[nodiscard]] std::vector<batch::StoredPair> pairs_of(Stored document) const override {
    std::vector<batch::StoredPair> found;
    for (const auto& [key, pair] : pairs) {
      if (key.first == document || key.second == document) found.push_back(pair);
    }
    return found;
  }
  [[nodiscard]] std::optional<base::Hash128> cluster_of(Stored document) const override {
    const auto found = clusters.find(document);
    return found == clusters.end() ? std::nullopt : std::optional(found->second);
  }
  [[nodiscard]] std::vector<Stored> members_of(const base::Hash128& cluster) const override {
    std::vector<Stored> members;
    for (const auto& [document, of] : clusters) {
      if (of == cluster) members.push_back(document);
    }
    return members;
  }

  void document(const batch::HarvestedDocument& document) override {
    const Document& from = *document.document;
    articles[document.number] = {std::string(document.id), std::string(from.text),
                                 std::string(from.title),  std::string(from.source),
                                 std::string(from.url),    std::string(from.canonical_url),
                                 std::string(from.byline), std::string(from.published_text)};
    stored_heads[document.number] = document.head;
    add(Postings::prints, document.number, document.votes);
    add(Postings::bands, document.number, document.bands);
    add(Postings::blocks, document.number, document.short_blocks);
    next_number = std::max(next_number, static_cast<std::uint32_t>(document.number) + 1);
  }
  void remove(Stored document, const batch::StoredHead&, std::string_view id) override {
    stored_heads.erase(document);
    articles.erase(document);
    const auto found = ids.find(id);
    if (found != ids.end() && found->second.document == document) ids.erase(found);
  }
  void identity(std::string_view id, const batch::StoredIdentity& identity) override {
    ids.insert_or_assign(std::string(id), identity);
  }
  void head(Stored document, const batch::StoredHead& head) override {
    stored_heads[document] = head;
  }
  void pair(const batch::StoredPair& pair) override { pairs[{pair.first, pair.second}] = pair; }
  void remove_pair(Stored first, Stored second) override { pairs.erase({first, second}); }
  void cluster(Stored document, const std::optional<base::Hash128>&,
               const std::optional<base::Hash128>& now) override {
    clusters.erase(document);
    if (now) clusters[document] = *now;
  }
  void purge(Postings postings, Stored document, std::span<const std::uint64_t> names) {
    for (const std::uint64_t name : names) {
      const auto found = lists.find(key_of(postings, name));
      if (found != lists.end()) found->second.erase(document);
      if (found != lists.end() && found->second.empty()) lists.erase(found);
    }
  }

 private:
  static std::pair<int, std::uint64_t> key_of(Postings postings, std::uint64_t name) {
    return {static_cast<int>(postings), name >> 24U};
  }
  void add(Postings postings, Stored document, std::span<const std::uint64_t> names) {
    for (const std::uint64_t name : names) lists[key_of(postings, name)].insert(document);
  }
};

}  // namespace wirecopy::test
