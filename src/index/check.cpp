#include "index/check.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "wirecopy/learn.h"

namespace wirecopy::index {
namespace {

using batch::Postings;
using batch::Stored;

// A set that is known by the sum of its members' hashes.
class SetSum {
 public:
  void add(std::string_view member) { sum_ += base::hash64(member); }
  friend bool operator==(const SetSum&, const SetSum&) = default;

 private:
  std::uint64_t sum_ = 0;
};

class Check {
 public:
  explicit Check(const base::StoreReader& store) : store_(store) {}

  CheckedCorpus run() {
    facts();
    heads();
    articles();
    ids();
    letters();
    for (const Postings postings : {Postings::prints, Postings::bands, Postings::blocks}) {
      blocks(postings);
    }
    pairs();
    clusters();
    return checked_;
  }

 private:
  template <typename Take>
  void each(FamilyId family, Take&& take) {
    store_.scan(place_of(family), {}, [&](std::string_view key, std::string_view value) {
      ++checked_.entries[place_of(family)];
      take(key, value);
      return true;
    });
  }
  static void require(bool sound, FamilyId family) {
    if (!sound) throw_damaged(family);
  }
  [[nodiscard]] bool was_given(Stored document) const { return document < checked_.facts.next; }
  [[nodiscard]] bool is_there(Stored document) const {
    return was_given(document) && there_[static_cast<std::uint32_t>(document)];
  }

  void facts() {
    bool counts = false;
    bool model = false;
    each(FamilyId::facts, [&](std::string_view key, std::string_view value) {
      if (key == kCountsKey) {
        checked_.facts = parse_facts(value);
        counts = true;
      } else {
        require(key == kModelKey, FamilyId::facts);
        static_cast<void>(Model::parse(value, "the Model of the index"));
        model = true;
      }
    });
    require(counts && model, FamilyId::facts);
    there_.resize(static_cast<std::uint32_t>(checked_.facts.next));
  }

  void heads() {
    each(FamilyId::heads, [&](std::string_view key, std::string_view value) {
      const Stored document = parse_document_key(FamilyId::heads, key);
      require(was_given(document), FamilyId::heads);
      there_[static_cast<std::uint32_t>(document)] = true;
      const batch::StoredHead head = parse_head(value);
      checked_.representatives += head.representative ? 1U : 0U;
      if (head.letters != LettersHash{}) letters_.add(letters_key(head.letters, document));
    });
    require(checked_.entries[place_of(FamilyId::heads)] == checked_.facts.documents,
            FamilyId::heads);
  }

  void articles() {
    each(FamilyId::articles, [&](std::string_view key, std::string_view value) {
      const Stored document = parse_document_key(FamilyId::articles, key);
      require(is_there(document), FamilyId::articles);
      ids_.add(parse_article(std::string(value))->id + std::string(key));
    });
    require(checked_.entries[place_of(FamilyId::articles)] == checked_.facts.documents,
            FamilyId::articles);
  }

  // An id may outlive its document.
  void ids() {
    SetSum found;
    each(FamilyId::ids, [&](std::string_view key, std::string_view value) {
      const Stored document = parse_identity(value).document;
      require(was_given(document), FamilyId::ids);
      if (is_there(document)) found.add(std::string(key) + document_key(document));
    });
    require(found == ids_, FamilyId::ids);
  }

  void letters() {
    SetSum found;
    each(FamilyId::letters, [&](std::string_view key, std::string_view value) {
      static_cast<void>(parse_letters_key(key));
      require(value.empty(), FamilyId::letters);
      found.add(key);
    });
    require(found == letters_, FamilyId::letters);
  }

  void blocks(Postings postings) {
    const FamilyId family = family_of(postings);
    const PostingBlocks blocks = blocks_of(postings);
    std::vector<Posting> all;
    each(family, [&](std::string_view key, std::string_view value) {
      static_cast<void>(blocks.prefix_of_key(key));
      blocks.decode(value, all);
      checked_.postings += all.size();
      for (const Posting& posting : all) {
        require(was_given(posting.document), family);
        checked_.stale_postings += is_there(posting.document) ? 0U : 1U;
      }
    });
  }

  void pairs() {
    SetSum pairs;
    SetSum mirrors;
    each(FamilyId::pairs, [&](std::string_view key, std::string_view value) {
      const auto [one, other] = parse_pair_key(key);
      require(is_there(one) && is_there(other), FamilyId::pairs);
      if (one < other) {
        static_cast<void>(parse_pair(key, value));
        pairs.add(key);
      } else {
        require(value.empty(), FamilyId::pairs);
        mirrors.add(pair_key(other, one));
      }
    });
    require(pairs == mirrors, FamilyId::pairs);
  }

  void clusters() {
    SetSum told;
    each(FamilyId::cluster_of, [&](std::string_view key, std::string_view value) {
      const Stored document = parse_document_key(FamilyId::cluster_of, key);
      require(is_there(document), FamilyId::cluster_of);
      told.add(member_key(parse_cluster(value), document));
    });
    SetSum found;
    each(FamilyId::members, [&](std::string_view key, std::string_view value) {
      static_cast<void>(parse_member_key(key));
      require(value.empty(), FamilyId::members);
      found.add(key);
    });
    require(told == found, FamilyId::members);
  }

  const base::StoreReader& store_;
  CheckedCorpus checked_;
  std::vector<bool> there_;
  SetSum ids_;
  SetSum letters_;
};

}  // namespace

CheckedCorpus check_corpus(const base::StoreReader& store) { return Check(store).run(); }

}  // namespace wirecopy::index
