#include "index/candidates.h"

#include <algorithm>
#include <bit>
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

// What a gram says that stands in so many documents: less, the more there are, but so slowly that a
// hundred grams of a story that runs everywhere outweigh a phrase of two articles.
std::uint32_t weight_of(std::size_t documents) {
  constexpr std::uint32_t kOne = 5040;
  return kOne / static_cast<std::uint32_t>(std::bit_width(documents));
}

// By document, ascending.
std::vector<TextCandidate> count(const Lists& lists) {
  struct Meeting {
    Stored document{};
    std::uint32_t weight = 0;
  };
  std::vector<Meeting> met;
  for (const auto& [name, begin, size] : lists.all) {
    for (std::size_t i = begin; i < begin + size; ++i) {
      met.push_back({lists.documents[i], weight_of(size)});
    }
  }
  std::sort(met.begin(), met.end(),
            [](const Meeting& a, const Meeting& b) { return a.document < b.document; });
  std::vector<TextCandidate> counted;
  for (const auto& [document, weight] : met) {
    if (counted.empty() || counted.back().document != document) {
      counted.push_back({document, 0, 0, false, {}});
    }
    ++counted.back().shared;
    counted.back().weight += weight;
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

// The candidate of a document, which is made if there is none.
TextCandidate& candidate_of(Stored document, std::vector<TextCandidate>& candidates) {
  const auto at = std::lower_bound(
      candidates.begin(), candidates.end(), document,
      [](const TextCandidate& each, Stored number) { return each.document < number; });
  if (at != candidates.end() && at->document == document) return *at;
  return *candidates.insert(at, {document, 0, 0, false, {}});
}

void add_blocks(const Lists& lists, const std::vector<std::uint64_t>& blocks,
                std::vector<TextCandidate>& candidates) {
  constexpr std::uint32_t kGramsOfBlock = 8;  // that say as much as a whole block
  std::map<Stored, TextCandidate> shown;
  for (const auto& [name, begin, size] : lists.all) {
    for (std::size_t i = begin; i < begin + size; ++i) {
      TextCandidate& candidate = shown[lists.documents[i]];
      candidate.blocks.push_back(blocks[name]);
      candidate.weight += std::uint64_t{kGramsOfBlock} * weight_of(size);
    }
  }
  for (const auto& [document, each] : shown) {
    TextCandidate& candidate = candidate_of(document, candidates);
    candidate.blocks = each.blocks;
    candidate.weight += each.weight;
  }
}

bool comes_before(const TextCandidate& a, const TextCandidate& b) {
  if (a.equal != b.equal) return a.equal;
  return a.weight > b.weight;
}

}  // namespace

CandidateFinder::CandidateFinder(const batch::Archive& archive, const Winnowing& winnowing)
    : archive_(archive), own_grams_(winnowing), every_gram_(every_gram_of(winnowing)) {}

TextCandidates CandidateFinder::find(std::string_view utf8, const MarkedText& text) const {
  const std::uint64_t letters = base::count_code_points(text.text.letters());
  const Fingerprinter& grams = letters < kSampledFromLetters ? every_gram_ : own_grams_;
  std::vector<std::uint64_t> names;
  for (const Fingerprint& each : grams.fingerprint(text.text).values) names.push_back(each.name);
  make_names(names);
  const Lists lists = lists_of(archive_, Postings::prints, names);
  TextCandidates candidates{count(lists), lists.cut};
  if (!text.text.letters().empty()) {
    const std::vector<Stored> equal = archive_.with_letters(letters_hash(text.text));
    if (!equal.empty()) candidate_of(equal.front(), candidates.all).equal = true;
  }
  if (letters <= kShortText) {
    const std::vector<std::uint64_t> blocks = blocks_of(utf8, text);
    const Lists shown = lists_of(archive_, Postings::blocks, blocks);
    candidates.cut_lists += shown.cut;
    add_blocks(shown, blocks, candidates.all);
  }
  std::stable_sort(candidates.all.begin(), candidates.all.end(), comes_before);
  return candidates;
}

}  // namespace wirecopy::index
