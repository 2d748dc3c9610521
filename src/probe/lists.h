// Lists of documents that share a fingerprint, and where each document stands in them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "probe/postings.h"
#include "wirecopy/probe.h"

namespace wirecopy::probe {

inline constexpr std::uint32_t kMostDocuments = std::uint32_t{1} << 30U;

// How a list over the cap is cut.
struct Cutting {
  std::uint32_t cap = 200;
  std::span<const std::uint32_t> order;
  std::span<const std::uint64_t> id_hashes;
};

// Documents [begin, end).
struct DocumentRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

// The lists of the documents of one range, and who follows them there.
class Lists {
 public:
  // Frees the postings on the way if they are not to be `kept`. The counts are those of all
  // documents.
  Lists(Postings& postings, bool kept, DocumentRange range, const Cutting& cutting,
        ProbeCounts& counts);

  // Where a document of the range stands in the lists that go on after it: places for `followers`.
  [[nodiscard]] std::span<const std::uint32_t> places(std::uint32_t document) const noexcept {
    const std::uint32_t i = document - range_.begin;
    return {places_.get() + begins_[i], begins_[i + 1] - begins_[i]};
  }
  void prefetch(std::uint32_t place) const noexcept { __builtin_prefetch(&column_[place + 1]); }

  // Calls visit(document, hot) for those that follow in the run, all of larger number. `hot` tells
  // whether it is the run of a hot list.
  template <typename Visit>
  void followers(std::uint32_t place, Visit&& visit) const {
    std::uint32_t entry;
    do {
      entry = column_[++place];
      visit(entry & (kHot - 1), (entry & kHot) != 0);
    } while ((entry & kLast) == 0);
  }

 private:
  // Above the number of a document: whether its run is that of a hot list and it is the last there.
  static constexpr std::uint32_t kHot = kMostDocuments;
  static constexpr std::uint32_t kLast = kHot << 1U;

  struct Region {
    std::size_t begin = 0;
    std::size_t end = 0;
  };
  class Builder;

  void build_column(Postings& postings, bool kept, const Cutting& cutting, ProbeCounts& counts);
  void build_places();
  template <typename Visit>
  void for_each_place(DocumentRange range, Visit&& visit) const;

  DocumentRange range_;
  std::unique_ptr<std::uint32_t[]> column_;  // runs, in regions of one partition each
  std::vector<Region> regions_;
  std::unique_ptr<std::uint32_t[]> places_;  // in column_, by document
  std::vector<std::uint64_t> begins_;        // in places_, by document of the range
};

}  // namespace wirecopy::probe
