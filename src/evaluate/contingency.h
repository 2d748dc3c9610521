/// How two clusterings of the same documents cross, and what follows from it.
///
/// Idea: every measure is a sum over truth clusters and over *cells* (a truth cluster within a
/// found one), so a weight for each truth cluster turns it into the measure of a resample. Found
/// clusters that lie within one truth cluster are summed up once, when the table is made; a draw
/// walks truth clusters and the cells of mixed found clusters alone.
///
/// A truth cluster of weight w stands for w strangers: pairs of documents of two truth clusters
/// count w·w' times, pairs within one w times, and pairs between its own draws not at all (they
/// would look like merges, or like splits, that nobody made). With all weights 1 this is the plain
/// measure.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "evaluate/bootstrap.h"

namespace wirecopy::evaluate {

/// 128 bits: products of two numbers of pairs.
__extension__ using Wide = __int128;

inline std::uint64_t pairs_among(std::uint64_t documents) {
  return documents < 2 ? 0 : documents * (documents - 1) / 2;
}

/// Numbers of documents and of pairs of them, in 64 bits for up to 4·10^9 documents.
struct Crossing {
  std::uint64_t documents = 0;
  std::uint64_t pairs = 0;
  std::uint64_t true_pairs = 0;
  std::uint64_t found_pairs = 0;
  std::uint64_t common_pairs = 0;
  double bcubed_precision = 0;
  double bcubed_recall = 0;

  /// 1 for equal clusterings, also where all or none are together.
  [[nodiscard]] double ari() const;
};

class Contingency {
 public:
  static constexpr std::uint32_t kAlone = ~std::uint32_t{0};
  /// For each document its truth cluster, of `truth_clusters`, and its found cluster or kAlone.
  Contingency(std::size_t truth_clusters, std::span<const std::uint32_t> truth,
              std::span<const std::uint32_t> found);

  /// One weight for each truth cluster.
  [[nodiscard]] Crossing cross(Weights weights) const;
  /// Truth clusters, of those with two or more documents, that are a found cluster.
  [[nodiscard]] Share exact() const;
  /// Pairs of documents of different chosen truth clusters in one found cluster.
  [[nodiscard]] std::uint64_t merged(const std::vector<bool>& chosen) const;
  [[nodiscard]] std::size_t truth_clusters() const noexcept { return units_.size(); }
  [[nodiscard]] std::uint64_t size(std::size_t truth_cluster) const {
    return units_[truth_cluster].size;
  }

 private:
  struct Unit {
    std::uint64_t size = 0;
    std::uint64_t together = 0;  // its pairs in one found cluster
    std::uint64_t squares = 0;   // of the sizes of its cells, summed
    std::uint64_t pure = 0;      // documents in found clusters that hold no other truth cluster
    bool exact = false;
  };
  struct Cell {
    std::uint32_t found = 0;
    std::uint32_t truth = 0;
    std::uint64_t size = 0;
  };
  using Cells = std::span<const Cell>;

  void add_found_cluster(Cells cells);

  std::vector<Unit> units_;            // by truth cluster
  std::vector<Cell> cells_;            // of mixed found clusters
  std::vector<std::size_t> mixed_{0};  // where each of these begins in cells_, and the end
  [[nodiscard]] Cells mixed(std::size_t i) const {
    return Cells(cells_).subspan(mixed_[i], mixed_[i + 1] - mixed_[i]);
  }
};

}  // namespace wirecopy::evaluate
