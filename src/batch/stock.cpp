#include "batch/stock.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "base/hash.h"
#include "base/parallel.h"
#include "batch/read_back.h"

namespace wirecopy::batch {
namespace {

// Gathers the articles of one passage; they come by id.
void add_article(const Orders& orders, const DocumentTable& table, StockSighting sighting,
                 FoundStock& stock) {
  const std::uint32_t document = sighting.document;
  const auto dated = [&](std::uint32_t d) { return table.time(d).has_value(); };
  if (stock.articles++ == 0) {
    stock.earliest = stock.latest = document;
  } else if (dated(document)) {
    const std::uint32_t place = orders.by_time[document];
    if (!dated(stock.earliest) || place < orders.by_time[stock.earliest]) stock.earliest = document;
    if (!dated(stock.latest) || place > orders.by_time[stock.latest]) stock.latest = document;
  }
  if (stock.sightings.size() < kMostOccurrences) stock.sightings.push_back(sighting);
}

// Those of one passage, sorted by id.
void add_articles(const Sought& sought, std::span<const StockSighting> sightings,
                  FoundStock& stock) {
  for (std::size_t i = 0; i < sightings.size(); ++i) {
    if (i > 0 && sightings[i].document == sightings[i - 1].document) continue;
    add_article(sought.orders, sought.corpus.documents, sightings[i], stock);
  }
}

// A caption as it is written somewhere, and all who write it so.
struct Wording {
  std::size_t begin = 0;  // in the sorted sightings
  std::size_t end = 0;
  std::uint32_t group = 0;  // of wordings that are nearly the same: the first of them
};

// Groups captions that say nearly the same.
class CaptionGroups {
 public:
  CaptionGroups(const Sought& sought, const std::vector<CaptionSighting>& sorted)
      : sought_(sought), captions_(sorted) {
    for (std::size_t begin = 0, end = 0; begin < sorted.size(); begin = end) {
      while (end < sorted.size() && sorted[end].block == sorted[begin].block) ++end;
      wordings_.push_back({begin, end, static_cast<std::uint32_t>(wordings_.size())});
    }
  }

  std::vector<Wording> take() {
    for (const auto& [a, b] : candidates()) {
      const std::uint32_t left = root(a);
      const std::uint32_t right = root(b);
      if (left == right || !is_near_caption(letters_of(a), letters_of(b))) continue;
      wordings_[std::max(left, right)].group = std::min(left, right);
    }
    for (std::uint32_t i = 0; i < wordings_.size(); ++i) wordings_[i].group = root(i);
    return std::move(wordings_);
  }

 private:
  static constexpr std::size_t kMostOfGram = 16;
  static constexpr std::uint32_t kLeastShared = 2;

  // Wordings that share two sampled grams or more.
  [[nodiscard]] std::vector<std::pair<std::uint32_t, std::uint32_t>> candidates() const {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> grams;  // and the wording that has it
    for (std::uint32_t i = 0; i < wordings_.size(); ++i) {
      for (const std::uint32_t gram : captions_[wordings_[i].begin].grams) {
        if (gram != ~std::uint32_t{0}) grams.emplace_back(gram, i);
      }
    }
    base::sort(grams.begin(), grams.end());
    std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
    for (std::size_t i = 0; i < grams.size(); ++i) {
      for (std::size_t j = i + 1;
           j < grams.size() && j < i + kMostOfGram && grams[j].first == grams[i].first; ++j) {
        pairs.emplace_back(grams[i].second, grams[j].second);
      }
    }
    base::sort(pairs.begin(), pairs.end());
    std::vector<std::pair<std::uint32_t, std::uint32_t>> shared;
    for (std::size_t begin = 0, end = 0; begin < pairs.size(); begin = end) {
      while (end < pairs.size() && pairs[end] == pairs[begin]) ++end;
      if (end - begin >= kLeastShared) shared.push_back(pairs[begin]);
    }
    return shared;
  }

  [[nodiscard]] std::uint32_t root(std::uint32_t wording) const {
    while (wordings_[wording].group != wording) wording = wordings_[wording].group;
    return wording;
  }

  const std::string& letters_of(std::uint32_t wording) {
    const auto [place, is_new] = letters_.try_emplace(wording);
    if (is_new) {
      const CaptionSighting& caption = captions_[wordings_[wording].begin];
      const ReadBack back = read_back(sought_.reader, sought_.corpus, caption.document);
      const NormalizedText text = normalize(back.text());
      const auto [begin, end] = block_in(back.text(), text, caption.block);
      place->second = text.letters().substr(begin, end - begin);
    }
    return place->second;
  }

  const Sought& sought_;
  const std::vector<CaptionSighting>& captions_;
  std::vector<Wording> wordings_;
  std::unordered_map<std::uint32_t, std::string> letters_;
};

}  // namespace

std::vector<FoundStock> find_boilerplate(const Sought& sought, const Model& model) {
  const DocumentTable& table = sought.corpus.documents;
  std::vector<StockSighting> stock = sought.corpus.stock;
  // Whose it is, nobody's if every outlet prints it.
  const auto passage = [&](const StockSighting& sighting) {
    std::optional<std::uint32_t> source;
    if (!model.is_boilerplate(0, sighting.block)) source = table.source_numbers[sighting.document];
    return std::pair(source, sighting.block);
  };
  base::sort(stock.begin(), stock.end(),
             [&](const StockSighting& left, const StockSighting& right) {
               return std::tuple(passage(left), sought.orders.by_id[left.document]) <
                      std::tuple(passage(right), sought.orders.by_id[right.document]);
             });
  std::vector<FoundStock> found;
  for (std::size_t begin = 0, end = 0; begin < stock.size(); begin = end) {
    while (end < stock.size() && passage(stock[end]) == passage(stock[begin])) ++end;
    found.emplace_back().source = passage(stock[begin]).first;
    add_articles(sought, {&stock[begin], end - begin}, found.back());
  }
  return found;
}

std::vector<FoundStock> find_stock_captions(const Sought& sought,
                                            const std::vector<std::uint32_t>& story) {
  const std::span<const CaptionSighting> seen = sought.corpus.repeats.captions();
  std::vector<CaptionSighting> captions(seen.begin(), seen.end());
  const std::vector<std::uint32_t>& by_id = sought.orders.by_id;
  base::sort(captions.begin(), captions.end(),
             [&](const CaptionSighting& left, const CaptionSighting& right) {
               return std::tuple(left.block, by_id[left.document]) <
                      std::tuple(right.block, by_id[right.document]);
             });
  // Groups of wordings, each with all its sightings by id.
  std::unordered_map<std::uint32_t, std::vector<StockSighting>> groups;
  for (const Wording& wording : CaptionGroups(sought, captions).take()) {
    std::vector<StockSighting>& group = groups[wording.group];
    for (std::size_t i = wording.begin; i < wording.end; ++i) {
      group.push_back({captions[i].document, captions[i].block});
    }
  }
  std::vector<FoundStock> found;
  for (auto& group : groups) {
    std::vector<StockSighting>& sightings = group.second;
    std::sort(sightings.begin(), sightings.end(),
              [&](const StockSighting& left, const StockSighting& right) {
                return std::tuple(by_id[left.document], left.block) <
                       std::tuple(by_id[right.document], right.block);
              });
    const auto of_first = [&](const StockSighting& other) {
      return story[other.document] == story[sightings.front().document];
    };
    if (std::all_of(sightings.begin(), sightings.end(), of_first)) continue;
    FoundStock& stock = found.emplace_back();
    stock.kind = RepeatKind::stock_caption;
    add_articles(sought, sightings, stock);
  }
  return found;
}

}  // namespace wirecopy::batch
