#include "evaluate/contingency.h"

#include <algorithm>
#include <utility>

#include "evaluate/counting.h"

namespace wirecopy::evaluate {

double Crossing::ari() const {
  // (common − expected) / (mean − expected), multiplied by twice the number of pairs.
  const Wide product = Wide{true_pairs} * found_pairs;
  const Wide above = 2 * (Wide{common_pairs} * pairs - product);
  const Wide below = (Wide{true_pairs} + found_pairs) * pairs - 2 * product;
  return below == 0 ? 1 : static_cast<double>(above) / static_cast<double>(below);
}

Contingency::Contingency(std::size_t truth_clusters, std::span<const std::uint32_t> truth,
                         std::span<const std::uint32_t> found)
    : units_(truth_clusters) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> together;  // found, truth
  for (std::size_t i = 0; i < truth.size(); ++i) {
    Unit& unit = units_[truth[i]];
    ++unit.size;
    if (found[i] != kAlone) {
      together.emplace_back(found[i], truth[i]);
    } else {
      ++unit.squares;
      ++unit.pure;
    }
  }
  std::ranges::sort(together);
  std::vector<Cell> cells;
  for (const auto& [in_found, in_truth] : together) {
    if (!cells.empty() && cells.back().found != in_found) {
      add_found_cluster(cells);
      cells.clear();
    }
    if (cells.empty() || cells.back().truth != in_truth) cells.push_back({in_found, in_truth, 0});
    ++cells.back().size;
  }
  if (!cells.empty()) add_found_cluster(cells);
}

void Contingency::add_found_cluster(Cells cells) {
  for (const Cell& cell : cells) {
    Unit& unit = units_[cell.truth];
    unit.together += pairs_among(cell.size);
    unit.squares += cell.size * cell.size;
  }
  if (cells.size() == 1) {
    Unit& unit = units_[cells.front().truth];
    unit.pure += cells.front().size;
    unit.exact = unit.size == cells.front().size;
    return;
  }
  cells_.insert(cells_.end(), cells.begin(), cells.end());
  mixed_.push_back(cells_.size());
}

Crossing Contingency::cross(Weights weights) const {
  Crossing crossing;
  std::uint64_t own_squares = 0;
  double precision = 0;
  double recall = 0;
  for (std::size_t i = 0; i < units_.size(); ++i) {
    const Unit& unit = units_[i];
    const std::uint64_t weight = weights[i];
    if (weight == 0) continue;
    crossing.documents += weight * unit.size;
    own_squares += weight * weight * unit.size * unit.size;
    crossing.true_pairs += weight * pairs_among(unit.size);
    crossing.common_pairs += weight * unit.together;
    precision += static_cast<double>(weight * unit.pure);
    recall += static_cast<double>(weight * unit.squares) / static_cast<double>(unit.size);
  }
  // Twice the pairs between different truth clusters: the square of the sum less the squares.
  crossing.pairs =
      (crossing.documents * crossing.documents - own_squares) / 2 + crossing.true_pairs;
  crossing.found_pairs = crossing.common_pairs;
  for (std::size_t i = 0; i + 1 < mixed_.size(); ++i) {
    std::uint64_t size = 0;
    std::uint64_t squares = 0;
    for (const Cell& cell : mixed(i)) {
      const std::uint64_t drawn = weights[cell.truth] * cell.size;
      size += drawn;
      squares += drawn * drawn;
    }
    crossing.found_pairs += (size * size - squares) / 2;
    for (const Cell& cell : mixed(i)) {
      const std::uint64_t drawn = weights[cell.truth] * cell.size;
      const std::uint64_t around = size - drawn + cell.size;  // what one of its draws stands in
      precision += static_cast<double>(drawn * cell.size) / static_cast<double>(around);
    }
  }
  if (crossing.documents == 0) return crossing;
  crossing.bcubed_precision = precision / static_cast<double>(crossing.documents);
  crossing.bcubed_recall = recall / static_cast<double>(crossing.documents);
  return crossing;
}

Share Contingency::exact() const {
  Share share;
  for (const Unit& unit : units_) {
    if (unit.size < 2) continue;
    count(share, unit.exact);
  }
  return share;
}

std::uint64_t Contingency::merged(const std::vector<bool>& chosen) const {
  std::uint64_t pairs = 0;
  for (std::size_t i = 0; i + 1 < mixed_.size(); ++i) {
    std::uint64_t before = 0;
    for (const Cell& cell : mixed(i)) {
      if (!chosen[cell.truth]) continue;
      pairs += before * cell.size;
      before += cell.size;
    }
  }
  return pairs;
}

}  // namespace wirecopy::evaluate
