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

class Lists {
 public:
  // Takes all postings. Documents are numbered below `documents`.
  Lists(Postings&& postings, std::uint32_t documents, const Cutting& cutting, ProbeCounts& counts);

  // Where a document stands in the lists that go on after it: places for `followers`.
  [[nodiscard]] std::span<const std::uint32_t> places(std::uint32_t document) const noexcept {
    return {places_.get() + begins_[document], begins_[document + 1] - begins_[document]};
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

  void build_column(Postings& postings, const Cutting& cutting, ProbeCounts& counts);
  void build_places(std::uint32_t documents);
  template <typename Visit>
  void for_each_place(std::uint32_t first, std::uint32_t past, Visit&& visit) const;

  std::unique_ptr<std::uint32_t[]> column_;  // runs, in regions of one partition each
  std::vector<Region> regions_;
  std::unique_ptr<std::uint32_t[]> places_;  // in column_, by document
  std::vector<std::uint64_t> begins_;        // in places_, by document
};

}  // namespace wirecopy::probe
