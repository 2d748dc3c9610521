#include "batch/learn_every_outlet.h"

#include <algorithm>
#include <bit>
#include <compare>
#include <memory>
#include <utility>
#include <vector>

#include "base/hash.h"
#include "base/parallel.h"
#include "batch/read_back.h"
#include "batch/watch.h"
#include "wirecopy/blocks.h"
#include "wirecopy/fingerprint.h"
#include "wirecopy/normalize.h"

namespace wirecopy::batch {
namespace {

using Days = std::span<const std::optional<std::int32_t>>;

// In how many texts a fingerprint or block stands, up to 15, in slots that some share. Past a
// number of fingerprints only a share of them is counted, chosen by their hash: neither the order
// of the input nor the memory limit changes which.
class Counters {
 public:
  explicit Counters(std::uint64_t names)
      : slot_mask_(std::min(std::bit_ceil(names + 2), kMostSlots) - 1),
        share_mask_(std::bit_ceil(names / kMostSlots + 1) - 1),
        counts_(slot_mask_ / 2 + 1) {}

  void add(std::uint64_t name) noexcept {
    const std::uint64_t hash = base::mix64(name);
    if (!is_counted(hash)) return;
    std::uint8_t& pair = counts_[(hash & slot_mask_) / 2];
    const unsigned shift = shift_of(hash);
    if ((std::uint32_t{pair} >> shift & kMost) != kMost)
      pair = static_cast<std::uint8_t>(pair + (1U << shift));
  }
  // Begins to fetch what add and of will need.
  void prefetch(std::uint64_t name) const noexcept {
    __builtin_prefetch(&counts_[(base::mix64(name) & slot_mask_) / 2]);
  }
  // 0 for those that are not counted.
  [[nodiscard]] std::uint32_t of(std::uint64_t name) const noexcept {
    const std::uint64_t hash = base::mix64(name);
    if (!is_counted(hash)) return 0;
    return std::uint32_t{counts_[(hash & slot_mask_) / 2]} >> shift_of(hash) & kMost;
  }

 private:
  static constexpr std::uint64_t kMostSlots = std::uint64_t{1} << 27U;
  static constexpr unsigned kMost = 15;
  static_assert(StockRule{}.min_stories <= kMost);

  [[nodiscard]] bool is_counted(std::uint64_t hash) const noexcept {
    return (hash >> 32U & share_mask_) == 0;
  }
  static unsigned shift_of(std::uint64_t hash) noexcept { return (hash & 1U) != 0 ? 4 : 0; }

  std::uint64_t slot_mask_;
  std::uint64_t share_mask_;
  std::vector<std::uint8_t> counts_;
};

// Blocks of a document, and where its fingerprints stand among them.
struct ReadAgain {
  NormalizedText text;
  std::vector<Block> blocks;
  std::vector<Block> sentences;
  Fingerprinter::Scratch letters;
  Fingerprints fingerprints;
  PrintsBuffer prints;
  std::span<const Block> stock;  // one for each of prints.blocks

  void read(const Sought& sought, std::uint32_t document) {
    const ReadBack back = read_back(sought.reader, sought.corpus, document);
    normalize(back.text(), text);
    split_blocks(back.text(), text, blocks);
    stock = stock_blocks(back.text(), text, blocks, sentences);
  }
  void read(const Sought& sought, const Fingerprinter& fingerprinter, std::uint32_t document) {
    read(sought, document);
    fingerprinter.fingerprint(text, letters, fingerprints);
    prints = {};
    prints.add(fingerprints, text, stock, true);
  }
};

class EveryOutlet {
 public:
  EveryOutlet(const Sought& sought, const Groups& groups, Days day, const Model& model)
      : sought_(sought),
        groups_(groups),
        day_(day),
        model_(model),
        fingerprinter_(*sought.recipe.winnowing) {}

  Model learn() {
    const std::vector<std::uint32_t> documents = with_frequent_blocks(suspects());
    check_stop(sought_.limits);
    articles_.resize(documents.size());
    base::for_each_index(
        documents.size(), [&](std::size_t i) { look_at(documents[i], articles_[i]); }, 64);
    check_stop(sought_.limits);
    const std::vector<std::uint64_t> stock = learn_stock(articles_);
    if (!stock.empty()) keep_blocks(documents, stock);
    return model_.with_stock(stock);
  }

 private:
  [[nodiscard]] bool is_first(std::uint32_t document) const {
    return groups_.representative[document] == document;
  }

  // The first of each group of equal texts that shares a fingerprint with enough others.
  [[nodiscard]] std::vector<std::uint32_t> suspects() const {
    const PrintColumns& prints = sought_.corpus.prints;
    const auto size = static_cast<std::uint32_t>(prints.size());
    std::uint64_t names = 0;
    for (std::uint32_t d = 0; d < size; ++d) names += prints.prints_of(d).names.size();
    Counters counters(names);
    for_each_first(counters, [&](std::uint32_t, std::span<const std::uint64_t> all) {
      for (const std::uint64_t name : all) counters.add(name);
    });
    std::vector<std::uint32_t> found;
    for_each_first(counters, [&](std::uint32_t d, std::span<const std::uint64_t> all) {
      if (std::any_of(all.begin(), all.end(), [&](std::uint64_t name) {
            return counters.of(name) >= StockRule{}.min_stories;
          })) {
        found.push_back(d);
      }
    });
    return found;
  }

  // Calls visit(document, names) for the first of each group of equal texts. The counters of the
  // next document are on their way meanwhile: they lie all over the memory.
  template <typename Visit>
  void for_each_first(const Counters& counters, Visit&& visit) const {
    const PrintColumns& prints = sought_.corpus.prints;
    const auto size = static_cast<std::uint32_t>(prints.size());
    for (std::uint32_t d = 0; d < size; ++d) {
      if (d + 1 < size) {
        for (const std::uint64_t name : prints.prints_of(d + 1).names) counters.prefetch(name);
      }
      if (is_first(d)) visit(d, prints.prints_of(d).names);
    }
  }

  struct Shown {
    std::uint64_t block = 0;
    std::uint32_t document = 0;
    bool masked = false;  // as boilerplate of the outlet
    friend auto operator<=>(const Shown&, const Shown&) = default;
  };

  // Those that show a block which enough of them show, and not all as boilerplate of their outlets.
  std::vector<std::uint32_t> with_frequent_blocks(const std::vector<std::uint32_t>& documents) {
    std::vector<std::vector<std::uint64_t>> read(documents.size());
    base::for_each_index(
        documents.size(), [&](std::size_t i) { read[i] = blocks_read(documents[i]); }, 64);
    std::uint64_t count = 0;
    for (std::size_t i = 0; i < documents.size(); ++i) {
      for_each_block(documents[i], read[i], [&](std::uint64_t) { ++count; });
    }
    Counters counters(count);
    for (std::size_t i = 0; i < documents.size(); ++i) {
      for_each_block(documents[i], read[i], [&](std::uint64_t block) { counters.add(block); });
    }
    std::vector<Shown> shown;
    for (std::size_t i = 0; i < documents.size(); ++i) {
      const std::uint64_t outlet = outlet_hash(sought_.corpus.documents.source(documents[i]));
      for_each_block(documents[i], read[i], [&](std::uint64_t block) {
        if (counters.of(block) < StockRule{}.min_stories) return;
        shown.push_back({block, documents[i], model_.is_boilerplate(outlet, block)});
      });
    }
    read = {};
    base::sort(shown.begin(), shown.end());
    shown.erase(std::unique(shown.begin(), shown.end()), shown.end());
    std::vector<std::uint32_t> found;
    for (std::size_t begin = 0, end = 0; begin < shown.size(); begin = end) {
      bool all_masked = true;
      for (; end < shown.size() && shown[end].block == shown[begin].block; ++end) {
        all_masked = all_masked && shown[end].masked;
      }
      if (all_masked || end - begin < StockRule{}.min_stories) continue;
      for (std::size_t i = begin; i < end; ++i) found.push_back(shown[i].document);
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
  }

  // The blocks of a document that are not in the corpus.
  std::vector<std::uint64_t> blocks_read(std::uint32_t document) {
    if (!sought_.corpus.prints.prints_of(document).blocks.empty()) return {};
    ReadAgain& again = scratches_.local();
    again.read(sought_, document);
    std::vector<std::uint64_t> hashes;
    for (const Block& block : again.stock) {
      if (block.letters.end - block.letters.begin >= StockRule{}.min_letters) {
        hashes.push_back(block_hash(again.text, block));
      }
    }
    return hashes;
  }

  // Those, or the ones in the corpus that have a fingerprint.
  template <typename Visit>
  void for_each_block(std::uint32_t document, const std::vector<std::uint64_t>& read,
                      Visit&& visit) const {
    for (const std::uint64_t block : read) visit(block);
    const Prints prints = sought_.corpus.prints.prints_of(document);
    for (std::size_t i = 0; i < prints.blocks.size(); ++i) {
      const std::size_t end =
          i + 1 < prints.blocks.size() ? prints.blocks[i + 1].names_begin : prints.names.size();
      if (prints.blocks[i].names_begin < end) visit(prints.blocks[i].block);
    }
  }

  void look_at(std::uint32_t document, StockArticle& article) {
    ReadAgain& again = scratches_.local();
    again.read(sought_, fingerprinter_, document);
    const DocumentTable& table = sought_.corpus.documents;
    const std::uint64_t outlet = outlet_hash(table.source(document));
    article.hash = table.letters[document].low;
    article.day = day_[document];  // the earliest of its group
    article.names = sought_.corpus.prints.prints_of(document).names;
    article.parts.reserve(again.stock.size());
    for (std::size_t i = 0; i < again.stock.size(); ++i) {
      const LetterRange letters = again.stock[i].letters;
      article.parts.push_back({again.prints.sightings[i], letters.end - letters.begin,
                               again.prints.blocks[i].names_begin,
                               model_.is_boilerplate(outlet, again.prints.blocks[i].block)});
    }
  }

  // Where documents that show stock have none.
  void keep_blocks(const std::vector<std::uint32_t>& documents,
                   const std::vector<std::uint64_t>& stock) {
    std::vector<bool> shows(groups_.representative.size());
    for (std::size_t i = 0; i < documents.size(); ++i) {
      const auto& parts = articles_[i].parts;
      shows[documents[i]] = std::any_of(parts.begin(), parts.end(), [&](const auto& part) {
        return std::binary_search(stock.begin(), stock.end(), part.seen.block);
      });
    }
    PrintColumns& prints = sought_.corpus.prints;
    ReadAgain again;
    for (std::uint32_t d = 0; d < prints.size(); ++d) {
      if (!shows[groups_.representative[d]] || !prints.prints_of(d).blocks.empty()) continue;
      again.read(sought_, fingerprinter_, d);
      prints.add_blocks(d, std::move(again.prints.blocks));
    }
  }

  const Sought& sought_;
  const Groups& groups_;
  Days day_;
  const Model& model_;
  Fingerprinter fingerprinter_;
  std::vector<StockArticle> articles_;
  base::PerThread<ReadAgain> scratches_{[] { return ReadAgain(); }};
};

}  // namespace

Model learn_every_outlet(const Sought& sought, const Groups& groups, Days day, const Model& model) {
  return EveryOutlet(sought, groups, day, model).learn();
}

}  // namespace wirecopy::batch
