#include "index/candidates.h"

#include <algorithm>
#include <limits>
#include <map>
#include <utility>

#include "base/utf8.h"
#include "wirecopy/blocks.h"
#include "wirecopy/collapse.h"

namespace wirecopy::index {
namespace {

using batch::Postings;
using batch::Stored;

constexpr unsigned kBelowName = 24;  // bits that do not count

Winnowing every_gram_of(Winnowing winnowing) {
  winnowing.window = 1;
  return winnowing;
}

// Ascending, distinct in the bits that count.
void make_names(std::vector<std::uint64_t>& names) {
  std::sort(names.begin(), names.end());
  const auto equal = [](std::uint64_t a, std::uint64_t b) { return (a ^ b) >> kBelowName == 0; };
  names.erase(std::unique(names.begin(), names.end(), equal), names.end());
}

// The lists of several names, one behind the other.
struct Lists {
  struct List {
    std::size_t name = 0;
    std::size_t begin = 0;
    std::size_t size = 0;
  };
  std::vector<Stored> documents;
  std::vector<List> all;
  std::uint64_t cut = 0;

  // Leaves the shortest ones.
  void cut_to(std::size_t most) {
    std::stable_sort(all.begin(), all.end(),
                     [](const List& a, const List& b) { return a.size < b.size; });
    std::size_t left = most;
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (all[i].size <= left) {
        left -= all[i].size;
        continue;
      }
      cut += all.size() - i;
      all.resize(i);
    }
  }
};

Lists lists_of(const batch::Archive& archive, Postings postings,
               const std::vector<std::uint64_t>& names) {
  Lists lists;
  archive.holders(postings, names, [&](std::size_t name, std::span<const Stored> documents) {
    const std::size_t size = std::min(documents.size(), CandidateFinder::kLongList);
    lists.cut += size < documents.size() ? 1U : 0U;
    lists.all.push_back({name, lists.documents.size(), size});
    const auto begin = documents.begin();
    lists.documents.insert(lists.documents.end(), begin, begin + static_cast<std::ptrdiff_t>(size));
  });
  lists.cut_to(CandidateFinder::kMostPostings);
  return lists;
}

// What is known of a document before its head is read.
struct Sharing {
  Stored document{};
  std::uint32_t grams = 0;
  std::vector<std::uint64_t> blocks;
};

std::vector<Sharing> count(const Lists& lists) {
  std::vector<Stored> met;
  for (const auto& [name, begin, size] : lists.all) {
    const auto from = lists.documents.begin() + static_cast<std::ptrdiff_t>(begin);
    met.insert(met.end(), from, from + static_cast<std::ptrdiff_t>(size));
  }
  std::sort(met.begin(), met.end());
  std::vector<Sharing> counted;
  for (const Stored document : met) {
    if (counted.empty() || counted.back().document != document)
      counted.push_back({document, 0, {}});
    ++counted.back().grams;
  }
  return counted;
}

// The hash of the whole text, and those of its blocks and sentences.
std::vector<std::uint64_t> blocks_of(std::string_view utf8, const MarkedText& text) {
  std::vector<std::uint64_t> blocks;
  Block whole;
  whole.letters.end = static_cast<std::uint32_t>(text.text.letters().size());
  if (whole.letters.end == 0) return blocks;
  blocks.push_back(block_hash(text.text, whole));
  std::vector<Block> sentences;
  for (const Block& block : text.blocks) blocks.push_back(block_hash(text.text, block));
  for (const Block& block : stock_blocks(utf8, text.text, text.blocks, sentences)) {
    blocks.push_back(block_hash(text.text, block));
  }
  make_names(blocks);
  return blocks;
}

// Gathers candidates by document; what is found twice is joined.
class Gathering {
 public:
  explicit Gathering(const batch::Archive& archive) : archive_(archive) {}

  // `all`: also such as do not represent.
  void add(const std::vector<Sharing>& sharing, bool all) {
    std::vector<Stored> documents;
    for (const Sharing& each : sharing) documents.push_back(each.document);
    archive_.heads(documents, [&](std::size_t i, const batch::StoredHead& head) {
      if (all || head.representative) add(sharing[i], head);
    });
  }
  // All with these letters.
  void add_equal(const LettersHash& letters) {
    std::vector<Sharing> equal;
    for (const Stored document : archive_.with_letters(letters)) {
      equal.push_back({document, std::numeric_limits<std::uint32_t>::max(), {}});
    }
    add(equal, true);
  }
  // The copies of what was found share what it shares.
  void add_copies() {
    std::map<LettersHash, std::uint32_t> shared;
    for (const auto& [document, each] : found_) {
      std::uint32_t& most = shared[each.head.letters];
      most = std::max(most, each.shared);
    }
    for (const auto& [letters, grams] : shared) {
      if (grams == 0) continue;
      std::vector<Sharing> copies;
      for (const Stored copy : archive_.with_letters(letters)) copies.push_back({copy, grams, {}});
      if (copies.size() > 1) add(copies, true);
    }
  }

  [[nodiscard]] std::vector<TextCandidate> take() && {
    std::vector<TextCandidate> all;
    for (auto& [document, each] : found_) all.push_back(std::move(each));
    std::stable_sort(all.begin(), all.end(), [](const TextCandidate& a, const TextCandidate& b) {
      if (a.shared != b.shared) return a.shared > b.shared;
      return a.blocks.size() > b.blocks.size();
    });
    return all;
  }

 private:
  void add(const Sharing& sharing, const batch::StoredHead& head) {
    TextCandidate& candidate = found_[sharing.document];
    candidate.document = sharing.document;
    candidate.head = head;
    candidate.shared = std::max(candidate.shared, sharing.grams);
    if (!sharing.blocks.empty()) candidate.blocks = sharing.blocks;
  }

  const batch::Archive& archive_;
  std::map<Stored, TextCandidate> found_;
};

// Documents that show whole blocks of the text.
std::vector<Sharing> by_blocks(const Lists& lists, const std::vector<std::uint64_t>& blocks) {
  std::map<Stored, std::vector<std::uint64_t>> shown;
  for (const auto& [name, begin, size] : lists.all) {
    for (std::size_t i = begin; i < begin + size; ++i) {
      shown[lists.documents[i]].push_back(blocks[name]);
    }
  }
  std::vector<Sharing> sharing;
  for (auto& [document, some] : shown) sharing.push_back({document, 0, std::move(some)});
  return sharing;
}

}  // namespace

CandidateFinder::CandidateFinder(const batch::Archive& archive, const Winnowing& winnowing)
    : archive_(archive), every_gram_(every_gram_of(winnowing)) {}

TextCandidates CandidateFinder::find(std::string_view utf8, const MarkedText& text) const {
  std::vector<std::uint64_t> names;
  for (const Fingerprint& each : every_gram_.fingerprint(text.text).values) {
    names.push_back(each.name);
  }
  make_names(names);
  const Lists lists = lists_of(archive_, Postings::prints, names);
  TextCandidates candidates;
  candidates.cut_lists = lists.cut;
  Gathering gathering(archive_);
  gathering.add(count(lists), false);
  if (!text.text.letters().empty()) gathering.add_equal(letters_hash(text.text));
  gathering.add_copies();
  if (base::count_code_points(text.text.letters()) <= kShortText) {
    const std::vector<std::uint64_t> blocks = blocks_of(utf8, text);
    const Lists shown = lists_of(archive_, Postings::blocks, blocks);
    candidates.cut_lists += shown.cut;
    gathering.add(by_blocks(shown, blocks), true);
  }
  candidates.all = std::move(gathering).take();
  return candidates;
}

}  // namespace wirecopy::index
