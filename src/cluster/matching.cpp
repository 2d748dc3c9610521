#include "cluster/matching.h"

#include <algorithm>
#include <vector>

namespace wirecopy::cluster_detail {
namespace {

constexpr std::uint32_t kNone = ~std::uint32_t{0};

class Matching {
 public:
  explicit Matching(std::span<const Joint> joints) : joints_(joints) {
    const std::size_t lefts = std::size_t{joints.back().left} + 1;
    std::size_t rights = 0;
    for (const Joint& joint : joints) rights = std::max(rights, std::size_t{joint.right} + 1);
    begin_.resize(lefts + 1);
    for (const Joint& joint : joints) ++begin_[joint.left + 1];
    for (std::size_t left = 0; left < lefts; ++left) begin_[left + 1] += begin_[left];
    right_of_.assign(lefts, kNone);
    left_of_.assign(rights, kNone);
    reached_from_.resize(rights);
    round_.resize(rights);
  }

  [[nodiscard]] bool reaches(std::size_t wanted) {
    std::size_t size = 0;
    for (const Joint& joint : joints_) {  // what is free
      if (right_of_[joint.left] != kNone || left_of_[joint.right] != kNone) continue;
      right_of_[joint.left] = joint.right;
      left_of_[joint.right] = joint.left;
      ++size;
    }
    std::size_t left_over = right_of_.size() - size;
    for (std::uint32_t left = 0; left < right_of_.size() && size < wanted; ++left) {
      if (right_of_[left] != kNone) continue;
      if (size + left_over-- < wanted) return false;
      size += augment(left) ? 1U : 0U;
    }
    return size >= wanted;
  }

 private:
  // Looks for a path from a left end that has no partner to such a right end, on which every second
  // joint is matched, breadth first; on it the matched ones and the others change places.
  bool augment(std::uint32_t start) {
    ++current_;
    queue_.assign(1, start);
    for (std::size_t i = 0; i < queue_.size(); ++i) {
      const std::uint32_t left = queue_[i];
      for (std::size_t j = begin_[left]; j < begin_[left + 1]; ++j) {
        const std::uint32_t right = joints_[j].right;
        if (round_[right] == current_) continue;
        round_[right] = current_;
        reached_from_[right] = left;
        if (left_of_[right] == kNone) {
          turn(right);
          return true;
        }
        queue_.push_back(left_of_[right]);
      }
    }
    return false;
  }

  void turn(std::uint32_t right) {
    while (right != kNone) {
      const std::uint32_t left = reached_from_[right];
      left_of_[right] = left;
      std::swap(right, right_of_[left]);
    }
  }

  std::span<const Joint> joints_;
  std::vector<std::size_t> begin_;           // of each left end, its joints
  std::vector<std::uint32_t> right_of_;      // by left end, its partner
  std::vector<std::uint32_t> left_of_;       // by right end
  std::vector<std::uint32_t> reached_from_;  // by right end, on the paths looked at
  std::vector<std::uint32_t> round_;         // by right end, when it was reached last
  std::vector<std::uint32_t> queue_;
  std::uint32_t current_ = 0;
};

}  // namespace

bool has_matching(std::span<const Joint> joints, std::size_t wanted) {
  if (wanted > joints.size()) return false;
  return wanted == 0 || Matching(joints).reaches(wanted);
}

}  // namespace wirecopy::cluster_detail
