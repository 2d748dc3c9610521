// Whether an index is whole: every byte of its files, then what its families say of each other.
#include <fmt/format.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/folders.h"
#include "index/families.h"
#include "index/opened.h"
#include "index/posting_block.h"
#include "wirecopy/error.h"
#include "wirecopy/index.h"
#include "wirecopy/normalize.h"

namespace wirecopy {
namespace index {
namespace {

using batch::Stored;
using batch::StoredHead;

constexpr std::uint64_t kCache = std::uint64_t{256} << 20U;

std::uint32_t number_of(Stored document) { return static_cast<std::uint32_t>(document); }

class Checker {
 public:
  explicit Checker(const Opened& opened)
      : opened_(opened), store_(*opened.store), archive_(*opened.archive) {}

  // Throws Error(damaged).
  void check() {
    heads();
    ids();
    articles();
    letters();
    pairs();
    clusters();
    postings(batch::Postings::prints);
    postings(batch::Postings::bands);
    postings(batch::Postings::blocks);
    votes();
    require(documents_ == archive_.facts().documents, "as many articles as it counts");
    const auto counts = contents_of(*opened_.generation).counts;
    const auto counted = counts.find("documents");
    require(counted != counts.end() && counted->second == documents_,
            "as many articles as its manifest counts");
  }

 private:
  // Of what is known of a document while others are read.
  struct Seen {
    bool there = false;
    bool representative = false;
    bool has_letters = false;
    std::uint32_t votes = 0;    // as the head says
    std::uint32_t printed = 0;  // postings
  };

  void require(bool holds, std::string_view expected) const {
    if (holds) return;
    throw Error(ErrorCode::damaged,
                fmt::format("{} does not hold together: expected {}; go back to an earlier "
                            "generation ('wirecopy index rollback'), or make the index anew",
                            opened_.generation->folder, expected));
  }
  void require(bool holds, std::string_view expected, Stored document) const {
    if (!holds)
      require(false, fmt::format("{} (article number {})", expected, number_of(document)));
  }

  Seen& seen(Stored document) {
    require(number_of(document) < number_of(archive_.next()), "numbers that were given", document);
    return seen_[number_of(document)];
  }

  void heads() {
    seen_.resize(number_of(archive_.next()));
    archive_.for_each([&](Stored document, const StoredHead& head) {
      seen(document) = {true, head.representative, head.letters != LettersHash(), head.votes.all,
                        0};
      ++documents_;
      with_letters_ += head.letters != LettersHash() ? 1U : 0U;
    });
  }

  void ids() {
    std::uint64_t count = 0;
    store_.scan(place_of(FamilyId::ids), {}, [&](std::string_view id, std::string_view value) {
      const Stored document = parse_identity(value).document;
      require(seen(document).there, "an article for each id", document);
      require(archive_.article(document)->id == id, "each article under its id", document);
      ++count;
      return true;
    });
    require(count == documents_, "one id for each article");
  }

  void articles() {
    std::uint64_t count = 0;
    store_.scan(
        place_of(FamilyId::articles), {}, [&](std::string_view key, std::string_view value) {
          const Stored document = parse_document_key(FamilyId::articles, key);
          require(seen(document).there, "a head for each article", document);
          const auto article = parse_article(std::string(value));
          require(
              letters_hash(normalize(article->document.text)) == archive_.head(document)->letters,
              "texts with the letters they had", document);
          ++count;
          return true;
        });
    require(count == documents_, "an article for each head");
  }

  void letters() {
    std::uint64_t count = 0;
    std::optional<LettersHash> last;
    std::uint32_t representatives = 1;
    store_.scan(place_of(FamilyId::letters), {}, [&](std::string_view key, std::string_view) {
      const auto [hash, document] = parse_letters_key(key);
      require(seen(document).there && archive_.head(document)->letters == hash,
              "letters of articles that are there", document);
      if (last != hash) require(representatives == 1, "one article for each group of equal texts");
      if (last != hash) representatives = 0;
      last = hash;
      representatives += seen(document).representative ? 1U : 0U;
      ++count;
      return true;
    });
    require(representatives == 1, "one article for each group of equal texts");
    require(count == with_letters_, "the letters of each article");
  }

  void pairs() {
    std::uint64_t pairs = 0;
    std::uint64_t mirrors = 0;
    store_.scan(place_of(FamilyId::pairs), {}, [&](std::string_view key, std::string_view value) {
      const auto [one, other] = parse_pair_key(key);
      for (const Stored document : {one, other}) {
        require(seen(document).there && seen(document).representative,
                "pairs of articles that stand for their texts", document);
      }
      require(value.empty() == (other < one), "pairs and their mirrors", one);
      if (!value.empty()) (void)parse_pair(key, value);
      ++(value.empty() ? mirrors : pairs);
      return true;
    });
    require(pairs == mirrors, "a mirror for each pair");
  }

  void clusters() {
    std::uint64_t members = 0;
    std::uint64_t size = 2;
    std::optional<base::Hash128> last;
    store_.scan(place_of(FamilyId::members), {}, [&](std::string_view key, std::string_view) {
      const auto [cluster, document] = parse_member_key(key);
      require(seen(document).there, "members that are there", document);
      require(archive_.cluster_of(document) == cluster, "members of the cluster they name",
              document);
      if (last != cluster) require(size > 1, "clusters of two or more");
      if (last != cluster) size = 0;
      last = cluster;
      ++size;
      ++members;
      return true;
    });
    require(size > 1, "clusters of two or more");
    std::uint64_t named = 0;
    store_.scan(place_of(FamilyId::cluster_of), {}, [&](std::string_view, std::string_view) {
      ++named;
      return true;
    });
    require(named == members, "as many members as articles that name a cluster");
  }

  // Documents that are gone may stand there still.
  void postings(batch::Postings kind) {
    const PostingBlocks blocks = blocks_of(kind);
    std::vector<Posting> list;
    store_.scan(place_of(family_of(kind)), {}, [&](std::string_view key, std::string_view value) {
      (void)blocks.prefix_of_key(key);
      blocks.decode(value, list);
      for (const Posting& posting : list) {
        Seen& document = seen(posting.document);
        if (kind == batch::Postings::prints) ++document.printed;
      }
      return true;
    });
  }

  void votes() {
    for (std::uint32_t number = 0; number < seen_.size(); ++number) {
      const Seen& each = seen_[number];
      if (!each.there || !each.representative) continue;
      // Two names may share the 40 bits that count.
      require(each.printed <= each.votes && each.votes - each.printed <= each.votes / 64 + 1,
              "the fingerprints of each article", Stored{number});
    }
  }

  const Opened& opened_;
  const base::StoreReader& store_;
  const StoreArchive& archive_;
  std::vector<Seen> seen_;  // by number
  std::uint64_t documents_ = 0;
  std::uint64_t with_letters_ = 0;
};

}  // namespace
}  // namespace index

IndexCheck check_index(const std::string& folder, const Index::Options& options) {
  const index::Opened opened = index::open_current(folder, options.key_file, index::kCache);
  IndexCheck check;
  if (!opened.generation) return check;
  index::check_files(*opened.generation);
  opened.store->verify();
  index::Checker(opened).check();
  check.generation = opened.number();
  check.documents = opened.archive->facts().documents;
  for (const base::FolderEntry& file : base::entries_of(opened.generation->folder)) {
    ++check.files;
    check.bytes += file.bytes;
  }
  return check;
}

}  // namespace wirecopy
