// A stored corpus in plain maps: the small model of the index, and an archive for tests of batch.
#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "batch/archive.h"
#include "batch/document_table.h"
#include "catch.h"

namespace wirecopy::test {

using batch::Stored;

// What is stored, as values.
struct StoredWorld {
  struct Entry {
    batch::StoredHead head;
    std::string id, text, title, source, url, canonical_url, byline, published_text;
    std::optional<TimeInterval> published;
  };
  std::map<Stored, Entry> documents;
  std::map<std::string, batch::StoredIdentity, std::less<>> ids;
  std::map<std::pair<Stored, Stored>, batch::StoredPair> pairs;
  std::map<Stored, base::Hash128> clusters;
  std::map<batch::Postings, std::map<std::uint64_t, std::set<Stored>>> postings;  // by 40 bits
  std::uint32_t next = 0;
  std::uint32_t generation = 1;
};

// Reads and writes a world: what is harvested counts from `commit` on.
class MemoryArchive : public batch::Archive, public batch::Harvest {
 public:
  explicit MemoryArchive(Model model = {}) : model_(std::move(model)) {}

  void commit() {
    now_ = then_;
    now_.next = then_.next = next_;
    ++now_.generation;
    then_.generation = now_.generation;
  }
  // Forgets what was harvested since the last commit.
  void roll_back() {
    then_ = now_;
    next_ = now_.next;
  }
  // The next harvest writes all anew.
  void begin_fresh(Model model) {
    model_ = std::move(model);
    then_ = {};
    then_.generation = now_.generation;
  }
  [[nodiscard]] const StoredWorld& world() const { return now_; }
  [[nodiscard]] std::vector<Stored> all() const {
    std::vector<Stored> documents;
    for (const auto& [document, entry] : now_.documents) documents.push_back(document);
    return documents;
  }
  // Clusters as sets of ids.
  [[nodiscard]] std::set<std::set<std::string>> partition() const {
    std::map<base::Hash128, std::set<std::string>> clusters;
    for (const auto& [document, cluster] : now_.clusters) {
      clusters[cluster].insert(now_.documents.at(document).id);
    }
    std::set<std::set<std::string>> sets;
    for (auto& [cluster, ids] : clusters) sets.insert(std::move(ids));
    return sets;
  }
  // Proposed pairs by the ids of both, with what they say.
  [[nodiscard]] std::map<std::pair<std::string, std::string>, std::uint32_t> proposed() const {
    std::map<std::pair<std::string, std::string>, std::uint32_t> found;
    for (const auto& [numbers, pair] : now_.pairs) {
      if (!pair.proposed) continue;
      std::string a = now_.documents.at(pair.first).id;
      std::string b = now_.documents.at(pair.second).id;
      if (b < a) std::swap(a, b);
      found[{std::move(a), std::move(b)}] = pair.link_score;
    }
    return found;
  }

  const Model& model() const override { return model_; }
  Stored next() const override { return Stored{now_.next}; }
  std::uint32_t generation() const override { return now_.generation; }
  std::optional<batch::StoredIdentity> identity(std::string_view id) const override {
    const auto found = now_.ids.find(id);
    if (found == now_.ids.end()) return std::nullopt;
    return found->second;
  }
  std::optional<batch::StoredHead> head(Stored document) const override {
    const auto found = now_.documents.find(document);
    if (found == now_.documents.end()) return std::nullopt;
    return found->second.head;
  }
  void heads(
      std::span<const Stored> documents,
      const std::function<void(std::size_t, const batch::StoredHead&)>& take) const override {
    for (std::size_t i = 0; i < documents.size(); ++i) {
      if (const auto found = head(documents[i])) take(i, *found);
    }
  }
  std::shared_ptr<const batch::StoredArticle> article(Stored document) const override {
    const StoredWorld::Entry& entry = now_.documents.at(document);
    auto article = std::make_shared<batch::StoredArticle>();
    article->id = entry.id;
    Document& row = article->document;  // views the world, which outlives a run
    row.text = entry.text;
    row.title = entry.title;
    row.source = entry.source;
    row.url = entry.url;
    row.canonical_url = entry.canonical_url;
    row.byline = entry.byline;
    row.published = entry.published;
    row.published_text = entry.published_text;
    return article;
  }
  std::vector<Stored> with_letters(const LettersHash& letters) const override {
    std::vector<Stored> found;
    for (const auto& [document, entry] : now_.documents) {
      if (entry.head.letters == letters) found.push_back(document);
    }
    return found;
  }
  void holders(
      batch::Postings postings, std::span<const std::uint64_t> names,
      const std::function<void(std::size_t, std::span<const Stored>)>& take) const override {
    const auto lists = now_.postings.find(postings);
    if (lists == now_.postings.end()) return;
    for (std::size_t i = 0; i < names.size(); ++i) {
      const auto list = lists->second.find(names[i] >> 24U);
      if (list == lists->second.end()) continue;
      const std::vector<Stored> documents(list->second.begin(), list->second.end());
      take(i, documents);
    }
  }
  std::vector<batch::StoredPair> pairs_of(Stored document) const override {
    std::vector<batch::StoredPair> found;
    for (const auto& [numbers, pair] : now_.pairs) {
      if (numbers.first == document || numbers.second == document) found.push_back(pair);
    }
    return found;
  }
  std::optional<base::Hash128> cluster_of(Stored document) const override {
    const auto found = now_.clusters.find(document);
    if (found == now_.clusters.end()) return std::nullopt;
    return found->second;
  }
  std::vector<Stored> members_of(const base::Hash128& cluster) const override {
    std::vector<Stored> found;
    for (const auto& [document, of] : now_.clusters) {
      if (of == cluster) found.push_back(document);
    }
    return found;
  }

  void document(const batch::HarvestedDocument& harvested) override {
    REQUIRE(static_cast<std::uint32_t>(harvested.number) == next_++);
    const Document& row = *harvested.document;
    then_.documents[harvested.number] = {harvested.head,
                                         std::string(harvested.id),
                                         std::string(row.text),
                                         std::string(row.title),
                                         std::string(row.source),
                                         std::string(row.url),
                                         std::string(row.canonical_url),
                                         std::string(row.byline),
                                         std::string(row.published_text),
                                         row.published};
    post(batch::Postings::prints, harvested.votes, harvested.number);
    post(batch::Postings::bands, harvested.bands, harvested.number);
    post(batch::Postings::blocks, harvested.short_blocks, harvested.number);
  }
  void remove(Stored document, const batch::StoredHead& head, std::string_view id) override {
    const auto found = then_.documents.find(document);
    REQUIRE(found != then_.documents.end());
    CHECK(found->second.head == head);
    CHECK(found->second.id == id);
    then_.documents.erase(found);
    then_.ids.erase(std::string(id));
  }
  void identity(std::string_view id, const batch::StoredIdentity& identity) override {
    then_.ids[std::string(id)] = identity;
  }
  void head(Stored document, const batch::StoredHead& head) override {
    then_.documents.at(document).head = head;
  }
  void pair(const batch::StoredPair& pair) override {
    CHECK(pair.first < pair.second);
    then_.pairs[{pair.first, pair.second}] = pair;
  }
  void remove_pair(Stored first, Stored second) override {
    CHECK(then_.pairs.erase({first, second}) == 1);
  }
  void cluster(Stored document, const std::optional<base::Hash128>& before,
               const std::optional<base::Hash128>& now) override {
    const auto found = then_.clusters.find(document);
    CHECK((found != then_.clusters.end() ? std::optional(found->second) : std::nullopt) == before);
    now ? void(then_.clusters[document] = *now) : void(then_.clusters.erase(document));
  }

 private:
  void post(batch::Postings postings, std::span<const std::uint64_t> names, Stored document) {
    for (const std::uint64_t name : names) then_.postings[postings][name >> 24U].insert(document);
  }

  Model model_;
  StoredWorld now_;
  StoredWorld then_;
  std::uint32_t next_ = 0;
};

}  // namespace wirecopy::test
