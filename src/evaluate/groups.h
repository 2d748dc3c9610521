/// Disjoint sets of numbers (Tarjan 1975), each named after its smallest.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

namespace wirecopy::evaluate {

class Groups {
 public:
  /// All numbers below `count` exist from now on, new ones alone.
  void grow(std::size_t count) {
    while (parents_.size() < count) parents_.push_back(static_cast<std::uint32_t>(parents_.size()));
  }
  void join(std::uint32_t a, std::uint32_t b) {
    const auto [low, high] = std::minmax({root_of(a), root_of(b)});
    parents_[high] = low;
  }
  [[nodiscard]] std::uint32_t root_of(std::uint32_t number) {
    while (parents_[number] != number) {
      parents_[number] = parents_[parents_[number]];  // path halving keeps later walks short
      number = parents_[number];
    }
    return number;
  }
  [[nodiscard]] std::size_t size() const noexcept { return parents_.size(); }

 private:
  std::vector<std::uint32_t> parents_;
};

}  // namespace wirecopy::evaluate
