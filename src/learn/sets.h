/// Numbers that are joined.
#pragma once

#include <cstddef>
#include <numeric>
#include <vector>

namespace wirecopy::learn {

/// Sets of the numbers below a count (Tarjan 1975, with path halving).
class Sets {
 public:
  explicit Sets(std::size_t count) : parents_(count) {
    std::iota(parents_.begin(), parents_.end(), std::size_t{0});
  }
  /// The number that stands for the set of i.
  [[nodiscard]] std::size_t of(std::size_t i) noexcept {
    while (parents_[i] != i) i = parents_[i] = parents_[parents_[i]];
    return i;
  }
  void join(std::size_t a, std::size_t b) noexcept { parents_[of(a)] = of(b); }

 private:
  std::vector<std::size_t> parents_;
};

}  // namespace wirecopy::learn
