/// Brute force for alignments: the whole matrix.
#pragma once

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <span>
#include <vector>

#include "oracle.h"

namespace wirecopy::oracle {

/// Levenshtein distance, row by row.
template <typename Unit>
std::uint32_t edit_distance(std::span<const Unit> a, std::span<const Unit> b) {
  std::vector<std::uint32_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), 0U);
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::uint32_t diagonal = row[0]++;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::uint32_t kept = diagonal + (a[i] == b[j] ? 0U : 1U);
      diagonal = row[j + 1];
      row[j + 1] = std::min({kept, row[j] + 1, diagonal + 1});
    }
  }
  return row.back();
}

/// A maximal run of equal letters.
struct Run {
  std::size_t x = 0;
  std::size_t y = 0;
  std::size_t length = 0;
};

/// All maximal common runs of at least `least` letters.
template <typename Unit>
std::vector<Run> common_runs(std::span<const Unit> a, std::span<const Unit> b, std::size_t least) {
  std::vector<Run> runs;
  std::vector<std::size_t> ending(b.size() + 1, 0);  // length of the run that ends before (i, j)
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = 0;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t length = a[i] == b[j] ? diagonal + 1 : 0;
      diagonal = ending[j + 1];
      ending[j + 1] = length;
      const bool goes_on = i + 1 < a.size() && j + 1 < b.size() && a[i + 1] == b[j + 1];
      if (length >= least && !goes_on) runs.push_back({i + 1 - length, j + 1 - length, length});
    }
  }
  return runs;
}

}  // namespace wirecopy::oracle
